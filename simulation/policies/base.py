"""The family of policies: what a brand team does, knowing only what it observed.

A policy turns an ``Observed`` and the money left into ``Action``s.  It can change processes, answer, invite,
inform and introduce; it can never edit, hide or write a customer's review.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from simulation.ledger.codes import Act
from simulation.numerics.randomness import Draws, Stream
from simulation.params import Rule, parameter
from simulation.world.ties import Ties


def _rows() -> np.ndarray:
    """Return no rows, int64 (0,)."""
    return np.empty(0, np.int64)


@dataclass
class Book:
    """The account of one policy; ``decision`` keeps it and opens it before the policy is asked."""

    address: int = 0     # 32-bit identity of the policy in addresses of draws
    spent: float = 0.0   # currency, so far
    process: int = -1    # process it last invested in, -1 = none


@dataclass
class Observed:
    """What one brand team knows; everything comes from what ``listening`` saw, what anybody can see on the
    platform (who follows whom), and from its own books.

    Arrays over the brand's own processes have shape (p,), over people (n,), over this step's
    seen reviews (s,).  ``rung_estimated`` and ``is_customer`` are as old as the last step in which an active
    policy asked for the books (``Policy.reads_books``).
    """

    brand: int
    processes: np.ndarray         # int (p,)   index of each own process among all processes
    pain: np.ndarray              # float (p,) negative reach: predicted readers of seen complaints, fading
    volume: np.ndarray            # float (p,) seen reviews naming the process, fading
    names: tuple[str, ...] = ()   # (p,)       names of the own processes
    positive: float = 0.0         # seen positive reviews, fading
    negative: float = 0.0         # seen negative reviews, fading
    neutral: float = 0.0          # seen middling reviews, fading
    voice: float = 0.0            # seen reviews of this brand, fading
    voice_all: float = 0.0        # seen reviews of all brands, fading
    nps_estimated: float = np.nan  # points, from sentiment; nan as long as nothing was seen
    sentiment: np.ndarray = None  # int8 (n,)   last resolved sentiment of each customer: -1, 0, 1; 0 unknown
    rung_estimated: np.ndarray = None  # int8 (n,) estimated rung of identified people, -1 unknown
    reach_score: np.ndarray = None     # float (n,) predicted readers won by resolved authors: influencers
    expert_score: np.ndarray = None    # float (n,) helpful votes won by resolved authors: experts
    is_customer: np.ndarray = None     # bool (n,) the brand's own books
    followers: np.ndarray = None       # int (n,)  followers of each person, public
    networks: tuple[Ties, ...] = ()    # who follows whom, public: the ties, and those added since
    money: float = 0.0                 # currency, unspent budget
    book: Book = field(default_factory=Book)       # the account of the policy that is asked
    books: dict = field(default_factory=dict)      # accounts of all policies by name
    answered: np.ndarray = field(default_factory=_rows)        # (a,) people answered in the last decision
    gifted: np.ndarray = field(default_factory=_rows)          # (g,) people seeded in the last decision
    seen_posts: np.ndarray = field(default_factory=_rows)      # (s,) rows in posts
    seen_sentiment: np.ndarray = field(default_factory=_rows)  # (s,) -1, 0, 1 as read
    seen_process: np.ndarray = field(default_factory=_rows)    # (s,) as read, -1 = none
    seen_author: np.ndarray = field(default_factory=_rows)     # (s,) row, -1 = unresolved
    seen_reach: np.ndarray = field(default_factory=lambda: np.empty(0))  # (s,) predicted readers

    def are_tied(self, people: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Tell for each pair (p,) whether one follows the other, in either direction."""
        tied = np.zeros(len(people), bool)
        for ties in self.networks:
            for j, (a, b) in enumerate(zip(people, others, strict=True)):
                tied[j] |= bool(np.any(ties.targets[ties.offsets[a]:ties.offsets[a + 1]] == b)
                                or np.any(ties.targets[ties.offsets[b]:ties.offsets[b + 1]] == a))
        return tied


@dataclass
class Action:
    """One thing a brand team decided, with its proof points.

    ``negative`` and ``positive`` multiply the customers' chances to post below and above the middle in the
    next step (what answering is known to do; 1 = no change).
    """

    act: Act
    cost: float
    process: int = -1
    people: np.ndarray = field(default_factory=_rows)
    others: np.ndarray = field(default_factory=_rows)
    amount: float = 0.0
    lead: int = 0
    pain: float = 0.0
    volume: float = 0.0
    negative: float = 1.0
    positive: float = 1.0


class Policy(Rule):
    """A standing instruction to a brand team, active from ``start`` to ``stop`` (steps, both included).

    ``reads_books`` says that it needs ``is_customer`` and ``rung_estimated``, which cost a pass over all
    people: listening fills them only in steps in which an active policy of the brand says so.
    """

    reads_books: ClassVar[bool] = False

    start: int = parameter("step", "assumption", ge=1)
    stop: int | Literal["end"] = parameter("step", "assumption", doc="end: to the end of the run")

    def is_active(self, step: int) -> bool:
        """Tell whether the policy runs in this step."""
        return step >= self.start and (self.stop == "end" or step <= self.stop)

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return what to do; the costs of all actions together never exceed ``budget``."""
        raise NotImplementedError


def shuffle(observed: Observed, draws: Draws, step: int, rows: np.ndarray) -> np.ndarray:
    """Return one uniform per row (r,) that breaks ties by address: who a row is, not where it stands."""
    return draws.uniforms(Stream.POLICY, step, rows, observed.book.address)


def first_by(score: np.ndarray, luck: np.ndarray, count: int) -> np.ndarray:
    """Return the positions of the ``count`` highest scores, highest first, ties by ``luck``."""
    return np.lexsort((luck, -score))[:count]


def affordable(count: int, cost: float, budget: float) -> int:
    """Return how many of ``count`` units at ``cost`` each the budget pays for."""
    if count * cost <= budget:
        return count
    part = int(budget / cost)
    return part - (part * cost > budget)
