"""Social benefits: taking part in the conversation for its own sake.

    trigger = level

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "social benefits"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import parameter


class SocialBenefits(Motive):
    """Posting to belong, whatever the experience was."""

    kind: Literal["social_benefits"]
    level: float = parameter("1", "assumption", ge=0, le=10)
    code: ClassVar[int] = 4
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return the same level on every occasion."""
        return np.full(occasions.gap.shape, self.level)
