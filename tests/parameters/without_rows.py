"""Rules that have no rows of their own: each of their parameters is tried in the world of its family.

A row says more (which output, in which direction, why), but a rule that was just added does without.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from simulation.adoption import ADOPTIONS
from simulation.beliefs import BELIEFS
from simulation.config.catalogue import bare, is_choice, members
from simulation.config.overrides import config_folder
from simulation.motives import MOTIVES
from simulation.networks import NETWORKS
from simulation.params import Rule
from simulation.policies import POLICIES
from tests.parameters.schema_walk import groups_in, kind_of
from tests.parameters.worlds import OWNERS, policy

TALK = (*OWNERS, "talk.base=3", *policy("incentivise", start=1, strength=0.5))
SHOP = ("scenario=baseline", "population.size=300", "steps=12", "adoption.p=0.1", "population.reservation_mean=0.6")


class Family(NamedTuple):
    """A family: its rules, the group of YAML files, and a world with a rule from a file at a path."""

    rules: tuple[type[Rule], ...]
    group: str
    path: str
    world: Any


FAMILIES = (
    Family(MOTIVES, "motive", "motives.tried", lambda file: (*TALK, f"+motive@motives.tried={file}")),
    Family(ADOPTIONS, "adoption", "adoption", lambda file: (*SHOP, f"adoption={file}")),
    Family(BELIEFS, "belief", "belief", lambda file: (*TALK, f"belief={file}")),
    Family(NETWORKS, "network", "network", lambda file: (*TALK, f"network={file}")),
    Family(POLICIES, "policy", "brands.alpha.policies.plan", lambda file: (
        *OWNERS, "steps=24", "talk.base=10", "brands.alpha.listening.author_resolution=1", *policy(file, start=2))),
)


class Trial(NamedTuple):
    """One parameter of one rule, as its YAML file has it, and other values that it may have."""

    name: str
    world: tuple[str, ...]
    path: str
    value: Any
    others: tuple[Any, ...]


def trials_of(rule: type[Rule]) -> Iterator[Trial]:
    """Yield the trials of a rule; what has one value only, and the seed of a network, need none."""
    family = next(family for family in FAMILIES if rule in family.rules)
    file, values = first_file(family.group, kind_of(rule))
    for name, field in rule.model_fields.items():
        is_fixed = is_choice(field.annotation) and len(get_args(bare(field.annotation))) == 1
        if is_fixed or groups_in(field.annotation) or (name == "seed" and family.group == "network"):
            continue
        value = 2 if name == "start" and family.group == "policy" else values[name]
        yield Trial(f"{kind_of(rule)}.{name}", family.world(file), f"{family.path}.{name}", value,
                    tuple(other for other in others(field.annotation, limits(field), value) if other != value))


def first_file(group: str, kind: str) -> tuple[str, dict]:
    """Return name and values of the first YAML file of a kind."""
    for file in sorted((config_folder() / group).glob("*.yaml")):
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        if values["kind"] == kind:
            return file.stem, values
    raise FileNotFoundError(f"configs/{group} has no file with kind: {kind}")


def limits(field: FieldInfo) -> dict[str, float]:
    """Return the range of a number, from its own field or from that of a member of a union."""
    found = [*field.metadata, *(note for member in members(field.annotation) for note in get_args(member)[1:]
                                if get_origin(member) is not None)]
    notes = [inner for note in found for inner in getattr(note, "metadata", [note])]
    return {key: getattr(note, key) for note in notes for key in ("ge", "gt", "le", "lt")
            if getattr(note, key, None) is not None}


def others(annotation: Any, limit: dict[str, float], value: Any) -> Iterator[Any]:
    """Yield values that a parameter may have, near and far."""
    annotation = bare(annotation)
    for member in members(annotation):
        yield from others(member, limit, value)
    if is_choice(annotation):
        yield from get_args(annotation)
    elif annotation is bool:
        yield not value
    elif annotation in (int, float):
        base = value if isinstance(value, int | float) else 3
        low, high = limit.get("ge", limit.get("gt", -1e9)), limit.get("le", limit.get("lt", 1e9))
        near = (base / 2, base * 2, base + 1, base - 1, low, high)
        for other in map(annotation, near):
            is_open = (other == limit.get("gt")) or (other == limit.get("lt"))
            if low <= other <= high and not is_open and abs(other) <= 10 * max(1.0, abs(base)):
                yield other
