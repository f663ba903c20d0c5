"""Sums: a reader counts a root once a step, and what he read adds up by person and brand.

    reads_weight  sum of w            good_weight  the same over reads at or above the belief
    reads_value   sum of w y          good_value   likewise
    reads_trigger sum over feed reads of strength max(0, 2 y - 1)
    reads_feed, reads_site  readings by brand

Sums are kept in 64-bit fixed point, so that any order gives the same bits.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import FEED
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK
from simulation.world.state import FIXED_ONE

Sums = namedtuple("Sums", "weight value good_weight good_value trigger")


def sums_of(state) -> Sums:
    """Return the columns (n, b) in which readings add up."""
    return Sums(state.reads_weight, state.reads_value, state.good_weight, state.good_value, state.reads_trigger)


def forget(state) -> None:
    """Set what was read in the step before back to 0: of its readers, or of everybody where that is quicker."""
    readers = state.ledger.reads["reader"][state.first_read:]
    everybody = readers.size >= state.n // 16 or readers.size < state.reads_feed.sum() + state.reads_site.sum()
    for column in sums_of(state):
        column[slice(None) if everybody else readers] = 0
    state.reads_feed[:], state.reads_site[:] = 0, 0


def count_once(state, sure) -> None:
    """Keep of every root that a reader met several times the heaviest reading; rows below ``sure`` are no doubles."""
    reads, n = state.ledger.reads, np.zeros(1, np.int64)
    _count_once(state.first_read, sure, reads.n, reads.arrays, state.ledger.posts.arrays, state.newest_read, n)
    reads.n = int(n[0])


def add_up(state) -> None:
    """Add this step's readings to the sums, and count the readers of each review."""
    reads, posts = state.ledger.reads, state.ledger.posts.arrays
    _add_up(state.first_read, reads.n, reads.arrays, posts, state.b, state.belief.ravel(),
            Sums(*(column.ravel() for column in sums_of(state))))
    _count_readers(state.first_read, reads.n, reads.arrays, posts, state.reads_feed, state.reads_site)


@kernel
def _count_once(start, sure, stop, reads, posts, newest, n):
    k = start
    for c in range(start, stop):
        v, p, w = reads.reader[c], reads.post[c], reads.weight[c]
        r = newest[v]
        if c >= sure or posts.generation[p] > 0:    # an original read along the ties is the first of its root
            while r >= start and posts.root[reads.post[r]] != posts.root[p]:
                r = reads.previous[r]
        else:
            r = -1
        row = k
        if r >= start:
            row = r
            held = reads.weight[r]
            if not (w > held or (w == held and posts.key[p] < posts.key[reads.post[r]])):
                continue
        else:
            reads.previous[k] = newest[v]
            newest[v] = k
            k += 1
        if row != c:
            reads.reader[row], reads.post[row] = v, p
            reads.step[row], reads.channel[row] = reads.step[c], reads.channel[c]
            reads.strength[row], reads.weight[row], reads.gain[row] = reads.strength[c], w, reads.gain[c]
    n[0] = k


@kernel
def _add_up(first, stop, reads, posts, brands, belief, sums):
    reader, post, w, channel, strength = reads.reader, reads.post, reads.weight, reads.channel, reads.strength
    brand, valence = posts.brand, posts.valence
    rows, urged, good = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    heard, felt, urge = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    for start in range(first, stop, BLOCK):
        m, some = min(BLOCK, stop - start), 0
        for c in range(m):
            r, p = start + c, post[start + c]
            y, rows[c] = valence[p], reader[r] * brands + brand[p]
            heard[c], felt[c] = np.int64(round(w[r] * FIXED_ONE)), np.int64(round(w[r] * y * FIXED_ONE))
            good[c] = y >= belief[rows[c]]
            urge[some], urged[some] = np.int64(round(strength[r] * (2.0 * y - 1.0) * FIXED_ONE)), rows[c]
            some += (channel[r] == FEED) & (y > 0.5)
        add(m, rows, heard, sums.weight)
        add(m, rows, felt, sums.value)
        for c in range(m):
            heard[c], felt[c] = heard[c] * good[c], felt[c] * good[c]
        add(m, rows, heard, sums.good_weight)
        add(m, rows, felt, sums.good_value)
        add(some, urged, urge, sums.trigger)


@inlined
def add(m, rows, amounts, column):
    """Add ``m`` amounts to the rows of a column: nothing but sums, those that miss the cache are under way at once."""
    for c in range(m):
        column[rows[c]] += amounts[c]


@kernel
def _count_readers(first, stop, reads, posts, reads_feed, reads_site):
    for r in range(first, stop):
        p = reads.post[r]
        posts.readers[posts.root[p]] += 1
        on_feed = reads.channel[r] == FEED
        reads_feed[posts.brand[p]] += on_feed
        reads_site[posts.brand[p]] += not on_feed
