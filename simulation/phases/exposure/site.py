"""Site: a person who considers a brand reads ``site.reads`` of its newest ``site.memory`` originals.

    choice  recent: in an order of his own; helpful: the most credible and extreme; random: of all originals
    vote    a reader on the site finds a review helpful with probability helpful_votes * credibility

Draws   SITE_ORDER, NOTICE, HELPFUL (reader, root key)
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import SITE
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_pairs, fill_uniforms_of_reader
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.weight import ExposureDraws, authors_of, credibilities, readers_of

TAKEN = np.iinfo(np.int64).max
"""Stands instead of a draw where a review is out of the question: above all draws."""


def read_site(state, params, draws, step) -> None:
    """Append all site readings."""
    reads, posts, site, n = state.ledger.reads, state.ledger.posts, params.site, np.zeros(1, np.int64)
    for b in range(state.b):
        people = rows_where(state.considering[:, b] > 0)
        shown = state.site[b] if site.choice != "random" else all_originals(state, b)
        if people.size == 0 or shown.size == 0 or site.reads == 0:
            continue
        reads.reserve(people.size * site.reads)
        authors = authors_of(state, params)
        shown, tiers = in_tiers(posts, shown, authors, site.choice == "helpful")
        _site(people, shown, tiers, posts["key"][shown], posts["author"][shown], site.reads, np.full(1, site.strength),
              posts.arrays, ExposureDraws(draws.seed, int(Stream.SITE_ORDER), int(Stream.NOTICE), step),
              readers_of(state, params), authors, reads.n, reads.arrays, n)
        reads.n = int(n[0])


def all_originals(state, b) -> np.ndarray:
    """Return the rows of all reviews of a brand so far."""
    posts = state.ledger.posts
    return np.flatnonzero((posts["brand"] == b) & (posts["generation"] == 0))


def in_tiers(posts, shown, author, by_rank: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the reviews (s,) tier by tier, the first read first, and where tiers begin and end; luck decides within.

    The most helpful first if ``by_rank``, else all are one tier.
    """
    if not by_rank:
        return shown, np.array([0, shown.size])
    credibility = credibilities(author, posts["author"][shown])
    rank = -credibility * (1.0 + np.abs(2.0 * posts["valence"][shown] - 1.0)) - posts["helpful"][shown]
    order = np.argsort(rank, kind="stable")
    return shown[order], np.append(np.flatnonzero(np.diff(rank[order], prepend=-np.inf)), shown.size)


def vote(state, params, draws) -> None:
    """Let readers on the site vote reviews helpful."""
    reads, posts, r = state.ledger.reads, state.ledger.posts, params.reading
    _vote(state.first_read, reads.n, reads.arrays, posts.arrays, state.expertise, np.float32(r.credibility_floor),
          np.float32(r.credibility_expertise), np.float32(params.site.helpful_votes), draws.seed, int(Stream.HELPFUL))


@kernel
def _vote(first, stop, reads, posts, expertise, floor, slope, votes, seed, stream):
    channel, reader, post = reads.channel, reads.reader, reads.post
    root, key, author, helpful = posts.root, posts.key, posts.author, posts.helpful
    who, of = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    keys, drawn = np.empty(BLOCK, np.uint64), np.empty(BLOCK)
    for start in range(first, stop, BLOCK):
        m = 0
        for r in range(start, min(start + BLOCK, stop)):
            if channel[r] == SITE:
                p = root[post[r]]
                who[m], of[m], keys[m] = reader[r], p, key[p]
                m += 1
        fill_pairs(seed, stream, who[:m], keys[:m], drawn)
        for j in range(m):
            p = of[j]
            helpful[p] += drawn[j] < votes * (floor + slope * expertise[author[p]])


@kernel
def _site(people, shown, tiers, keys, authors, wanted, strength, posts, luck, reader, author, start, out, n):
    k, m, chosen, drawn = start, 0, np.empty(wanted, np.int64), np.empty(shown.size)
    who, of, along = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    for v in people:
        fill_uniforms_of_reader(luck.seed, luck.choose, v, keys, drawn)
        for c in range(choose(v, authors, tiers, drawn.view(np.int64), chosen)):
            who[m], of[m] = v, shown[chosen[c]]
            m += 1
            if m == BLOCK:
                k = write_readings(m, who, of, along, strength, SITE, posts, luck, reader, author, k, out)
                m = 0
    n[0] = write_readings(m, who, of, along, strength, SITE, posts, luck, reader, author, k, out)


@kernel
def choose(v, authors, tiers, drawn, chosen):
    """Write the places of the reviews that ``v`` reads, lowest (tier, draw) first; return their number.

    ``drawn`` (s,) are the bits of the draws, which stand in the same order as the draws themselves: the lowest of some
    whole numbers is found without a jump.  They are used up.
    """
    n = 0
    for j in range(authors.size):
        drawn[j] = TAKEN if authors[j] == v else drawn[j]
    for t in range(tiers.size - 1):
        while n < chosen.size:
            low, j = TAKEN, tiers[t]
            for i in range(tiers[t], tiers[t + 1]):
                low = min(low, drawn[i])
            if low == TAKEN:
                break
            while drawn[j] != low:
                j += 1
            chosen[n], drawn[j] = j, TAKEN
            n += 1
    return n
