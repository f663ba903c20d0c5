"""Ties as columns: who sees whom, and what is left of pairs that are named twice, by hand."""

import numpy as np
import pytest

from simulation.ties import both_ways, build_ties


def test_the_target_of_a_tie_sees_its_source():
    ties = build_ties(4, [2, 0, 2], [1, 1, 3])
    assert ties.sources().tolist() == [0, 2, 2] and ties.targets.tolist() == [1, 1, 3]
    seen = [ties.in_sources[ties.in_offsets[v]:ties.in_offsets[v + 1]].tolist() for v in range(4)]
    assert seen == [[], [0, 2], [], [2]]
    assert ties.out_degree().tolist() == [1, 0, 2, 0] and ties.in_degree().tolist() == [0, 2, 0, 1]


def test_an_in_tie_knows_the_row_of_its_strength():
    ties = build_ties(3, [2, 0, 1], [1, 1, 0], strength=[0.25, 0.5, 1.0])
    rows = ties.in_tie[ties.in_offsets[1]:ties.in_offsets[2]]
    assert ties.strength[rows].tolist() == [0.5, 0.25]       # of 0 -> 1 and 2 -> 1


def test_of_several_ties_of_a_pair_the_strongest_is_kept_as_it_is():
    ties = build_ties(3, [0, 0, 0, 1, 2], [1, 1, 1, 0, 2], strength=[0.2, 0.5, 0.3, 0.4, 1.0],
                      visibility=[1.0, 0.6, 1.0, 1.0, 1.0], kind=[0, 1, 2, 0, 0])
    assert (ties.sources().tolist(), ties.targets.tolist()) == ([0, 1], [1, 0])
    assert ties.strength == pytest.approx([0.5, 0.4])        # neither the sum of 1.0 nor the first of .2
    assert ties.visibility == pytest.approx([0.6, 1.0]) and ties.kind.tolist() == [1, 0]
    assert ties.facts == {"self_ties": 1, "duplicates": 2, "isolated": 1}


def test_an_undirected_tie_is_two_ties():
    source, target = both_ways([0, 1], [1, 2])
    assert sorted(zip(source.tolist(), target.tolist(), strict=True)) == [(0, 1), (1, 0), (1, 2), (2, 1)]


def test_a_tie_to_nobody_is_refused():
    with pytest.raises(ValueError, match=r"people 0 \.\. 2"):
        build_ties(3, [0], np.array([3]))
