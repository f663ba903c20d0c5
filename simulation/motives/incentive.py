"""Economic incentive: posting for what the brand offers.

    trigger = what the brand offers to this person, 0 where it offers nothing

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "economic incentives"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions


class Incentive(Motive):
    """Posting for a reward; readers who notice it discount the review."""

    kind: Literal["incentive"]
    code: ClassVar[int] = 5
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return the strength of the offer."""
        return occasions.incentive
