"""Feed by reader: where most people post, readers go through the posts of those they follow.

The same readings as in ``feed_push``, by the same draws, and the same sums.  By post, every reading
falls on another person: with about as many readings as ties that is a miss of the cache per sum.
By reader, they all fall on one person, and it is the posts that are fetched, each of them half a
line of the cache.

Readings leave rows only where they are looked up one by one later: those of people who consider
(the site may show them the same review) and of employees (who relay).  So this way is open where
the ledger is off and nobody passes anything on.

Draws   FEED_READ (reader, post key), NOTICE
Twin    tests/reference/reading.py: feed_reads
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.fixed_point import fixed_point
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BATCH
from simulation.phases.exposure.feed_push import (
    FEED,
    feed_draws,
    keep_successes,
    reading_probability,
)
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.sums import is_good, read_sums, reminder
from simulation.phases.exposure.weight import (
    author_credibilities,
    new_candidates,
    reading_rule,
    review_weight,
    weighing_people,
)

PULL_THRESHOLD = 0.25
"""Share of ties along which a post is offered, from which on this way is quicker; measured."""

PackedPosts = namedtuple("PackedPosts", "brand rows as_uint64 as_float64 row_of")
"""What a reader has to know of a brand's posts, 32 bytes each.

``as_uint64`` (p, 4) are the key, two numbers, and how many have read it.  The two are valence and
credibility: ``as_float64`` (p, 4) are the same bytes.  ``rows`` (p,) are the rows of the posts in
the ledger, ``row_of`` (n,) is the packed post of each person or -1.
"""

FeedInTies = namedtuple("FeedInTies", "offsets sources strength probability")
"""In-ties by reader; strength (1,) and the probability to read are the same along all of them."""


def uses_pull(state, params, ties) -> bool:
    """Tell whether the feed of this step is to be worked through by reader."""
    sharers = state.ledger.posts["sharer"][state.first_post:]
    offsets = state.ties.offsets
    if state.ledger.level != "none" or params.feed.reshare > 0:
        return False
    if len(state.ties) == 0 or len(ties) != 1 or ties[0].strength.size > 1:
        return False        # several sorts of ties may carry the same review to the same reader
    if any(motive.discount > 0 for motive in params.motives.values()):
        return False        # whether a motive is noticed depends on reader and review
    offered = (offsets[sharers + 1] - offsets[sharers]).sum()
    return offered > PULL_THRESHOLD * len(state.ties)


def pull_feed(state, params, ties, draws, step) -> None:
    """Add up the feed readings of this step, and append those that are looked up one by one."""
    reads = state.ledger.reads
    posts = state.ledger.posts
    needs_row = (state.considering.max(axis=1) > 0) | (state.employer >= 0)
    reads.reserve(int(np.diff(state.ties.in_offsets)[needs_row].sum()) * state.b)
    visibility = np.float64(ties.visibility[0])
    probability = reading_probability.function(params.feed.attention, visibility)
    in_ties = FeedInTies(state.ties.in_offsets, state.ties.in_sources, ties.strength, probability)
    people = weighing_people(state)
    rule = reading_rule(params)
    for b in range(state.b):
        packed = pack_posts(state, params, b)
        if packed.rows.size == 0:
            continue
        n = np.array([reads.n])
        _pull(packed, in_ties, needs_row, posts.arrays, feed_draws(draws, step), people, rule,
              read_sums(state), reads.arrays, n)
        reads.n = int(n[0])
        times_read = packed.as_uint64[:, 3]
        posts["readers"][packed.rows] += times_read.astype(np.int32)
        state.reads_feed[b] += times_read.sum()


def pack_posts(state, params, brand: int) -> PackedPosts:
    """Return what readers have to know of this step's posts about a brand."""
    posts = state.ledger.posts
    rows = state.first_post + np.flatnonzero(posts["brand"][state.first_post:] == brand)
    row_of = np.full(state.n, -1, np.int32)
    row_of[posts["sharer"][rows]] = np.arange(rows.size)
    as_uint64 = np.zeros((rows.size, 4), np.uint64)
    as_float64 = as_uint64.view(np.float64)
    as_uint64[:, 0] = posts["key"][rows]
    as_float64[:, 1] = posts["valence"][rows]
    as_float64[:, 2] = author_credibilities(state, params, posts["author"][rows])
    return PackedPosts(brand, rows, as_uint64, as_float64, row_of)


