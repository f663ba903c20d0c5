"""Adopter categories: innovators, early adopters, early majority, late majority, laggards.

    by moments    earlier than mean - 2 sd, mean - sd, mean, mean + sd of the times of adoption, or
                  later
    by quantile   the first 2.5 %, the next 13.5 %, 34 %, 34 %, and the last 16 % of the adopters

The two agree where times of adoption are normal.  Simulated ones often are not: a curve that rises
at once has no time before mean - 2 sd, hence no innovators by moments.  Never-adopters are in no
category, and neither mean, sd nor quantiles know them: in a run that stops early,
the categories are those of the adopters so far.

Source  Rogers (2003)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.statistics.times import times_or

CATEGORIES = ("innovators", "early adopters", "early majority", "late majority", "laggards")
SHARES = (0.025, 0.135, 0.34, 0.34, 0.16)
NONE = -1


@dataclass(frozen=True)
class AdopterCategories:
    """Category of each person, int8 (n,), index of CATEGORIES or -1 = never adopted;
    shares of adopters by name.
    """

    category: np.ndarray
    shares: dict[str, float]


def adopter_categories(adopted_at: np.ndarray,
                       by: Literal["moments", "quantile"] = "moments") -> AdopterCategories:
    """Return the categories for times of adoption (n,), negative or nan = never;
    a time on a bound is the earlier one.

    The sd divides by n.  Where all adopt at one time, all are early majority; where nobody does,
    shares are nan. Raises ValueError for another ``by``.
    """
    if by not in ("moments", "quantile"):
        raise ValueError(f"by must be 'moments' or 'quantile', not {by!r}")
    times = times_or(adopted_at)
    adopters = np.isfinite(times)
    category = np.full(times.size, NONE, np.int8)
    if adopters.any():
        cut = by_moments if by == "moments" else by_quantile
        category[adopters] = cut(times[adopters])
    count = np.bincount(category[adopters], minlength=len(CATEGORIES))
    shares = count / adopters.sum() if adopters.any() else np.full(len(CATEGORIES), np.nan)
    return AdopterCategories(category, dict(zip(CATEGORIES, shares.tolist(), strict=True)))


def by_moments(times: np.ndarray) -> np.ndarray:
    """Return 0 .. 4 for each time (a,), by distance from the mean in standard deviations."""
    if np.ptp(times) == 0:
        return np.full(times.size, CATEGORIES.index("early majority"))
    return np.searchsorted(times.mean() + times.std() * np.array([-2.0, -1.0, 0.0, 1.0]), times,
                           side="left")


def by_quantile(times: np.ndarray) -> np.ndarray:
    """Return 0 .. 4 for each time (a,), by the middle of the ranks that share it,
    so that ties stay together.
    """
    _, at, count = np.unique(times, return_inverse=True, return_counts=True)
    middle = (np.cumsum(count) - 0.5 * count) / times.size
    return np.searchsorted(np.cumsum(SHARES)[:-1], middle, side="left")[at]
