"""What the sums of a step do to beliefs, with and without bad news, worked out by hand."""

import pytest

from simulation.phases.belief import belief
from tests.phases.tiny import own, tiny

ONE = 2**32


def after(reads=(0.0, 0.0), good=(0.0, 0.0), lived=(0.0, 0.0), decided=False):
    """Return the state after step 5 of an owner of alpha with belief .6; pairs are (weight, weight times value)."""
    state, params, draws = tiny(2)
    own(state, 0)
    state.belief[:], state.belief_without_bad_news[:], state.belief_start[:] = 0.6, 0.7, 0.5
    state.confidence[:], state.own_gain[:] = 2.0, 0.25
    for (weight, value), (w, wy) in (((state.reads_weight, state.reads_value), reads),
                                     ((state.good_weight, state.good_value), good)):
        weight[0, 0], value[0, 0] = int(w * ONE), int(wy * ONE)
    state.own_weight[0], state.own_value[0] = lived
    if decided:
        state.decided_at[0, 0] = 5
    belief(state, params, draws, 5)
    return state


def test_own_experience_counts_like_a_review():
    # confidence 2 in .6; a review of weight 1 saying 0 and an experience of weight 2 that was .9
    state = after(reads=(1.0, 0.0), lived=(2.0, 1.8))
    assert state.belief[0, 0] == pytest.approx((2 * 0.6 + 0.0 + 1.8) / 5)
    assert state.confidence[0, 0] == pytest.approx(5.0)
    assert state.belief[0, 1] == state.belief[1, 0] == 0.6


def test_the_belief_without_bad_news_has_not_heard_it():
    state = after(reads=(2.0, 1.0), good=(1.0, 1.0))
    assert state.belief[0, 0] == pytest.approx((2 * 0.6 + 1.0) / 4)
    assert state.belief_without_bad_news[0, 0] == pytest.approx((2 * 0.7 + 1.0) / 3)


def test_a_decision_starts_the_belief_without_bad_news_and_the_gains_anew():
    state = after(decided=True)
    assert (state.belief_without_bad_news[0, 0], state.belief_start[0, 0], state.own_gain[0, 0]) == (0.6, 0.6, 0.0)
    untouched = after()
    assert (untouched.belief_without_bad_news[0, 0], untouched.belief_start[0, 0]) == (0.7, 0.5)
    assert untouched.own_gain[0, 0] == 0.25


def test_only_an_experience_above_the_belief_is_a_gain():
    assert after(lived=(2.0, 1.8)).own_gain[0, 0] == pytest.approx(0.25 + 1.8 - 2 * 0.6)
    assert after(lived=(2.0, 1.0)).own_gain[0, 0] == 0.25
