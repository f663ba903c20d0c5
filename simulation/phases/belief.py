"""Belief: what reviews read and own experience do to what people believe.

    sums of the step   w = reads + own experience,  w y likewise  (own experience counts as a review with y = x)
    belief, confidence by the belief rule (``params.belief``)
    shadow             the same update without the reads below the (true) belief, since the last decision; it shares the
                       true confidence
    start, own_gain    belief at the last decision, and the pull of own experience since; both reset by a decision

Reads   reads_weight, reads_value, good_weight, good_value, own_weight, own_value, owned, decided_at
Writes  belief, confidence, belief_without_bad_news, belief_start, own_gain
Draws   none
Source  the belief rule's own
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.jit import kernel
from simulation.world.state import FIXED_ONE

READS = ("reads_weight", "reads_value", "good_weight", "good_value", "own_weight", "own_value", "owned",
         "decided_at")
WRITES = ("belief", "confidence", "belief_without_bad_news", "belief_start", "own_gain")
STREAMS = ()

BLOCK = 16384
"""People updated at once: the sums of a block stay in the cache, whatever the rule makes of them."""

Heard = namedtuple("Heard", "reads_weight reads_value good_weight good_value own_weight own_value owned")
Moved = namedtuple("Moved", "belief shadow confidence start weight value good_weight good_value")


def belief(state, params, draws, step):
    """Update all beliefs, block by block: those of people who read or lived something, and those at rest."""
    rule, most, n = params.belief, min(BLOCK, state.n) * state.b, np.zeros(1, np.int64)
    rows, space, shared = np.empty(most, np.int64), np.empty((len(Moved._fields), most)), np.empty(most)
    heard = Heard(*(getattr(state, name).ravel() for name in Heard._fields))
    belief, confidence, first = state.belief.ravel(), state.confidence.ravel(), state.belief_start.ravel()
    shadow, own_gain = state.belief_without_bad_news.ravel(), state.own_gain.ravel()
    decided_at = state.decided_at.ravel()
    for start in range(0, belief.size, most):
        stop = min(start + most, belief.size)
        _begin_anew(start, stop, decided_at, step, belief, shadow, first, own_gain)
        _gather(start, stop, state.b, *heard, belief, shadow, confidence, first, own_gain, rows, *space, n)
        m = Moved(*space[:, : int(n[0])])
        rule.update(m.shadow, m.confidence, m.start, m.good_weight, m.good_value, m.shadow, shared[: m.weight.size])
        rule.update(m.belief, m.confidence, m.start, m.weight, m.value, m.belief, m.confidence)
        rule.rest(belief[start:stop], confidence[start:stop], first[start:stop])
        _put_back(rows[: m.weight.size], m.belief, m.shadow, m.confidence, belief, shadow, confidence)


@kernel
def _begin_anew(start, stop, decided_at, step, belief, shadow, first, own_gain):
    for j in range(start, stop):
        if decided_at[j] == step:
            shadow[j], first[j], own_gain[j] = belief[j], belief[j], 0.0


@kernel
def _gather(start, stop, brands, reads_weight, reads_value, good_weight, good_value, own_weight, own_value, owned,
            belief, shadow, confidence, first, own_gain, rows, m_belief, m_shadow, m_confidence, m_start, m_weight,
            m_value, m_good_weight, m_good_value, n):
    m, told, some = 0, reads_weight[start:stop], np.empty(stop - start, np.uint8)
    own, felt = owned[start // brands : stop // brands], own_weight[start // brands : stop // brands]
    for b in range(brands):
        for k in range(own.size):    # no compaction: several people are looked at at once
            some[k * brands + b] = ((felt[k] > 0.0) & (own[k] == b)) | (told[k * brands + b] != 0)
    for k in range(some.size):
        rows[m] = start + k
        m += some[k]
    for k in range(m):
        j = rows[k]
        i = j // brands if brands > 1 else j
        lived = np.float64((own_weight[i] > 0.0) & (owned[i] == j - i * brands))
        w, wx = lived * own_weight[i], lived * own_value[i]
        m_belief[k], m_shadow[k], m_confidence[k], m_start[k] = belief[j], shadow[j], confidence[j], first[j]
        m_weight[k], m_value[k] = reads_weight[j] / FIXED_ONE + w, reads_value[j] / FIXED_ONE + wx
        m_good_weight[k], m_good_value[k] = good_weight[j] / FIXED_ONE + w, good_value[j] / FIXED_ONE + wx
        own_gain[j] += max(wx - w * belief[j], 0.0)
    n[0] = m


@kernel
def _put_back(rows, m_belief, m_shadow, m_confidence, belief, shadow, confidence):
    for k in range(rows.size):
        j = rows[k]
        belief[j], shadow[j], confidence[j] = m_belief[k], m_shadow[k], m_confidence[k]
