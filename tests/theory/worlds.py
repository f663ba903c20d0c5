"""Worlds for which the answer is known, and the exact laws they are compared with."""

from __future__ import annotations

import numpy as np
from scipy import stats

from simulation import WordOfMouthModel
from tests.worlds import CONTACTS, params_of

ALPHA = 1e-4
"""Level of the tests of goodness of fit below; seeds are fixed."""


def adopted(seed: int, *overrides: str) -> np.ndarray:
    """Return the step in which everybody adopted (-1: never) in one run, int (n,)."""
    model = WordOfMouthModel(params_of(*CONTACTS, *overrides), seed=seed)
    model.run()
    return model.state.adopted_at[:, 0].copy()


def within(adopted_at: np.ndarray, steps: int) -> np.ndarray:
    """Return who has adopted by steps 0 .. ``steps``, bool (steps + 1, n)."""
    return np.stack([(adopted_at >= 0) & (adopted_at <= t) for t in range(steps + 1)])


def clique_law(size: int, hazard, steps: int) -> np.ndarray:
    """Return P(j owners in a clique after t steps), (steps + 1, size + 1), from nobody at the start.

    Everybody who owns nothing adopts with chance ``hazard(j)`` where j others own it, each alone.
    """
    move = np.zeros((size + 1, size + 1))
    for j in range(size + 1):
        move[j, j:] = stats.binom.pmf(np.arange(size - j + 1), size - j, hazard(j))
    law = np.zeros((steps + 1, size + 1))
    law[0, 0] = 1.0
    for t in range(steps):
        law[t + 1] = law[t] @ move
    return law


def misfit(counts: np.ndarray, law: np.ndarray) -> float:
    """Return the p-value of chi square for counts (c,) and probabilities (c,); cells below 5 are put together."""
    expected = law * counts.sum()
    small = expected < 5
    cells = np.append(counts[~small], counts[small].sum()), np.append(expected[~small], expected[small].sum())
    keep = cells[1] > 0.5
    assert cells[0][~keep].sum() <= 5                  # what can hardly happen hardly happened
    observed, wanted = cells[0][keep], cells[1][keep]
    return float(stats.chi2.sf(((observed - wanted) ** 2 / wanted).sum(), max(1, keep.sum() - 1)))
