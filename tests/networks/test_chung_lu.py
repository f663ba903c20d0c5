"""Chung-Lu networks: pairs of four people by hand, degrees that scatter like Poisson numbers round what is expected."""

import numpy as np
import pytest
from network_from_yaml import make

from simulation.networks.chung_lu import STREAM, independent_pairs
from simulation.networks.shapes import generator, power_law

ONE_FOUR_ONE_TWO = {(1, 3): 1.0, (0, 1): 1 / 2, (1, 2): 1 / 2, (0, 3): 1 / 4, (2, 3): 1 / 4, (0, 2): 1 / 8}
"""Chances w_i w_j / 8 of the pairs of four people with expected degrees 1, 4, 1, 2."""


def test_every_pair_of_four_people_is_tied_with_its_own_chance():
    rng, times, found = np.random.default_rng(1), 20_000, dict.fromkeys(ONE_FOUR_ONE_TWO, 0)
    for _ in range(times):
        for pair in zip(*(ends.tolist() for ends in independent_pairs(np.array([1, 4, 1, 2]), rng)), strict=True):
            found[tuple(sorted(pair))] += 1                    # a pair of oneself, or twice, fails here or below
    for pair, chance in ONE_FOUR_ONE_TWO.items():
        # kills candidates that are not thinned: (0, 3) would have the chance 1 / 2 of the pair before
        assert abs(found[pair] / times - chance) <= 5 * (chance * (1 - chance) / times) ** 0.5


def test_one_tie_does_not_make_another_likelier():
    rng, times, both = np.random.default_rng(2), 20_000, 0
    for _ in range(times):
        one, other = independent_pairs(np.array([1, 4, 1, 2]), rng)
        both += {(0, 1), (1, 2)} <= {tuple(sorted(pair)) for pair in zip(one.tolist(), other.tolist(), strict=True)}
    assert abs(both / times - 1 / 4) < 5 * (3 / 16 / times) ** 0.5


@pytest.mark.parametrize(("exponent", "least", "most"), [(2.5, 3, 60), (0.0, 4, 4), (2.0, 1, 1_000)])
def test_degrees_scatter_around_what_is_expected_of_each_person(exponent, least, most):
    n, graphs = 1_000, 40
    network = make("chung_lu", exponent=exponent, min_degree=least, max_degree=most)
    z2 = []
    for seed in range(graphs):
        weight = power_law(n, exponent, least, most, generator(seed, STREAM)).astype(float)
        chance = np.minimum(1.0, np.outer(weight, weight) / weight.sum())
        np.fill_diagonal(chance, 0.0)
        mean, variance = chance.sum(axis=1), (chance * (1 - chance)).sum(axis=1)
        z2.append(((network.build(n, seed).out_degree() - mean) ** 2 / variance).mean())
    # kills degrees fixed in advance (0), and weights of other people (spread of w^2 / w, above 2)
    assert abs(np.mean(z2) - 1.0) < 5 * np.std(z2, ddof=1) / graphs**0.5
