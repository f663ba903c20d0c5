"""Exposure: how many of the people around had adopted before; threshold:
the exposure at one's own adoption.

    exposure_i(t) = sum of strength over in-ties of i from people who adopted before step t / sum
    over all in-ties
    threshold_i   = exposure_i(own time of adoption)

A threshold measured like this is an upper bound of the true one: exposure may have jumped past it,
and the person may have waited.  People who never adopted have none (it lies above the last exposure
seen, if anywhere).

Source  Valente (1996)
"""

from __future__ import annotations

import numpy as np

from simulation.statistics.in_ties import in_matrix


def exposure(adopted_at: np.ndarray, source: np.ndarray, target: np.ndarray, steps: int,
             strength: np.ndarray | None = None, share: bool = True) -> np.ndarray:
    """Return the exposure of everybody at steps 0 .. ``steps``, (n, steps + 1),
    from times (n,) and ties (e,).

    share=True: in [0, 1], nan for people without in-ties; False: the sum of strengths, which
    without strengths is the number of adopted in-neighbours, 0 for people without in-ties.
    """
    adopted_at = np.asarray(adopted_at)[:, None]
    weights = in_matrix(source, target, adopted_at.size, strength)
    reached = weights @ ((adopted_at >= 0) & (adopted_at < np.arange(steps + 1))).astype(float)
    if not share:
        return reached
    total = weights.sum(axis=1)[:, None]
    return np.divide(reached, total, out=np.full(reached.shape, np.nan), where=total > 0)


def thresholds(adopted_at: np.ndarray, source: np.ndarray, target: np.ndarray,
               strength: np.ndarray | None = None) -> np.ndarray:
    """Return the exposure of everybody at the own adoption, (n,);
    nan for never-adopters and without in-ties.
    """
    adopted_at = np.asarray(adopted_at)
    ties = in_matrix(source, target, adopted_at.size, strength).tocoo()
    seen, seer = adopted_at[ties.col], adopted_at[ties.row]
    total = np.bincount(ties.row, weights=ties.data, minlength=adopted_at.size)
    reached = np.bincount(ties.row, weights=ties.data * ((seen >= 0) & (seen < seer)),
                          minlength=adopted_at.size)
    return np.divide(reached, total, out=np.full(total.size, np.nan),
                     where=(total > 0) & (adopted_at >= 0))
