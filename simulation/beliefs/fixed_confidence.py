"""Fixed confidence: the own belief always counts the same (DeGroot learning).

    belief'     = (c belief + sum w y) / (c + sum w),  c = prior_confidence
    confidence' = c

Source  DeGroot (1974), Reaching a consensus
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.beliefs.base import Belief


class FixedConfidence(Belief):
    """Repeated averaging with neighbours."""

    kind: Literal["fixed_confidence"]
    source: ClassVar[str] = "degroot1974"

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray, weight: np.ndarray,
               value: np.ndarray, out_belief: np.ndarray, out_confidence: np.ndarray) -> None:
        """See the module."""
        c = self.prior_confidence
        out_belief[:] = np.where(weight > 0, (c * belief + value) / (c + weight), belief)
        out_confidence[:] = c
