"""Draws by address, a second time: Philox4x32-10 in Python's own integers (Salmon et al. 2011)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, ndtri

MASK = 0xFFFFFFFF
STREAMS = {
    "TRAIT": 1, "ADVERTISING": 2, "TRIGGER": 3, "CHOICE": 4, "MEET_PROCESS": 5, "FAILS": 6, "MET_QUALITY": 7,
    "MOTIVE_FIRES": 8, "RATING_NOISE": 9, "IDEA": 10, "IDEA_STRENGTH": 11, "FEED_READ": 12, "RESHARE": 13,
    "NOTICE": 14, "SITE_ORDER": 15, "HELPFUL": 16, "CHURN": 17, "LISTEN_SEEN": 18, "LISTEN_SENTIMENT": 19,
    "LISTEN_TOPIC": 20, "LISTEN_TOPIC_WRONG": 21, "LISTEN_AUTHOR": 22, "RELAY": 23, "TICKET_HANDLED": 24,
    "TICKET_ROUTE": 25, "TICKET_ROUTE_WRONG": 26, "TICKET_ARRIVAL": 27, "TICKET_SERVICE": 28, "INFLOW": 29,
    "INFLOW_SERVICE": 30, "POLICY": 31, "MEETING": 32, "REVIEW_KEY": 37, "RESHARE_KEY": 38,
    "EXPERT_HEARD": 39}


def philox(key, counter):
    """Return the four 32-bit words of Philox4x32-10 for a 64-bit key and four 32-bit counters."""
    k0, k1 = key & MASK, key >> 32
    c0, c1, c2, c3 = counter
    for _ in range(10):
        product0, product1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (product1 >> 32) ^ c1 ^ k0, product1 & MASK, (product0 >> 32) ^ c3 ^ k1, product0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


def hash64(a, b, c, stream, extra):
    """Return the first two words as one 64-bit number; ``extra`` is the key."""
    first, second, _, _ = philox(extra, (a, b, c, STREAMS[stream]))
    return first << 32 | second


def review_key(author, brand, step):
    """Return the identity of a review."""
    return hash64(author, brand, step, "REVIEW_KEY", 0)


def reshare_key(sharer, root_key, step):
    """Return the identity of a re-share."""
    return hash64(sharer, root_key & MASK, root_key >> 32, "RESHARE_KEY", step)


def f4(x):
    """Return ``x`` as a float32 column would hold it."""
    return float(np.float32(x))


class Luck:
    """The luck of one run."""

    def __init__(self, seed):
        self.seed = seed

    def at(self, counter):
        """Return (k + 1/2) / 2^53 from the first 53 bits."""
        first, second, _, _ = philox(self.seed, counter)
        return (((first << 32 | second) >> 11) + 0.5) / 2.0**53

    def uniform(self, stream, step, row, which=0):
        """Return the uniform of a person."""
        return self.at((row, which, step, STREAMS[stream]))

    def pair(self, stream, reader, key):
        """Return the uniform of a reader and a post."""
        return self.at((reader, key & MASK, key >> 32, STREAMS[stream]))

    def normal(self, stream, step, row, which=0):
        """Return the standard normal of a person."""
        return float(ndtri(self.uniform(stream, step, row, which)))

    def beta(self, stream, step, row, a, b, which=0):
        """Return the Beta variate of a person."""
        return float(betaincinv(a, b, self.uniform(stream, step, row, which)))
