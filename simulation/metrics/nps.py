"""Net promoter score: of all owners, and as the brand estimates it (Reichheld 2003)."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import mean_where

UNITS = {"nps": "points", "nps_estimated": "points", "mean_satisfaction": "quality", "mean_advocacy": "1"}


def measure(state, params) -> dict[str, np.ndarray]:
    """Return promoters minus detractors in percent of owners, and what the brand believes it is."""
    p = params.ladder
    n = (state.recommend >= p.promoter).astype(float) - (state.recommend <= p.detractor)
    owners = [(state.owned == b) & (state.recommend >= 0) for b in range(state.b)]
    return {
        "nps": np.array([100.0 * mean_where(n, own) for own in owners]),
        "nps_estimated": np.array([o.nps_estimated for o in state.observed] or [np.nan] * state.b),
        "mean_satisfaction": np.array([mean_where(state.satisfaction[:, b], own) for b, own in enumerate(owners)]),
        "mean_advocacy": np.array([mean_where(state.advocacy[:, b], own) for b, own in enumerate(owners)]),
    }
