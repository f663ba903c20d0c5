"""Gathered: the feed worked through by reader instead of by post, where most people post at once.

The same readings as in ``feed``, by the same luck, and the same sums.  By post every reading falls on another person:
with as many readings as ties that is a miss of the cache per sum.  By reader they all fall on one person, and it is the
posts that are fetched, each of them one line of the cache (a *card*).

Readings are rows only where somebody looks at them one by one: of people who consider (the site may show them the same
review) and of employees (who relay).  So this way is open where the ledger is off and nobody passes on.

Draws   FEED_READ (reader, post key), NOTICE
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import FEED
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream
from simulation.phases.exposure.feed_push import keep_successes
from simulation.phases.exposure.rows import write_readings
from simulation.phases.exposure.sums import Sums, sums_of
from simulation.phases.exposure.weight import ExposureDraws, authors_of, credibilities, readers_of, weight_of
from simulation.world.state import FIXED_ONE

PULL_THRESHOLD = 0.25
"""Share of the ties along which something is offered from which on this way is the quicker one, measured."""

PackedPosts = namedtuple("PackedPosts", "words figures row_of")
"""Of a brand's posts what a reader has to know, 32 bytes each, and the post of each person or -1, ``row_of`` (n,).

``words`` (p, 4) are uint64: the key, two numbers, and how many have read it.  The two are valence and credibility:
``figures`` (p, 4) are the same bytes as float64.
"""


def uses_pull(state, params, links) -> bool:
    """Tell whether the feed of this step is to be worked through by reader."""
    ties, sharers = state.ties, state.ledger.posts["sharer"][state.first_post:]
    if state.ledger.level != "none" or params.feed.reshare > 0:
        return False
    if len(ties) == 0 or len(links) != 1 or links[0].strength.size > 1:
        return False        # several sorts of ties may carry the same review to the same reader
    if any(motive.discount > 0 for motive in params.motives.values()):
        return False        # who notices a motive is a matter of reader and review
    return (ties.offsets[sharers + 1] - ties.offsets[sharers]).sum() > PULL_THRESHOLD * len(ties)


def pull_feed(state, params, links, draws, step) -> None:
    """Add up the feed readings of this step, and append those that somebody looks at one by one."""
    reads, posts, n = state.ledger.reads, state.ledger.posts, np.zeros(1, np.int64)
    asks = (state.considering.max(axis=1) > 0) | (state.employer >= 0)
    reads.reserve(int(np.diff(state.ties.in_offsets)[asks].sum()) * state.b)
    authors, flat = authors_of(state, params), Sums(*(column.ravel() for column in sums_of(state)))
    for b in range(state.b):
        rows = state.first_post + np.flatnonzero(posts["brand"][state.first_post:] == b)
        if rows.size == 0:
            continue
        cards = cards_of(state, authors, rows)
        _gather(b, state.b, rows, cards, state.ties.in_offsets, state.ties.in_sources, asks,
                params.feed.attention * np.float64(links.visibility[0]), posts.arrays, links, readers_of(state, params),
                authors, ExposureDraws(draws.seed, int(Stream.FEED_READ), int(Stream.NOTICE), step), flat, reads.n,
                reads.arrays, n)
        reads.n = int(n[0])
        posts["readers"][rows] += cards.words[:, 3].astype(np.int32)
        state.reads_feed[b] += cards.words[:, 3].sum()


def cards_of(state, author, rows) -> PackedPosts:
    """Return the cards of the posts in ``rows`` (p,), of one brand."""
    posts, row_of, words = state.ledger.posts, np.full(state.n, -1, np.int32), np.zeros((rows.size, 4), np.uint64)
    row_of[posts["sharer"][rows]] = np.arange(rows.size)
    figures = words.view(np.float64)
    words[:, 0], figures[:, 1] = posts["key"][rows], posts["valence"][rows]
    figures[:, 2] = credibilities(author, posts["author"][rows])
    return PackedPosts(words, figures, row_of)


@kernel
def _gather(b, brands, rows, cards, in_offsets, in_sources, asks, limit, posts, links, reader, author, luck, sums,
            start, out, n):
    who, of, along = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    keys, drawn, limits = np.empty(BLOCK, np.uint64), np.empty(BLOCK), np.full(BLOCK, limit)
    row_of, words, k, m = cards.row_of, cards.words, start, 0
    for v in range(asks.size):
        for e in range(in_offsets[v], in_offsets[v + 1]):
            p = row_of[in_sources[e]]
            who[m], of[m], keys[m] = v, p, words[max(p, 0), 0]
            m += p >= 0
            if m == BLOCK:
                m = keep_successes(limits, keys, who, of, along, luck, m, drawn)
                m = _add(m, b, brands, who, of, asks, cards, rows, links.strength[0], reader, sums)
                k = write_readings(m, who, of, along, links.strength, FEED, posts, luck, reader, author, k, out)
                m = 0
    m = keep_successes(limits, keys, who, of, along, luck, m, drawn)
    m = _add(m, b, brands, who, of, asks, cards, rows, links.strength[0], reader, sums)
    n[0] = write_readings(m, who, of, along, links.strength, FEED, posts, luck, reader, author, k, out)


@kernel
def _add(m, b, brands, who, of, asks, cards, rows, strength, reader, sums):
    """Add what people read who ask nothing more to the sums; move the others to the front, and return how many."""
    words, figures, belief, susceptibility = cards.words, cards.figures, reader.belief, reader.susceptibility
    evidence, negativity, reach = reader.evidence, reader.negativity, reader.reach
    kept, j = 0, 0
    while j < m:
        v = who[j]
        held, open_to, i = belief[v, b], susceptibility[v], v * brands + b
        weight, value, good, good_value, trigger = 0, 0, 0, 0, 0
        while j < m and who[j] == v:
            p = of[j]
            j += 1
            if asks[v]:
                who[kept], of[kept] = v, rows[p]
                kept += 1
                continue
            y = figures[p, 1]
            w = weight_of(evidence, strength, figures[p, 2], open_to, negativity, y, held, reach)
            whole, weighted, is_good = np.int64(round(w * FIXED_ONE)), np.int64(round(w * y * FIXED_ONE)), y >= held
            weight, value = weight + whole, value + weighted
            good, good_value = good + whole * is_good, good_value + weighted * is_good
            trigger += np.int64(round(strength * (2.0 * y - 1.0) * FIXED_ONE)) * (y > 0.5)
            words[p, 3] += np.uint64(1)
        sums.weight[i] += weight
        sums.value[i] += value
        sums.good_weight[i] += good
        sums.good_value[i] += good_value
        sums.trigger[i] += trigger
    return kept
