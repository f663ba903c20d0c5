"""What a brand team knows and has: the phase ``listening`` fills it in, policies read it.

Nothing here is the truth.  A brand knows the reviews it saw, as it read them; who follows whom,
which anybody can see on the platform; and its own books.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulation.world.state import NONE, State
from simulation.world.ties import Ties


def no_rows() -> np.ndarray:
    """Return no rows, int64 (0,)."""
    return np.empty(0, np.int64)


@dataclass
class Book:
    """The account of one policy; the phase ``decision`` keeps it, and opens it for the policy."""

    address: int = 0     # 32-bit identity of the policy in addresses of draws
    spent: float = 0.0   # currency, so far
    process: int = -1    # process it last invested in, -1 = none


@dataclass
class Observed:
    """What one brand team knows.

    Arrays over the brand's own processes have shape (p,), over people (n,), over the reviews seen
    in this step (s,).  *Fading* numbers keep the share ``memory`` of themselves from step to step.
    ``rung_estimated`` and ``is_customer`` are as old as the last step in which an active policy
    asked for the books (``Policy.reads_books``).
    """

    brand: int
    processes: np.ndarray          # int (p,)   index of each own process among all processes
    pain: np.ndarray               # float (p,) predicted readers of seen complaints, fading
    volume: np.ndarray             # float (p,) seen reviews naming the process, fading
    names: tuple[str, ...] = ()    # (p,)       names of the own processes
    positive: float = 0.0          # seen positive reviews, fading
    negative: float = 0.0          # seen negative reviews, fading
    neutral: float = 0.0           # seen middling reviews, fading
    voice: float = 0.0             # seen reviews of this brand, fading
    voice_all: float = 0.0         # seen reviews of all brands, fading
    nps_estimated: float = np.nan  # points, from sentiment; nan as long as nothing was seen
    sentiment: np.ndarray = None   # int8 (n,)  last one read: -1, 0, 1; 0 also unknown
    rung_estimated: np.ndarray = None  # int8 (n,)  estimated rung of identified people, -1 unknown
    reach_score: np.ndarray = None     # float (n,) predicted readers, by author: influencers
    expert_score: np.ndarray = None    # float (n,) helpful votes, by author: experts
    is_customer: np.ndarray = None     # bool (n,)  owns the brand, from its own books
    followers: np.ndarray = None       # int (n,)   followers of each person, public
    networks: tuple[Ties, ...] = ()    # who follows whom, public: the ties, and those added since
    money: float = 0.0                 # currency, unspent budget
    book: Book = field(default_factory=Book)   # the account of the policy that is asked
    books: dict = field(default_factory=dict)  # accounts of all policies by name
    answered: np.ndarray = field(default_factory=no_rows)  # (a,) answered in the last decision
    gifted: np.ndarray = field(default_factory=no_rows)    # (g,) seeded in the last decision
    seen_posts: np.ndarray = field(default_factory=no_rows)      # (s,) rows in posts
    seen_sentiment: np.ndarray = field(default_factory=no_rows)  # (s,) -1, 0, 1 as read
    seen_process: np.ndarray = field(default_factory=no_rows)    # (s,) as read, -1 = none
    seen_author: np.ndarray = field(default_factory=no_rows)     # (s,) row, -1 = unresolved
    seen_reach: np.ndarray = field(default_factory=lambda: np.empty(0))  # (s,) predicted readers

    def are_tied(self, people: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Tell for each pair (p,) whether one follows the other, in either direction."""
        tied = np.zeros(len(people), bool)
        for ties in self.networks:
            for j, (person, other) in enumerate(zip(people, others, strict=True)):
                tied[j] |= follows(ties, other, person) or follows(ties, person, other)
        return tied


def follows(ties: Ties, follower: int, author: int) -> bool:
    """Tell whether ``follower`` is among the followers of ``author``."""
    followers = ties.targets[ties.offsets[author]:ties.offsets[author + 1]]
    return bool(np.any(followers == follower))


def initial_observed(state: State, params) -> list[Observed]:
    """Return what each brand knows at step 0: its processes, who follows whom, its money."""
    followers = count_followers(state)
    observed = []
    first = 0
    for b, brand in enumerate(params.brands.values()):
        p = len(brand.processes)
        observed.append(Observed(
            brand=b, processes=np.arange(first, first + p), names=tuple(brand.processes),
            pain=np.zeros(p), volume=np.zeros(p), sentiment=np.zeros(state.n, np.int8),
            reach_score=np.zeros(state.n), expert_score=np.zeros(state.n),
            rung_estimated=np.full(state.n, NONE, np.int8), is_customer=np.zeros(state.n, bool),
            followers=followers, networks=networks_of(state), money=brand.initial_budget))
        first += p
    return observed


def networks_of(state: State) -> tuple[Ties, ...]:
    """Return the ties that anybody can see: those of the start and those added since."""
    return tuple(ties for ties in (state.ties, state.added) if ties is not None)


def count_followers(state: State) -> np.ndarray:
    """Return the number of followers of each person, int32 (n,)."""
    followers = np.zeros(state.n, np.int32)
    for ties in networks_of(state):
        followers += ties.out_degree().astype(np.int32)
    return followers


def follow_ties(state: State) -> None:
    """Count followers again where ties were added since: all brands see the same platform."""
    networks = networks_of(state)
    if [id(ties) for ties in networks] == [id(ties) for ties in state.observed[0].networks]:
        return
    followers = count_followers(state)
    for observed in state.observed:
        observed.networks = networks
        observed.followers = followers
