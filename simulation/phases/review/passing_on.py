"""Passing on: re-shares of what was read a step before; a person passes a root on at most once.

A re-share keeps what its root says and is one generation older than the post it was read in.
Silenced people may pass on what others wrote unless told not to; nobody passes on what is about an
unspoken process.

Draws   none: who passes on was drawn when the post was read
Twin    tests/reference/talk.py: pass_on
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.randomness import reshare_keys
from simulation.world.state import Silence

RESHARED = ("author", "brand", "process", "stars", "valence", "motive", "incentivised", "idea",
            "root", "purchase", "quality", "gap", "evaluation", "failed")
"""What a re-share takes over from the review at its root."""


def pass_on(state, step):
    """Append the re-shares that readers of the step before chose, each person and root once."""
    posts = state.ledger.posts
    sharers, parents = state.shares
    state.shares = ()
    root = posts["root"][parents]
    pairs = zip(sharers.tolist(), root.tolist(), strict=True)
    fresh = np.array([pair not in state.passed_on for pair in pairs], dtype=bool)
    process = posts["process"][root]
    silence = state.silent[sharers, posts["brand"][root]]
    may_share = silence != Silence.POSTS_AND_RESHARES
    fresh &= may_share & ~((process >= 0) & (state.unspoken[process] > 0))
    sharers = sharers[fresh]
    parents = parents[fresh]
    root = root[fresh]
    if sharers.size == 0:
        return
    state.passed_on.update(zip(sharers.tolist(), root.tolist(), strict=True))
    row = {name: posts[name][root] for name in RESHARED}
    posts.append(row | {"step": step, "sharer": sharers, "parent": parents,
                        "generation": posts["generation"][parents] + 1,
                        "key": reshare_keys(sharers, posts["key"][root], step),
                        "readers": 0, "helpful": 0})
