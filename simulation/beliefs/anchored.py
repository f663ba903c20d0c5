"""Anchored: people average with others but stay attached to where they began (Friedkin-Johnsen).

    belief'     = openness (sum w y / sum w) + (1 - openness) start     (belief where nothing was read)
    confidence' = prior_confidence

``start`` is the belief at step 0; a decision resets it to the belief then held.

Source  Friedkin & Johnsen (1990), Social influence and opinions
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief
from simulation.params import share


class Anchored(Belief):
    """Averaging with neighbours and with the own first opinion."""

    kind: Literal["anchored"]
    openness: float = share("friedkin1990", doc="weight of others against the own start")
    source: ClassVar[str] = "friedkin1990"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray, weight: np.ndarray,
               value: np.ndarray, out_belief: np.ndarray, out_confidence: np.ndarray) -> None:
        """See the module."""
        heard = weight > 0
        mean = np.divide(value, weight, out=np.zeros_like(value), where=heard)
        out_belief[:] = np.where(heard, self.openness * mean + (1.0 - self.openness) * start, belief)
        out_confidence[:] = self.prior_confidence
