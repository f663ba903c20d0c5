"""Exposure and thresholds: by hand, and against a loop over the women of Korean villages."""

import numpy as np
import pytest
from diffusion_worlds import survey

from simulation.statistics import exposure, thresholds

ADOPTED_AT = np.array([0, 2, 3, -1, 1])
SOURCE, TARGET = np.array([0, 0, 1, 1, 2, 3]), np.array([1, 2, 2, 3, 3, 2])
"""2 sees 0, 1 and 3; 1 sees 0; 3 sees 1 and 2; 0 and 4 see nobody."""


def test_exposure_is_the_share_of_those_seen_who_adopted_before():
    nobody = [np.nan] * 4
    expected = [nobody, [0, 1, 1, 1], [0, 1 / 3, 1 / 3, 2 / 3], [0, 0, 0, 1 / 2], nobody]
    np.testing.assert_allclose(exposure(ADOPTED_AT, SOURCE, TARGET, 3), expected)


def test_strong_ties_weigh_more():
    # 2 sees 0 (strength 1), 1 (2) and 3 (5): at 3, 0 and 1 have adopted
    strength = np.array([1.0, 1.0, 2.0, 1.0, 3.0, 5.0])
    assert exposure(ADOPTED_AT, SOURCE, TARGET, 3, strength)[2].tolist() == [0, 1 / 8, 1 / 8, 3 / 8]
    assert thresholds(ADOPTED_AT, SOURCE, TARGET, strength)[2] == 3 / 8
    assert exposure(ADOPTED_AT, SOURCE, TARGET, 4, strength)[3, 4] == (1 + 3) / 4


def test_a_number_of_neighbours_is_zero_where_there_are_none():
    assert exposure(ADOPTED_AT, SOURCE, TARGET, 3, share=False).tolist() == [
        [0, 0, 0, 0], [0, 1, 1, 1], [0, 1, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_a_threshold_is_the_exposure_at_the_own_adoption():
    # 0 and 4 see nobody, 3 never adopts
    np.testing.assert_allclose(thresholds(ADOPTED_AT, SOURCE, TARGET), [np.nan, 1, 2 / 3, np.nan, np.nan])


def test_who_adopts_in_the_same_step_does_not_expose_and_a_tie_to_oneself_is_none():
    assert thresholds(np.array([2, 2]), np.array([0, 1]), np.array([1, 1])).tolist()[1] == 0.0
    assert np.isnan(thresholds(np.array([2, 2]), np.array([1]), np.array([1]))).all()


def test_ties_to_strangers_are_refused():
    with pytest.raises(ValueError, match=r"0 \.\. 4"):
        exposure(ADOPTED_AT, np.array([5]), np.array([0]), 3)


@pytest.mark.parametrize(("name", "never"), [("netdiffuser_kfamily", 11), ("netdiffuser_medinnovations", 18)])
def test_on_a_real_diffusion_it_is_what_a_loop_over_the_ties_finds(data, name, never):
    world = survey(data, name, never)
    adopted_at = np.where(world.times < never, world.times, -1)
    seen, asked, met = {}, {}, {}
    for j, i in zip(world.source.tolist(), world.target.tolist(), strict=True):
        if i != j:
            seen.setdefault(i, []).append(adopted_at[j])
    for i, times in seen.items():
        asked[i] = [sum(0 <= t < step for t in times) / len(times) for step in range(never + 1)]
        if adopted_at[i] >= 0:
            met[i] = sum(0 <= t < adopted_at[i] for t in times) / len(times)
    found = exposure(adopted_at, world.source, world.target, never)
    own = thresholds(adopted_at, world.source, world.target)
    np.testing.assert_allclose(found[sorted(asked)], [asked[i] for i in sorted(asked)], atol=1e-12)
    np.testing.assert_allclose(own[sorted(met)], [met[i] for i in sorted(met)], atol=1e-12)
    assert np.isfinite(own).sum() == len(met) and np.isfinite(found[:, 0]).sum() == len(asked)
