"""Network autocorrelation: do people who are tied to each other have similar values,
such as times of adoption?

    Moran's I         n / W  sum_ij w_ij z_i z_j / sum_i z_i^2,  z = value - mean over people, W =
    sum of weights
    tie correlation   Pearson correlation, over ties, of the values of the two ends,
                      each tie with its strength

w_ij is the strength of the in-tie of i from j.  Over all permutations of the values among people
the mean of Moran's I is -1 / (n - 1), whatever the ties.  I centres at the mean over people; the
correlation centres each end at its mean over ties, so people with many ties count more.

Source  Moran (1950)
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from simulation.statistics.in_ties import in_matrix, share_rows


def moran(values: np.ndarray, source: np.ndarray, target: np.ndarray,
          strength: np.ndarray | None = None, row_normalised: bool = False) -> float:
    """Return Moran's I of values (n,) on ties (e,); people whose value is
    nan are left out with their ties.

    Row-normalised, every person with in-ties weighs the same.  nan without ties or where all values
    are equal.
    """
    known, weights = known_ties(values, source, target, strength, row_normalised)
    return moran_of(known, weights)


def tie_correlation(values: np.ndarray, source: np.ndarray, target: np.ndarray,
                    strength: np.ndarray | None = None) -> float:
    """Return the correlation of values (n,) across ties (e,); nan values as in ``moran``,
    nan without variance.
    """
    known, weights = known_ties(values, source, target, strength, False)
    return correlation_of(known, weights)


def known_ties(values: np.ndarray, source: np.ndarray, target: np.ndarray,
               strength: np.ndarray | None, row_normalised: bool) -> tuple[np.ndarray, csr_array]:
    """Return the values that are known (k,), and the in-ties among those people (k, k)."""
    values = np.asarray(values, float)
    known = np.flatnonzero(np.isfinite(values))
    weights = in_matrix(source, target, values.size, strength)[known][:, known]
    return values[known], share_rows(weights) if row_normalised else weights


def moran_of(values: np.ndarray, weights: csr_array) -> float:
    """Return Moran's I of known values (k,) on a matrix of in-ties (k, k)."""
    if values.size == 0 or np.ptp(values) == 0 or weights.sum() == 0:
        return float("nan")
    z = values - values.mean()
    return float(values.size / weights.sum() * (z @ (weights @ z)) / (z @ z))


def correlation_of(values: np.ndarray, weights: csr_array) -> float:
    """Return the correlation of known values (k,) across a matrix of in-ties (k, k)."""
    inward, outward, total = weights.sum(axis=1), weights.sum(axis=0), weights.sum()
    if total == 0:
        return float("nan")
    # of who is seen, of who sees
    x, y = values - outward @ values / total, values - inward @ values / total
    scale = np.sqrt((outward @ x**2) * (inward @ y**2))
    return float(y @ (weights @ x) / scale) if scale > 0 else float("nan")
