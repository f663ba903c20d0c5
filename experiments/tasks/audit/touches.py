"""Touches and the rules of attribution that look at nothing else.

A touch is a contact of a buyer with the brand that a firm could have tracked: an advertisement that reached them, a
review read on the feed or on the site, a gift.  The path of a sale are the buyer's touches in the ``window`` steps
before the step of the sale (lookback window; an earlier sale in between does not end it).  Within a step the order
is that of the phases: advertising, gift, feed, site.

    last touch, first touch   everything to that touch
    linear                    to all touches alike
    time decay                in proportion to 2^(-age / half-life)
    survey                    to one touch, that the buyer names

A sale without touches goes to ``none``.  A gift is booked as a sale at price 0, and the firm knows what it was: it
goes to ``gifts`` by every rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.tasks.audit.channels import ADVERTISING, FEED, GIFTS, NAMES, NOTHING, SITE, UNKNOWN
from simulation.ledger.codes import Channel
from simulation.world.state import Purchase

ORDER = np.array([0, 2, 3, 1])
"""Place of each channel within a step: advertising, gift, feed, site."""

SURVEY = 20_261_122
"""Second word of the seed of the survey's draws: they share nothing with those of the engine."""


@dataclass
class Paths:
    """The touches of some sales, sale by sale and in order of time, (t,); ``sales`` is their number.

    sale      number of the sale
    channel   code of the channel
    age       steps between touch and sale, at least 1
    """

    sales: int
    sale: np.ndarray
    channel: np.ndarray
    age: np.ndarray

    @property
    def count(self) -> np.ndarray:
        """Touches of every sale (s,)."""
        return np.bincount(self.sale, minlength=self.sales)

    @property
    def place(self) -> np.ndarray:
        """Place of each touch in its path, 0 for the first (t,)."""
        count = self.count
        return np.arange(self.sale.size) - np.repeat(np.cumsum(count) - count, count)


def touches_of(state, b: int, hits: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return person, step and channel of all touches with brand ``b``; ``hits`` are person and step of the
    advertisements."""
    reads, posts, sales = state.ledger.reads, state.ledger.posts, state.ledger.conversions
    read = np.flatnonzero(posts["brand"][reads["post"]] == b)
    given = np.flatnonzero((sales["brand"] == b) & (sales["kind"] == Purchase.SEED))
    where = np.where(reads["channel"][read] == Channel.FEED, FEED, SITE)
    return (np.concatenate([hits[0], reads["reader"][read], sales["person"][given]]).astype(np.int64),
            np.concatenate([hits[1], reads["step"][read], sales["step"][given]]).astype(np.int64),
            np.concatenate([np.full(len(hits[0]), ADVERTISING), where, np.full(given.size, GIFTS)]))


def paths_of(touches: tuple[np.ndarray, np.ndarray, np.ndarray], person: np.ndarray, step: np.ndarray,
             window: int) -> Paths:
    """Return the paths of the sales to ``person`` (s,) in ``step`` (s,)."""
    order = np.lexsort((ORDER[touches[2]], touches[1], touches[0]))
    who, when, channel = (column[order] for column in touches)
    stride = int(max(when.max(initial=0), step.max(initial=0))) + 1
    at = who * stride + when
    first = np.searchsorted(at, person.astype(np.int64) * stride + np.maximum(step.astype(np.int64) - window, 0))
    count = np.searchsorted(at, person.astype(np.int64) * stride + step) - first
    sale = np.repeat(np.arange(person.size), count)
    touch = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
    return Paths(person.size, sale, channel[touch], step[sale] - when[touch])


def by_touch(paths: Paths, half_life: float) -> dict[str, np.ndarray]:
    """Return what each rule gives to each touch, (t,); over the path of a sale it sums to 1."""
    count, place = paths.count[paths.sale], paths.place
    return {"last touch": (place == count - 1).astype(float), "first touch": (place == 0).astype(float),
            "linear": 1.0 / count, "time decay": faded(paths, half_life)}


def faded(paths: Paths, half_life: float) -> np.ndarray:
    """Return weights that halve with every half-life of age, summing to 1 over each path (t,)."""
    youngest = paths.age[np.cumsum(paths.count)[paths.sale] - 1]
    weight = 0.5 ** ((paths.age - youngest) / half_life)
    return weight / np.bincount(paths.sale, weight, paths.sales)[paths.sale]


def named(paths: Paths, person: np.ndarray, people: int, seed: int, chance: float, half_life: float) -> np.ndarray:
    """Return 1 for the touch that each buyer names (t,), nothing for the sales of those who do not know.

    The draws are two uniforms per person, from a NumPy generator seeded by the world's seed: a person remembers, and
    prefers the recent to the old, alike at every purchase, and one more person changes nobody else's memory.
    """
    luck = np.random.default_rng((seed, SURVEY)).random((people, 2))[person]
    upto = np.cumsum(faded(paths, half_life)) - paths.sale            # over the path of a sale from 0 to 1
    below = np.bincount(paths.sale, upto < luck[paths.sale, 1], paths.sales)
    chosen = np.minimum(below, paths.count - 1)[paths.sale] == paths.place
    return (chosen & (luck[paths.sale, 0] < chance)).astype(float)


def by_channel(paths: Paths, given: np.ndarray, gifts: int) -> np.ndarray:
    """Return the sales of each of ``NAMES`` from what is given to each touch (t,), with ``gifts`` sales that are gifts.

    Sales without touches go to none; touched ones that give nothing to any touch to unknown.
    """
    total = np.bincount(paths.channel, given, len(NAMES))
    got, touched = np.bincount(paths.sale, given, paths.sales) > 0, paths.count > 0
    total[NOTHING] += np.count_nonzero(~touched)
    total[UNKNOWN] += np.count_nonzero(touched & ~got)
    total[GIFTS] += gifts
    return total