# -- kernels (the rules are those of feed_push, weight and sums) ----------------------------------

@kernel
def _pull(packed, ties, needs_row, posts, draws, people, rule, sums, out, n):
    """Read packed posts along in-ties; ``n`` (1,) is the number of rows filled in ``out``."""
    candidates = new_candidates()
    reader = candidates.reader
    post = candidates.post
    key = np.empty(BATCH, np.uint64)
    probability = np.full(BATCH, ties.probability)
    u = np.empty(BATCH)
    offsets = ties.offsets
    sources = ties.sources
    row_of = packed.row_of
    as_uint64 = packed.as_uint64
    k = n[0]
    m = 0
    for v in range(needs_row.size):
        for e in range(offsets[v], offsets[v + 1]):
            # gather, branch-free: a source without a post is overwritten by the next
            p = row_of[sources[e]]
            reader[m] = v
            post[m] = p
            key[m] = as_uint64[max(p, 0), 0]
            m += p >= 0
            if m == BATCH:
                # draw, apply, write
                m = keep_successes(m, candidates, key, probability, draws, u)
                add_readings(m, candidates, needs_row, packed, ties.strength[0], people, rule, sums)
                m = keep_rows(m, candidates, needs_row, packed.rows)
                k = write_readings(m, candidates, ties.strength, FEED, posts, draws, people, rule,
                                   k, out)
                m = 0
    m = keep_successes(m, candidates, key, probability, draws, u)
    add_readings(m, candidates, needs_row, packed, ties.strength[0], people, rule, sums)
    m = keep_rows(m, candidates, needs_row, packed.rows)
    n[0] = write_readings(m, candidates, ties.strength, FEED, posts, draws, people, rule, k, out)


@kernel
def keep_rows(m, candidates, needs_row, rows):
    """Move the readings that need rows to the front, with the posts' rows; return their number."""
    reader = candidates.reader
    post = candidates.post
    kept = 0
    for j in range(m):
        reader[kept] = reader[j]
        post[kept] = rows[post[j]]
        kept += needs_row[reader[j]]
    return kept


@kernel
def add_readings(m, candidates, needs_row, packed, strength, people, rule, sums):
    """Add the readings that need no rows, reader by reader: the sums of one stay in registers."""
    reader = candidates.reader
    post = candidates.post
    as_uint64 = packed.as_uint64
    as_float64 = packed.as_float64
    b = packed.brand
    base = rule.evidence * np.float64(strength)
    stop = 0
    while stop < m:
        # gather: the readings start .. stop are those of reader v
        start = stop
        v = reader[start]
        while stop < m and reader[stop] == v:
            stop += 1
        if needs_row[v]:
            continue
        belief = people.belief[v, b]
        susceptibility = people.susceptibility[v]
        weight, value, good_weight, good_value, trigger = 0, 0, 0, 0, 0
        # apply
        for j in range(start, stop):
            p = post[j]
            y = as_float64[p, 1]
            w = review_weight(base, as_float64[p, 2], susceptibility, y, belief, rule.negativity,
                              rule.reach)
            good = is_good(y, belief)
            weight += fixed_point(w)
            value += fixed_point(w * y)
            good_weight += fixed_point(w) * good
            good_value += fixed_point(w * y) * good
            trigger += fixed_point(reminder(strength, y))
            as_uint64[p, 3] += np.uint64(1)
        # write
        sums.weight[v, b] += weight
        sums.value[v, b] += value
        sums.good_weight[v, b] += good_weight
        sums.good_value[v, b] += good_value
        sums.trigger[v, b] += trigger
