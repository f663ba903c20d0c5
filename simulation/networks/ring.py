"""Ring: everybody sees one neighbour, or both.

    one_sided  ties i -> i + 1 (mod n): everybody sees the person before
    two_sided  ties i <-> i + 1 (mod n)

Source  Fibich & Gibori (2010)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import refuse_fewer
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties


class Ring(Network):
    """A circle of people."""

    kind: Literal["ring"]
    sides: Literal["one_sided", "two_sided"] = parameter("name", "fibich2010")
    source: ClassVar[str] = "fibich2010"

    def expected_ties(self, n: float) -> float:
        """Return n, or 2 n."""
        return n * (2.0 if self.sides == "two_sided" else 1.0)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people (nothing is drawn); refuses fewer than 3."""
        refuse_fewer(n, 3, self.kind, f"network.sides {self.sides}")
        person = np.arange(n)
        return build_ties(n, person, (person + 1) % n, mutual=self.sides == "two_sided")
