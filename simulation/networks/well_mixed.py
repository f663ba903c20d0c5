"""Well-mixed market: no explicit ties; contact rules use the share of everybody.

    facts["well_mixed"] = True tells the adoption rules that everybody is in touch with everybody

The feed needs ties, so under belief rules nobody reads anybody here except on the review site.

Source  Bass (1969)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.world.ties import Ties, build_ties


class WellMixed(Network):
    """Everybody in touch with everybody, without a single tie in memory."""

    kind: Literal["well_mixed"]
    source: ClassVar[str] = "bass1969"

    def expected_ties(self, n: float) -> float:
        """Return 0."""
        return 0.0

    def build(self, n: int, seed: int) -> Ties:
        """Return an empty set of ties among ``n`` people (no luck involved);
        nobody counts as isolated.
        """
        nobody = np.empty(0, np.int64)
        ties = build_ties(n, nobody, nobody)
        ties.facts |= {"well_mixed": True, "isolated": 0}
        return ties
