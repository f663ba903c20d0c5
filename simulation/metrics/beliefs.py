"""Beliefs: mean and spread of what people think of each brand, and how far communities differ."""

from __future__ import annotations

import numpy as np

UNITS = {"mean_belief": "quality", "sd_belief": "quality", "mean_confidence": "evidence", "polarisation": "1",
         "share_aware": "1"}


def measure(state, params) -> dict[str, np.ndarray]:
    """Return moments over all people; polarisation is the share of the variance between communities."""
    community = state.ties.community
    size = np.bincount(community)
    out = {"mean_belief": state.belief.mean(axis=0), "sd_belief": state.belief.std(axis=0),
           "mean_confidence": state.confidence.mean(axis=0), "share_aware": state.aware.mean(axis=0)}
    between = np.empty(state.b)
    for b in range(state.b):
        mean = np.bincount(community, weights=state.belief[:, b]) / np.maximum(size, 1)
        variance = state.belief[:, b].var()
        spread = (size * (mean - state.belief[:, b].mean()) ** 2).sum() / state.n
        between[b] = spread / variance if variance > 0 else 0.0
    return out | {"polarisation": between}
