"""Concern for others: warning people, or pointing them to something good.

    trigger = slope |d|

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "concern for other consumers"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import parameter


class Concern(Motive):
    """Posting because the experience was not what was expected, in either direction."""

    kind: Literal["concern"]
    slope: float = parameter("1 per quality", "assumption", ge=0, le=10)
    code: ClassVar[int] = 1
    idea: ClassVar[bool] = True
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return slope |d|."""
        return self.slope * np.abs(occasions.gap)
