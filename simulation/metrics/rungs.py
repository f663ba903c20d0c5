"""Rungs: how many people stand where on the ladder of each brand."""

from __future__ import annotations

import numpy as np

from simulation.state import Rung

UNITS = {f"n_{rung.name.lower()}": "people" for rung in Rung}


def measure(state, params) -> dict[str, np.ndarray]:
    """Count people on every rung."""
    return {f"n_{rung.name.lower()}": (state.rung == rung).sum(axis=0).astype(float) for rung in Rung}
