"""Share: a feed reader passes a post on in the next step.

    probability  reshare min(1, activity) novelty^g (bad_news if y < .5, else the brand's sharing factor)
    g            generation of the re-share to be made, at most ``generations``

Draws   RESHARE (reader, post key)
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import FEED
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_pairs


def share(state, params, draws) -> None:
    """Decide which of this step's feed readings are passed on in the next step."""
    reads, posts, feed, state.shares = state.ledger.reads, state.ledger.posts, params.feed, ()
    if feed.reshare == 0.0:
        return
    fades = feed.novelty ** np.arange(feed.generations + 1)
    rows, n = np.empty(reads.n - state.first_read, np.int64), np.zeros(1, np.int64)
    _share(state.first_read, reads.n, reads.arrays, posts.arrays, state.activity, np.float32(feed.reshare), fades,
           feed.bad_news, state.sharing_factor, draws.seed, int(Stream.RESHARE), rows, n)
    if n[0]:
        rows = rows[: int(n[0])]
        state.shares = (reads["reader"][rows], reads["post"][rows])


@kernel
def _share(first, stop, reads, posts, activity, reshare, fades, bad_news, sharing_factor, seed, stream, rows, n):
    reader, post, channel = reads.reader, reads.post, reads.channel
    generation, valence, brand, key = posts.generation, posts.valence, posts.brand, posts.key
    who, keys, drawn = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.uint64), np.empty(BLOCK)
    most, found = np.float64(reshare), 0
    for start in range(first, stop, BLOCK):
        m, tried = 0, found
        for r in range(start, min(start + BLOCK, stop)):
            if channel[r] == FEED and generation[post[r]] + 1 < fades.size:
                rows[tried + m], who[m], keys[m] = r, reader[r], key[post[r]]
                m += 1
        fill_pairs(seed, stream, who[:m], keys[:m], drawn)
        for j in range(m):
            r = rows[tried + j]
            p = post[r]
            tone = bad_news if valence[p] < 0.5 else sharing_factor[brand[p]]
            fade = fades[generation[p] + 1]
            if drawn[j] < most * fade * tone:   # the chance of the most active: few get so far, and are looked up
                chance = np.float64(reshare * min(activity[reader[r]], np.float32(1.0))) * fade * tone
                rows[found] = r
                found += drawn[j] < min(chance, 1.0)
    n[0] = found
