"""Influence: who caused whose purchases, from the ledger.

    purchases caused by a buyer = sum of the trigger shares of others' purchases that go to the
                                  buyer's own reviews, re-shares of them included
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import Source, Stage


def caused_purchases(ledger, n: int, b: int) -> np.ndarray:
    """Return for each person and brand the purchases caused by their reviews, float (n, b)."""
    credits, posts, sales = ledger.credits, ledger.posts, ledger.conversions
    triggers = (credits["stage"] == Stage.TRIGGER) & (credits["source"] == Source.REVIEW)
    rows = np.flatnonzero(triggers)
    author = posts["author"][credits["post"][rows]].astype(np.int64)
    brand = sales["brand"][credits["conversion"][rows]].astype(np.int64)
    return np.bincount(author * b + brand, weights=credits["share"][rows],
                       minlength=n * b).reshape(n, b)


def reproduction_by_cohort(caused: np.ndarray, adopted_at: np.ndarray,
                           steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return purchases caused per buyer, and the number of buyers, by step of first purchase,
    (steps + 1, b).
    """
    b = caused.shape[1]
    total, buyers = np.zeros((steps + 1, b)), np.zeros((steps + 1, b))
    for k in range(b):
        bought = adopted_at[:, k] >= 0
        buyers[:, k] = np.bincount(adopted_at[bought, k], minlength=steps + 1)
        total[:, k] = np.bincount(adopted_at[bought, k], weights=caused[bought, k],
                                  minlength=steps + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return total / buyers, buyers


def gini(values: np.ndarray) -> float:
    """Return the Gini coefficient of non-negative values, in [0, 1); 0 where all are 0."""
    x = np.sort(np.asarray(values, float))
    total = x.sum()
    if total <= 0:
        return 0.0
    n = x.size
    return float((2.0 * np.arange(1, n + 1) - n - 1) @ x / (n * total))
