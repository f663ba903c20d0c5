"""Opinion: everybody says in every step what they believe; for models of opinion dynamics.

    probability = min(weight, 1), whether or not anything was experienced

Source  DeGroot (1974)
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions


class Opinion(Motive):
    """Stating one's own belief."""

    kind: Literal["opinion"]
    code: ClassVar[int] = 8
    occasion: ClassVar[str] = "always"
    source: ClassVar[str] = "degroot1974"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return 1 on every occasion."""
        return np.ones(occasions.belief.shape)

    def probability(self, occasions: Occasions, own_weight: np.ndarray,
                    trigger: np.ndarray) -> np.ndarray:
        """Return the weight, clipped to [0, 1]."""
        return np.full(occasions.belief.shape, min(self.weight, 1.0))
