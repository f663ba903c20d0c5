"""Belief: what reviews read and own experience do to what people believe.

    sums of the step   w = reads + own experience,  w y likewise  (own experience counts as a review with y = x)
    belief, confidence by the belief rule (``params.belief``)
    shadow             the same update without the reads below the (true) belief, since the last decision; it shares the
                       true confidence
    start, own_gain    belief at the last decision, and the pull of own experience since; both reset by a decision

Reads   reads_weight, reads_value, good_weight, good_value, own_weight, own_value, owned, decided_at
Writes  belief, confidence, belief_shadow, belief_start, own_gain
Draws   none
Source  the belief rule's own
"""

from __future__ import annotations

import numpy as np

from simulation.state import FIXED_ONE

READS = ("reads_weight", "reads_value", "good_weight", "good_value", "own_weight", "own_value", "owned",
         "decided_at")
WRITES = ("belief", "confidence", "belief_shadow", "belief_start", "own_gain")
STREAMS = ()


def belief(state, params, draws, step):
    """Update all beliefs at once."""
    decided = state.decided_at == step
    state.belief_shadow[decided] = state.belief[decided]
    state.belief_start[decided] = state.belief[decided]
    state.own_gain[decided] = 0.0
    owners = np.flatnonzero(state.own_weight > 0)
    brands = state.owned[owners]
    pull = state.own_value[owners] - state.own_weight[owners] * state.belief[owners, brands]
    state.own_gain[owners, brands] += np.maximum(pull, 0.0)
    rule = params.belief
    for column, confidence, weight, value in (
            (state.belief_shadow, state.confidence.copy(), state.good_weight, state.good_value),
            (state.belief, state.confidence, state.reads_weight, state.reads_value)):
        w, wy = weight / FIXED_ONE, value / FIXED_ONE
        w[owners, brands] += state.own_weight[owners]
        wy[owners, brands] += state.own_value[owners]
        rule.update(column.ravel(), confidence.ravel(), state.belief_start.ravel(), w.ravel(), wy.ravel(),
                    column.ravel(), confidence.ravel())
