"""Times of adoption and the curve that they add up to."""

import numpy as np

from simulation.statistics import adoption_curve, times_or


def test_a_curve_counts_everybody_who_has_adopted_by_a_step():
    """Three adopt at 0, one at 2, one at 3, one never: 3, 3, 4, 5 and no more up to step 5."""
    assert list(adoption_curve(np.array([0, 2, -1, 0, 3, 0]), 5)) == [3, 3, 4, 5, 5, 5]


def test_a_market_without_buyers_has_a_flat_curve():
    assert list(adoption_curve(np.array([-1, -1]), 2)) == [0, 0, 0]


def test_never_is_left_out_or_put_where_the_caller_says():
    times = times_or(np.array([4, -1]))
    assert times[0] == 4 and np.isnan(times[1])
    assert list(times_or(np.array([4.0, np.nan]), never=9)) == [4, 9]
