"""Belief: what reviews read and own experience do to what people believe.

    sums of the step    w = reads + own experience,  w y likewise
                        (own experience counts as a review with y = x)
    belief, confidence  by the belief rule (``params.belief``)
    belief without      the same update without the reads below the (true) belief, since the last
    bad news            decision; it shares the true confidence
    start, own_gain     belief at the last decision, and the pull of own experience since: the sum
                        of max(0, w x - w belief); both reset by a decision

Reads   reads_weight, reads_value, good_weight, good_value, own_weight, own_value, owned, decided_at
Writes  belief, confidence, belief_without_bad_news, belief_start, own_gain
Draws   none
Source  the belief rule's own
Twin    tests/reference/minds.py: belief
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.fixed_point import from_fixed_point
from simulation.numerics.jit import inlined, kernel

READS = ("reads_weight", "reads_value", "good_weight", "good_value", "own_weight", "own_value",
         "owned", "decided_at")
WRITES = ("belief", "confidence", "belief_without_bad_news", "belief_start", "own_gain")
STREAMS = ()

PEOPLE_AT_ONCE = 16384
"""People updated at once: so many sums stay in the cache, whatever the rule makes of them."""

Messages = namedtuple("Messages", "reads_weight reads_value good_weight good_value "
                                  "own_weight own_value owned decided_at")
"""What was read, in fixed point (n b,), lived (n,), owned (n,), and when people decided (n b,)."""

Beliefs = namedtuple("Beliefs", "belief confidence belief_without_bad_news belief_start own_gain")
"""Columns of the state, flat (n b,)."""

Updates = namedtuple("Updates", "belief confidence without start "
                                "weight value good_weight good_value")
"""What the belief rule gets of those who read or lived something (m,)."""


def belief(state, params, draws, step):
    """Update all beliefs, block by block: those who read or lived something, and those at rest."""
    rule = params.belief
    size = min(PEOPLE_AT_ONCE, state.n) * state.b
    rows = np.empty(size, np.int64)
    space = np.empty((len(Updates._fields), size))
    room = Updates(*space)
    shared = np.empty(size)
    n = np.zeros(1, np.int64)
    messages = Messages(*(getattr(state, name).ravel() for name in Messages._fields))
    columns = Beliefs(*(getattr(state, name).ravel() for name in Beliefs._fields))
    for start in range(0, columns.belief.size, size):
        stop = min(start + size, columns.belief.size)
        _gather(start, stop, state.b, step, messages, columns, rows, room, n)
        u = Updates(*space[:, : int(n[0])])
        rule.update(u.without, u.confidence, u.start, u.good_weight, u.good_value, u.without,
                    shared[: u.weight.size])
        rule.update(u.belief, u.confidence, u.start, u.weight, u.value, u.belief, u.confidence)
        rule.rest(columns.belief[start:stop], columns.confidence[start:stop],
                  columns.belief_start[start:stop])
        _write_back(rows[: u.weight.size], u.belief, u.confidence, u.without, columns.belief,
                    columns.confidence, columns.belief_without_bad_news)


# -- rules ----------------------------------------------------------------------------------------

@inlined
def sum_of_step(reads, own):
    """Reads, which are in fixed point, + own experience."""
    return from_fixed_point(reads) + own


@inlined
def gain_of_experience(own_weight, own_value, belief):
    """Pull of own experience on the belief: max(0, w x - w belief)."""
    return max(own_value - own_weight * belief, 0.0)


# -- kernels --------------------------------------------------------------------------------------

@inlined
def begin_anew(start, stop, decided_at, step, columns):
    """Let what is kept since the last decision begin anew for those who decided in this step."""
    belief = columns.belief
    without = columns.belief_without_bad_news
    first = columns.belief_start
    own_gain = columns.own_gain
    for j in range(start, stop):
        if decided_at[j] == step:
            without[j] = belief[j]
            first[j] = belief[j]
            own_gain[j] = 0.0


@kernel
def _gather(start, stop, brands, step, messages, columns, rows, updates, n):
    """Write the ``rows`` that read or lived something, their beliefs and sums, and their number."""
    # apply: reset by a decision
    begin_anew(start, stop, messages.decided_at, step, columns)
    # gather: who read or lived something
    own = messages.owned[start // brands : stop // brands]
    own_weight = messages.own_weight[start // brands : stop // brands]
    m = fill_rows(start, brands, messages.reads_weight[start:stop], own, own_weight, rows)
    # gather: what they believe
    take_beliefs(rows[:m], columns, updates)
    # apply: add up what they read and lived
    add_messages(rows[:m], brands, messages, columns, updates)
    n[0] = m


@inlined
def fill_rows(start, brands, reads_weight, own, own_weight, rows):
    """Write the rows of a block that read or lived something; return their number."""
    moved = np.empty(reads_weight.size, np.uint8)
    for b in range(brands):
        for k in range(own.size):    # no compaction here: the loop vectorises
            lived = (own_weight[k] > 0.0) & (own[k] == b)
            moved[k * brands + b] = lived | (reads_weight[k * brands + b] != 0)
    m = 0
    for k in range(moved.size):
        rows[m] = start + k
        m += moved[k]
    return m


@inlined
def take_beliefs(rows, columns, updates):
    """Write the beliefs of ``rows``."""
    belief = columns.belief
    confidence = columns.confidence
    without = columns.belief_without_bad_news
    start = columns.belief_start
    for k in range(rows.size):
        j = rows[k]
        updates.belief[k] = belief[j]
        updates.confidence[k] = confidence[j]
        updates.without[k] = without[j]
        updates.start[k] = start[j]


@inlined
def add_messages(rows, brands, messages, columns, updates):
    """Write the sums of reads and own experience of ``rows``, and add what the latter gained."""
    reads_weight = messages.reads_weight
    reads_value = messages.reads_value
    good_weight = messages.good_weight
    good_value = messages.good_value
    own_weight = messages.own_weight
    own_value = messages.own_value
    owned = messages.owned
    belief = columns.belief
    own_gain = columns.own_gain
    for k in range(rows.size):
        j = rows[k]
        i = j // brands if brands > 1 else j
        lived = np.float64((own_weight[i] > 0.0) & (owned[i] == j - i * brands))
        w = lived * own_weight[i]
        wx = lived * own_value[i]
        updates.weight[k] = sum_of_step(reads_weight[j], w)
        updates.value[k] = sum_of_step(reads_value[j], wx)
        updates.good_weight[k] = sum_of_step(good_weight[j], w)
        updates.good_value[k] = sum_of_step(good_value[j], wx)
        own_gain[j] += gain_of_experience(w, wx, belief[j])


@kernel
def _write_back(rows, new_belief, new_confidence, new_without, belief, confidence, without):
    """Write what the rule made of the beliefs of ``rows``."""
    for k in range(rows.size):
        j = rows[k]
        belief[j] = new_belief[k]
        confidence[j] = new_confidence[k]
        without[j] = new_without[k]
