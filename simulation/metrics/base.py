"""The family of metrics: pure functions from the state to numbers per brand, with units.

``measure(state, params)`` returns, by name, an array (b,) with one value per brand.  A metric never
changes the state; on an empty market its value is defined (0 for counts, nan for means of nothing).
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel


def mean_of(values: np.ndarray) -> float:
    """Return the mean of ``values`` (nan of nothing)."""
    return float(values.mean()) if values.size else float("nan")


def this_step(table, step: int) -> slice:
    """Return the rows of a ledger table (sorted by step) that belong to ``step``."""
    # of another type than the column's, that would be copied
    edges = np.array([step, step + 1], np.int32)
    return slice(*np.searchsorted(table["step"], edges))


def count_by_brand(brands: np.ndarray, b: int) -> np.ndarray:
    """Return how often each brand occurs, float (b,)."""
    return np.bincount(np.asarray(brands, np.int64), minlength=b).astype(float)


def count_codes(codes: np.ndarray, kinds: int) -> np.ndarray:
    """Return how often each code 0 .. kinds - 1 occurs, int64 (kinds,);
    other codes count nowhere.
    """
    counts = np.zeros(kinds, np.int64)
    _count_codes(codes, counts)
    return counts


@kernel
def _count_codes(codes, counts):
    for i in range(codes.size):
        if 0 <= codes[i] < counts.size:
            counts[codes[i]] += 1
