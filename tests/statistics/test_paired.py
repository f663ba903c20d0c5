"""Paired differences: by hand, and how often the interval covers the truth when its size was chosen on the way."""

import numpy as np
import pytest
from scipy.stats import t

from simulation.statistics import coverage, paired_effect, worlds_needed
from simulation.statistics.paired import FIRST_STAGE


def test_an_effect_is_the_mean_difference_with_a_t_interval():
    """Differences 1, 2, 3: mean 2, sd 1, standard error 1/sqrt(3), t with 2 degrees of freedom 4.303."""
    effect = paired_effect([10, 20, 30], [11, 22, 33])
    assert (effect.pairs, effect.before, effect.after, effect.difference) == (3, 20, 22, 2)
    assert effect.low == pytest.approx(2 - 4.30265 / 3**0.5, abs=1e-4)
    assert effect.high == pytest.approx(2 + 4.30265 / 3**0.5, abs=1e-4)
    assert effect.probability_positive == pytest.approx(t.cdf(2 * 3**0.5, 2))
    assert effect.worlds_positive == 1


def test_shared_luck_is_worth_the_sum_of_the_variances_over_that_of_the_difference():
    """Variances 100 and 121, that of the difference 1: 221 times as many worlds with luck of their own."""
    assert paired_effect([10, 20, 30], [11, 22, 33]).variance_reduction == pytest.approx(221)


def test_where_nothing_changes_nothing_is_in_doubt():
    effect = paired_effect([1.0, 5.0, 9.0], [1.0, 5.0, 9.0])
    assert (effect.difference, effect.low, effect.high, effect.probability_positive) == (0, 0, 0, 0)
    assert effect.variance_reduction == np.inf


def test_a_world_in_which_a_figure_is_not_defined_is_left_out():
    assert paired_effect([1, np.nan, 3, 4], [2, 5, np.nan, 6]) == paired_effect([1, 4], [2, 6])


def test_one_world_has_a_difference_and_no_interval():
    effect = paired_effect([1], [3])
    assert effect.difference == 2 and np.isnan(effect.low) and np.isnan(effect.variance_reduction)


def test_the_effect_backwards_is_the_effect_with_its_sign_turned():
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=40), rng.normal(0.3, size=40)
    there, back = paired_effect(a, b), paired_effect(b, a)
    assert (there.difference, there.low, there.high) == pytest.approx((-back.difference, -back.high, -back.low))
    assert there.probability_positive == pytest.approx(1 - back.probability_positive)


def test_the_second_stage_is_as_large_as_the_spread_of_the_first_asks_for():
    """30 differences with sd 10 and a half-width of 1: (2.0452 x 10)^2 = 418.3, so 419 worlds in all."""
    first = np.array([-1.0, 1.0] * 15)
    first *= 10 / first.std(ddof=1)
    assert worlds_needed(first, 1.0) == 419
    assert worlds_needed(first, 100.0) == 30
    assert worlds_needed(first, 0.0) == 30 == worlds_needed(first, np.nan)      # no number would do


WIDE = t.ppf(0.975, np.maximum(np.arange(2000) - 1, 1))
"""Quantiles of t by the number of worlds."""


def covered(rule, tries):
    """Return how often a 95 % interval covers a true mean of 0, the number of worlds chosen by ``rule``."""
    rng, hits = np.random.default_rng(5), 0
    for _ in range(tries):
        x = rule(rng)
        hits += abs(x.mean()) <= WIDE[x.size] * x.std(ddof=1) / x.size**0.5
    return hits / tries


def two_stages(rng):
    """Choose as task=compare does, for a half-width of a quarter of a standard deviation: about 65 worlds."""
    x = rng.normal(size=FIRST_STAGE)
    return np.concatenate([x, rng.normal(size=worlds_needed(x, 0.25) - x.size)])


def look_after_every_world(rng):
    """The wrong version: begin with 3 worlds and stop at the first interval that is narrow enough."""
    x = list(rng.normal(size=3))
    while WIDE[len(x)] * np.std(x, ddof=1) > 0.5 * len(x)**0.5:
        x.append(rng.normal())
    return np.array(x)


def test_the_interval_covers_a_known_effect_in_95_percent_of_studies_of_two_stages():
    """5 standard errors of a share of .95 are .011 in 10,000 tries, .024 in 2,000."""
    assert abs(covered(two_stages, 10_000) - 0.95) <= 5 * (0.95 * 0.05 / 10_000)**0.5
    assert covered(look_after_every_world, 2_000) < 0.95 - 5 * (0.95 * 0.05 / 2_000)**0.5


def test_the_measured_coverage_is_that_of_the_differences_at_hand():
    """Normal differences are covered as promised; a few skewed ones are not, and the measure says so."""
    rng = np.random.default_rng(8)
    normal, skewed = rng.normal(1, 1, 400), rng.exponential(size=400)**3
    assert abs(coverage(normal, 0.25, 1000) - 0.95) < 5 * (0.95 * 0.05 / 2000)**0.5
    assert coverage(skewed, np.inf, 1000) < 0.9
    assert np.isnan(coverage(np.ones(40), 0.1, 1000))
