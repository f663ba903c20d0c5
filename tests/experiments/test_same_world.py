"""The same world with and without a change: what must not differ does not, bit for bit."""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import pytest

from experiments.study.paired_worlds import World, run_world
from experiments.tasks.compare.measure import CLASSES, class_of, condense, measure
from simulation import WordOfMouthModel, load_params
from simulation.world.state import COLUMNS

MARKET = ("scenario=baseline", "population.size=400", "steps=20", "adoption.p=0.02", "talk.base=2")
REPAIR = ("scenario=fix_delivery", *MARKET[1:], "brands.alpha.policies.fix_named.start=3")


@cache
def params(*words):
    """Return parameters, composed once."""
    return load_params(*words)


def columns(model):
    """Return the final state, as bytes per column."""
    return {column.name: getattr(model.state, column.name).tobytes() for column in COLUMNS}


def states(variants, seed=3):
    """Return the final columns of every variant in one world."""
    return run_world(World(seed, variants, columns))


def test_a_run_in_a_shared_world_is_the_run_that_it_is_alone():
    """The network that other variants have used is as new."""
    shared = states({"repair": params(*REPAIR), "as it is": params(*MARKET), "again": params(*REPAIR)})
    alone = WordOfMouthModel(params(*REPAIR), seed=3)
    alone.run()
    assert shared["repair"] == shared["again"] == columns(alone)
    assert shared["repair"] != shared["as it is"]


def test_a_change_to_what_stands_there_already_and_no_change_at_all_change_nothing():
    same = params(*MARKET, "brands.alpha.price=60" if params(*MARKET).brands["alpha"].price == 60 else "name=other")
    found = states({"as it is": params(*MARKET), "the same": same, "none": params(*MARKET)})
    assert found["as it is"] == found["the same"] == found["none"]


def test_variants_share_a_network_only_where_they_ask_for_the_same(monkeypatch):
    import simulation.population as population

    built, build = [], population.network_of
    monkeypatch.setattr(population, "network_of", lambda p: built.append(p.name) or build(p))
    states({"a": params(*MARKET), "b": params(*REPAIR), "c": params(*MARKET, "network=barabasi_albert")})
    assert len(built) == 2


def frames(order, seeds=(1, 2, 3)):
    """Return the tidy frames of some worlds, without row numbers."""
    known = {"as it is": params(*MARKET), "repair": params(*REPAIR), "dear": params(*MARKET, "brands.alpha.price=70")}
    return [run_world(World(seed, {name: known[name] for name in order}, measure, condense)) for seed in seeds]


def figures(frame, scenario, what="kpi"):
    """Return the values of one scenario in a tidy frame."""
    mine = frame[(frame["scenario"] == scenario) & (frame["what"] == what)]
    return mine.set_index(["brand", "name", "step"])["value"]


def test_neither_the_order_of_scenarios_nor_one_more_of_them_changes_the_others():
    three, two, turned = (frames(order, (1,))[0] for order in (("as it is", "repair", "dear"), ("as it is", "repair"),
                                                            ("as it is", "dear", "repair")))
    for what in ("kpi", "curve", "worth_people", "worth_value"):
        for other in (two, turned):
            assert figures(three, "repair", what).equals(figures(other, "repair", what))


def test_a_against_b_is_b_against_a_with_its_sign_turned():
    there, back = frames(("as it is", "repair"), (1,))[0], frames(("repair", "as it is"), (1,))[0]
    for what in ("kpi", "curve"):
        gain = figures(there, "repair", what) - figures(there, "as it is", what)
        loss = figures(back, "as it is", what) - figures(back, "repair", what)
        np.testing.assert_array_equal(gain.to_numpy(), -loss.to_numpy())
    people, mirrored = figures(there, "repair", "worth_people"), figures(back, "as it is", "worth_people")
    worth, turned = figures(there, "repair", "worth_value"), figures(back, "as it is", "worth_value")
    for brand in ("alpha", "beta"):
        for name, other in zip(CLASSES, ("lost", "delayed", "same", "accelerated", "expanded"), strict=True):
            assert people[brand, name, -1] == mirrored[brand, other, -1]
            assert worth[brand, name, -1] == pytest.approx(-turned[brand, other, -1], abs=1e-9)


def test_the_five_classes_less_the_costs_add_up_to_the_change_of_net_present_value():
    for frame in frames(("as it is", "repair")):
        gain = figures(frame, "repair") - figures(frame, "as it is")
        for brand in ("alpha", "beta"):
            classes = figures(frame, "repair", "worth_value")[brand].sum()
            costs = figures(frame, "repair", "worth_costs")[brand].sum()
            assert classes - costs == pytest.approx(gain[brand, "npv", -1], abs=1e-8)
            assert figures(frame, "repair", "worth_people")[brand].sum() == 400


def test_a_person_is_in_the_class_of_the_first_purchase():
    """Never/5: expanded; 5/3: earlier; 3/3 and never/never: same; 3/5: delayed; 3/never: lost."""
    before, after = np.array([-1, 5, 3, -1, 3, 3, 0]), np.array([5, 3, 3, -1, 5, -1, 0])
    assert [CLASSES[code] for code in class_of(before, after)] == [
        "expanded", "accelerated", "same", "same", "delayed", "lost", "same"]


def alphas_npv(model):
    return model.results.summary["alpha"]["npv"], model.results.summary["alpha"]["sales"]


def test_with_five_customers_won_back_shared_luck_makes_the_spread_a_tenth_at_most():
    """5,000 people, one answered and fully content again in each of five weeks; 12 worlds."""
    base = ("population.size=5000", "steps=52")
    answers = ("scenario=answer_detractors", *base, *(f"brands.alpha.policies.recover.{key}={value}" for key, value in {
        "start": 10, "stop": 14, "per_step": 1, "lift": 1.0, "negative_posting": 1.0, "positive_posting": 1.0}.items()))
    variants = {"as it is": params("scenario=answer_detractors", *base, "brands.alpha.policies.recover.per_step=0"),
                "won back": params(*answers)}
    found = [run_world(World(seed, variants, alphas_npv)) for seed in range(1, 13)]
    before, after = (np.array([world[name] for world in found]) for name in variants)
    paired = (after - before).std(axis=0, ddof=1)
    unpaired = np.sqrt(before.var(axis=0, ddof=1) + after.var(axis=0, ddof=1))
    assert (after != before).any()
    assert (paired <= 0.1 * unpaired).all(), paired / unpaired


def test_what_is_measured_can_take_an_argument():
    found = run_world(World(1, {"a": params(*MARKET, "steps=1")}, partial(scaled, factor=3)))
    assert found == {"a": 1200}


def scaled(model, factor):
    return factor * model.state.n
