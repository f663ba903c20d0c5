"""Small world: a ring of neighbours, some of whose ties are rewired at random.

    degree = neighbours on average;  clustering is near C(0) (1 - rewiring)^3 with
    C(0) = 3 (k - 2) / (4 (k - 1)) (Barrat & Weigt 2000)

Source  Watts & Strogatz (1998)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import field_validator

from simulation.networks.base import Network
from simulation.networks.shapes import generator, refuse_fewer, small_world
from simulation.params import parameter, share
from simulation.world.ties import Ties, build_ties

STREAM = 3


class WattsStrogatz(Network):
    """One small world of everybody: undirected ties."""

    kind: Literal["watts_strogatz"]
    neighbours: int = parameter("people", "watts1998", ge=2, le=1_000,
                                doc="ties of each person; even")
    rewiring: float = share("watts1998", doc="chance that a tie's far end moves")
    source: ClassVar[str] = "watts1998"

    @field_validator("neighbours")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError(f"network.neighbours must be even (half on either side), got {value}")
        return value

    def expected_ties(self, n: float) -> float:
        """Return ``neighbours`` of everybody."""
        return float(n * self.neighbours)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than neighbours + 1."""
        refuse_fewer(n, self.neighbours + 1, self.kind, f"network.neighbours {self.neighbours}")
        first, size = np.zeros(n, np.int64), np.full(n, n, np.int64)
        ties = small_world(first, size, self.neighbours, self.rewiring, generator(seed, STREAM))
        return build_ties(n, *ties, mutual=True)
