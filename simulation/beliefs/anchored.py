"""Anchored: people average with others but stay attached to where they began (Friedkin-Johnsen).

    belief'     = openness (sum w y / sum w) + (1 - openness) start   (belief if nothing was read)
    confidence' = prior_confidence

``start`` is the belief at step 0; a decision resets it to the belief then held.

Source  Friedkin & Johnsen (1990), Social influence and opinions
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief
from simulation.numerics.jit import inlined, kernel
from simulation.params import share


class Anchored(Belief):
    """Averaging with neighbours and with the own first opinion."""

    kind: Literal["anchored"]
    openness: float = share("friedkin1990", doc="weight of others against the own start")
    source: ClassVar[str] = "friedkin1990"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray,
               weight: np.ndarray, value: np.ndarray, out_belief: np.ndarray,
               out_confidence: np.ndarray) -> None:
        """See the module."""
        _anchor(belief, start, weight, value, self.openness, out_belief)
        out_confidence[:] = self.prior_confidence


# -- rules ----------------------------------------------------------------------------------------

@inlined
def anchored_mean(openness, weight, value, start):
    """Openness (sum w y / sum w) + (1 - openness) start."""
    return openness * (value / weight) + (1.0 - openness) * start


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _anchor(belief, start, weight, value, openness, out_belief):
    """Write the beliefs (r,) of the step; who read nothing keeps theirs."""
    for j in range(belief.size):
        if weight[j] > 0.0:
            out_belief[j] = anchored_mean(openness, weight[j], value[j], start[j])
        else:
            out_belief[j] = belief[j]
