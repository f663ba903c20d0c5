"""Feed by post: each new post is offered to the followers of who posted it.

    probability that a follower v of u reads the post = attention * visibility(u, v)

Authors never read their own posts.  Pairs of a follower and a post are looked at in batches,
whatever the number of followers of a post: the draws of a batch are made at once, and those who
read are kept branch-free.

Draws   FEED_READ (reader, post key), NOTICE
Twin    tests/reference/reading.py: feed_reads
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Channel
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_pairs
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.weight import (
    ExposureDraws,
    new_candidates,
    reading_rule,
    weighing_people,
)

FEED = int(Channel.FEED)

FeedTies = namedtuple("FeedTies", "offsets targets kind by_kind strength visibility")
"""Ties of the feed; strength and visibility are by kind where ``by_kind``, else by tie."""


def feed_ties(state, draws, step) -> list[FeedTies]:
    """Return all ties that carry posts: the network's, those a brand introduced, and meetings."""
    ties = [FeedTies(t.offsets, t.targets, t.kind, t.by_kind, t.strength_of, t.visibility_of)
            for t in (state.ties, state.added) if len(t)]
    partners = state.meetings.partners(state.ties.community, draws, step)
    if partners.shape[1]:
        ties.append(FeedTies(np.arange(state.n + 1, dtype=np.int64) * partners.shape[1],
                             partners.ravel(),
                             np.broadcast_to(np.int8(0), partners.size), True,
                             np.broadcast_to(np.float32(state.meetings.strength), 1),
                             np.broadcast_to(np.float32(1.0), 1)))
    return ties


def feed_draws(draws, step) -> ExposureDraws:
    """Return the address of the draws of the feed."""
    return ExposureDraws(draws.seed, int(Stream.FEED_READ), int(Stream.NOTICE), step)


def push_feed(state, params, ties: list[FeedTies], draws, step) -> int:
    """Append all feed readings, a root possibly several times.

    Return the row up to which originals are unique.
    """
    reads = state.ledger.reads
    posts = state.ledger.posts
    unique_until = None
    if posts.n == state.first_post or params.feed.attention == 0.0:
        return reads.n
    sharers = posts["sharer"][state.first_post:]
    people = weighing_people(state)
    rule = reading_rule(params)
    for some in ties:
        reads.reserve(int((some.offsets[sharers + 1] - some.offsets[sharers]).sum()))
        n = np.array([reads.n])
        _push(state.first_post, posts.n, posts.arrays, some, params.feed.attention,
              feed_draws(draws, step), people, rule, reads.arrays, n)
        reads.n = int(n[0])
        if unique_until is None:        # people tied twice may read the same post twice
            unique_until = reads.n
    return reads.n if unique_until is None else unique_until


# -- rules ----------------------------------------------------------------------------------------

@inlined
def reading_probability(attention, visibility):
    """Attention visibility."""
    return attention * visibility


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _push(first, stop, posts, ties, attention, draws, people, rule, out, n):
    """Read the posts first .. stop along ``ties``; ``n`` (1,) counts the rows filled in ``out``."""
    candidates = new_candidates()
    reader = candidates.reader
    post = candidates.post
    edge = candidates.edge
    key = np.empty(BATCH, np.uint64)
    probability = np.empty(BATCH)
    u = np.empty(BATCH)
    offsets = ties.offsets
    targets = ties.targets
    kind = ties.kind
    visibility = ties.visibility
    k = n[0]
    m = 0
    for p in range(first, stop):
        author = posts.author[p]
        post_key = posts.key[p]
        sharer = posts.sharer[p]
        for e in range(offsets[sharer], offsets[sharer + 1]):
            if targets[e] < 0 or targets[e] == author:
                continue
            # gather
            reader[m] = targets[e]
            post[m] = p
            key[m] = post_key
            edge[m] = np.int64(kind[e]) if ties.by_kind else e
            probability[m] = reading_probability(attention, np.float64(visibility[edge[m]]))
            m += 1
            if m == BATCH:
                # draw, apply, write
                m = keep_successes(m, candidates, key, probability, draws, u)
                k = write_readings(m, candidates, ties.strength, FEED, posts, draws, people, rule,
                                   k, out)
                m = 0
    m = keep_successes(m, candidates, key, probability, draws, u)
    n[0] = write_readings(m, candidates, ties.strength, FEED, posts, draws, people, rule, k, out)


@kernel
def keep_successes(m, candidates, key, probability, draws, u):
    """Move the candidates with a draw below their probability to the front; return their number."""
    reader = candidates.reader
    post = candidates.post
    edge = candidates.edge
    # draw
    fill_pairs(draws.seed, draws.choose, reader[:m], key[:m], u)
    # write, branch-free
    kept = 0
    for j in range(m):
        reader[kept] = reader[j]
        post[kept] = post[j]
        edge[kept] = edge[j]
        kept += u[j] < probability[j]
    return kept
