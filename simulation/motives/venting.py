"""Venting: releasing the feeling of a bad experience.

    trigger = slope max(-d, 0)

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "venting negative feelings"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import parameter


class Venting(Motive):
    """Posting because the experience fell short of what was expected."""

    kind: Literal["venting"]
    slope: float = parameter("1 per quality", "assumption", ge=0, le=10)
    code: ClassVar[int] = 0
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return slope max(-d, 0)."""
        return self.slope * np.maximum(-occasions.gap, 0.0)
