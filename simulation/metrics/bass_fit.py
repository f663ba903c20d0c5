"""Bass fit: the coefficients of innovation and imitation that describe an adoption curve.

    cumulative N(t) = m (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t)

Nonlinear least squares on the cumulative curve (Srinivasan & Mason 1986 fit the increments).  Standard errors
are not given: for simulated curves they cover the truth far less often than they claim.
"""

from __future__ import annotations

import warnings

import numpy as np
from scipy.optimize import OptimizeWarning, curve_fit


def bass_curve(t: np.ndarray, p: float, q: float, m: float) -> np.ndarray:
    """Return cumulative adopters at times ``t`` (Bass 1969)."""
    decay = np.exp(-(p + q) * t)
    return m * (1.0 - decay) / (1.0 + q / p * decay)


def fit_bass(cumulative: np.ndarray) -> dict[str, float]:
    """Return p, q (per step), m (people) and r2 for a cumulative curve at steps 1, 2, ...; nan if it is flat."""
    cumulative = np.asarray(cumulative, float)
    nothing = {"p": float("nan"), "q": float("nan"), "m": float("nan"), "r2": float("nan")}
    if cumulative.size < 5 or not np.isfinite(cumulative).all() or cumulative[-1] - cumulative[0] <= 0:
        return nothing
    t, total = np.arange(1, cumulative.size + 1, dtype=float), cumulative[-1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OptimizeWarning)
        try:
            (p, q, m), _ = curve_fit(bass_curve, t, cumulative, p0=(0.01, 0.1, 1.2 * total),
                                     bounds=((1e-7, 0.0, 0.5 * total), (1.0, 5.0, 100.0 * total)), maxfev=20000)
        except RuntimeError:
            return nothing
    residual = cumulative - bass_curve(t, p, q, m)
    r2 = 1.0 - (residual ** 2).sum() / ((cumulative - cumulative.mean()) ** 2).sum()
    return {"p": float(p), "q": float(q), "m": float(m), "r2": float(r2)}


def time_to(cumulative: np.ndarray, share: float) -> float:
    """Return the first step (from 1) at which ``share`` of the final level is reached; nan if nobody adopts."""
    cumulative = np.asarray(cumulative, float)
    if cumulative.size == 0 or cumulative[-1] <= 0:
        return float("nan")
    return float(np.argmax(cumulative >= share * cumulative[-1]) + 1)
