"""The schema as it is typed: every group of parameters that can be reached, and which of them a row is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic import BaseModel

from simulation.config.catalogue import bare, is_model, members
from simulation.config.schema import Params

Leaf = tuple[type[BaseModel], str]
"""A parameter: the group (or rule) it belongs to, and its name there."""


def groups_in(annotation) -> list[type[BaseModel]]:
    """Return the groups of parameters that may stand at a place of this type: one, any of a family, or none."""
    annotation = bare(annotation)
    if get_origin(annotation) is dict:
        return groups_in(get_args(annotation)[1])
    options = [bare(option) for option in members(annotation)] or [annotation]
    return [option for option in options if is_model(option)]


def all_groups(model: type[BaseModel] = Params, found: dict | None = None) -> dict[type[BaseModel], None]:
    """Return every group that can be reached from the schema, each once."""
    found = {} if found is None else found
    if model not in found:
        found[model] = None
        for field in model.model_fields.values():
            for group in groups_in(field.annotation):
                all_groups(group, found)
    return found


def all_leaves() -> Iterator[Leaf]:
    """Yield every parameter of every group and of every rule; a parameter that rules inherit once for each."""
    for group in all_groups():
        for name, field in group.model_fields.items():
            if name != "kind" and not groups_in(field.annotation):
                yield group, name


def leaf_of(path: str, kind: str = "") -> Leaf:
    """Return the parameter at a path; ``kind`` says of which rule, where a family stands there."""
    *steps, name = path.split(".")
    groups, is_entry = [Params], False
    for step in steps:
        if is_entry:
            is_entry = False
            continue
        fields = [group.model_fields[step].annotation for group in groups if step in group.model_fields]
        is_entry = any(get_origin(bare(annotation)) is dict for annotation in fields)
        groups = list(dict.fromkeys(group for annotation in fields for group in groups_in(annotation)))
    if is_entry and not groups:     # a named number, such as metrics.adoption
        return leaf_of(".".join(steps))
    found = [group for group in groups if name in group.model_fields and kind in ("", kind_of(group))]
    if len(found) != 1:
        raise KeyError(f"{path}[{kind}]: must be one parameter, got {len(found)}")
    return found[0], name


def kind_of(group: type[BaseModel]) -> str:
    """Return the kind of a rule, '' for a plain group."""
    return get_args(group.model_fields["kind"].annotation)[0] if "kind" in group.model_fields else ""


def label(leaf: Leaf) -> str:
    """Return how a parameter is called in messages, such as ``Venting.slope``."""
    return f"{leaf[0].__name__}.{leaf[1]}"
