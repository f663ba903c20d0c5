"""Ties as columns: who sees whom, and what is left of pairs that are named twice, by hand."""

import hashlib

import numpy as np
import pytest

from simulation.output.provenance import CHUNK, network_hash
from simulation.world.ties import both_ways, build_ties


def test_the_target_of_a_tie_sees_its_source():
    ties = build_ties(4, [2, 0, 2], [1, 1, 3])
    assert ties.sources().tolist() == [0, 2, 2] and ties.targets.tolist() == [1, 1, 3]
    seen = [ties.in_sources[ties.in_offsets[v]:ties.in_offsets[v + 1]].tolist() for v in range(4)]
    assert seen == [[], [0, 2], [], [2]]
    assert ties.out_degree().tolist() == [1, 0, 2, 0] and ties.in_degree().tolist() == [0, 2, 0, 1]


def test_an_in_tie_has_the_strength_of_its_tie():
    ties = build_ties(3, [2, 0, 1], [1, 1, 0], strength=[0.25, 0.5, 1.0])
    assert ties.in_strength[ties.in_offsets[1]:ties.in_offsets[2]].tolist() == [0.5, 0.25]    # of 0 -> 1, 2 -> 1


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


def test_ties_with_fewer_sources_than_targets_are_refused():
    with pytest.raises(ValueError, match="as many sources as targets, got 1 and 2"):
        build_ties(3, [0], [1, 2])


def test_of_equally_strong_ties_of_a_pair_the_first_is_kept():
    ties = build_ties(2, [0, 0, 0], [1, 1, 1], strength=[0.2, 0.5, 0.5], kind=[0, 1, 2])
    assert ties.kind.tolist() == [1]                         # kills >= in place of >: 2


def test_a_mutual_row_is_its_tie_and_the_way_back():
    source, target, kind = [2, 0, 1, 0], [1, 1, 0, 0], np.array([0, 1, 2, 3])
    for strength in (0.5, np.array([0.5, 0.2, 0.3, 0.4])):
        one = build_ties(3, source, target, strength, kind=kind, mutual=True)
        weights = strength if np.ndim(strength) == 0 else np.tile(strength, 2)
        other = build_ties(3, *both_ways(source, target), weights, kind=np.tile(kind, 2))
        assert network_hash(one) == network_hash(other) and one.facts == other.facts


def test_ties_that_are_all_alike_hold_one_number_and_their_targets_only():
    ties = build_ties(5, *both_ways([0, 1, 2, 3], [1, 2, 3, 4]), strength=np.full(8, 0.25), visibility=0.5)
    assert ties.strength.tolist() == [0.25] * 8 and ties.visibility.tolist() == [0.5] * 8
    assert {column.strides for column in (ties.strength, ties.visibility, ties.kind, ties.community)} == {(0,)}
    with pytest.raises(ValueError, match="read-only"):
        ties.strength[0] = 1.0


def test_what_follows_from_the_kind_is_held_once_per_kind():
    """Four ties, one of them named twice: the weak one (.3) gives way to the strong one (.9)."""
    source, target, kind = [0, 1, 2, 3, 0], [1, 2, 3, 0, 1], np.array([1, 0, 2, 0, 0])
    strength, visibility = np.array([0.9, 0.3, 0.5]), np.array([1.0, 0.25, 0.5])
    one = build_ties(4, source, target, strength, visibility, kind, by_kind=True)
    other = build_ties(4, source, target, strength[kind], visibility[kind], kind)
    assert one.by_kind and one.strength_of.size == 3 and not other.by_kind and other.strength_of.size == 4
    assert network_hash(one) == network_hash(other) and one.facts == other.facts
    for ties in (one, other):
        assert ties.sum_of_visibility() == 1.0 + 1.0 + 0.5 + 1.0
        assert not {"strength", "visibility"} & vars(ties).keys()       # neither the hash nor the sum wrote them out
        assert ties.kind.tolist() == [0, 0, 2, 0] and ties.strength == pytest.approx([0.9, 0.9, 0.5, 0.9])
        assert ties.in_strength == pytest.approx([0.9, 0.9, 0.9, 0.5]) and ties.visibility.tolist() == [1, 1, 0.5, 1]
        with pytest.raises(ValueError, match="read-only"):
            ties.strength_of[0] = 1.0


def test_kinds_may_differ_where_nothing_else_does():
    ties = build_ties(3, [0, 1, 2], [1, 2, 0], strength=0.5, kind=[0, 2, 1])
    assert ties.by_kind and ties.strength_of.tolist() == [0.5] * 3 and ties.strength.tolist() == [0.5] * 3
    assert ties.kind.tolist() == [0, 2, 1] and len(build_ties(3, [], []).strength) == 0


def test_in_ties_of_mutual_ties_are_the_ties_themselves():
    ties = build_ties(4, [0, 1, 2], [1, 2, 3], strength=[0.1, 0.2, 0.3], mutual=True)
    assert ties.symmetric and ties.in_sources is ties.targets and ties.in_offsets is ties.offsets
    assert ties.in_strength is ties.strength


def test_strengths_of_mutual_ties_may_differ_by_direction():
    ties = build_ties(2, [0, 1], [1, 0], strength=[0.1, 0.2])
    assert ties.symmetric and np.allclose(ties.in_strength, [0.2, 0.1])


@pytest.mark.parametrize("more", [([], []), ([0], [2]), ([2], [0]), ([0, 1], [2, 3])])
def test_in_ties_are_the_transposed_matrix(more):
    source, target = (np.concatenate(ends).astype(int) for ends in zip(both_ways([0, 1, 2], [1, 2, 3]), more,
                                                                       strict=True))
    weight = np.linspace(0.1, 0.9, source.size)
    ties = build_ties(4, source, target, weight)
    sees = np.zeros((4, 4), np.float32)
    for v in range(4):
        rows = slice(ties.in_offsets[v], ties.in_offsets[v + 1])
        sees[v, ties.in_sources[rows]] = ties.in_strength[rows]
        assert (np.diff(ties.in_sources[rows]) > 0).all()
    expected = np.zeros((4, 4), np.float32)
    expected[target, source] = weight
    assert np.array_equal(sees, expected)
    assert ties.symmetric == (len(more[0]) == 0)


def test_people_without_names_are_called_by_their_rows():
    ties = build_ties(12, [0], [1])
    names = [str(i) for i in range(12)]
    assert ties.ids == names and names == ties.ids and list(ties.ids) == names and ties.ids != names[:-1]
    assert (ties.ids[3], ties.ids[-1], ties.ids[2:4], ties.ids.index("11")) == ("3", "11", ["2", "3"], 11)
    assert ties.row_of("11") == 11 and dict(ties.rows) == {name: i for i, name in enumerate(names)}
    for stranger in ("12", "-1", "03", "1.0", "", "ann", "\u0663", 3):
        assert stranger not in ties.ids and stranger not in ties.rows
    with pytest.raises(KeyError):
        ties.row_of("12")


def test_the_hash_of_a_network_is_that_of_its_written_out_columns():
    n = CHUNK + 5
    ties = build_ties(n, np.arange(n - 1), np.arange(1, n), strength=0.5)
    digest = hashlib.sha256()
    for column in (ties.offsets, ties.targets, ties.strength, ties.visibility, ties.kind):
        digest.update(column.tobytes())
    assert network_hash(ties) == digest.hexdigest()
