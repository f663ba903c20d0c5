"""Do two samples follow one law?  P-values, corrected for the number of looks."""

from __future__ import annotations

import numpy as np
from scipy import stats

ALPHA = 1e-4
"""Chance that one comparison of two right programs fails.  Seeds are fixed: it fails always or never."""


def p_of_numbers(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return the p-value of Kolmogorov and Smirnov for two samples of numbers (r,) and (s,)."""
    return float(stats.ks_2samp(ours, theirs, method="asymp").pvalue)


def p_of_curves(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return the p-value for two samples of curves (r, t) and (s, t): the smallest of all times, times t."""
    times = range(ours.shape[1])
    return min(1.0, len(times) * min(p_of_numbers(ours[:, t], theirs[:, t]) for t in times))


def p_of_people(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return the p-value for who was reached, bool (r, n) and (s, n): the smallest of all people, times n.

    Fisher's exact test for each person, both tails: twice the smaller one.
    """
    all_of_them, reached = ours.shape[0] + theirs.shape[0], ours.sum(axis=0) + theirs.sum(axis=0)
    law = stats.hypergeom(all_of_them, reached, ours.shape[0])
    tails = np.minimum(law.cdf(ours.sum(axis=0)), law.sf(ours.sum(axis=0) - 1))
    return float(min(1.0, 2 * tails.min() * ours.shape[1]))
