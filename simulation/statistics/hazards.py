"""Hazard by exposure: of the person-steps at risk with k adopted neighbours,
the share that ended in adoption.

    independent contacts   h(k) = 1 - (1 - p)(1 - q)^k

A rise with exposure is no proof of contagion: similar people are tied to each other, and exposure
grows with calendar time, as may everything else.  Intervals are Wilson's;
they take person-steps as independent.

Source  Wilson (1927)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest


@dataclass(frozen=True)
class HazardTable:
    """One row per level of exposure: its bounds, person-steps at risk, adopters,
    hazard and its interval, all (k,).
    """

    lower: np.ndarray
    upper: np.ndarray
    at_risk: np.ndarray
    adopted: np.ndarray
    hazard: np.ndarray
    low: np.ndarray
    high: np.ndarray


def hazard_by_exposure(exposure: np.ndarray, adopted: np.ndarray, edges: np.ndarray | None = None,
                       confidence: float = 0.95) -> HazardTable:
    """Return the hazard at every exposure that occurs, from person-steps at risk (r,);
    see ``person_steps``.

    ``edges`` (k + 1,) ascending, groups exposures into [edge, next edge), the last one closed; rows
    outside are left out, and a bin without rows has hazard and interval nan.  Without edges, every
    value is a level of its own.
    """
    exposure, adopted = np.asarray(exposure, float), np.asarray(adopted, bool)
    if edges is None:
        lower = upper = np.unique(exposure)
        at = np.searchsorted(lower, exposure)
    else:
        edges = np.asarray(edges, float)
        inside = (exposure >= edges[0]) & (exposure <= edges[-1])
        lower, upper, adopted = edges[:-1], edges[1:], adopted[inside]
        at = np.minimum(np.searchsorted(edges, exposure[inside], side="right") - 1, lower.size - 1)
    risk = np.bincount(at, minlength=lower.size)
    new = np.bincount(at[adopted], minlength=lower.size)
    low, high = np.array([wilson(k, n, confidence)
                          for k, n in zip(new, risk, strict=True)]).reshape(-1, 2).T
    rate = np.divide(new, risk, out=np.full(lower.size, np.nan), where=risk > 0)
    return HazardTable(lower, upper, risk, new, rate, low, high)


def wilson(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval for ``k`` of ``n``; nan where n is 0."""
    if n == 0:
        return float("nan"), float("nan")
    interval = binomtest(int(k), int(n)).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)
