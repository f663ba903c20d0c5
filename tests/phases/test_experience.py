"""What owners meet and feel, worked out by hand."""

import numpy as np
import pytest

from simulation.phases.experience.phase import experience
from tests.phases.tiny import own, tiny

ALWAYS = "brands.alpha.processes.product.when={on_purchase: true, rate: 0, after_failure: 0, every: 0}"


def bought(*overrides, belief=0.65):
    """Return the state after person 0 bought alpha in step 1 and met what a purchase brings."""
    state, params, draws = tiny(2, *overrides)
    own(state, 0)
    state.bought_now[0] = 1
    state.belief[0, 0] = belief
    experience(state, params, draws, 1)
    return state


def test_a_surplus_is_felt_a_little_better_than_it_was():
    # product .85 and delivery .80 against an expectation of .65: d = .20 and .15, S = x + .15 d
    state = bought()
    s_product, s_delivery = 0.85 + 0.15 * 0.20, 0.80 + 0.15 * 0.15
    satisfaction = 0.65 + 0.30 * (s_product - 0.65)             # alpha .30, salience 1
    satisfaction += 0.45 * (s_delivery - satisfaction)          # alpha .30, salience 1.5
    assert state.satisfaction[0, 0] == pytest.approx(satisfaction)
    assert state.expectation[0, 0] == pytest.approx(0.65 + 0.2 * (0.825 - 0.65))


def test_a_shortfall_weighs_more_than_an_equal_surplus():
    state = bought("brands.alpha.processes.product.quality=0.45", "brands.alpha.processes.delivery.quality=0.65")
    assert state.last_evaluation[0, 0] == pytest.approx(0.45 - 0.15 * 2.25 * 0.20)
    assert state.last_gap[0, 0] == pytest.approx(-0.20)


def test_the_cause_is_the_process_with_the_largest_salient_surprise():
    # product: 1.0 * .20 = .20; delivery: 1.5 * .15 = .225
    state = bought()
    assert state.last_cause[0, 0] == 1
    assert state.last_quality[0, 0] == pytest.approx(0.80)


def test_own_experience_counts_as_evidence_with_the_weight_of_its_salience():
    state = bought()
    assert state.own_weight[0] == pytest.approx(1.0 + 1.5)
    assert state.own_value[0] == pytest.approx(0.85 + 1.5 * 0.80)


def test_who_owns_nothing_meets_nothing():
    state = bought()
    assert state.processes_met[1] == 0 and state.own_weight[1] == 0.0
    assert state.n_met.tolist() == [1, 1, 0, 0, 0, 0, 0, 0]


def test_a_promise_that_was_seen_raises_what_is_expected():
    state, params, draws = tiny(2, "brands.alpha.promise=0.4")
    for person in (0, 1):
        own(state, person)
        state.bought_now[person] = 1
    state.promise_seen[0, 0] = 1
    experience(state, params, draws, 1)
    # expected .65 + .4 * .35 = .79: the product (.06) surprises most; without the promise, delivery (1.5 * .15)
    assert state.last_gap[:, 0] == pytest.approx([0.85 - 0.79, 0.80 - 0.65])


def test_bills_come_every_fourth_step_after_the_purchase():
    met = []
    state, params, draws = tiny(2, "brands.alpha.processes.product.when.rate=0",
                                "brands.alpha.processes.support.when.rate=0")
    own(state, 0)
    for step in range(2, 14):
        experience(state, params, draws, step)
        met.append(int(state.n_met[3]))
    assert [step for step, n in zip(range(2, 14), met, strict=True) if n] == [5, 9, 13]


def test_support_is_met_in_the_step_after_a_failure():
    state, params, draws = tiny(2, "brands.alpha.processes.support.when.after_failure=1",
                                "brands.alpha.processes.support.when.rate=0",
                                "brands.alpha.processes.product.when.rate=0")
    own(state, 0)
    own(state, 1)
    state.failed_at[:, 0] = (4, 3)
    experience(state, params, draws, 5)
    assert state.processes_met.tolist() == [0b1100, 0b1000]   # both get the bill (step 5); only 0 needs support


def test_an_overloaded_process_is_worse_by_its_overload():
    state, params, draws = tiny(4, "brands.alpha.processes.delivery.capacity=1")
    for person in range(4):
        own(state, person)
    state.bought_now[:] = 1
    experience(state, params, draws, 1)
    # 4 met, capacity 1: overload 3/4 of congestion .2 leaves .65, just what was expected
    assert state.sum_evaluation[1] / 2**32 / 4 == pytest.approx(0.65)


def test_a_shock_lowers_quality_and_a_repair_lifts_it():
    state, params, draws = tiny(2)
    own(state, 0)
    state.bought_now[0] = 1
    state.shock_quality[0], state.improved_quality[1] = 0.5, 0.15
    experience(state, params, draws, 1)
    assert state.own_value[0] == pytest.approx(0.35 + 1.5 * 0.95)


def test_an_event_that_sets_the_failure_rate_overrules_everything():
    state, params, draws = tiny(2)
    own(state, 0)
    state.bought_now[0] = 1
    state.set_failure[0] = 1.0
    experience(state, params, draws, 1)
    assert state.n_failed.tolist() == [1, 0, 0, 0, 0, 0, 0, 0] and state.failed_at[0, 0] == 1
    assert state.last_failed[0, 0] == 1


def test_failures_come_as_often_as_the_rate_says():
    n = 20_000
    state, params, draws = tiny(n, "brands.alpha.processes.product.failure_rate=0.12", network="two_node")
    for column, value in ((state.owned, 0), (state.owned_since, 1), (state.bought_now, 1)):
        column[:] = value
    experience(state, params, draws, 1)
    assert abs(state.n_failed[0] / n - 0.12) < 5 * np.sqrt(0.12 * 0.88 / n)
