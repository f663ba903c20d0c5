"""Sums: a reader counts a root once a step, and what they read adds up by person and brand.

    reads_weight  sum of w            good_weight  the same over reads at or above the belief
    reads_value   sum of w y          good_value   likewise
    reads_trigger sum over feed reads of strength max(0, 2 y - 1)
    reads_feed, reads_site  readings by brand

Of several readings of one root the heaviest counts; among equals that of the smallest post key.
Sums are kept in 64-bit fixed point, so that any order gives the same bits.

Draws   none
Twin    tests/reference/reading.py: count_once, add_up
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Channel
from simulation.numerics.fixed_point import fixed_point
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH

FEED = int(Channel.FEED)

Sums = namedtuple("Sums", "weight value good_weight good_value trigger")


def read_sums(state) -> Sums:
    """Return the columns (n, b) in which readings add up."""
    return Sums(state.reads_weight, state.reads_value, state.good_weight, state.good_value,
                state.reads_trigger)


def forget(state) -> None:
    """Reset the sums of the step before: of its readers, or of everybody if that is quicker."""
    readers = state.ledger.reads["reader"][state.first_read:]
    without_row = state.reads_feed.sum() + state.reads_site.sum() > readers.size
    everybody = without_row or readers.size >= state.n // 16
    for column in read_sums(state):
        column[slice(None) if everybody else readers] = 0
    state.reads_feed[:] = 0
    state.reads_site[:] = 0


def count_once(state, unique_until) -> None:
    """Keep the heaviest reading of a reader and root; originals before
    ``unique_until`` are single.
    """
    reads = state.ledger.reads
    n = np.zeros(1, np.int64)
    _count_once(state.first_read, unique_until, reads.n, reads.arrays, state.ledger.posts.arrays,
                state.newest_read, n)
    reads.n = int(n[0])


def add_up(state) -> None:
    """Add this step's readings to the sums, and count the readers of each review."""
    reads = state.ledger.reads
    sums = Sums(*(column.ravel() for column in read_sums(state)))
    _add_up(state.first_read, reads.n, reads.arrays, state.ledger.posts.arrays,
            state.belief.ravel(), sums, state.reads_feed, state.reads_site)


# -- rules ----------------------------------------------------------------------------------------

@inlined
def outweighs(weight, key, other_weight, other_key):
    """Order readings of a root: the heavier counts, among equals that of the smaller post key."""
    return weight > other_weight or (weight == other_weight and key < other_key)


@inlined
def is_good(valence, belief):
    """No bad news: y >= belief."""
    return valence >= belief


@inlined
def reminder(strength, valence):
    """Trigger of a feed reading: strength max(0, 2 y - 1)."""
    return strength * max(0.0, 2.0 * valence - 1.0)


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _count_once(start, unique_until, stop, reads, posts, newest, n):
    """Compact the rows start .. stop, and chain them to the earlier readings of their readers."""
    k = start
    for c in range(start, stop):
        v = reads.reader[c]
        p = reads.post[c]
        # gather: an earlier reading of the same root in this step, or a row before start
        r = -1
        if c >= unique_until or posts.generation[p] > 0:
            r = newest[v]
            while r >= start and posts.root[reads.post[r]] != posts.root[p]:
                r = reads.previous[r]
        # apply: a new root gets a row of its own, a heavier reading the row of the lighter one
        row = k
        if r >= start:
            row = r
            held_key = posts.key[reads.post[r]]
            if not outweighs(reads.weight[c], posts.key[p], reads.weight[r], held_key):
                continue
        else:
            reads.previous[k] = newest[v]
            newest[v] = k
            k += 1
        # write
        if row != c:
            reads.reader[row] = v
            reads.post[row] = p
            reads.step[row] = reads.step[c]
            reads.channel[row] = reads.channel[c]
            reads.strength[row] = reads.strength[c]
            reads.weight[row] = reads.weight[c]
            reads.gain[row] = reads.gain[c]
    n[0] = k


@kernel
def _add_up(first, stop, reads, posts, belief, sums, reads_feed, reads_site):
    """Add the readings first .. stop to flat sums (n b,), a batch to one sum after another."""
    count_readers(first, stop, reads, posts, reads_feed, reads_site)
    brands = reads_feed.size
    reader = reads.reader
    post = reads.post
    place = np.empty(BATCH, np.int64)
    reminded = np.empty(BATCH, np.int64)
    weight = np.empty(BATCH, np.int64)
    value = np.empty(BATCH, np.int64)
    good = np.empty(BATCH, np.int64)
    trigger = np.empty(BATCH, np.int64)
    for start in range(first, stop, BATCH):
        m = min(BATCH, stop - start)
        reminders = 0
        for c in range(m):
            # gather
            r = start + c
            p = post[r]
            y = posts.valence[p]
            w = reads.weight[r]
            place[c] = reader[r] * brands + posts.brand[p]
            # apply; reminders are compacted branch-free
            weight[c] = fixed_point(w)
            value[c] = fixed_point(w * y)
            good[c] = is_good(y, belief[place[c]])
            trigger[reminders] = fixed_point(reminder(reads.strength[r], y))
            reminded[reminders] = place[c]
            reminders += (reads.channel[r] == FEED) & (y > 0.5)
        # write
        add(m, place, weight, sums.weight)
        add(m, place, value, sums.value)
        for c in range(m):
            weight[c] *= good[c]
            value[c] *= good[c]
        add(m, place, weight, sums.good_weight)
        add(m, place, value, sums.good_value)
        add(reminders, reminded, trigger, sums.trigger)


@inlined
def add(m, place, amounts, column):
    """Add ``m`` amounts to a column: nothing but sums, so that misses of the cache overlap."""
    for c in range(m):
        column[place[c]] += amounts[c]


@inlined
def count_readers(first, stop, reads, posts, reads_feed, reads_site):
    """Count the readers of each review, and the readings of each brand by channel."""
    for r in range(first, stop):
        p = reads.post[r]
        posts.readers[posts.root[p]] += 1
        on_feed = reads.channel[r] == FEED
        reads_feed[posts.brand[p]] += on_feed
        reads_site[posts.brand[p]] += not on_feed
