"""Cascade: by hand, and the independent cascade as percolation."""

import networkx as nx
import numpy as np
import pytest
from contact_worlds import copies, decide, own, standard_error, walk, world

from simulation.adoption.contacts import PEOPLE, TIES
from simulation.numerics.randomness import Stream
from simulation.world.ties import both_ways, build_ties

ONCE = ("adoption=cascade", "adoption.attempts=once", "adoption.p=0")


@pytest.mark.parametrize("activation", ["synchronous", "sequential"])
def test_along_a_path_the_independent_cascade_reaches_k_steps_with_q_to_the_k(activation):
    # kills: a tie tried again in a later step (then everybody is reached in the end)
    n, q = 20_000, 0.6
    sources, targets = copies(n, 5, [0, 1, 2, 3], [1, 2, 3, 4])
    state, params, draws = world(5 * n, *ONCE, f"adoption.q={q}", f"adoption.activation={activation}",
                                 ties=(sources, targets))
    own(state, 5 * np.arange(n))
    walk(state, params, draws, 12)
    reached = (state.owned.reshape(n, 5) == 0).mean(axis=0)
    for k in range(1, 5):
        assert abs(reached[k] - q**k) < 5 * standard_error(q**k, n)


def test_a_tie_is_tried_in_the_step_after_the_purchase_of_its_source():
    state, params, draws = world(4, *ONCE, "adoption.q=1", ties=([0, 1, 2], [1, 2, 3]), owners={0: 0})
    walk(state, params, draws, 3)
    assert state.adopted_at[:, 0].tolist() == [0, 1, 2, 3]
    state, params, draws = world(2, *ONCE, "adoption.q=1", ties=([0], [1]), owners={0: 0})
    walk(state, params, draws, 5, first=2)             # in step 2 the purchase of step 0 is too long ago
    assert state.owned.tolist() == [0, -1]


def test_an_owner_who_tries_in_every_step_convinces_after_a_geometric_time():
    # strength .5: c = q / 2 per step; kills: strength ignored, one draw for all steps
    n, q = 20_000, 0.3
    sources, targets = copies(n, 2, [0], [1])
    state, params, draws = world(2 * n, "adoption=cascade", "adoption.p=0", f"adoption.q={q}",
                                 ties=(sources, targets, 0.5))
    own(state, 2 * np.arange(n))
    walk(state, params, draws, 6)
    for t in range(1, 7):
        expected = 0.15 * 0.85 ** (t - 1)
        assert abs((state.adopted_at[1::2, 0] == t).mean() - expected) < 5 * standard_error(expected, n)


def test_owners_and_advertising_convince_independently():
    # 1 - (1 - p)(1 - q)(1 - q / 4); kills: sum or maximum of the chances
    n, p, q = 40_000, 0.2, 0.4
    sources, targets = copies(n, 3, [0, 1], [2, 2])
    state, params, draws = world(3 * n, "adoption=cascade", f"adoption.p={p}", f"adoption.q={q}",
                                 ties=(sources, targets, np.tile([1.0, 0.25], n)))
    own(state, 3 * np.arange(n))
    own(state, 3 * np.arange(n) + 1)
    walk(state, params, draws, 1)
    expected = 1 - 0.8 * 0.6 * 0.9
    assert abs((state.owned[2::3] == 0).mean() - expected) < 5 * standard_error(expected, n)


@pytest.mark.parametrize("attempts", ["every_step", "once"])
def test_added_ties_count_like_the_others(attempts):
    state, params, draws = world(2, "adoption=cascade", f"adoption.attempts={attempts}", "adoption.p=0",
                                 "adoption.q=1", ties=([], []), owners={0: 0})
    state.added = build_ties(2, [0], [1])
    assert decide(state, params, draws)[0].tolist() == [-2, 0]


