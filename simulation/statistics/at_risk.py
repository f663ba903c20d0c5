"""Person-steps at risk: every step in which somebody could still adopt,
up to the adoption or the end of the run.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class PersonSteps(NamedTuple):
    """One row per person-step at risk: person, step, exposure then,
    and whether the person adopted in it, all (r,).
    """

    person: np.ndarray
    step: np.ndarray
    exposure: np.ndarray
    adopted: np.ndarray


def person_steps(adopted_at: np.ndarray, exposure: np.ndarray) -> PersonSteps:
    """Return the person-steps at risk for times of adoption (n,) and the exposure (n,
    steps + 1) of steps 0, 1, ...

    People are at risk in steps 1 .. adoption; who never adopts (negative), or adopts after the last
    step, is at risk to the end.  Who adopted at step 0 is never at risk.  Rows whose exposure is
    nan are left out; to count people without in-ties as unexposed, pass
    ``numpy.nan_to_num(exposure)``.
    """
    adopted_at, exposure = np.asarray(adopted_at), np.asarray(exposure, float)
    steps = np.arange(exposure.shape[1])
    last = np.where(adopted_at >= 0, adopted_at, steps.size)
    person, step = np.nonzero((steps >= 1) & (steps <= last[:, None]) & np.isfinite(exposure))
    return PersonSteps(person, step, exposure[person, step], step == last[person])
