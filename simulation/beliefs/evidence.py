"""Evidence: reviews and experiences are observations, weighed against what is already known.

    m           = max(confidence * memory, prior_confidence)
    belief'     = (m belief + sum w y) / (m + sum w)
    confidence' = min(m + sum w, confidence_max)

With memory 1 this is the exact posterior mean of a Beta prior, in any order of the reviews.  The
floor matters: without it the confidence of people who read nothing decays to 0, and one review
becomes the belief.

Source  Beta-Bernoulli learning with forgetting, as in Roberts & Urban (1988)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief, weighted_mean
from simulation.numerics.jit import inlined, kernel
from simulation.params import parameter


class Evidence(Belief):
    """Bayesian averaging with forgetting."""

    kind: Literal["evidence"]
    memory: float = parameter("1 per step", "assumption", gt=0, le=1)
    confidence_max: float = parameter("evidence", "assumption", gt=0, le=1e6)
    source: ClassVar[str] = "roberts1988"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray,
               weight: np.ndarray, value: np.ndarray, out_belief: np.ndarray,
               out_confidence: np.ndarray) -> None:
        """See the module."""
        _update(belief, confidence, weight, value, self.memory, self.prior_confidence,
                self.confidence_max, out_belief, out_confidence)

    def rest(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray) -> None:
        """Let confidence fade; beliefs stay."""
        _fade(confidence, self.memory, self.prior_confidence, self.confidence_max)


# -- rules ----------------------------------------------------------------------------------------

@inlined
def remembered(confidence, memory, prior_confidence):
    """m = max(confidence memory, prior_confidence)."""
    return max(confidence * memory, prior_confidence)


@inlined
def new_confidence(m, weight, confidence_max):
    """min(m + sum w, confidence_max)."""
    return min(m + weight, confidence_max)


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _fade(confidence, memory, prior_confidence, confidence_max):
    """Update the confidence (r,) of those who read and lived nothing."""
    for j in range(confidence.size):
        m = remembered(confidence[j], memory, prior_confidence)
        confidence[j] = new_confidence(m, 0.0, confidence_max)


@kernel
def _update(belief, confidence, weight, value, memory, prior_confidence, confidence_max, out_belief,
            out_confidence):
    """Update belief and confidence (r,)."""
    for j in range(belief.size):
        m = remembered(confidence[j], memory, prior_confidence)
        if weight[j] > 0.0:
            out_belief[j] = weighted_mean(belief[j], m, weight[j], value[j])
        else:
            out_belief[j] = belief[j]
        out_confidence[j] = new_confidence(m, weight[j], confidence_max)
