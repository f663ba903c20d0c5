"""Targets of a knock-out: what is taken away, how the market without it is written, and what the ledger credits it.

    process:NAME     nobody writes or passes on anything about this process of the brand
    motive:NAME      nobody posts out of this motive
    policy:NAME   the brand does not run this policy
    person:ID        this person writes nothing and passes nothing on, about any brand
    review:ID        this one review is not written (ID as in the tables of a run of the same command)
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import pandas as pd

from experiments.study.scenarios import named
from simulation.config.compose import check_params
from simulation.config.schema import Params
from simulation.model import WordOfMouthModel
from simulation.params import ConfigError
from simulation.population import network_of

KINDS = ("process", "motive", "policy", "person", "review")
COLUMN = {"process": "process", "motive": "motive", "policy": "policy", "person": "author"}
"""Column ``by`` of the attribution table that a kind of target stands in."""


@dataclass(frozen=True)
class Target:
    """What is taken away: its kind, its name, and the brand that it belongs to."""

    kind: str
    name: str
    brand: str

    @property
    def of_one_world(self) -> bool:
        """Tell whether the target exists in one world only."""
        return self.kind in ("person", "review")

    def credit(self, results) -> dict[str, float]:
        """Return the brand's sales that the ledger credits to the target, by stage."""
        if self.kind == "review":
            credits = results.ledger["credits"]
            sales = credits[credits["review"] == int(self.name)].groupby("stage")["share"].sum()
        else:
            table: pd.DataFrame = results.attribution
            mine = (table["brand"] == self.brand) & (table["by"] == COLUMN[self.kind]) & (table["name"] == self.name)
            sales = table[mine].set_index("stage")["sales"]
        return {stage: float(sales.get(stage, 0.0)) for stage in ("trigger", "persuasion")}


def target_of(what: str, brand: str, params: Params) -> Target:
    """Return the target that ``what`` names; raises ConfigError with what is allowed."""
    kind, colon, name = what.partition(":")
    if not colon or kind not in KINDS:
        raise ConfigError(f"task.what: must be {', '.join(f'{k}:NAME' for k in KINDS)}, got {what!r}")
    named(list(params.brands), brand, "task.brand")
    there = {"process": list(params.brands[brand].processes), "motive": list(params.motives),
             "policy": list(params.brands[brand].policies)}
    if kind in there and not there[kind]:
        raise ConfigError(f"task.what: {brand} has no {kind} in this scenario, got {what!r}")
    if kind in there:
        named([f"{kind}:{one}" for one in there[kind]], what, "task.what")
    if kind == "person" and name not in network_of(params).rows:
        raise ConfigError(f"task.what: must be a person of this network, got {what!r} "
                          f"(ids look like {network_of(params).ids[0]!r})")
    if kind != "policy" and not params.adoption.deliberates:
        raise ConfigError(f"task.what: must be policy:NAME with adoption.kind {params.adoption.kind} (its people "
                          f"follow each other's purchases, not reviews), got {what!r}")
    return Target(kind, name, brand)


def without(target: Target, config: dict, params: Params) -> Params:
    """Return the parameters of the market without the target."""
    config = copy.deepcopy(config)
    always = {"start": 1, "stop": params.steps}
    if target.kind == "motive":
        config["motives"][target.name]["weight"] = 0.0
    elif target.kind == "policy":
        del config["brands"][target.brand]["policies"][target.name]
    elif target.kind == "process":
        config["events"]["knockout"] = always | {"kind": "silence_process", "brand": target.brand,
                                                 "process": target.name}
    elif target.kind == "person":
        for brand in params.brands:
            config["events"][f"knockout_{brand}"] = always | {"kind": "silence_person", "brand": brand,
                                                              "person": target.name, "reshares": True}
    else:
        config["events"]["knockout"] = review_event(target, params)
    return check_params(config, params.PACKAGES)


def review_event(target: Target, params: Params) -> dict:
    """Return the event that keeps one review from being written: found by running the world until it is written."""
    model = WordOfMouthModel(params)
    posts = model.state.ledger.posts
    row = int(target.name) if target.name.isdecimal() else -1
    while not model.is_over() and row >= posts.n:
        model.step()
    if not 0 <= row < posts.n or posts["generation"][row] > 0:
        raise ConfigError(f"task.what: must be review:N, the number of a review (no re-share) from 0 to "
                          f"{posts.n - 1}, got 'review:{target.name}'")
    step, brand = int(posts["step"][row]), list(params.brands)[posts["brand"][row]]
    return {"kind": "silence_person", "brand": brand, "person": model.state.ties.ids[posts["author"][row]],
            "reshares": False, "start": step, "stop": step}
