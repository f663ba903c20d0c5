"""Whether each network has the shape its source gives it: closed forms, 5 standard errors.

Each statistical test names the wrong version that it kills.
"""

import networkx as nx
import numpy as np
import pytest
from network_from_yaml import make, pairs, triangles_by_person

from simulation.networks.shapes import blocks, pairs_at


def test_blocks_of_seven_people_in_three_differ_by_one_at_most():
    block, first, size = blocks(7, 3)
    assert np.bincount(block).tolist() == [3, 2, 2]
    assert first.tolist() == [0, 0, 0, 3, 3, 5, 5]
    assert size.tolist() == [3, 3, 3, 2, 2, 2, 2]


@pytest.mark.parametrize("n", [2, 3, 6, 7])
def test_numbered_pairs_are_all_pairs_once(n):
    one, other = pairs_at(np.arange(n * (n - 1) // 2), n)
    found = {frozenset(pair) for pair in zip(one.tolist(), other.tolist(), strict=True)}
    assert len(found) == n * (n - 1) // 2 and all(len(pair) == 2 for pair in found)


def test_erdos_renyi_has_the_mean_degree_asked_for():
    n, degree, graphs = 50, 8.0, 400
    network = make("erdos_renyi", mean_degree=degree)
    mean = np.mean([len(network.build(n, seed)) / n for seed in range(graphs)])
    m, p = n * (n - 1) / 2, degree / (n - 1)
    standard_error = 2 * (m * p * (1 - p)) ** 0.5 / n / graphs**0.5     # .026
    assert abs(mean - degree) < 5 * standard_error   # kills P = mean_degree / n: 7.84


def test_erdos_renyi_degrees_are_as_scattered_as_binomial_ones():
    n = 20_000
    degree = make("erdos_renyi", mean_degree=8.0).build(n, 3).out_degree()
    standard_error = 8.0 * (2 / n) ** 0.5            # of a variance of 8, nearly normal: .08
    assert abs(degree.var() - 8.0) < 5 * standard_error   # kills a regular random graph: variance 0


def test_blocks_have_the_degrees_asked_for_inside_and_between():
    n, graphs = 200, 100
    network = make("stochastic_block", sizes=[1.0, 3.0], degree_inside=6.0, degree_between=2.0)
    inside, between = np.zeros((graphs, 2)), np.zeros(graphs)
    for seed in range(graphs):
        ties = network.build(n, seed)
        same = ties.community[ties.sources()] == ties.community[ties.targets]
        inside[seed] = np.bincount(ties.community[ties.sources()][same]) / [50, 150]
        between[seed] = (~same).sum() / n
    for block, people in enumerate((50, 150)):
        variance = 2 * 6.0 / people * (1 - 6 / (people - 1))
        # kills one chance for all blocks: 6 * 50 / 200 = 1.5 in the small one
        assert abs(inside[:, block].mean() - 6.0) < 5 * (variance / graphs) ** 0.5
    # kills the chance 2 / 150 of the block of 50 for everybody: 2 * 50 * 150 / 200 * 2 / 150 = 1.0
    assert abs(between.mean() - 2.0) < 5 * (2 * 2.0 / n / graphs) ** 0.5


def test_a_small_world_keeps_its_ties_and_half_of_everybodys_ends():
    ties = make("watts_strogatz", neighbours=8, rewiring=1.0).build(500, 5)
    assert len(ties) == 500 * 8
    assert ties.out_degree().min() >= 4


def test_the_share_of_rewired_ties_is_the_one_asked_for():
    n, k, rewiring = 5_000, 8, 0.2
    ties = make("watts_strogatz", neighbours=k, rewiring=rewiring).build(n, 6)
    gap = np.abs(ties.sources() - ties.targets)
    kept = (np.minimum(gap, n - gap) <= k // 2).sum() / 2
    m = n * k / 2
    back = m * rewiring * k / n                      # moved ties that land on the ring all the same: 6
    assert abs(kept - m * (1 - rewiring)) < 5 * (m * rewiring * (1 - rewiring)) ** 0.5 + back
    # kills rewiring drawn for both ends: 1 - (1 - .2)^2 = .36 moved


def test_triangles_of_a_small_world_fall_with_the_cube_of_what_is_not_rewired():
    n, k, rewiring, graphs = 2_000, 8, 0.2, 20
    network = make("watts_strogatz", neighbours=k, rewiring=rewiring)
    found = [triangles_by_person(network.build(n, seed))[0].sum() / 3 for seed in range(graphs)]
    expected = n * k * (k - 2) / 8 * (1 - rewiring) ** 3        # 12,000 * .512 = 6,144
    chance = k**3 / 6 + rewiring * k**3 / 2                     # random triangles, bounded: 137
    standard_error = np.std(found, ddof=1) / graphs**0.5
    # kills rewiring one tie in k instead of one tie in five, and both ends rewired ((1 - .2)^6: 3,146)
    assert expected - 5 * standard_error < np.mean(found) < expected + chance + 5 * standard_error


def test_preferential_attachment_makes_exactly_its_ties():
    n, m = 1_000, 4
    assert len(make("barabasi_albert", ties_each=m).build(n, 1)) == 2 * m * (n - m)


def test_degrees_under_preferential_attachment_fall_as_their_cube():
    n, m = 10_000, 4
    degree = make("barabasi_albert", ties_each=m).build(n, 2).out_degree()
    for least in (5, 16, 40):
        share = m * (m + 1) / (least * (least + 1))             # P(degree >= least): .667, .074, .012
        # kills attachment to anybody: (4/5)^(least - 4) = .8, .069, .0003
        assert abs((degree >= least).mean() - share) < 5 * (share * (1 - share) / n) ** 0.5


def test_triangles_are_closed_as_often_as_asked():
    n, m = 5_000, 4
    graphs = [make("holme_kim", ties_each=m, triangles=p).build(n, 3) for p in (0.5, 0.0)]
    with_, without = (triangles_by_person(ties)[0].sum() / 3 for ties in graphs)
    # after a tie to somebody the next of the m - 1 ties closes a triangle with chance .5: 1.5 n; a few
    # fail because all friends are taken, and some close more than one: 1.5 n within a third
    assert 1.0 * n < with_ - without < 2.0 * n                  # kills triangles ignored (0) or always (3 n)


def test_ends_of_ties_are_drawn_from_the_power_law():
    n, support = 20_000, np.arange(3, 51)
    weight = support**-2.5
    mean = (support * weight).sum() / weight.sum()
    spread = ((support**2 * weight).sum() / weight.sum() - mean**2) ** 0.5
    for directed in (False, True):
        ties = make("configuration", exponent=2.5, min_degree=3, max_degree=50, directed=directed).build(n, 4)
        ends = len(ties) + ties.facts["self_ties"] + ties.facts["duplicates"]
        # kills an exponent one off: mean 4.1 instead of 5.9
        assert abs(ends / n - mean) < 5 * spread / n**0.5 + 1 / n
        assert ties.facts["self_ties"] + ties.facts["duplicates"] < 0.01 * ends


def test_followers_follow_the_law_but_everybody_sees_about_equally_many():
    ties = make("configuration", exponent=2.2, min_degree=2, max_degree=100, directed=True).build(20_000, 4)
    mean = len(ties) / ties.n
    standard_error = mean * (2 / ties.n) ** 0.5 + (mean / ties.n) ** 0.5
    assert abs(ties.in_degree().var() - mean) < 5 * standard_error   # kills the law on the other side
    assert ties.out_degree().var() > 3 * mean


@pytest.mark.parametrize(("sides", "expected"), [
    ("one_sided", {(0, 1), (1, 2), (2, 3), (3, 0)}),
    ("two_sided", {(0, 1), (1, 2), (2, 3), (3, 0), (1, 0), (2, 1), (3, 2), (0, 3)}),
])
def test_a_ring_of_four(sides, expected):
    assert pairs(make("ring", sides=sides).build(4, 1)) == expected


def test_a_path_a_star_and_two_pairs_of_four():
    def both(*ties):
        return set(ties) | {(v, u) for u, v in ties}
    assert pairs(make("path").build(4, 1)) == both((0, 1), (1, 2), (2, 3))
    assert pairs(make("star").build(4, 1)) == both((0, 1), (0, 2), (0, 3))
    pairs_of_two = make("two_node").build(4, 1)
    assert pairs(pairs_of_two) == both((0, 1), (2, 3))
    assert pairs_of_two.community.tolist() == [0, 0, 1, 1]


def test_everybody_sees_everybody_in_a_complete_network():
    assert pairs(make("complete").build(5, 1)) == {(u, v) for u in range(5) for v in range(5) if u != v}


def test_a_well_mixed_market_holds_no_tie_and_says_so():
    ties = make("well_mixed").build(1_000, 1)
    assert len(ties) == 0 and ties.facts["well_mixed"] is True and ties.facts["isolated"] == 0


def test_the_karate_club_is_zacharys():
    network = make("karate")
    ties = network.build(network.size(10_000), 1)
    assert (ties.n, len(ties), ties.out_degree()[0], ties.out_degree()[33]) == (34, 2 * 78, 16, 17)
    assert np.bincount(ties.community).tolist() == [17, 17]
    assert ties.community[[0, 33]].tolist() == [0, 1]


@pytest.mark.parametrize(("neighbourhood", "degree"), [("moore", 8), ("von_neumann", 4)])
@pytest.mark.parametrize("rewiring", [0.0, 0.1, 1.0])
def test_rewiring_a_torus_keeps_everybodys_number_of_ties(neighbourhood, degree, rewiring):
    n = 2_500
    network = make("torus", neighbourhood=neighbourhood, rewiring=rewiring)
    lattice = pairs(make("torus", neighbourhood=neighbourhood, rewiring=0.0).build(n, 1))
    ties = network.build(n, 1)
    assert (ties.out_degree() == degree).all() and (ties.in_degree() == degree).all()
    assert ties.facts["not_rewired"] == 0
    kept = len(pairs(ties) & lattice) / len(lattice)
    # of the ties moved, degree / n land on the lattice; kills a share of swaps' ends: .95 kept for .1
    assert 1 - rewiring <= kept + 1e-12 < 1 - rewiring + 0.01


def test_a_torus_is_glued_at_its_edges():
    ties = make("torus", neighbourhood="moore").build(16, 1)
    assert {v for u, v in pairs(ties) if u == 0} == {1, 3, 4, 5, 7, 12, 13, 15}
    graph = nx.Graph(list(pairs(make("torus", neighbourhood="von_neumann").build(16, 1))))
    assert nx.is_isomorphic(graph, nx.grid_2d_graph(4, 4, periodic=True))


def test_a_torus_too_small_for_swaps_says_how_many_ties_stayed():
    ties = make("torus", neighbourhood="moore", rewiring=1.0).build(9, 1)   # 3 x 3: everybody knows everybody
    assert ties.facts["not_rewired"] == 36 and len(ties) == 72


def test_cliques_hold_together_and_the_last_one_is_smaller():
    ties = make("cliques_fixed", clique_size=4, weak=0).build(10, 1)
    assert ties.community.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert ties.out_degree().tolist() == [3] * 8 + [1] * 2
    assert (ties.community[ties.sources()] == ties.community[ties.targets]).all()


def test_everybody_has_as_many_weak_ties_as_asked_and_none_in_the_own_clique():
    ties = make("cliques_fixed", clique_size=9, weak=8).build(300, 2)       # 33 cliques of 9 and one of 3
    weak = ties.kind == 1
    assert (np.bincount(ties.sources()[weak], minlength=300) == 8).all()
    assert (ties.community[ties.sources()] == ties.community[ties.targets]).tolist() == (~weak).tolist()
    assert np.allclose(ties.strength[weak], 0.025) and (ties.strength[~weak] == 1.0).all()


def test_an_odd_number_of_weak_ends_leaves_one_person_with_one_less():
    ties = make("cliques_fixed", clique_size=1, weak=3).build(101, 2)
    assert sorted(np.bincount(ties.out_degree()).tolist()[2:]) == [1, 100]
