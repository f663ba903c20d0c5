"""Net promoter score: of all owners, and as the brand estimates it (Reichheld 2003)."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import count_codes, mean_of

UNITS = {"nps": "points", "nps_estimated": "points", "mean_satisfaction": "quality", "mean_advocacy": "1"}


def measure(state, params) -> dict[str, np.ndarray]:
    """Return promoters minus detractors in percent of owners, and what the brand believes it is."""
    p = params.ladder
    owners = [np.flatnonzero((state.owned == b) & (state.recommend >= 0)) for b in range(state.b)]
    points = [count_codes(state.recommend[own], 11) for own in owners]
    net = [count[p.promoter:].sum() - count[: p.detractor + 1].sum() for count in points]
    return {
        "nps": np.array([100.0 * (n / own.size) if own.size else np.nan
                         for n, own in zip(net, owners, strict=True)]),
        "nps_estimated": np.array([o.nps_estimated for o in state.observed] or [np.nan] * state.b),
        "mean_satisfaction": np.array([mean_of(state.satisfaction[own, b]) for b, own in enumerate(owners)]),
        "mean_advocacy": np.array([mean_of(state.advocacy[own, b]) for b, own in enumerate(owners)]),
    }
