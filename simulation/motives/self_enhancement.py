"""Self-enhancement: showing an audience that one chose well.

    trigger = slope max(d, 0) min(1, log(1 + followers) / log(1 + followers_reference))

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "extraversion / positive
        self-enhancement"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import parameter


class SelfEnhancement(Motive):
    """Posting a success before one's followers; the more followers, the stronger."""

    kind: Literal["self_enhancement"]
    slope: float = parameter("1 per quality", "assumption", ge=0, le=10)
    followers_reference: float = parameter("people", "assumption", ge=1, le=1e9,
                                           doc="followers at which the motive is at its strongest")
    code: ClassVar[int] = 2
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return slope max(d, 0) times the logarithm of the audience relative to the reference."""
        audience = np.log1p(occasions.followers) / np.log1p(self.followers_reference)
        return self.slope * np.maximum(occasions.gap, 0.0) * np.minimum(audience, 1.0)
