"""Seeding: greedy choice over live-edge worlds, against sums that can be done by hand."""

import pytest

from experiments.study import seeding
from simulation.world.ties import both_ways, build_ties


def network(n, *pairs):
    return build_ties(n, *both_ways(*zip(*pairs, strict=True)))


PATH = network(3, (0, 1), (1, 2))
TWO_STARS = network(9, (0, 1), (0, 2), (0, 3), (0, 4), (5, 6), (5, 7), (5, 8))


def test_the_end_of_a_path_reaches_one_and_p_and_p_squared():
    worlds = seeding.all_worlds(PATH, 0.3)
    assert worlds.weight.sum() == pytest.approx(1.0)
    assert seeding.spread(worlds, [0]) == pytest.approx(1 + 0.3 + 0.09)
    assert seeding.spread(worlds, [1]) == pytest.approx(1 + 2 * 0.3)


def test_two_seeds_count_nobody_twice():
    worlds = seeding.all_worlds(PATH, 0.3)
    assert seeding.spread(worlds, [0, 2]) == pytest.approx(2 + (1 - 0.7 ** 2))
    assert seeding.spread(worlds, [0, 1, 2]) == pytest.approx(3)


def test_sampled_worlds_agree_with_all_worlds():
    sampled = seeding.sample_worlds(TWO_STARS, 0.4, count=20_000, seed=1)
    # 1 + Binomial(4, .4): variance .96, so 5 standard errors are 5 sqrt(.96 / 20,000)
    assert abs(seeding.spread(sampled, [0]) - (1 + 4 * 0.4)) < 5 * (0.96 / 20_000) ** 0.5


def test_greedy_choice_takes_the_larger_star_first_and_then_the_other_one():
    worlds = seeding.all_worlds(TWO_STARS, 0.4)
    assert seeding.greedy(worlds, 2) == [0, 5] and seeding.best(worlds, 2) == (0, 5)
    # at chance 1 whole stars are reached: anybody of the larger one is as good as its centre, and the first row wins
    assert seeding.greedy(seeding.all_worlds(TWO_STARS, 1.0), 2) == [0, 5]


def test_the_person_nearest_to_all_stands_in_the_middle():
    assert seeding.by_distance(network(5, (0, 1), (1, 2), (2, 3), (3, 4)), 3) == [2, 1, 3]


def test_too_many_ties_to_list_all_worlds_are_refused():
    pairs = [(i, i + 1) for i in range(seeding.MOST_EXACT + 1)]
    with pytest.raises(ValueError, match=f"at most {seeding.MOST_EXACT} undirected ties, got {len(pairs)}"):
        seeding.all_worlds(network(len(pairs) + 1, *pairs), 0.5)
