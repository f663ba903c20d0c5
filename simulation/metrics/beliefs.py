"""Beliefs: mean and spread of what people think of each brand, and how far communities differ."""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel

UNITS = {"mean_belief": "quality", "sd_belief": "quality", "mean_confidence": "evidence",
         "polarisation": "1", "share_aware": "1"}
MEANING = {
    "mean_belief": "mean belief of everybody",
    "sd_belief": "standard deviation of the beliefs",
    "mean_confidence": "mean evidence behind the beliefs",
    "polarisation": "share of the variance of beliefs that lies between communities",
    "share_aware": "share of people who have heard of the brand",
}
SOURCE = "assumption"


def measure(state, params) -> dict[str, np.ndarray]:
    """Return moments over all people; polarisation is the share of the
    variance between communities.
    """
    mean = np.array([state.belief[:, b].mean() for b in range(state.b)])
    variance = np.array([state.belief[:, b].var(mean=mean[b]) for b in range(state.b)])
    community = state.ties.community
    groups = int(community.max()) + 1
    size, total = np.zeros(groups), np.zeros((state.b, groups))
    _add_up(community, state.belief, size, total)
    between = (size * (total / np.maximum(size, 1) - mean[:, None]) ** 2).sum(axis=1) / state.n
    return {"mean_belief": mean, "sd_belief": np.sqrt(variance),
            "mean_confidence": np.array([state.confidence[:, b].mean() for b in range(state.b)]),
            "share_aware": np.array([np.count_nonzero(state.aware[:, b]) / state.n
                                     for b in range(state.b)]),
            "polarisation": np.divide(between, variance, out=np.zeros(state.b), where=variance > 0)}


@kernel
def _add_up(community, belief, size, total):
    for b in range(belief.shape[1]):
        here, people, sum_here = community[0], 0, 0.0  # neighbours in rows mostly share a community
        for i in range(community.size):
            if community[i] != here:
                size[here], total[b, here] = size[here] + people, sum_here
                here, people = community[i], 0
                sum_here = total[b, here]
            people += b == 0
            sum_here += belief[i, b]
        size[here], total[b, here] = size[here] + people, sum_here
