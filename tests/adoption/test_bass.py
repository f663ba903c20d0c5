"""Bass: by hand, against geometric waiting times, and against the discrete recursion."""

import numpy as np
import pytest
from contact_worlds import copies, decide, own, standard_error, walk, world

from simulation.adoption.contacts import LOT
from simulation.numerics.randomness import Stream


def test_the_influence_is_q_times_the_share_of_neighbours_who_own_it():
    # row 0 sees 1, 2, 3, 4, of whom 1 owns; wrong versions killed: number instead of share, out-ties
    n = 20_000
    sources, targets = copies(n, 5, [1, 2, 3, 4], [0, 0, 0, 0])
    state, params, draws = world(5 * n, "adoption=bass", "adoption.p=0", "adoption.q=0.8",
                                 ties=(sources, targets))
    own(state, 5 * np.arange(n) + 1)
    walk(state, params, draws, 1)
    expected = 0.8 * 1 / 4
    assert abs((state.owned[::5] == 0).mean() - expected) < 5 * standard_error(expected, n)
    others = np.delete(np.arange(5 * n).reshape(n, 5), [0, 1], axis=1)
    assert (state.owned[others] == -1).all()          # they see nobody


def test_the_share_is_plain_whatever_the_strength_of_the_ties():
    # row 0 sees an owner (strength .1) and a non-owner (strength 1): share 1/2, not 1/11
    n = 20_000
    sources, targets = copies(n, 3, [1, 2], [0, 0])
    state, params, draws = world(3 * n, "adoption=bass", "adoption.p=0", "adoption.q=1",
                                 ties=(sources, targets, np.tile([0.1, 1.0], n)))
    own(state, 3 * np.arange(n) + 1)
    walk(state, params, draws, 1)
    assert abs((state.owned[::3] == 0).mean() - 0.5) < 5 * standard_error(0.5, n)


def test_a_person_buys_exactly_when_their_own_uniform_lies_below_q_times_the_share():
    # everybody sees the two owners and nobody else: share 1, influence q; kills draws by order of visits
    n = 50
    rows = np.arange(2, n)
    ties = np.repeat([0, 1], rows.size), np.tile(rows, 2)
    state, params, draws = world(n, "adoption=bass", "adoption.p=0", "adoption.q=0.3", ties=ties,
                                 owners={0: 0, 1: 0})
    walk(state, params, draws, 1)
    assert np.array_equal(state.owned[2:] == 0, draws.uniforms(Stream.CONTACT, 1, rows, 0) < 0.3)


def test_in_sum_mode_one_uniform_decides_and_the_advertisement_seen_does_not():
    # the owner is one of two in-neighbours: p + q s = .2 + .6 / 2 = .5
    n = 2_000
    sources, targets = copies(n, 3, [1, 2], [0, 0])
    state, params, draws = world(3 * n, "adoption=bass", "adoption.combine=sum", "adoption.p=0.2",
                                 "adoption.q=0.6", ties=(sources, targets))
    own(state, 3 * np.arange(n) + 1)
    walk(state, params, draws, 1)
    rows = 3 * np.arange(n)
    assert np.array_equal(state.owned[rows] == 0, draws.uniforms(Stream.CONTACT, 1, rows, 0) < 0.5)
    assert np.array_equal(state.owned[rows + 2] == 0, draws.uniforms(Stream.CONTACT, 1, rows + 2, 0) < 0.2)


def test_in_sum_mode_a_hazard_above_one_is_certainty():
    state, params, draws = world(2, "adoption=bass", "adoption.combine=sum", "adoption.p=0.6",
                                 "adoption.q=0.7", ties=([0], [1]), owners={0: 0})
    assert decide(state, params, draws)[0][1] == 0


def test_in_sum_mode_what_is_more_than_certain_weighs_no_more_than_certain_against_another_brand():
    # everybody sees the owner of alpha: p + q s = .6 + .7 counts as 1, beta's campaign of 1 too: a coin
    n = 60
    rows = np.arange(1, n)
    state, params, draws = world(n, "adoption=bass", "adoption.combine=sum", "adoption.p=0", "adoption.q=0.7",
                                 ties=(np.zeros(n - 1, int), rows), owners={0: 0}, brands=2)
    state.campaign[:] = [0.6, 1.0]
    choice, _ = decide(state, params, draws)
    coin = draws.uniforms(Stream.CONTACT, 1, rows, LOT)
    assert np.array_equal(choice[1:] == 0, coin < 0.5) and (choice[1:] >= 0).all()
    assert ((coin > 0.5) & (coin < 1.3 / 2.3)).any()       # unclipped they would buy alpha


