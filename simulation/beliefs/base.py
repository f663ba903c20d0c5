"""The family of belief rules: what reviews read and own experience do to what a person believes.

    weighted mean   (c belief + sum w y) / (c + sum w),  c the confidence in the own belief

Most rules move a belief to this mean.  All rules are order-free: they see sums over the messages of
the step, never a sequence.

Twin    tests/reference/minds.py: update
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.params import Rule, parameter


class Belief(Rule):
    """A rule that moves beliefs.

    ``reach`` is the largest distance |y - belief| at which a review counts (1 = every review).
    """

    prior_confidence: float = parameter(
        "evidence", "assumption", gt=0, le=1000,
        doc="confidence at step 0, and the floor of the rule 'evidence'")

    @property
    def reach(self) -> float:
        """Return the largest distance between a review and a belief that still counts."""
        return 1.0

    def update(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray,
               weight: np.ndarray, value: np.ndarray, out_belief: np.ndarray,
               out_confidence: np.ndarray) -> None:
        """Write belief' and confidence' (r,) from the sums of w and of w y of the step (r,).

        ``start`` is the belief at the last decision (at first the prior).  The arrays written to
        may be ``belief`` and ``confidence`` themselves: a rule that still needs the old values
        reads them first.
        """
        raise NotImplementedError

    def rest(self, belief: np.ndarray, confidence: np.ndarray, start: np.ndarray) -> None:
        """Update belief and confidence (r,) in place of those who read and lived nothing.

        These are most people in most steps.  The same as ``update`` with weights of 0; a rule may
        know a shorter way.
        """
        nothing = np.zeros(belief.shape)
        self.update(belief, confidence, start, nothing, nothing, belief, confidence)


# -- rules ----------------------------------------------------------------------------------------

@inlined
def weighted_mean(belief, confidence, weight, value):
    """(c belief + sum w y) / (c + sum w)."""
    return (confidence * belief + value) / (confidence + weight)


# -- kernels --------------------------------------------------------------------------------------

@kernel
def average_with_prior(belief, confidence, weight, value, out_belief, out_confidence):
    """Write the weighted means of beliefs (r,) of one confidence; unread beliefs stay."""
    for j in range(belief.size):
        if weight[j] > 0.0:
            out_belief[j] = weighted_mean(belief[j], confidence, weight[j], value[j])
        else:
            out_belief[j] = belief[j]
        out_confidence[j] = confidence
