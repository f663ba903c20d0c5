"""Feed: a post by u reaches each follower v with probability attention * visibility(u, v).

Pairs of a follower and a post are looked at in blocks, whatever the number of followers of a post: their luck is
drawn at once, and who does not read costs no jump.

Draws   FEED_READ (reader, post key), NOTICE
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import FEED
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_pairs
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.weight import ExposureDraws, authors_of, readers_of

FeedTies = namedtuple("FeedTies", "offsets targets kind by_kind strength visibility")
"""Ties of the feed; strength and visibility are those of each kind where ``by_kind``, else of each tie."""


def feed_ties_of(state, draws, step) -> list[FeedTies]:
    """Return all links that carry posts in this step: the ties, those a brand introduced, and meetings."""
    links = [FeedTies(t.offsets, t.targets, t.kind, t.by_kind, t.strength_of, t.visibility_of)
             for t in (state.ties, state.added) if len(t)]
    partners = state.meetings.partners(state.ties.community, draws, step)
    if partners.shape[1]:
        links.append(FeedTies(np.arange(state.n + 1, dtype=np.int64) * partners.shape[1], partners.ravel(),
                           np.broadcast_to(np.int8(0), partners.size), True,
                           np.broadcast_to(np.float32(state.meetings.strength), 1),
                           np.broadcast_to(np.float32(1.0), 1)))
    return links


def read_feed(state, params, links, draws, step) -> int:
    """Append all feed readings, a root possibly several times; return the row up to which only re-shares can repeat."""
    reads, posts, n, sure = state.ledger.reads, state.ledger.posts, np.zeros(1, np.int64), None
    if posts.n == state.first_post or params.feed.attention == 0.0:
        return reads.n
    sharers = posts["sharer"][state.first_post:]
    for some in links:
        reads.reserve(int((some.offsets[sharers + 1] - some.offsets[sharers]).sum()))
        _feed(state.first_post, posts.n, posts.arrays, some, params.feed.attention,
              ExposureDraws(draws.seed, int(Stream.FEED_READ), int(Stream.NOTICE), step), readers_of(state, params),
              authors_of(state, params), reads.n, reads.arrays, n)
        reads.n = int(n[0])
        sure = reads.n if sure is None else sure    # who is tied twice may read the same post twice
    return reads.n if sure is None else sure


@kernel
def _feed(first, stop, posts, links, attention, luck, reader, author, start, out, n):
    k, m = start, 0
    who, of, along = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    keys, drawn, limit = np.empty(BLOCK, np.uint64), np.empty(BLOCK), np.empty(BLOCK)
    offsets, targets, kind, by_kind = links.offsets, links.targets, links.kind, links.by_kind
    visibility = links.visibility
    for p in range(first, stop):
        a, key = posts.author[p], posts.key[p]
        for e in range(offsets[posts.sharer[p]], offsets[posts.sharer[p] + 1]):
            if targets[e] < 0 or targets[e] == a:
                continue
            who[m], of[m], keys[m] = targets[e], p, key
            along[m] = np.int64(kind[e]) if by_kind else e
            limit[m] = attention * np.float64(visibility[along[m]])
            m += 1
            if m == BLOCK:
                m = keep_successes(limit, keys, who, of, along, luck, m, drawn)
                k = write_readings(m, who, of, along, links.strength, FEED, posts, luck, reader, author, k, out)
                m = 0
    m = keep_successes(limit, keys, who, of, along, luck, m, drawn)
    n[0] = write_readings(m, who, of, along, links.strength, FEED, posts, luck, reader, author, k, out)


@kernel
def keep_successes(limit, keys, who, of, along, luck, m, drawn):
    """Move the pairs whose luck lies below their limit to the front of all three arrays; return their number."""
    fill_pairs(luck.seed, luck.choose, who[:m], keys[:m], drawn)
    kept = 0
    for j in range(m):
        who[kept], of[kept], along[kept] = who[j], of[j], along[j]
        kept += drawn[j] < limit[j]
    return kept
