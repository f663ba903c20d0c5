"""Threshold: exact shares by hand, and how far they spread on a lattice."""

import numpy as np
import pytest
from contact_worlds import decide, own, standard_error, walk, world

from simulation.numerics.randomness import Stream

PURE = ("adoption=threshold", "adoption.p=0")


def fans(strength=1.0, most=30):
    """Return (n, ties, targets, owners, k, m): one target for each k of m in-neighbours who own it."""
    sources, targets, rows, owners, share = [], [], [], [], []
    n = 0
    for m in range(1, most + 1):
        for k in range(m + 1):
            sources += range(n + 1, n + 1 + m)
            targets += [n] * m
            rows.append(n)
            owners += range(n + 1, n + 1 + k)
            share.append((k, m))
            n += m + 1
    return n, (sources, targets, strength), np.array(rows), np.array(owners), np.array(share)


@pytest.mark.parametrize("strength", [1.0, 0.1, 0.7])
def test_k_of_m_neighbours_reach_the_threshold_k_over_m_and_no_higher_one(strength):
    # kills: share > threshold
    n, ties, rows, owners, share = fans(strength)
    state, params, draws = world(n, *PURE, ties=ties)
    own(state, owners)
    state.threshold[:] = 2.0
    state.threshold[rows] = share[:, 0] / share[:, 1]
    assert (decide(state, params, draws)[0][rows] == 0).all()
    state.threshold[rows] += 1e-5
    assert (decide(state, params, draws)[0][rows] == -2).all()


def test_a_threshold_above_the_share_by_rounding_alone_is_reached():
    # .1 + .2 is .30000000000000004 in a computer, and three of ten are .3
    state, params, draws = world(10, *PURE, owners={0: 0, 1: 0, 2: 0})
    state.threshold[:] = 2.0
    state.threshold[3:5] = (0.1 + 0.2, 0.3 + 1e-5)
    assert decide(state, params, draws)[0][3:5].tolist() == [0, -2]


def test_strengths_in_single_precision_do_not_miss_a_threshold_that_they_equal():
    # .7 of .1 + .2 + .7 is .69999999 there; kills: a tolerance below the precision of the strengths
    state, params, draws = world(4, *PURE, ties=([1, 2, 3], [0, 0, 0], [0.1, 0.2, 0.7]), owners={3: 0})
    state.threshold[:] = 0.7
    assert decide(state, params, draws)[0][0] == 0


def test_the_share_is_weighted_by_the_strength_of_the_ties():
    # an owner with strength 1, another person with .25: share .8, not .5
    for threshold, choice in ((0.8 - 1e-5, 0), (0.8 + 1e-5, -2)):
        state, params, draws = world(3, *PURE, ties=([1, 2], [0, 0], [1.0, 0.25]), owners={1: 0})
        state.threshold[:] = threshold
        assert decide(state, params, draws)[0][0] == choice


def test_who_sees_nobody_buys_only_with_a_threshold_of_zero_or_after_an_advertisement():
    state, params, draws = world(3, *PURE, ties=([], []))
    state.threshold[:] = [0.0, 1e-5, 0.5]
    assert decide(state, params, draws)[0].tolist() == [0, -2, -2]
    state, params, draws = world(3, *PURE, "adoption.p=1", ties=([], []))
    state.threshold[:] = 2.0
    choice, advertising_share = decide(state, params, draws)
    assert choice.tolist() == [0, 0, 0] and advertising_share.tolist() == [1.0, 1.0, 1.0]


def test_in_a_well_mixed_market_the_share_is_that_of_everybody():
    state, params, draws = world(10, *PURE, owners={0: 0, 1: 0, 2: 0})
    state.threshold[:] = np.arange(10) / 20            # .15, .2, .25, .3 | .35 .. of rows 3 .. 9
    choice, advertising_share = decide(state, params, draws)
    assert choice.tolist() == [-2] * 3 + [0] * 4 + [-2] * 3
    assert (advertising_share[3:7] == 0.0).all()


def test_in_sequence_a_step_can_run_through_everybody():
    # Granovetter's crowd: thresholds 1/n, 2/n, ...: synchronously one more in every step
    n = 20
    state, params, draws = world(n, *PURE, owners={0: 0})
    state.threshold[:] = np.arange(n) / n
    walk(state, params, draws, 5)
    assert (state.owned == 0).sum() == 6
    state, params, draws = world(n, *PURE, "adoption.activation=sequential", owners={0: 0})
    state.threshold[:] = 1 / n
    state.threshold[1:] = np.where(np.arange(1, n) < 10, 1 / n, 10 / n)
    walk(state, params, draws, 1)
    turn = draws.uniforms(Stream.ORDER, 1, np.arange(n))
    late = turn[10:] > turn[1:10].max()                    # those visited before the tenth owner have to wait
    assert (state.owned[:10] == 0).all() and np.array_equal(state.owned[10:] == 0, late) and late.any()
    walk(state, params, draws, 2, first=2)
    assert (state.owned == 0).all()


def test_with_q_below_one_the_reached_threshold_is_a_chance_per_step():
    n = 20_000
    state, params, draws = world(n + 1, *PURE, "adoption.q=0.3", ties=(np.full(n, n), np.arange(n)),
                                 owners={n: 0})
    state.threshold[:] = 0.5
    walk(state, params, draws, 2)
    expected = 1 - 0.7**2
    assert abs((state.owned[:n] == 0).mean() - expected) < 5 * standard_error(expected, n)


@pytest.mark.parametrize("activation", ["synchronous", "sequential"])
@pytest.mark.parametrize(("needed", "spreads"), [(1, True), (3, True), (4, False)])
def test_on_a_lattice_of_eight_neighbours_three_suffice_and_four_do_not(needed, spreads, activation):
    # Morris (2000): the Moore neighbourhood carries thresholds up to 3/8; seed = a person and the 8 around
    state, params, draws = world(
        400, *PURE, "network=torus", f"population.threshold_mean={needed / 8}", "population.threshold_sd=0",
        f"adoption.activation={activation}",
        "+population.seeds.block={brand: alpha, count: 9, by: ball, people: ['210']}")
    assert (state.owned == 0).sum() == 9
    walk(state, params, draws, 100)
    assert (state.owned == 0).sum() == (400 if spreads else 9)