def test_people_met_in_the_step_convince_with_the_strength_of_a_meeting():
    # everybody meets one other person; half own it: who met an owner buys with q strength = .8 * .5
    n = 20_000
    state, params, draws = world(n, "adoption=cascade", "adoption.p=0", "adoption.q=0.8",
                                 "network.meetings.kind=matching", "++network.meetings.strength=0.5",
                                 ties=([], []))
    own(state, np.arange(n // 2))
    met = state.meetings.partners(state.ties.community, draws, 1)[:, 0]
    walk(state, params, draws, 1)
    buyers = np.flatnonzero(state.owned_since == 1)
    assert (met[buyers] < n // 2).all()
    asked = (met[n // 2:] < n // 2).sum()
    assert abs(buyers.size / asked - 0.4) < 5 * standard_error(0.4, asked)


@pytest.mark.parametrize("attempts", ["every_step", "once"])
def test_in_sequence_a_chain_is_run_through_as_far_as_the_order_of_visits_allows(attempts):
    # q = 1 along 0 -> 1 -> 2 -> 3: k + 1 buys in the step of k if visited after k, else in the next
    ties, seen = ([0, 1, 2], [1, 2, 3]), set()
    for seed in range(12):
        state, params, draws = world(4, "adoption=cascade", f"adoption.attempts={attempts}", "adoption.p=0",
                                     "adoption.q=1", "adoption.activation=sequential", ties=ties,
                                     owners={0: 0}, seed=seed)
        walk(state, params, draws, 3)
        at = [0, 1]
        for person in (2, 3):
            first, second = draws.uniforms(Stream.ORDER, at[-1], np.array([person - 1, person]))
            at.append(at[-1] if first < second else at[-1] + 1)
        assert state.adopted_at[:, 0].tolist() == at
        seen.add(tuple(at))
    assert len(seen) > 1


def random_graph(n=300, z=3.0):
    graph = nx.gnm_random_graph(n, int(z * n / 2), seed=5)
    pairs = np.array(graph.edges())
    return both_ways(pairs[:, 0], pairs[:, 1])


@pytest.mark.parametrize("activation", ["synchronous", "sequential"])
@pytest.mark.parametrize("tie_draw", ["directed", "undirected"])
def test_the_independent_cascade_reaches_exactly_the_live_part_of_the_network(activation, tie_draw):
    # tie live iff its draw < q: the cascade from one seed is what can be reached along live ties
    n, q, sizes = 300, 0.6, []
    ties = random_graph(n)
    for seed in range(3):
        state, params, draws = world(n, *ONCE, f"adoption.q={q}", f"adoption.tie_draw={tie_draw}",
                                     f"adoption.activation={activation}", ties=ties, owners={7: 0}, seed=seed)
        walk(state, params, draws, 60)
        live = nx.DiGraph()
        live.add_nodes_from(range(n))
        for u, v in zip(*(ends.tolist() for ends in ties), strict=True):
            source, target = (min(u, v), max(u, v)) if tie_draw == "undirected" else (u, v)
            if draws.uniforms(Stream.TIE, 0, np.array([target]), TIES * PEOPLE + source)[0] < q:
                live.add_edge(u, v)
        reached = nx.descendants(live, 7) | {7}
        assert set(np.flatnonzero(state.owned == 0).tolist()) == reached
        assert tie_draw == "directed" or all(live.has_edge(v, u) for u, v in live.edges)
        sizes.append(len(reached))
    assert max(sizes) > 100                            # the check must have something to bite on


def test_two_owners_in_one_step_convince_each_tie_on_its_own():
    # once, q = .5 for each of two owners: 1 - .25; kills one draw per target
    n = 20_000
    sources, targets = copies(n, 3, [0, 1], [2, 2])
    state, params, draws = world(3 * n, *ONCE, "adoption.q=0.5", ties=(sources, targets))
    own(state, 3 * np.arange(n))
    own(state, 3 * np.arange(n) + 1)
    walk(state, params, draws, 4)
    assert abs((state.owned[2::3] == 0).mean() - 0.75) < 5 * standard_error(0.75, n)


@pytest.mark.parametrize("attempts", ["every_step", "once"])
def test_the_credit_of_advertising_is_its_share_of_the_logarithm(attempts):
    # two owners with q = .3: ln .9 / (ln .9 + 2 ln .7)
    found = []
    for seed in range(200):
        state, params, draws = world(3, "adoption=cascade", f"adoption.attempts={attempts}", "adoption.p=0.1",
                                     "adoption.q=0.3", ties=([0, 1], [2, 2]), owners={0: 0, 1: 0}, seed=seed)
        choice, advertising_share = decide(state, params, draws)
        if choice[2] == 0:
            found.append(advertising_share[2])
        assert np.isnan(advertising_share[:2]).all()
    assert found and np.allclose(found, np.log(0.9) / (np.log(0.9) + 2 * np.log(0.7)))
