"""Share: a feed reader passes a post on in the next step.

    probability  reshare min(1, activity) novelty^g tone, at most 1
    g            generation of the re-share to be made, at most ``generations``
    tone         bad_news if y < .5, else the brand's sharing factor

Draws   RESHARE (reader, post key)
Twin    tests/reference/reading.py: share
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Channel
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_pairs

FEED = int(Channel.FEED)

ShareRule = namedtuple("ShareRule", "reshare novelty_power bad_news sharing_factor")
"""Numbers of the equation; ``novelty_power`` (generations + 1,) is novelty^g, by g."""

ShareDraws = namedtuple("ShareDraws", "seed reshare")


def share(state, params, draws) -> None:
    """Decide which of this step's feed readings are passed on in the next step."""
    reads = state.ledger.reads
    feed = params.feed
    state.shares = ()
    if feed.reshare == 0.0:
        return
    novelty_power = feed.novelty ** np.arange(feed.generations + 1)
    rule = ShareRule(np.float32(feed.reshare), novelty_power, feed.bad_news, state.sharing_factor)
    rows = np.empty(reads.n - state.first_read, np.int64)
    n = np.zeros(1, np.int64)
    _share(state.first_read, reads.n, reads.arrays, state.ledger.posts.arrays, state.activity, rule,
           ShareDraws(draws.seed, int(Stream.RESHARE)), rows, n)
    if n[0]:
        rows = rows[: int(n[0])]
        state.shares = (reads["reader"][rows], reads["post"][rows])


# -- rules ----------------------------------------------------------------------------------------

@inlined
def tone(valence, bad_news, sharing_factor):
    """bad_news if y < .5, else the brand's sharing factor."""
    return bad_news if valence < 0.5 else sharing_factor


@inlined
def reshare_probability(reshare, activity, novelty_power, tone):
    """Reshare min(1, activity) novelty^g tone; reshare and activity are float32."""
    return min(np.float64(reshare * min(activity, np.float32(1.0))) * novelty_power * tone, 1.0)


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _share(first, stop, reads, posts, activity, rule, draws, rows, n):
    """Write the rows of the feed readings first .. stop that are passed on, and their number."""
    post = reads.post
    generation = posts.generation
    novelty_power = rule.novelty_power
    reader = np.empty(BATCH, np.int64)
    key = np.empty(BATCH, np.uint64)
    u = np.empty(BATCH)
    found = 0
    for start in range(first, stop, BATCH):
        # gather: what may be passed on, behind the rows found so far
        m = 0
        tried = found
        for r in range(start, min(start + BATCH, stop)):
            p = post[r]
            if reads.channel[r] == FEED and generation[p] + 1 < novelty_power.size:
                rows[tried + m] = r
                reader[m] = reads.reader[r]
                key[m] = posts.key[p]
                m += 1
        # draw
        fill_pairs(draws.seed, draws.reshare, reader[:m], key[:m], u)
        for j in range(m):
            # apply: few draws lie below the probability of the most active; only those look it up
            r = rows[tried + j]
            p = post[r]
            fade = novelty_power[generation[p] + 1]
            mood = tone(posts.valence[p], rule.bad_news, rule.sharing_factor[posts.brand[p]])
            if u[j] < reshare_probability(rule.reshare, np.float32(1.0), fade, mood):
                probability = reshare_probability(rule.reshare, activity[reader[j]], fade, mood)
                # write
                rows[found] = r
                found += u[j] < probability
    n[0] = found
