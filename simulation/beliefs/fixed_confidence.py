"""Fixed confidence: the own belief always counts the same (DeGroot learning).

    belief'     = (c belief + sum w y) / (c + sum w),  c = prior_confidence
    confidence' = c

Source  DeGroot (1974), Reaching a consensus
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief, average_with_prior


class FixedConfidence(Belief):
    """Repeated averaging with neighbours."""

    kind: Literal["fixed_confidence"]
    source: ClassVar[str] = "degroot1974"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray,
               weight: np.ndarray, value: np.ndarray, out_belief: np.ndarray,
               out_confidence: np.ndarray) -> None:
        """See the module."""
        average_with_prior(belief, self.prior_confidence, weight, value, out_belief, out_confidence)
