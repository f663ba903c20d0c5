"""Bounded confidence: only opinions near the own one are listened to.

    belief'     = (c belief + sum w y) / (c + sum w) over reads with |y - belief| <= epsilon
    confidence' = c,  c = prior_confidence

With everybody stating an opinion each step this is Hegselmann & Krause (2002); with
``meetings: matching`` and c = w = 1 it is Deffuant et al. (2000) with mu = 1/2, pairs updated
synchronously.

Source  Hegselmann & Krause (2002); Deffuant, Neau, Amblard & Weisbuch (2000)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief, average_with_prior
from simulation.params import parameter


class Bounded(Belief):
    """Averaging with like-minded neighbours only."""

    kind: Literal["bounded"]
    epsilon: float = parameter("quality", "hegselmann2002", gt=0, le=1)
    source: ClassVar[str] = "hegselmann2002"

    @property
    def reach(self) -> float:
        """Return epsilon: reads farther away have no weight."""
        return self.epsilon

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray,
               weight: np.ndarray, value: np.ndarray, out_belief: np.ndarray,
               out_confidence: np.ndarray) -> None:
        """See the module."""
        average_with_prior(belief, self.prior_confidence, weight, value, out_belief, out_confidence)
