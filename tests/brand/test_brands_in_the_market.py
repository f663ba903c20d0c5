"""The brand's side through the whole model: what it may and may not move."""

import numpy as np
import pytest
from brandworld import CONFIGS

from simulation.config.compose import load_params
from simulation.model import WordOfMouthModel
from simulation.world.back_office import feedback_census
from simulation.world.state import COLUMNS

SMALL = ("scenario=baseline", "population.size=1500", "steps=30", "adoption.p=0.02")
NAMES = sorted(path.stem for path in (CONFIGS / "policy").glob("*.yaml"))


def market(*overrides, steps=30):
    """Return the state after some steps of a small market."""
    model = WordOfMouthModel(load_params(*SMALL, *overrides))
    for _ in range(steps):
        model.step()
    return model.state


def same_market(one, other):
    """Tell whether all columns and all posts are bit-equal (row numbers aside: they depend on the ledger)."""
    columns = all(np.array_equal(getattr(one, c.name), getattr(other, c.name), equal_nan=c.dtype[0] == "f")
                  for c in COLUMNS if c.unit != "row")
    return columns and np.array_equal(one.ledger.posts["key"], other.ledger.posts["key"])


@pytest.fixture(scope="module")
def baseline():
    """Return the market in which nobody acts."""
    return market()


def test_listening_alone_moves_nothing(baseline):
    assert same_market(baseline, market("without=[listening,decision,organisation]"))
    assert same_market(baseline, market("listening@brands.alpha.listening=deaf"))
    assert len(baseline.ledger.posts) > 200


def test_policy_none_moves_nothing(baseline):
    assert same_market(baseline, market("+policy@brands.alpha.policies.it=none", "brands.alpha.budget=9"))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "none"])
def test_a_policy_moves_nothing_before_it_starts_and_never_spends_more_than_the_budget(name):
    add = f"+policy@brands.alpha.policies.it={name}"
    late = market(add, "brands.alpha.policies.it.start=13", "brands.alpha.budget=300", steps=13)
    assert same_market(without_messages(late), without_messages(market(steps=13)))
    state = market(add, "brands.alpha.policies.it.start=3", "brands.alpha.budget=300")
    costs = state.ledger.costs
    spent = costs["amount"][(costs["brand"] == 0) & (costs["item"] < 6)]
    assert 0.0 < spent.sum() <= 300 * 30 * (1 + 1e-9)
    assert spent.sum() + state.observed[0].money == pytest.approx(300 * 30)
    assert costs["step"].min() >= 3
    assert state.ledger.decisions["cost"].sum() == pytest.approx(spent.sum())


def without_messages(state):
    """Return the state with the messages of decision, which act from the next step on, put back."""
    for column in COLUMNS:
        if column.owner == "decision":
            getattr(state, column.name)[:] = column.initial
    return state


@pytest.mark.parametrize("name", ["standard", "silo", "collaborative"])
def test_all_reviews_are_accounted_for_and_processes_only_improve(name):
    state = market(f"organisation@brands.alpha.organisation={name}")
    posts = state.ledger.posts
    for b in range(2):
        census = feedback_census(state, b)
        assert sum(census.values()) == np.sum((posts["brand"] == b) & (posts["generation"] == 0))
    assert feedback_census(state, 0)["fixed"] > 0 and feedback_census(state, 1)["fixed"] == 0
    assert np.all(state.improved_failure >= 0) and state.improved_failure[:4].sum() > 0
    assert not state.improved_failure[4:].any()  # beta is idle


def test_a_silo_leaves_more_work_undone_than_a_collaborative_organisation():
    improved = {name: market(f"organisation@brands.alpha.organisation={name}").improved_failure[:4].sum()
                for name in ("silo", "standard", "collaborative")}
    assert improved["silo"] < improved["standard"] < improved["collaborative"]


def test_seeded_people_own_the_product_in_the_next_step():
    state = market("+policy@brands.alpha.policies.it=seed_influencers", "brands.alpha.budget=1000", steps=2)
    seeds = np.flatnonzero(state.engaged[:, 0])
    assert seeds.size == 20 and np.all(state.owned[seeds] >= 0) and np.mean(state.owned[seeds] == 0) > 0.8


def test_the_ledger_level_does_not_change_what_the_brand_does():
    over = ("organisation@brands.alpha.organisation=collaborative",
            "+policy@brands.alpha.policies.it=recover",
            "brands.alpha.policies.it.start=3", "brands.alpha.budget=300", "population.employee_share=.05")
    none, full = (market(*over, f"output.ledger={level}") for level in ("none", "full"))
    assert same_market(none, full)
    assert np.any(none.ledger.tickets["route"] == 2) and len(none.ledger.decisions) > 0