@pytest.mark.parametrize("combine", ["independent", "sum"])
def test_with_advertising_alone_waiting_times_are_geometric(combine):
    # nobody sees anybody: P(T = t) = p (1 - p)^(t - 1); kills a share of 0/0 and imitation of oneself
    n, p = 50_000, 0.1
    state, params, draws = world(n, "adoption=bass", f"adoption.combine={combine}", f"adoption.p={p}",
                                 "adoption.q=1", ties=([], []))
    walk(state, params, draws, 8)
    for t in range(1, 9):
        expected = p * (1 - p) ** (t - 1)
        assert abs((state.adopted_at[:, 0] == t).mean() - expected) < 5 * standard_error(expected, n)


@pytest.mark.parametrize("combine", ["independent", "sum"])
def test_a_well_mixed_market_follows_the_discrete_recursion(combine):
    # N' = N + (p + q N/m - [independent: p q N/m]) (m - N); p, q large enough to tell the two apart
    m, p, q, runs, steps = 4_000, 0.05, 0.5, 40, 12
    paths = np.empty((runs, steps))
    for run in range(runs):
        state, params, draws = world(m, "adoption=bass", f"adoption.combine={combine}", f"adoption.p={p}",
                                     f"adoption.q={q}", seed=100 + run)
        walk(state, params, draws, steps)
        paths[run] = [((state.adopted_at[:, 0] >= 1) & (state.adopted_at[:, 0] <= t)).sum()
                      for t in range(1, steps + 1)]
    owners = 0.0
    for t in range(steps):
        both = p * q * owners / m if combine == "independent" else 0.0
        owners += (p + q * owners / m - both) * (m - owners)
        tolerance = 5 * paths[:, t].std(ddof=1) / runs**0.5 + 1.0    # curvature biases the mean by O(1)
        assert abs(paths[:, t].mean() - owners) < tolerance, t + 1


def test_a_complete_network_and_a_well_mixed_market_differ_only_by_oneself():
    # share among the other N - 1 against share of all N: with 1 owner of 400, 1/399 against 1/400
    n, q = 400, 1.0
    counts = {}
    for network in ("complete", "well_mixed"):
        found = 0
        for seed in range(50):
            state, params, draws = world(n, f"network={network}", "adoption=bass", "adoption.p=0",
                                         f"adoption.q={q}", owners=dict.fromkeys(range(100), 0), seed=seed)
            found += (decide(state, params, draws)[0] == 0).sum()
        counts[network] = found / (50 * 300)
    assert abs(counts["complete"] - 100 / 399) < 5 * standard_error(100 / 399, 15_000)
    assert abs(counts["well_mixed"] - 100 / 400) < 5 * standard_error(100 / 400, 15_000)


def test_in_sequence_a_well_mixed_market_sees_the_owners_made_earlier_in_the_step():
    # p = 0, q = 1, one owner of N = 3: the first visited buys with 1/3, the second then with 2/3 or 1/3
    # mean number of owners after one step: 1 + 1/3 + (1/3)(2/3) + (2/3)(1/3) = 16/9; synchronous: 5/3
    totals = []
    for seed in range(1500):
        state, params, draws = world(3, "adoption=bass", "adoption.p=0", "adoption.q=1",
                                     "adoption.activation=sequential", owners={0: 0}, seed=seed)
        totals.append((decide(state, params, draws)[0] == 0).sum() + 1)
    assert abs(np.mean(totals) - 16 / 9) < 5 * np.std(totals) / len(totals) ** 0.5
    # one seed's mean would not tell 16/9 from 5/3 at 5 standard errors, 1500 do: .111 against 5 * .016


def test_the_credit_of_advertising_is_its_share_of_the_hazard():
    # sum: p / (p + q s) = .4 / (.4 + .6); independent: ln .9 / (ln .9 + ln .7); alone 1; without p 0
    def credit(p, q, combine, owned=True):
        state, params, draws = world(2, "adoption=bass", f"adoption.p={p}", f"adoption.q={q}",
                                     f"adoption.combine={combine}", ties=([0], [1]),
                                     owners={0: 0} if owned else {})
        for step in range(1, 200):
            choice, advertising_share = decide(state, params, draws, step)
            if choice[1] == 0:
                return advertising_share[1]
        raise AssertionError("nobody bought")

    assert credit(0.4, 0.6, "sum") == pytest.approx(0.4)
    assert credit(0.1, 0.3, "independent") == pytest.approx(np.log(0.9) / (np.log(0.9) + np.log(0.7)))
    assert credit(0.1, 0.3, "independent", owned=False) == 1.0
    assert credit(0.0, 0.3, "independent") == 0.0
    assert credit(1.0, 0.0, "sum") == 1.0
