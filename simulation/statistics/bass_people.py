"""Bass from people: p and q of the hazard, by maximum likelihood from who adopted when.

    sum           h = p + q s                 s = share of in-neighbours who adopted before the step
    independent   h = 1 - (1 - p)(1 - q s)
    log L = sum over person-steps at risk of  log h  if the person adopted in the step,
    log(1 - h)  if not

People who never adopt are censored on the right: their steps count, their future is not assumed.
Standard errors are those of the expected information; p +- 1.96 se is a 95 % interval, except where
the estimate lies on the edge of what is possible (p or q of 0, a chance of 1).  The hazard has to
be that of the market: where people decide by something else, p and q only summarise it.

Source  Bass (1969); the two forms as in simulation.adoption.bass; on networks: Rand & Rust (2011)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import minimize

Form = Literal["sum", "independent"]
EDGE = 1e-9
"""Distance that chances keep from 0 and 1."""


@dataclass(frozen=True)
class HazardFit:
    """p, q per step, standard errors, log-likelihood, and what they rest on;
    nan where p and q are not told apart.
    """

    p: float
    q: float
    se_p: float
    se_q: float
    log_likelihood: float
    person_steps: int
    adopters: int


def hazard(p: float, q: float, share: np.ndarray,
           form: Form = "sum") -> tuple[np.ndarray, np.ndarray]:
    """Return the chance to adopt (k,) at each share (k,), inside (0, 1),
    and its derivatives by p and q (2, k).
    """
    if form == "sum":
        chance, slope = p + q * share, np.stack([np.ones_like(share), share])
    elif form == "independent":
        chance = 1.0 - (1.0 - p) * (1.0 - q * share)
        slope = np.stack([1.0 - q * share, (1.0 - p) * share])
    else:
        raise ValueError(f"form must be 'sum' or 'independent', not {form!r}")
    return np.clip(chance, EDGE, 1.0 - EDGE), slope


def fit_bass_people(share: np.ndarray, adopted: np.ndarray, form: Form = "sum") -> HazardFit:
    """Return the fit of person-steps at risk: share of adopted in-neighbours (r,)
    and whether they adopted (r,).

    ``person_steps`` makes the two arrays.  At least two different shares and one adopter are
    needed, else nan. Raises ValueError for shares outside [0, 1] and for another ``form``.
    """
    share, adopted = np.asarray(share, float), np.asarray(adopted, bool)
    if not ((share >= 0.0) & (share <= 1.0)).all():
        raise ValueError("shares of adopted in-neighbours lie in [0, 1]")
    level, at = np.unique(share, return_inverse=True)
    risk = np.bincount(at, minlength=level.size)
    new = np.bincount(at, weights=adopted, minlength=level.size)
    if level.size < 2 or not adopted.any():
        return HazardFit(*[float("nan")] * 5, share.size, int(adopted.sum()))
    p, q, log_likelihood = maximise(level, risk, new, form)
    chance, slope = hazard(p, q, level, form)
    se = np.sqrt(np.diag(np.linalg.inv((slope * (risk / (chance * (1.0 - chance)))) @ slope.T)))
    return HazardFit(p, q, float(se[0]), float(se[1]), log_likelihood, share.size,
                     int(adopted.sum()))


def maximise(level: np.ndarray, risk: np.ndarray, new: np.ndarray,
             form: Form) -> tuple[float, float, float]:
    """Return p, q and the largest log-likelihood of ``new`` of ``risk``
    adopting at each level (k,).
    """
    # p and q are searched in units of it: they may differ by orders of magnitude
    overall = new.sum() / risk.sum()

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        chance, slope = hazard(*(x * overall), level, form)
        value = (new * np.log(chance) + (risk - new) * np.log1p(-chance)).sum()
        gradient = slope @ (new / chance - (risk - new) / (1.0 - chance))
        return -value / new.sum(), -gradient * overall / new.sum()

    top = level[-1]
    highest = np.array([1.0 - EDGE, (1.0 - EDGE) / top]) / overall
    below_one = {"type": "ineq", "fun": lambda x: 1.0 - EDGE - overall * (x[0] + x[1] * top),
                 "jac": lambda x: -overall * np.array([1.0, top])}
    found = minimize(loss, np.minimum(0.5, 0.4 * highest), jac=True, method="SLSQP",
                     bounds=[(1e-9, highest[0]), (0.0, highest[1])],
                     constraints=[below_one] if form == "sum" else [],
                     options={"ftol": 1e-14, "maxiter": 1000})
    p, q = found.x * overall
    return float(p), float(q), float(-found.fun * new.sum())
