"""Evidence: reviews and experiences are observations, weighed against what is already known.

    m           = max(confidence * memory, prior_confidence)
    belief'     = (m belief + sum w y) / (m + sum w)
    confidence' = min(m + sum w, confidence_max)

With memory 1 this is the exact posterior mean of a Beta prior, in any order of the reviews.  The floor
matters: without it the confidence of people who read nothing decays to 0 and one review becomes the belief.

Source  Beta-Bernoulli learning with forgetting, as in Roberts & Urban (1988)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief
from simulation.numerics.jit import kernel
from simulation.params import parameter


class Evidence(Belief):
    """Bayesian averaging with forgetting."""

    kind: Literal["evidence"]
    memory: float = parameter("1 per step", "assumption", gt=0, le=1)
    confidence_max: float = parameter("evidence", "assumption", gt=0, le=1e6)
    source: ClassVar[str] = "roberts1988"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray, weight: np.ndarray,
               value: np.ndarray, out_belief: np.ndarray, out_confidence: np.ndarray) -> None:
        """See the module."""
        _evidence(belief, confidence, weight, value, self.memory, self.prior_confidence, self.confidence_max,
                  out_belief, out_confidence)

    def rest(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray) -> None:
        """Let confidence fade; beliefs stay."""
        _fade(confidence, self.memory, self.prior_confidence, self.confidence_max)


@kernel
def _fade(confidence, memory, floor, ceiling):
    for j in range(confidence.size):
        confidence[j] = min(max(confidence[j] * memory, floor), ceiling)


@kernel
def _evidence(belief, confidence, weight, value, memory, floor, ceiling, out_belief, out_confidence):
    for j in range(belief.size):
        m = max(confidence[j] * memory, floor)
        total = m + weight[j]
        if weight[j] > 0.0:
            out_belief[j] = (m * belief[j] + value[j]) / total
        else:
            out_belief[j] = belief[j]
        out_confidence[j] = min(total, ceiling)
