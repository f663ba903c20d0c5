"""Network autocorrelation: a path by hand, all permutations of a small world, chance, and two real diffusions."""

from itertools import permutations

import numpy as np
import pytest
from diffusion_worlds import survey

from simulation.statistics import moran, network_autocorrelation, tie_correlation, times_or

PATH = np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2])
"""0 - 1 - 2 - 3, both ways."""


def test_a_path_of_four_by_hand():
    # z = -1.5, -.5, .5, 1.5: products .75, -.25, .75 twice = 2.5; 4 / 6 * 2.5 / 5 = 1/3
    assert abs(moran(np.array([1, 2, 3, 4]), *PATH) - 1 / 3) < 1e-12
    # z = -1, 1, -1, 1: products -1 on every tie; 4 / 6 * -6 / 4 = -1
    assert abs(moran(np.array([1, 3, 1, 3]), *PATH) + 1) < 1e-12


def test_row_normalised_every_person_weighs_the_same():
    # rows: 0 sees -.5; 1 the mean of -1.5, .5 = -.5; 2 the mean of -.5, 1.5 = .5; 3 sees .5
    # sum z_i * seen_i = .75 + .25 + .25 + .75 = 2; 4 / 4 * 2 / 5
    assert abs(moran(np.array([1, 2, 3, 4]), *PATH, row_normalised=True) - 0.4) < 1e-12


def test_the_correlation_centres_each_end_at_its_mean_over_ties():
    rng = np.random.default_rng(0)
    source, target = np.arange(30).repeat(3), rng.integers(30, 60, 90)
    values, strength = rng.random(60), rng.integers(1, 4, 90)
    expected = np.corrcoef(values[source].repeat(strength), values[target].repeat(strength))[0, 1]
    assert abs(tie_correlation(values, source, target, strength) - expected) < 1e-12
    assert abs(tie_correlation(np.array([1, 2, 3, 4]), *PATH) - np.corrcoef(PATH[0], PATH[1])[0, 1]) < 1e-12


@pytest.mark.parametrize("row_normalised", [False, True])
def test_over_all_permutations_the_mean_is_minus_one_over_n_minus_one(row_normalised):
    source, target = np.array([0, 0, 1, 2, 4, 4, 3]), np.array([1, 2, 2, 3, 0, 1, 1])
    every = [moran(np.array(order), source, target, row_normalised=row_normalised)
             for order in permutations([0.0, 1.0, 4.0, 4.5, 11.0])]
    assert abs(np.mean(every) + 1 / (5 - 1)) < 1e-12


def test_an_unknown_value_leaves_with_its_ties():
    known = moran(np.array([1, 2, 4]), np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]))
    assert abs(moran(np.array([1, 2, 4, np.nan]), *PATH) - known) < 1e-12
    assert np.isnan(moran(np.array([1, np.nan, 2, np.nan]), *PATH))     # no tie is left
    assert np.isnan([moran(np.full(4, 3.0), *PATH), tie_correlation(np.full(4, 3.0), *PATH)]).all()


def test_the_p_value_counts_the_observed_world_among_the_permutations():
    # of the 24 orders of 1, 2, 3, 4 on a path only 1 2 3 4 and 4 3 2 1 reach 1/3: p = 2/24
    found = network_autocorrelation(np.array([1, 2, 3, 4]), *PATH, np.random.default_rng(0), permutations=5000)
    assert abs(found.value - 1 / 3) < 1e-12 and abs(found.p - 1 / 12) < 5 * np.sqrt(1 / 12 * 11 / 12 / 5000)
    assert abs(found.mean + 1 / 3) < 5 * found.sd / np.sqrt(5000)
    rare = network_autocorrelation(np.arange(40), np.arange(39), np.arange(1, 40), np.random.default_rng(0),
                                   permutations=19)
    assert rare.p == 1 / 20         # never 0


def test_without_autocorrelation_p_values_are_uniform():
    rng = np.random.default_rng(4)
    source, target = rng.integers(0, 40, (2, 120))
    small = [network_autocorrelation(rng.random(40), source, target, rng, permutations=39).p <= 0.1 for _ in range(300)]
    assert abs(np.mean(small) - 0.1) < 5 * np.sqrt(0.1 * 0.9 / 300)


def test_what_villages_have_in_common_is_no_autocorrelation_within_them():
    # two villages with ties inside only, and times that differ between them alone
    rng = np.random.default_rng(9)
    village = np.repeat([0, 1], 30)
    source, target = np.concatenate([rng.integers(0, 30, (2, 90)), rng.integers(30, 60, (2, 90))], axis=1)
    times = 10.0 * village + rng.random(60)
    across = network_autocorrelation(times, source, target, rng, permutations=199)
    within = network_autocorrelation(times, source, target, rng, groups=village, permutations=199)
    assert across.p == 1 / 200 and within.value == across.value > 0.9
    assert abs(within.value - within.mean) < 5 * within.sd


def test_the_same_generator_gives_the_same_test():
    values = np.arange(4.0)
    one, two = (network_autocorrelation(values, *PATH, np.random.default_rng(3), permutations=99) for _ in range(2))
    assert one == two
    with pytest.raises(ValueError, match="statistic"):
        network_autocorrelation(values, *PATH, np.random.default_rng(3), statistic="geary")


@pytest.mark.parametrize(("name", "never", "value", "mean", "sd"), [
    ("netdiffuser_kfamily", 11, 0.172, 0.041, 0.015), ("netdiffuser_medinnovations", 18, 0.025, -0.016, 0.065)])
def test_korean_villages_show_contagion_beyond_the_village_and_doctors_do_not(data, name, never, value, mean, sd):
    # the figures of the data page: tie correlation, distinct ties of all relations, never = last time, within villages
    world, times = survey(data, name, never), 500
    found = network_autocorrelation(world.times, world.source, world.target, np.random.default_rng(1),
                                    groups=world.community, statistic="correlation", permutations=times)
    assert abs(found.value - value) < 0.0006
    assert abs(found.mean - mean) < 5 * sd * np.sqrt(1 / times + 1 / 200) + 0.0005      # theirs: few permutations too
    assert abs(found.sd / sd - 1) < 5 * np.sqrt(0.5 / times + 0.5 / 200) + 0.04
    assert (found.p == 1 / 501) if value > 0.1 else (0.05 < found.p < 0.6)


def test_among_those_who_adopted_at_all_the_villages_still_differ_from_chance_and_the_doctors_do_not(data):
    korea, doctors = survey(data, "netdiffuser_kfamily", 11), survey(data, "netdiffuser_medinnovations", 18)
    found = [network_autocorrelation(times_or(np.where(w.times < w.never, w.times, -1)), w.source, w.target,
                                     np.random.default_rng(1), groups=w.community, permutations=300)
             for w in (korea, doctors)]
    assert found[0].p == 1 / 301 and abs(found[0].value - 0.143) < 0.001
    assert found[1].p > 0.05 and found[1].value < 0.0       # with never-adopters as the last it is +.043
    assert abs(moran(doctors.times, doctors.source, doctors.target) - 0.043) < 0.001
