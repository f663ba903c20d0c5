"""Cascade with negative word of mouth: by hand, and the published number of adopters."""

import numpy as np
import pytest
from contact_worlds import copies, decide, own, standard_error, walk, world

from simulation.numerics.randomness import Stream
from simulation.world.state import Stance

HAND = ("adoption=cascade_negative", "adoption.p=0", "adoption.p_decay=1", "adoption.activation=synchronous")
NEITHER, PLUS, MINUS = int(Stance.NONE), int(Stance.POSITIVE), int(Stance.NEGATIVE)


def test_a_disappointed_buyer_is_an_owner_who_warns_and_the_warned_warn_on():
    # m q = 1 along 0 -> 1 -> 2 -> 3, dissatisfied = 1: one rejecter more in every step
    state, params, draws = world(4, *HAND, "adoption.q=0.5", "adoption.m=2", "adoption.dissatisfied=1",
                                 ties=([0, 1, 2], [1, 2, 3]), owners={0: 0})
    walk(state, params, draws, 1)
    assert state.stance[:, 0].tolist() == [MINUS, MINUS, NEITHER, NEITHER]
    walk(state, params, draws, 3, first=2)
    assert state.stance[:, 0].tolist() == [MINUS] * 4
    assert state.owned.tolist() == [0, -1, -1, -1]


def test_a_rejecter_never_buys_whatever_reaches_them_later():
    state, params, draws = world(2, *HAND, "adoption.q=1", "adoption.m=1", "adoption.dissatisfied=1",
                                 ties=([0], [1]), owners={0: 0})
    walk(state, params, draws, 1)
    assert state.stance[1, 0] == MINUS
    state.campaign[:] = 1.0                            # everybody sees an advertisement
    walk(state, params, draws, 3, first=2)
    assert state.owned.tolist() == [0, -1]


def test_an_advertisement_makes_people_buy_whatever_they_hear():
    state, params, draws = world(2, *HAND, "adoption.p=1", "adoption.q=1", "adoption.m=1",
                                 "adoption.dissatisfied=1", ties=([0], [1]), owners={0: 0})
    choice, advertising_share = decide(state, params, draws)
    assert choice[1] == 0 and advertising_share[1] == 1.0
    assert state.stance[1, 0] == MINUS                 # and disappoints, as dissatisfied = 1 says


def test_only_recommendations_make_people_buy_with_one_minus_the_product():
    # two satisfied owners, strengths 1 and .5: 1 - (1 - q)(1 - q / 2)
    n, q = 20_000, 0.4
    sources, targets = copies(n, 3, [0, 1], [2, 2])
    state, params, draws = world(3 * n, *HAND, f"adoption.q={q}", "adoption.dissatisfied=0",
                                 ties=(sources, targets, np.tile([1.0, 0.5], n)))
    own(state, 3 * np.arange(n))
    own(state, 3 * np.arange(n) + 1)
    walk(state, params, draws, 1)
    expected = 1 - 0.6 * 0.8
    assert abs((state.owned[2::3] == 0).mean() - expected) < 5 * standard_error(expected, n)
    assert (state.stance[state.owned == 0] == PLUS).all()
    assert (state.stance[state.owned == -1] == NEITHER).all()


@pytest.mark.parametrize(("q", "m", "warned"), [(0.2, 2, 0.4), (0.2, 0.5, 0.1), (0.8, 2, 1.0)])
def test_a_warning_is_m_times_as_likely_as_a_recommendation_and_at_most_certain(q, m, warned):
    n = 20_000
    sources, targets = copies(n, 2, [0], [1])
    state, params, draws = world(2 * n, *HAND, f"adoption.q={q}", f"adoption.m={m}",
                                 "adoption.dissatisfied=1", ties=(sources, targets))
    own(state, 2 * np.arange(n))
    walk(state, params, draws, 1)
    assert abs((state.stance[1::2, 0] == MINUS).mean() - warned) <= 5 * standard_error(warned, n)
    assert (state.owned[1::2] == -1).all()


def test_who_hears_both_buys_with_the_share_of_recommendations():
    # one satisfied owner (signal with .5), two negative (certain): buy .5 * 1/3, reject all others
    # kills: majority, a coin of one half, and one signal per person instead of per tie
    n = 20_000
    sources, targets = copies(n, 4, [0, 1, 2], [3, 3, 3])
    state, params, draws = world(4 * n, *HAND, "adoption.q=0.5", "adoption.m=2", "adoption.dissatisfied=0",
                                 ties=(sources, targets))
    own(state, 4 * np.arange(n))
    state.stance[1::4], state.stance[2::4] = MINUS, MINUS
    walk(state, params, draws, 1)
    bought = state.owned[3::4] == 0
    assert abs(bought.mean() - 0.5 / 3) < 5 * standard_error(0.5 / 3, n)
    assert np.array_equal(state.stance[3::4, 0] == MINUS, ~bought)


