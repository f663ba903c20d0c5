"""Small worlds that Hypothesis puts together from the parts of ``configs`` and some turned knobs."""

from __future__ import annotations

import copy
from functools import cache

import numpy as np
import yaml
from hypothesis import settings
from hypothesis import strategies as st

from simulation import WordOfMouthModel
from simulation.config.compose import check_params, compose, config_folder
from simulation.world.state import COLUMNS

MANY = settings(max_examples=100, deadline=None, derandomize=True)
"""A hundred worlds, the same ones in every run of the tests."""

CONTACT_PHASES = ["experience", "review", "exposure", "belief", "ladder", "listening", "decision", "organisation"]

KNOBS = {
    "population.size": st.integers(20, 60), "population.employee_share": st.floats(0, 0.3),
    "population.taste_sd": st.floats(0, 0.2), "population.reservation_mean": st.floats(0.3, 0.8),
    "adoption.p": st.floats(0, 0.6), "adoption.q": st.floats(0, 1), "talk.base": st.floats(0, 20),
    "talk.rating_noise": st.floats(0, 0.5), "talk.lapsed_talk": st.integers(0, 3), "talk.idea_share": st.floats(0, 1),
    "feed.attention": st.floats(0, 0.8), "feed.reshare": st.floats(0, 0.03), "feed.bad_news": st.floats(0, 10),
    "site.reads": st.integers(0, 5), "site.memory": st.integers(1, 10),
    "site.choice": st.sampled_from(["recent", "helpful", "random"]), "reading.negativity": st.floats(0, 3),
    "reading.evidence": st.floats(0, 5), "experience.disconfirmation_weight": st.floats(0, 3),
    "experience.satisfaction_rate": st.floats(0, 1), "experience.expectation_rate": st.floats(0, 1),
    "experience.own_weight": st.floats(0, 5), "ladder.rate": st.floats(0, 1),
    "ladder.churn": st.floats(0, 1), "ladder.churn_middle": st.floats(0.4, 1),
    "brands.alpha.promise": st.floats(0, 1), "brands.alpha.price": st.floats(0, 100),
    "brands.alpha.processes.delivery.failure_rate": st.floats(0, 1),
    "brands.alpha.processes.product.unit_cost": st.floats(0, 10),
    "brands.beta.processes.product.capacity": st.floats(0, 10),
    "brands.alpha.listening.sentiment_error": st.floats(0, 1), "brands.alpha.listening.topic_error": st.floats(0, 1),
    "brands.alpha.budget": st.floats(0, 3000), "brands.beta.budget": st.floats(0, 300),
    "brands.alpha.initial_budget": st.floats(0, 5000),
}
"""Parameters that a world may change, and the values they may take."""

NETWORKS = ("erdos_renyi", "watts_strogatz", "barabasi_albert", "star", "ring", "complete", "well_mixed")
BELIEFS = ("evidence", "fixed_confidence", "anchored", "bounded")
MOTIVES = ("venting", "concern", "self_enhancement", "helping_company", "social_benefits", "incentive", "polarity",
           "everybody", "opinion", "on_adoption")
POLICIES = ("advertise", "community", "fix_named", "fix_worst", "incentivise", "recover", "seed_experts",
            "seed_influencers", "seed_random", "none")


@cache
def base() -> dict:
    """Return the default market with its units at work, as plain data; copy before changing."""
    return compose("scenario=baseline", "organisation@brands.alpha.organisation=standard",
                   "organisation@brands.beta.organisation=collaborative", "steps=4", "population.size=40",
                   "adoption.p=0.2", "population.reservation_mean=0.6", "adoption.repurchase_interval=3",
                   "talk.base=5", "brands.alpha.organisation.lead_time=0", "output.ledger=full")


@cache
def part(group: str, name: str) -> dict:
    """Return one file of ``configs`` as plain data."""
    values = yaml.safe_load((config_folder() / group / f"{name}.yaml").read_text())
    meetings = values.pop("defaults", None)
    return values | ({"meetings": {"kind": "none"}} if group == "network" and meetings else {})


def changed(config: dict, changes: dict) -> dict:
    """Return a copy of ``config`` with the values at dotted paths replaced or added."""
    config = copy.deepcopy(config)
    for path, value in changes.items():
        *way, last = path.split(".")
        place = config
        for key in way:
            place = place[key]
        place[last] = copy.deepcopy(value)
    return config


@st.composite
def markets(draw):
    """Draw what makes a market: a network, beliefs, motives, policies, first owners, and some turned knobs."""
    changes = draw(st.fixed_dictionaries({}, optional=KNOBS))
    changes |= {"network": part("network", draw(st.sampled_from(NETWORKS))),
                "belief": part("belief", draw(st.sampled_from(BELIEFS))),
                "seed": draw(st.integers(0, 2**32)),
                "motives": {name: part("motive", name)
                            for name in draw(st.sets(st.sampled_from(MOTIVES), min_size=1))}}
    for brand in ("alpha", "beta"):
        for name in draw(st.sets(st.sampled_from(POLICIES), max_size=3)):
            changes[f"brands.{brand}.policies.{name}"] = part("policy", name) | {"start": draw(st.integers(1, 4))}
    count = draw(st.integers(0, 15))
    changes["population.seeds.few"] = {"brand": "beta", "count": count, "by": "random", "people": []}
    return changes


@st.composite
def contact_markets(draw, rules=("bass", "cascade", "cascade_negative", "threshold")):
    """Draw what makes a market in which people look at their contacts and decide at once."""
    rule = part("adoption", draw(st.sampled_from(rules)))
    changes = {"adoption": rule, "network": part("network", draw(st.sampled_from(NETWORKS[:-1]))),
               "seed": draw(st.integers(0, 2**32)), "adoption.p": draw(st.floats(0, 0.3)),
               "adoption.q": draw(st.floats(0, 1)), "population.size": draw(st.integers(20, 60)),
               "adoption.activation": draw(st.sampled_from(["synchronous", "sequential"])),
               "population.threshold_sd": draw(st.floats(0, 0.5)),
               "population.seeds.few": {"brand": "alpha", "count": draw(st.integers(1, 5)), "by": "random",
                                        "people": []}}
    return changes


def model_of(changes: dict) -> WordOfMouthModel:
    """Return the model of the base with some changes, at step 0."""
    return WordOfMouthModel(check_params(changed(base(), changes)))


def steps_of(changes: dict):
    """Yield the model of the base with some changes, at step 0 and after every step."""
    model = model_of(changes)
    yield model
    while not model.is_over():
        model.step()
        yield model


def differing(a, b, besides=()) -> list[str]:
    """Return the names of the columns in which two states differ in any bit that matters."""
    names = [column.name for column in COLUMNS if column.name not in besides]
    return [name for name in names
            if not np.array_equal(getattr(a, name), getattr(b, name), equal_nan=getattr(a, name).dtype.kind == "f")]
