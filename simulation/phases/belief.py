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

BLOCK = 16384
"""People updated at once: the sums of a block stay in the cache, whatever the rule makes of them."""

Heard = namedtuple("Heard", "reads_weight reads_value good_weight good_value own_weight own_value owned")
Moved = namedtuple("Moved", "belief shadow confidence start weight value good_weight good_value")


def belief(state, params, draws, step):
    """Update all beliefs, block by block: those of people who read or lived something, and those at rest."""
    rule, heard = params.belief, Heard(*(getattr(state, name) for name in Heard._fields))
    most = min(BLOCK, state.n) * state.b
    rows, n = np.empty(most, np.int64), np.zeros(1, np.int64)
    space, shared = np.empty((len(Moved._fields), most)), np.empty(most)
    for start in range(0, state.n, BLOCK):
        stop = min(start + BLOCK, state.n)
        _begin_anew(start, stop, state.decided_at, step, state.belief, state.belief_shadow, state.belief_start,
                    state.own_gain)
        _gather(start, stop, heard, state.belief, state.belief_shadow, state.confidence, state.belief_start,
                state.own_gain, rows, Moved(*space), n)
        m = Moved(*space[:, : int(n[0])])
        rule.update(m.shadow, m.confidence, m.start, m.good_weight, m.good_value, m.shadow, shared[: m.weight.size])
        rule.update(m.belief, m.confidence, m.start, m.weight, m.value, m.belief, m.confidence)
        rule.rest(*(column[start:stop].ravel() for column in (state.belief, state.confidence, state.belief_start)))
        _scatter(rows[: m.weight.size], m, state.belief, state.belief_shadow, state.confidence)


@kernel
def _begin_anew(start, stop, decided_at, step, belief, shadow, first, own_gain):
    for i in range(start, stop):
        for b in range(belief.shape[1]):
            if decided_at[i, b] == step:
                shadow[i, b], first[i, b], own_gain[i, b] = belief[i, b], belief[i, b], 0.0


@kernel
def _gather(start, stop, heard, belief, shadow, confidence, first, own_gain, rows, moved, n):
    brands, m = belief.shape[1], 0
    for i in range(start, stop):
        w = heard.own_weight[i]
        for b in range(brands):
            lived = w > 0.0 and heard.owned[i] == b
            if heard.reads_weight[i, b] == 0 and not lived:
                continue
            rows[m], moved.belief[m], moved.shadow[m] = i * brands + b, belief[i, b], shadow[i, b]
            moved.confidence[m], moved.start[m] = confidence[i, b], first[i, b]
            moved.weight[m], moved.value[m] = heard.reads_weight[i, b] / FIXED_ONE, heard.reads_value[i, b] / FIXED_ONE
            moved.good_weight[m] = heard.good_weight[i, b] / FIXED_ONE
            moved.good_value[m] = heard.good_value[i, b] / FIXED_ONE
            if lived:
                wx = heard.own_value[i]
                own_gain[i, b] += max(wx - w * belief[i, b], 0.0)
                moved.weight[m], moved.value[m] = moved.weight[m] + w, moved.value[m] + wx
                moved.good_weight[m], moved.good_value[m] = moved.good_weight[m] + w, moved.good_value[m] + wx
            m += 1
    n[0] = m


@kernel
def _scatter(rows, moved, belief, shadow, confidence):
    brands = belief.shape[1]
    for m in range(rows.size):
        i, b = rows[m] // brands, rows[m] % brands
        belief[i, b], shadow[i, b], confidence[i, b] = moved.belief[m], moved.shadow[m], moved.confidence[m]