def test_disappointment_has_one_draw_per_person_and_brand_for_buyers_and_seeds_alike():
    n = 2_000
    state, params, draws = world(n, *HAND, "adoption.p=0.3", "adoption.dissatisfied=0.15", ties=([], []))
    own(state, np.arange(50))
    state.seeded[50:60] = 0                            # a brand gives it to ten more in step 1
    walk(state, params, draws, 1)
    assert (state.owned[:60] == 0).all()
    state.seeded[:] = -1
    walk(state, params, draws, 30, first=2)
    assert (state.owned == 0).mean() > 0.99
    disappointed = draws.uniforms(Stream.DISSATISFIED, 0, np.arange(n), 0) < 0.15
    owns = state.owned == 0
    assert np.array_equal(state.stance[owns, 0] == MINUS, disappointed[owns])


def test_a_satisfied_customer_who_left_recommends_no_more_and_may_return():
    for activation in ("synchronous", "sequential"):
        state, params, draws = world(2, *HAND, f"adoption.activation={activation}", "adoption.q=1",
                                     "adoption.dissatisfied=0", ties=([0], [1]))
        state.stance[0] = PLUS                         # bought and left
        walk(state, params, draws, 3)
        assert state.owned.tolist() == [-1, -1]
        state.campaign[:] = 1.0
        walk(state, params, draws, 4, first=4)
        assert state.owned.tolist() == [0, 0]


def test_in_sequence_recommendations_and_warnings_of_the_same_step_are_heard():
    # q = m q = 1 along 0 -> 1 -> 2, 0 negative: 2 rejects in step 1 exactly if visited after 1
    certain = (*HAND, "adoption.activation=sequential", "adoption.q=1", "adoption.m=1")
    found, ties = set(), ([0, 1], [1, 2])
    for seed in range(12):
        state, params, draws = world(3, *certain, "adoption.dissatisfied=1", ties=ties, owners={0: 0},
                                     seed=seed)
        walk(state, params, draws, 1)
        first, second = draws.uniforms(Stream.ORDER, 1, np.array([1, 2]))
        assert state.stance[:, 0].tolist() == [MINUS, MINUS, MINUS if first < second else NEITHER]
        state, params, draws = world(3, *certain, "adoption.dissatisfied=0", ties=ties, owners={0: 0},
                                     seed=seed)
        walk(state, params, draws, 1)
        assert state.owned.tolist() == [0, 0, 0 if first < second else -1]
        found.add(first < second)
    assert found == {True, False}


def test_a_brand_can_be_rejected_in_the_step_in_which_another_is_bought():
    state, params, draws = world(3, *HAND, "adoption.q=1", "adoption.m=1", "adoption.dissatisfied=0",
                                 ties=([0, 1], [2, 2]), owners={0: 0, 1: 1}, brands=2)
    state.stance[1] = [NEITHER, MINUS]
    walk(state, params, draws, 1)
    assert state.owned[2] == 0 and state.stance[2].tolist() == [PLUS, MINUS]


def test_brands_out_of_reach_are_neither_bought_nor_rejected():
    state, params, draws = world(3, *HAND, "adoption.q=1", "adoption.m=1", "adoption.dissatisfied=1",
                                 "adoption.price_gate=true", ties=([0, 0], [1, 2]), owners={0: 0})
    state.willingness[:] = [0.0, 49.99, 50.0]          # the price is 50
    walk(state, params, draws, 1)
    assert state.stance[:, 0].tolist() == [MINUS, NEITHER, MINUS]


def adopters(activation, seed):
    state, params, draws = world(3000, "adoption=cascade_negative", "network=cliques_fresh",
                                 f"adoption.activation={activation}", seed=seed)
    for step in range(1, 501):
        walk(state, params, draws, step, first=step)
        if ((state.owned == 0) | (state.stance[:, 0] == MINUS)).all():
            break
    return (state.owned == 0).sum()


@pytest.mark.slow
def test_bad_news_leaves_the_published_number_of_adopters():
    # Goldenberg et al. (2007) as re-implemented by Dawid et al. (2025): median 1025 of 3000, asked within 4 %.
    # One run has standard deviation 100 (400 runs of an independent program: mean 1024, median 1027), so a
    # median of 60 has standard error 1.253 * 100 / 60^.5 = 16: the band is 2.5 of them, narrower than 5, and
    # the seeds are 0 .. 59 without choice
    found = [adopters("sequential", seed) for seed in range(60)]
    assert 985 <= np.median(found) <= 1065


@pytest.mark.slow
def test_reacting_to_the_step_before_reaches_more_people_than_visits_in_sequence():
    # an independent check from the rules: medians 1099 against 1024
    found = {activation: np.mean([adopters(activation, seed) for seed in range(30)])
             for activation in ("synchronous", "sequential")}
    assert 1.02 < found["synchronous"] / found["sequential"] < 1.13
