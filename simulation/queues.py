"""Queues of the business units, and the back office of a brand that keeps them, in continuous time.

A unit is ``servers`` people; a ticket that finds one free starts at once, else it waits; step t lasts from
time t to t + 1, and what is unfinished is carried over.  Order among tickets goes by time and identity (key),
never by position in a table.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulation.jit import kernel

COMPLAINT, PRAISE, IDEA = 0, 1, 2
RIGHT, WRONG, RELAY = 0, 1, 2
UNKNOWN, UNHEARD, IGNORED, TICKET = 0, 1, 2, 3
"""What became of a review: of another brand, never seen, seen without a ticket, or a ticket."""


class Order(NamedTuple):
    """Money for a process: acts from the start of step ``effective``."""

    brand: int
    process: int
    money: float
    effective: int


@dataclass(slots=True, eq=False)
class Ticket:
    """One piece of work; times in steps, nan until they happen.  ``row`` is its ledger row, -1 = none."""

    key: int
    service: float            # steps of work
    reach: float = 0.0        # predicted readers
    kind: int = -1            # COMPLAINT, PRAISE, IDEA; -1 = from outside
    process: int = -1         # true process
    strength: float = 0.0     # 1 for a complaint with something to mend, the strength of an idea, else 0
    row: int = -1
    arrival: float = math.nan
    start: float = math.nan
    finish: float = math.nan


@dataclass
class Queue:
    """The queue of one unit with ``servers`` people; ``by_reach`` serves the widest reach first."""

    servers: int
    by_reach: bool = False
    now: float = 0.0
    coming: list = field(default_factory=list)    # heap (arrival, key, ticket): will arrive
    waiting: list = field(default_factory=list)   # heap (rank, arrival, key, ticket)
    running: list = field(default_factory=list)   # heap (finish, key, ticket): being worked on
    area: float = 0.0      # tickets x steps spent in the unit so far, of all tickets
    n_started: int = 0
    n_waited: int = 0      # of those started, how many did not start on arrival
    sum_wait: float = 0.0  # steps

    def arrive(self, ticket: Ticket, time: float) -> None:
        """Announce a ticket that joins the queue at ``time``, not earlier than ``now``."""
        ticket.arrival = time
        heapq.heappush(self.coming, (time, ticket.key, ticket))

    def advance(self, end: float) -> tuple[list[Ticket], list[Ticket]]:
        """Work until ``end``; return the tickets started and those finished on the way."""
        started, finished = [], []
        while True:
            while self.waiting and len(self.running) < self.servers:
                started.append(self._start())
            arrival = self.coming[0][0] if self.coming else math.inf
            departure = self.running[0][0] if self.running else math.inf
            if min(arrival, departure) >= end:
                break
            self._pass(min(arrival, departure))
            if departure <= arrival:
                finished.append(heapq.heappop(self.running)[2])
            else:
                _, key, ticket = heapq.heappop(self.coming)
                heapq.heappush(self.waiting, (self.rank(ticket), arrival, key, ticket))
        self._pass(end)
        return started, finished

    def rank(self, ticket: Ticket) -> float:
        """Return what decides who is served next, lowest first; equal ranks go by arrival, then identity."""
        return -ticket.reach if self.by_reach else 0.0

    def _pass(self, time: float) -> None:
        self.area += (len(self.waiting) + len(self.running)) * (time - self.now)
        self.now = time

    def _start(self) -> Ticket:
        ticket = heapq.heappop(self.waiting)[3]
        ticket.start, ticket.finish = self.now, self.now + ticket.service
        heapq.heappush(self.running, (ticket.finish, ticket.key, ticket))
        self.n_started += 1
        self.n_waited += ticket.start > ticket.arrival
        self.sum_wait += ticket.start - ticket.arrival
        return ticket

    def present(self) -> list[Ticket]:
        """Return the tickets waiting or being worked on."""
        return [item[-1] for item in self.waiting] + [item[-1] for item in self.running]


@dataclass
class BackOffice:
    """What a brand's organisation has to keep: its queues, what is in transit, and how far processes are.

    Arrays over the brand's own processes have shape (p,).
    """

    units: tuple[str, ...]      # names
    queues: list[Queue]         # one per unit
    first_unit: int             # number of the first unit among the units of all brands
    processes: np.ndarray       # (p,) index of each own process among all processes
    owner: np.ndarray           # (p,) unit that owns each process, -1 = nobody
    avoidable: np.ndarray       # (p,) failure rate above the floor at the start
    missing: np.ndarray         # (p,) quality below the ceiling at the start
    scale: np.ndarray           # (p,) currency that removes 63 % of the avoidable failures
    spent: np.ndarray           # (p,) money that has become effective
    kept_failure: np.ndarray    # (p,) share of the avoidable failures that worked complaints left
    kept_missing: np.ndarray    # (p,) share of the missing quality that worked ideas left
    transit: list = field(default_factory=list)  # heap (time, key, unit, ticket): on the way
    due: list = field(default_factory=list)      # heap (effective step, key, ticket): finished
    fate: np.ndarray = field(default_factory=lambda: np.zeros(1024, np.int8))  # by row of posts
    n_fixed: int = 0            # tickets about reviews that were finished

    def note(self, rows: np.ndarray, fate: int) -> None:
        """Write what became of the reviews ``rows`` of posts."""
        if rows.size and rows.max() >= self.fate.size:
            grown = np.zeros(max(int(rows.max()) + 1, 2 * self.fate.size), np.int8)
            grown[: self.fate.size] = self.fate
            self.fate = grown
        self.fate[rows] = fate

    def unit_of(self, processes: np.ndarray) -> np.ndarray:
        """Return the unit (r,) that owns each process, -1 where there is none."""
        place = processes - self.processes[0]
        known = (place >= 0) & (place < self.processes.size)
        return np.where(known, self.owner[np.where(known, place, 0)], -1)


def feedback_census(state, b: int) -> dict[str, int]:
    """Return what became of every review about brand ``b`` so far; the five counts add up to all of them.

    fixed, open (in a unit), misrouted (on the way from a wrong unit to the right one), ignored (seen, nothing
    done), unheard (never seen).
    """
    office = state.organisations[b]
    open_now = sum(ticket.kind >= 0 for queue in office.queues for ticket in queue.present())
    return {"fixed": office.n_fixed, "open": open_now, "misrouted": len(office.transit),
            "ignored": int(np.count_nonzero(office.fate == IGNORED)),
            "unheard": int(np.count_nonzero(office.fate == UNHEARD))}


def backlogs(state, b: int) -> dict[str, int]:
    """Return the tickets in each unit of brand ``b``, waiting or being worked on, outside ones included."""
    office = state.organisations[b]
    return {name: len(queue.waiting) + len(queue.running)
            for name, queue in zip(office.units, office.queues, strict=True)}


@kernel
def poisson_quantile(mean, u):
    """Return the smallest k with P(Poisson(mean) <= k) >= u.

    Weights p(k + 1) = p(k) mean / (k + 1) run over 12 standard deviations and are normalised by their sum,
    which keeps full precision where exp(-mean) would not.
    """
    first = max(0, math.floor(mean - 12.0 * math.sqrt(mean)))
    last = math.ceil(mean + 12.0 * math.sqrt(mean) + 40.0)
    total, p = 0.0, 1e-30
    for k in range(first, last + 1):
        total += p
        p *= mean / (k + 1)
    below, p = 0.0, 1e-30
    for k in range(first, last + 1):
        below += p
        if below >= u * total:
            return k
        p *= mean / (k + 1)
    return last
