"""Helping the company: rewarding a firm that did very well.

    trigger = slope max(S - threshold, 0)

Source  Hennig-Thurau, Gwinner, Walsh & Gremler (2004), motive "helping the company"
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.motives.base import Motive, Occasions
from simulation.params import parameter


class HelpingCompany(Motive):
    """Posting because the firm deserves it."""

    kind: Literal["helping_company"]
    slope: float = parameter("1 per quality", "assumption", ge=0, le=10)
    threshold: float = parameter("quality", "assumption", ge=0, le=1)
    code: ClassVar[int] = 3
    idea: ClassVar[bool] = True
    source: ClassVar[str] = "hennigthurau2004"

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return slope max(S - threshold, 0)."""
        return self.slope * np.maximum(occasions.evaluation - self.threshold, 0.0)
