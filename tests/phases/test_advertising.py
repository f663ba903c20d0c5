"""Whom advertising reaches, worked out by hand."""

import pytest

from simulation.phases.advertising import advertising
from tests.phases.tiny import tiny


def rates(*overrides, steps=3, people=4):
    """Return the state after some steps of advertising, and the rates of alpha in each."""
    state, params, draws = tiny(people, *overrides)
    found = []
    for step in range(1, steps + 1):
        advertising(state, params, draws, step)
        found.append(float(state.ad_rate[0]))
    return state, found


def test_advertising_fades_from_the_second_step_on():
    _, found = rates("adoption.p=0.2", "adoption.p_decay=0.5")
    assert found == pytest.approx([0.2, 0.1, 0.05])


def test_a_campaign_adds_to_the_rate_and_more_than_certain_is_certain():
    state, params, draws = tiny(4, "adoption.p=0.25")
    state.campaign[:] = (0.5, 0.9)
    advertising(state, params, draws, 1)
    assert state.ad_rate == pytest.approx([0.75, 1.0])
    assert state.ad_hit[:, 1].tolist() == [1, 1, 1, 1]


def test_the_rate_of_the_step_before_is_kept():
    state, _ = rates("adoption.p=0.2", "adoption.p_decay=0.5")
    assert (state.ad_rate_before[0], state.ad_rate[0]) == pytest.approx((0.1, 0.05))


def test_nobody_is_reached_before_the_launch_and_a_promise_once_seen_stays_seen():
    state, params, draws = tiny(4, "adoption.p=1")
    state.launched[1] = 0
    advertising(state, params, draws, 1)
    assert state.ad_hit.tolist() == [[1, 0]] * 4 and state.ad_rate.tolist() == [1.0, 0.0]
    state.launched[0] = 0
    advertising(state, params, draws, 2)
    assert state.ad_hit.tolist() == [[0, 0]] * 4 and state.promise_seen.tolist() == [[1, 0]] * 4


def test_a_brand_that_says_nothing_reaches_nobody_whatever_was_written_before():
    state, params, draws = tiny(4, "adoption.p=0")
    state.ad_hit[:] = 1
    advertising(state, params, draws, 1)
    assert not state.ad_hit.any() and not state.promise_seen.any()


def test_from_whom_advertising_is_withheld_it_never_reaches_and_others_keep_their_luck():
    state, params, draws = tiny(40, "adoption.p=0.5")
    advertising(state, params, draws, 3)
    before = state.ad_hit.copy()
    state.promise_seen[:] = 0
    state.withheld[:20, 0] = 1
    advertising(state, params, draws, 3)
    assert not state.ad_hit[:20, 0].any() and not state.promise_seen[:20, 0].any() and before[:20, 0].any()
    assert (state.ad_hit[20:] == before[20:]).all() and (state.ad_hit[:, 1] == before[:, 1]).all()
