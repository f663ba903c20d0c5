"""Adopter categories: by hand, on a normal curve, and at the edges."""

import numpy as np
import pytest
from scipy.stats import norm

from simulation.statistics import adopter_categories, times_or

NAMES = ["innovators", "early adopters", "early majority", "late majority", "laggards"]


def test_eight_times_by_hand():
    # mean 40 / 8 = 5, sd sqrt(32 / 8) = 2: bounds 1, 3, 5, 7; a time on a bound is in the earlier category
    found = adopter_categories(np.array([2, 4, 4, 4, 5, 5, 7, 9, -1]))
    assert found.category.tolist() == [1, 2, 2, 2, 2, 2, 3, 4, -1]
    assert list(found.shares.values()) == [0.0, 1 / 8, 5 / 8, 1 / 8, 1 / 8] and list(found.shares) == NAMES


def test_on_a_normal_curve_the_shares_are_those_of_the_normal_distribution():
    times = 100 + 10 * norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    shares = list(adopter_categories(times).shares.values())
    np.testing.assert_allclose(shares, [0.0228, 0.1359, 0.3413, 0.3413, 0.1587], atol=2e-4)
    by_rank = list(adopter_categories(times, by="quantile").shares.values())
    np.testing.assert_allclose(by_rank, [0.025, 0.135, 0.34, 0.34, 0.16], atol=1e-4)


def test_by_quantile_the_first_25_of_1000_are_innovators_whatever_the_times():
    rng = np.random.default_rng(2)
    times = rng.permutation(np.exp(np.arange(1000) / 100))
    found = adopter_categories(times, by="quantile")
    assert np.bincount(found.category).tolist() == [25, 135, 340, 340, 160]
    assert times[found.category == 0].max() < times[found.category == 1].min()


def test_people_of_one_time_stay_together():
    # the first 30 of 100 adopt in one step: their middle rank is 15 %, within the first 16 %
    found = adopter_categories(np.repeat([1, 2], [30, 70]), by="quantile")
    assert found.category[:30].tolist() == [1] * 30 and found.category[30:].tolist() == [3] * 70


def test_people_who_never_adopt_are_in_no_category_and_move_no_bound():
    times = np.array([2, 4, 4, 4, 5, 5, 7, 9])
    for by in ("moments", "quantile"):
        alone, among = adopter_categories(times, by), adopter_categories(np.append(times, [-1] * 90), by)
        assert among.category.tolist() == alone.category.tolist() + [-1] * 90 and among.shares == alone.shares


def test_a_curve_that_rises_at_once_has_no_innovators_by_moments():
    times = np.random.default_rng(0).geometric(0.2, 2000)
    assert adopter_categories(times).shares["innovators"] == 0.0


def test_the_edges_are_defined():
    assert adopter_categories(np.full(4, 6)).category.tolist() == [2] * 4
    nobody = adopter_categories(np.full(4, -1))
    assert nobody.category.tolist() == [-1] * 4 and np.isnan(list(nobody.shares.values())).all()
    with pytest.raises(ValueError, match="quantile"):
        adopter_categories(np.arange(4), by="rank")


def test_never_is_replaced_by_what_one_says():
    assert times_or(np.array([3, -1, 0]), never=11).tolist() == [3.0, 11.0, 0.0]
    assert np.isnan(times_or(np.array([-1.0, np.nan]))).all()
