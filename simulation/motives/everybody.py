"""Everybody posts after every experience: the counterfactual without under-reporting.

    probability = min(weight, 1)

Source  Hu, Zhang & Pavlou (2009), laboratory condition in which all respondents rate
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions


class Everybody(Motive):
    """Posting because one is asked to, as in a laboratory."""

    kind: Literal["everybody"]
    code: ClassVar[int] = 7
    source: ClassVar[str] = "hu2009"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return 1 on every occasion."""
        return np.ones(occasions.gap.shape)

    def probability(self, occasions: Occasions, own_weight: np.ndarray,
                    trigger: np.ndarray) -> np.ndarray:
        """Return the weight, clipped to [0, 1]."""
        return np.full(occasions.gap.shape, min(self.weight, 1.0))
