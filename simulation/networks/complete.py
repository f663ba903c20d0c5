"""Complete network: everybody is tied to everybody.

    n (n - 1) directed ties, held one by one: for large n use ``well_mixed``, which holds none

Source  textbook; the network of Bass (1969)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.world.ties import Ties, build_ties

MOST = 3_000


class Complete(Network):
    """Everybody sees everybody, by explicit ties."""

    kind: Literal["complete"]
    source: ClassVar[str] = "bass1969"

    def expected_ties(self, n: float) -> float:
        """Return n (n - 1)."""
        return n * (n - 1.0)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people (nothing is drawn); refuses more than 3,000."""
        if n > MOST:
            raise ValueError(f"population.size must be at most {MOST} for network.kind complete, "
                             f"got {n} ({n * (n - 1):,} ties); use network=well_mixed, which "
                             f"holds none")
        source = np.repeat(np.arange(n), max(n - 1, 0))
        target = np.tile(np.arange(n - 1), n)
        return build_ties(n, source, target + (target >= source))
