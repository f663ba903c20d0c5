"""Path: people in a row, each tied to the next.

    ties i <-> i + 1 for i = 0 .. n - 2;  mean distance (n + 1) / 3

Source  textbook; a closed form for tests: what starts at one end reaches k steps with chance p^k
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import refuse_fewer
from simulation.world.ties import Ties, build_ties


class Path(Network):
    """People in a row."""

    kind: Literal["path"]
    source: ClassVar[str] = "newman2018"

    def expected_ties(self, n: float) -> float:
        """Return 2 (n - 1)."""
        return 2.0 * (n - 1)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people (nothing is drawn); refuses fewer than 2."""
        refuse_fewer(n, 2, self.kind, "a first and a last person")
        return build_ties(n, np.arange(n - 1), np.arange(1, n), mutual=True)
