"""On adoption: telling others once, at the purchase.

    probability = min(weight, 1) in the step of the purchase

Source  Goldenberg, Libai & Muller (2001)
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions


class OnAdoption(Motive):
    """Telling that one has bought."""

    kind: Literal["on_adoption"]
    code: ClassVar[int] = 9
    occasion: ClassVar[str] = "adoption"
    source: ClassVar[str] = "goldenberg2001"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return 1 on every occasion."""
        return np.ones(occasions.gap.shape)

    def probability(self, occasions: Occasions, own_weight: np.ndarray,
                    trigger: np.ndarray) -> np.ndarray:
        """Return the weight, clipped to [0, 1]."""
        return np.full(occasions.gap.shape, min(self.weight, 1.0))
