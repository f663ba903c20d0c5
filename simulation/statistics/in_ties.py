"""In-ties as a sparse matrix: row = the person who sees, column = the person who is seen."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array


def in_matrix(source: np.ndarray, target: np.ndarray, n: int,
              strength: np.ndarray | None = None) -> csr_array:
    """Return the strengths of ties (e,) among ``n`` people, (n, n); 1 each where none are given.

    Self-ties are dropped; the strengths of a tie that is listed twice add up.  Raises ValueError
    where an end lies outside 0 .. n-1.
    """
    source, target = np.asarray(source, np.int64), np.asarray(target, np.int64)
    weight = np.ones(source.size) if strength is None else np.asarray(strength, float)
    if source.size and (min(source.min(), target.min()) < 0
                        or max(source.max(), target.max()) >= n):
        raise ValueError(f"ties must join people 0 .. {n - 1}")
    keep = source != target
    return csr_array((weight[keep], (target[keep], source[keep])), shape=(n, n))


def share_rows(weights: csr_array) -> csr_array:
    """Return the matrix with every row divided by its sum; rows without ties, or of strength 0,
    stay empty.
    """
    total = np.repeat(weights.sum(axis=1), np.diff(weights.indptr))
    data = np.divide(weights.data, total, out=np.zeros(total.size), where=total > 0)
    return csr_array((data, weights.indices, weights.indptr), shape=weights.shape)
