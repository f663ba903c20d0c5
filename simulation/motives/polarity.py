"""Polarity: extreme experiences are reported, middling ones are not.

    probability = floor + c ((stars - 3) / 2)^2,  c = c_positive for stars >= 3, else c_negative

Source  Hu, Pavlou & Zhang (2017), under-reporting bias
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import share


class Polarity(Motive):
    """Posting because the experience was extreme."""

    kind: Literal["polarity"]
    floor: float = share("hu2017")
    positive: float = share("hu2017")
    negative: float = share("hu2017")
    code: ClassVar[int] = 6
    source: ClassVar[str] = "hu2017"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return the probability itself: this motive ignores activity, base and salience."""
        slope = np.where(occasions.stars >= 3, self.positive, self.negative)
        return self.floor + slope * ((occasions.stars - 3) / 2.0) ** 2

    def probability(self, occasions: Occasions, own_weight: np.ndarray,
                    trigger: np.ndarray) -> np.ndarray:
        """Return weight times the trigger, clipped to [0, 1]."""
        return np.clip(self.weight * trigger, 0.0, 1.0)
