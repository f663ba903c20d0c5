"""Site: people who consider a brand read ``site.reads`` of its newest ``site.memory`` originals.

    choice  recent: in an order of their own; helpful: the most credible and extreme;
            random: of all originals
    rank    credibility (1 + |2 y - 1|) + helpful votes; the highest first if the choice is helpful
    vote    a reader on the site finds a review helpful with probability helpful_votes * credibility

Draws   SITE_ORDER, HELPFUL (reader, root key), NOTICE
Twin    tests/reference/reading.py: site_reads, vote
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Channel
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_pairs, fill_uniforms_of_reader
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.weight import (
    ExposureDraws,
    author_credibilities,
    credibility,
    new_candidates,
    reading_rule,
    weighing_people,
)

SITE = int(Channel.SITE)

TAKEN = np.iinfo(np.int64).max
"""Stands instead of a draw where a review is out of the question: above all draws."""

SiteReviews = namedtuple("SiteReviews", "post key author tiers")
"""Reviews shown (s,), the first tier read first; tiers begin and end at ``tiers`` (t + 1,)."""

VoteRule = namedtuple("VoteRule", "helpful_votes floor slope")
VoteDraws = namedtuple("VoteDraws", "seed helpful")


def read_site(state, params, draws, step) -> None:
    """Append all site readings."""
    reads = state.ledger.reads
    site = params.site
    for b in range(state.b):
        readers = rows_where(state.considering[:, b] > 0)
        shown = state.site[b] if site.choice != "random" else all_originals(state, b)
        if readers.size == 0 or shown.size == 0 or site.reads == 0:
            continue
        reads.reserve(readers.size * site.reads)
        n = np.array([reads.n])
        reviews = show_reviews(state, params, shown)
        address = ExposureDraws(draws.seed, int(Stream.SITE_ORDER), int(Stream.NOTICE), step)
        _read_site(readers, reviews, site.reads, np.array([site.strength]),
                   state.ledger.posts.arrays, address, weighing_people(state), reading_rule(params),
                   reads.arrays, n)
        reads.n = int(n[0])


def all_originals(state, b) -> np.ndarray:
    """Return the rows of all reviews of a brand so far."""
    posts = state.ledger.posts
    return np.flatnonzero((posts["brand"] == b) & (posts["generation"] == 0))


def show_reviews(state, params, shown: np.ndarray) -> SiteReviews:
    """Return the reviews ``shown`` (s,), by rank if the choice is helpful, else in one tier."""
    posts = state.ledger.posts
    tiers = np.array([0, shown.size])
    if params.site.choice == "helpful":
        credibilities = author_credibilities(state, params, posts["author"][shown])
        order = -site_rank(credibilities, posts["valence"][shown], posts["helpful"][shown])
        sorted_ = np.argsort(order, kind="stable")
        tiers = np.append(np.flatnonzero(np.diff(order[sorted_], prepend=-np.inf)), shown.size)
        shown = shown[sorted_]
    return SiteReviews(shown, posts["key"][shown], posts["author"][shown], tiers)


def vote(state, params, draws) -> None:
    """Let readers on the site vote reviews helpful."""
    reads = state.ledger.reads
    r = params.reading
    rule = VoteRule(np.float32(params.site.helpful_votes), np.float32(r.credibility_floor),
                    np.float32(r.credibility_expertise))
    _vote(state.first_read, reads.n, reads.arrays, state.ledger.posts.arrays, state.expertise, rule,
          VoteDraws(draws.seed, int(Stream.HELPFUL)))


# -- rules ----------------------------------------------------------------------------------------

def site_rank(credibility, valence, helpful):
    """Credibility (1 + |2 y - 1|) + helpful votes, of arrays (s,)."""
    return credibility * (1.0 + np.abs(2.0 * valence - 1.0)) + helpful


@inlined
def helpful_probability(helpful_votes, credibility):
    """helpful_votes credibility."""
    return helpful_votes * credibility


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _read_site(readers, reviews, wanted, strength, posts, draws, people, rule, out, n):
    """Let ``readers`` read ``wanted`` reviews each; ``n`` (1,) counts the rows filled."""
    candidates = new_candidates()
    reader = candidates.reader
    post = candidates.post
    chosen = np.empty(wanted, np.int64)
    u = np.empty(reviews.post.size)
    bits = u.view(np.int64)
    shown = reviews.post
    key = reviews.key
    author = reviews.author
    tiers = reviews.tiers
    k = n[0]
    m = 0
    for v in readers:
        # draw
        fill_uniforms_of_reader(draws.seed, draws.choose, v, key, u)
        for c in range(choose(v, author, tiers, bits, chosen)):
            # gather
            reader[m] = v
            post[m] = shown[chosen[c]]
            m += 1
            if m == BATCH:
                # apply, write
                k = write_readings(m, candidates, strength, SITE, posts, draws, people, rule,
                                   k, out)
                m = 0
    n[0] = write_readings(m, candidates, strength, SITE, posts, draws, people, rule, k, out)


@kernel
def choose(v, author, tiers, bits, chosen):
    """Write the places of the reviews ``v`` reads, lowest (tier, draw) first; return their number.

    ``bits`` (s,) are those of the draws, as whole numbers in the same order: the lowest of some
    whole numbers is found branch-free.  They are used up.
    """
    n = 0
    for j in range(author.size):
        bits[j] = TAKEN if author[j] == v else bits[j]
    for t in range(tiers.size - 1):
        while n < chosen.size:
            low = TAKEN
            for i in range(tiers[t], tiers[t + 1]):
                low = min(low, bits[i])
            if low == TAKEN:
                break
            j = tiers[t]
            while bits[j] != low:
                j += 1
            chosen[n] = j
            bits[j] = TAKEN
            n += 1
    return n


@kernel
def _vote(first, stop, reads, posts, expertise, rule, draws):
    """Add helpful votes for the readings first .. stop."""
    root_key = posts.key
    author = posts.author
    reader = np.empty(BATCH, np.int64)
    root = np.empty(BATCH, np.int64)
    key = np.empty(BATCH, np.uint64)
    u = np.empty(BATCH)
    for start in range(first, stop, BATCH):
        # gather
        m = 0
        for r in range(start, min(start + BATCH, stop)):
            if reads.channel[r] == SITE:
                p = posts.root[reads.post[r]]
                reader[m] = reads.reader[r]
                root[m] = p
                key[m] = root_key[p]
                m += 1
        # draw
        fill_pairs(draws.seed, draws.helpful, reader[:m], key[:m], u)
        # apply, write
        for j in range(m):
            p = root[j]
            believed = credibility(rule.floor, rule.slope, expertise[author[p]])
            posts.helpful[p] += u[j] < helpful_probability(rule.helpful_votes, believed)
