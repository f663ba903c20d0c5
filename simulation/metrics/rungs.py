"""Rungs: how many people stand where on the ladder of each brand."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import count_codes
from simulation.world.state import Rung

UNITS = {f"n_{rung.name.lower()}": "people" for rung in Rung}
MEANING = {f"n_{rung.name.lower()}": f"people on the rung {rung.name.lower()}" for rung in Rung}
SOURCE = "assumption"


def measure(state, params) -> dict[str, np.ndarray]:
    """Count people on every rung."""
    counts = np.stack([count_codes(state.rung[:, b], len(Rung))
                       for b in range(state.b)]).astype(float)
    return {f"n_{rung.name.lower()}": counts[:, rung] for rung in Rung}
