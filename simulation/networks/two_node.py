"""Two-node networks: people in pairs, the slowest diffusion of any network
where everybody sees somebody.

    ties 2 j <-> 2 j + 1 for j = 0 .. n/2 - 1; nothing joins the pairs

Source  Fibich & Levin (2023, arXiv 2312.05450): the slowest of all networks
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.world.ties import Ties, build_ties


class TwoNode(Network):
    """People in pairs; community = pair."""

    kind: Literal["two_node"]
    source: ClassVar[str] = "fibich2023"

    def has_communities(self) -> bool:
        """Return True: every pair is a community."""
        return True

    def expected_ties(self, n: float) -> float:
        """Return one of everybody."""
        return float(n)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people (no luck involved); refuses an odd number."""
        if n % 2 or n < 2:
            raise ValueError(f"population.size must be even and at least 2 for network.kind "
                             f"two_node (people in pairs), got {n}")
        first = np.arange(0, n, 2)
        return build_ties(n, first, first + 1, community=np.arange(n) // 2, mutual=True)
