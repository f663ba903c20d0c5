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

from collections import namedtuple

import numpy as np

from simulation.jit import kernel
from simulation.state import FIXED_ONE

READS = ("reads_weight", "reads_value", "good_weight", "good_value", "own_weight", "own_value", "owned",
         "decided_at")
WRITES = ("belief", "confidence", "belief_shadow", "belief_start", "own_gain")
STREAMS = ()

BLOCK = 8192
"""People updated at once: the sums of a block stay in the cache, whatever the rule makes of them."""

Heard = namedtuple("Heard", "reads_weight reads_value good_weight good_value own_weight own_value owned")
Sums = namedtuple("Sums", "weight value good_weight good_value")


def belief(state, params, draws, step):
    """Update all beliefs, block by block."""
    heard = Heard(*(getattr(state, name) for name in Heard._fields))
    rows = min(BLOCK, state.n) * state.b
    sums, shared = Sums(*(np.empty(rows) for _ in Sums._fields)), np.empty(rows)
    for start in range(0, state.n, BLOCK):
        people = slice(start, min(start + BLOCK, state.n))
        _begin_anew(people.start, people.stop, state.decided_at, step, state.belief, state.belief_shadow,
                    state.belief_start, state.own_gain)
        _sum_up(people.start, people.stop, heard, state.belief, state.own_gain, sums)
        weight, value, good_weight, good_value = (column[: (people.stop - start) * state.b] for column in sums)
        belief, shadow, confidence, first = (column[people].ravel() for column in (
            state.belief, state.belief_shadow, state.confidence, state.belief_start))
        params.belief.update(shadow, confidence, first, good_weight, good_value, shadow, shared[: weight.size])
        params.belief.update(belief, confidence, first, weight, value, belief, confidence)


@kernel
def _begin_anew(start, stop, decided_at, step, belief, shadow, first, own_gain):
    for i in range(start, stop):
        for b in range(belief.shape[1]):
            if decided_at[i, b] == step:
                shadow[i, b], first[i, b], own_gain[i, b] = belief[i, b], belief[i, b], 0.0


@kernel
def _sum_up(start, stop, heard, belief, own_gain, sums):
    for i in range(start, stop):
        for b in range(belief.shape[1]):
            j = (i - start) * belief.shape[1] + b
            sums.weight[j], sums.value[j] = heard.reads_weight[i, b] / FIXED_ONE, heard.reads_value[i, b] / FIXED_ONE
            sums.good_weight[j] = heard.good_weight[i, b] / FIXED_ONE
            sums.good_value[j] = heard.good_value[i, b] / FIXED_ONE
        if heard.own_weight[i] > 0.0:
            b = heard.owned[i]
            j = (i - start) * belief.shape[1] + b
            w, wx = heard.own_weight[i], heard.own_value[i]
            own_gain[i, b] += max(wx - w * belief[i, b], 0.0)
            sums.weight[j], sums.value[j] = sums.weight[j] + w, sums.value[j] + wx
            sums.good_weight[j], sums.good_value[j] = sums.good_weight[j] + w, sums.good_value[j] + wx
