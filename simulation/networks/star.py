"""Star: one person in the centre, tied to all the others.

    ties 0 <-> i for i = 1 .. n - 1;  mean distance 2 (n - 1) / n

Source  textbook; a closed form for tests of reach and structural virality
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import refuse_fewer
from simulation.world.ties import Ties, build_ties


class Star(Network):
    """Everybody around row 0."""

    kind: Literal["star"]
    source: ClassVar[str] = "newman2018"

    def expected_ties(self, n: float) -> float:
        """Return 2 (n - 1)."""
        return 2.0 * (n - 1)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people (nothing is drawn); refuses fewer than 2."""
        refuse_fewer(n, 2, self.kind, "a centre")
        return build_ties(n, np.zeros(n - 1, np.int64), np.arange(1, n), mutual=True)
