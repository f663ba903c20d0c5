"""Switches that are set to nothing leave every column equal, bit for bit; turned on, the same switches act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worlds import ROW_NUMBERS

from .worlds import MANY, POLICIES, base, differing, markets, model_of, part

STRIKE = {"brand": "alpha", "process": "product", "start": 1, "stop": 9}
WATCHERS = ["listening", "decision", "organisation"]
UNUSED = (*ROW_NUMBERS, "motive_weight")


def policies(budget):
    """Return changes that give both brands every policy and one budget."""
    plans = {name: part("policy", name) | {"start": 1} for name in POLICIES}
    return {f"brands.{brand}.{key}": value for brand in ("alpha", "beta")
            for key, value in (("policies", plans), ("budget", budget))}


def motive(name, weight):
    """Return the change that adds one motive with some weight."""
    return {f"motives.{name}": part("motive", name) | {"weight": weight}}


def metrics(wanted):
    """Return the change that keeps only some groups of metrics."""
    return {"metrics": {name: name in wanted for name in base()["metrics"]}}


ZERO = {
    "policies without money": policies(0),
    "something viral with factor 1": {"events.craze": {"kind": "viral", "brand": "alpha", "start": 1, "stop": 9,
                                                       "factor": 1.0}},
    "a shock of nothing": {"events.strike": STRIKE | {"kind": "shock", "quality": 0.0, "failure": 0.0}},
    "a launch in the first step": {"events.start": {"kind": "launch", "brand": "alpha", "step": 1}},
    "advertising withheld from nobody": {"events.test": {"kind": "no_advertising", "brand": "alpha", "start": 1,
                                                         "stop": 9, "share": 0.0}},
    "a motive with weight 0": motive("everybody", 0.0),
    "no first owners": {"population.seeds.nobody": {"brand": "alpha", "count": 0, "by": "degree", "people": []}},
    "a short ledger and few metrics": metrics(["adoption"]) | {"output.ledger": "none", "output.credit_depth": 1},
    "another name, another length of a step": {"name": "other", "step_days": 1.0, "value.discount_rate": 0.5},
}
"""Changes that must change no column, whatever the world."""

PREMISES = {
    "no feedback acts": ({f"brands.{b}.organisation.{k}": 0.0 for b in ("alpha", "beta")
                          for k in ("fix_effect", "idea_effect")} | policies(0) |
                         {f"brands.{b}.policies": {} for b in ("alpha", "beta")}, {"without": WATCHERS}),
    "nothing is passed on": ({"feed.reshare": 0.0}, {"feed.bad_news": 9.0, "feed.novelty": 1.0,
                                                     "feed.generations": 0}),
    "nobody leaves or decides again": ({"ladder.churn": 0.0, "adoption.repurchase_interval": 10_000},
                                       {"ladder.churn_middle": 0.9, "talk.lapsed_talk": 0}),
    "nothing weighs": ({"reading.evidence": 0.0}, {"reading.negativity": 9.0, "reading.detect": 0.0}),
}
"""A premise, and changes that can have no effect under it."""

ON = {
    "policies": policies(3000),
    "viral": {"events.craze": {"kind": "viral", "brand": "alpha", "start": 1, "stop": 9, "factor": 50.0}},
    "shock": {"events.strike": STRIKE | {"kind": "shock", "quality": 0.5, "failure": 0.3}},
    "launch": {"events.start": {"kind": "launch", "brand": "alpha", "step": 3}},
    "withheld": {"events.test": {"kind": "no_advertising", "brand": "alpha", "start": 1, "stop": 9, "share": 0.5}},
    "motive": motive("everybody", 1.0),
    "owners": {"population.seeds.nobody": {"brand": "alpha", "count": 3, "by": "degree", "people": []}},
    "feedback": {"brands.alpha.organisation.fix_effect": 1000.0},
    "reshare": {"feed.reshare": 0.1},
    "churn": {"ladder.churn": 0.9, "ladder.churn_middle": 0.9},
    "evidence": {"reading.evidence": 3.0},
}
"""The same switches, turned on."""


def at_the_end(changes):
    """Return the state of a world when it has run to its end."""
    model = model_of(changes)
    model.run()
    return model.state


@MANY
@given(markets(), st.sets(st.sampled_from(sorted(ZERO)), min_size=1))
def test_switches_set_to_nothing_change_no_column(changes, names):
    motives = {"motives": changes["motives"] if set(changes["motives"]) - {"everybody"}
               else {"venting": part("motive", "venting")}}
    motives["motives"] = {name: rule for name, rule in motives["motives"].items() if name != "everybody"}
    plain = {key: value for key, value in changes.items() if ".policies." not in key} | motives
    plain |= {"brands.alpha.budget": 0.0, "brands.beta.budget": 0.0, "brands.alpha.initial_budget": 0.0}
    switched = dict(plain)
    for name in names:
        switched |= ZERO[name]
    assert differing(at_the_end(plain), at_the_end(switched), UNUSED) == []


@MANY
@given(markets(), st.sampled_from(sorted(PREMISES)))
def test_parameters_of_what_never_happens_change_no_column(changes, name):
    premise, idle = PREMISES[name]
    plain = {key: value for key, value in changes.items() if ".policies." not in key} | premise
    assert differing(at_the_end(plain), at_the_end(plain | idle), UNUSED) == []


@pytest.mark.parametrize("name", ON)
def test_the_same_switches_turned_on_change_something(name):
    world = {"network": part("network", "erdos_renyi"), "population.size": 60, "steps": 10}
    assert differing(at_the_end(world), at_the_end(world | ON[name]), UNUSED) != []
