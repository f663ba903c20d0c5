"""Queues of the business units, and the back office of a brand that keeps them, in continuous time.

A unit is ``servers`` people.  A ticket that finds one of them free starts at once, else it waits;
step t lasts from time t to t + 1, and what is unfinished is carried over.  Tickets are ordered by
time and identity (key), never by position in a table.

Source  queue with several servers: Erlang (1917)
Twin    tests/reference/office.py: Unit, poisson_quantile
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulation.numerics.heap import Heap, as_bytes, pop, push, select
from simulation.numerics.jit import inlined, kernel
from simulation.world.tickets import RECORD


class Fate(enum.IntEnum):
    """What became of a review, as one brand has it."""

    UNKNOWN = 0   # of another brand
    UNHEARD = 1   # never seen
    IGNORED = 2   # seen, and no ticket made of it
    TICKET = 3


UNHEARD = int(Fate.UNHEARD)
IGNORED = int(Fate.IGNORED)
TICKET = int(Fate.TICKET)

NO_TICKETS = np.empty(0, RECORD)

_COMING, _WAITING, _RUNNING, _KNOWN, _STARTED, _WAITED, _FINISHED = range(7)
"""Places in the ``counts`` of a queue: tickets by where they are, and how many did what so far."""

_NOW, _AREA, _WAIT = range(3)
"""Places in the ``sums`` of a queue: the time, tickets x steps, and steps waited."""


class Order(NamedTuple):
    """Money for a process: acts from the start of step ``effective``."""

    brand: int
    process: int
    money: float
    effective: int


def _heap() -> Heap:
    """Return an empty heap of tickets."""
    return Heap(RECORD)


@dataclass
class Queue:
    """The queue of one unit with ``servers`` people; ``by_reach`` serves the widest reach first."""

    servers: int
    by_reach: bool = False
    now: float = 0.0
    coming: Heap = field(default_factory=_heap)   # will arrive, by arrival
    waiting: Heap = field(default_factory=_heap)  # by rank, then arrival
    running: Heap = field(default_factory=_heap)  # being worked on, by finish
    area: float = 0.0      # tickets x steps spent in the unit so far, of all tickets
    n_known: int = 0       # tickets about reviews that wait or are being worked on
    n_started: int = 0
    n_waited: int = 0      # of those started, how many did not start on arrival
    sum_wait: float = 0.0  # steps

    def arrive(self, tickets: np.ndarray, times: np.ndarray) -> None:
        """Announce ``tickets`` (r,) that join the queue at ``times`` (r,), none before ``now``."""
        tickets["arrival"] = times
        tickets["rank"] = self.rank(tickets)
        self.coming.push(tickets, times)

    def advance(self, end: float) -> tuple[np.ndarray, np.ndarray]:
        """Work until ``end``; return the tickets started and those finished, as they were then."""
        coming, waiting, running = self.coming, self.waiting, self.running
        if coming.n + self.n_present == 0:
            self.now = end
            return NO_TICKETS, NO_TICKETS
        to_start = coming.n + waiting.n
        waiting.reserve(coming.n)
        running.reserve(min(to_start, self.servers))
        started = np.empty(to_start, RECORD)
        finished = np.empty(to_start + running.n, RECORD)
        counts = np.array([coming.n, waiting.n, running.n, self.n_known, 0, 0, 0])
        sums = np.array([self.now, self.area, self.sum_wait])
        _work(end, self.servers, coming.items, waiting.items, running.items, counts, sums, started,
              finished)
        _pass(counts, sums, end)
        (coming.n, waiting.n, running.n, self.n_known,
         n_started, n_waited, n_finished) = counts.tolist()
        self.now, self.area, self.sum_wait = sums.tolist()
        self.n_started += n_started
        self.n_waited += n_waited
        return started[:n_started], finished[:n_finished]

    def rank(self, tickets: np.ndarray) -> np.ndarray | float:
        """Return who is served next, lowest first; equal ranks go by arrival, then identity."""
        return -tickets["reach"] if self.by_reach else 0.0

    @property
    def n_present(self) -> int:
        """Number of tickets waiting or being worked on."""
        return self.waiting.n + self.running.n

    def present(self) -> np.ndarray:
        """Return the tickets waiting or being worked on."""
        both = [as_bytes(heap.records()) for heap in (self.waiting, self.running)]
        return np.concatenate(both).view(RECORD)


@kernel
def _work(end, servers, coming, waiting, running, counts, sums, started, finished):
    """Go from event to event until ``end``.

    At equal times a server becomes free before a ticket arrives.
    """
    while True:
        # whoever is free takes the next ticket
        while counts[_WAITING] > 0 and counts[_RUNNING] < servers:
            _start(waiting, running, counts, sums, started)
        # the next event
        arrival = coming[0]["first"] if counts[_COMING] > 0 else math.inf
        departure = running[0]["first"] if counts[_RUNNING] > 0 else math.inf
        if min(arrival, departure) >= end:
            break
        _pass(counts, sums, min(arrival, departure))
        # a ticket is finished, or one joins the queue
        if departure <= arrival:
            finished[counts[_FINISHED]] = running[0]
            counts[_FINISHED] += 1
            counts[_KNOWN] -= running[0]["kind"] >= 0
            counts[_RUNNING] = pop(running, counts[_RUNNING])
        else:
            coming[0]["first"] = coming[0]["rank"]
            coming[0]["second"] = arrival
            counts[_KNOWN] += coming[0]["kind"] >= 0
            counts[_WAITING] = push(waiting, counts[_WAITING], coming, 0)
            counts[_COMING] = pop(coming, counts[_COMING])


@kernel
def _start(waiting, running, counts, sums, started):
    """Start the first ticket that waits: it finishes after its service."""
    ticket = waiting[0]
    ticket["start"] = sums[_NOW]
    ticket["finish"] = sums[_NOW] + ticket["service"]
    # in the heap of what is being worked on it stands by its finish
    ticket["first"] = ticket["finish"]
    ticket["second"] = 0.0
    sums[_WAIT] += ticket["start"] - ticket["arrival"]
    counts[_WAITED] += ticket["start"] > ticket["arrival"]
    started[counts[_STARTED]] = ticket
    counts[_STARTED] += 1
    counts[_RUNNING] = push(running, counts[_RUNNING], waiting, 0)
    counts[_WAITING] = pop(waiting, counts[_WAITING])


@kernel
def _pass(counts, sums, time):
    """Let time pass: the area under the number of tickets present grows (as in Little's law)."""
    sums[_AREA] += (counts[_WAITING] + counts[_RUNNING]) * (time - sums[_NOW])
    sums[_NOW] = time


@dataclass
class BackOffice:
    """What a brand's organisation keeps: queues, tickets in transit, how far processes have come.

    Arrays over the brand's own processes have shape (p,).
    """

    units: tuple[str, ...]      # names
    queues: list[Queue]         # one per unit
    first_unit: int             # number of the first unit among the units of all brands
    processes: np.ndarray       # (p,) index of each own process among all processes
    owner: np.ndarray           # (k + 1,) unit that owns each process, -1 = none; last: no process
    avoidable: np.ndarray       # (p,) failure rate above the floor at the start
    missing: np.ndarray         # (p,) quality below the ceiling at the start
    scale: np.ndarray           # (p,) currency that removes 63 % of the avoidable failures
    spent: np.ndarray           # (p,) money that has become effective
    kept_failure: np.ndarray    # (p,) share of the avoidable failures that worked complaints left
    kept_missing: np.ndarray    # (p,) share of the missing quality that worked ideas left
    transit: Heap = field(default_factory=_heap)  # on the way to their unit, by time
    due: Heap = field(default_factory=_heap)      # finished, by effective step
    fate: np.ndarray = field(default_factory=lambda: np.zeros(1024, np.int8))  # by row of posts
    n_by_fate: np.ndarray = field(                # reviews by Fate, UNKNOWN aside
        default_factory=lambda: np.zeros(len(Fate), np.int64))
    n_fixed: int = 0            # tickets about reviews that were finished

    def note(self, rows: np.ndarray, fate: int) -> None:
        """Write what became of the reviews ``rows`` of posts."""
        if rows.size == 0:
            return
        if rows.max() >= self.fate.size:
            grown = np.zeros(max(int(rows.max()) + 1, 2 * self.fate.size), np.int8)
            grown[: self.fate.size] = self.fate
            self.fate = grown
        _note(rows, fate, self.fate, self.n_by_fate)

    def arrive(self, tickets: np.ndarray) -> None:
        """Announce ``tickets`` (r,), out of transit, to the units that own their processes.

        They arrive when they leave the transit, at the time ``first`` by which it is ordered.
        """
        if tickets.size == 0:
            return
        units = self.owner[tickets["process"]]
        for u, queue in enumerate(self.queues):
            mine = units == u
            if mine.any():
                queue.arrive(select(tickets, mine), tickets["first"][mine])

    def advance(self, end: float) -> tuple[np.ndarray, np.ndarray]:
        """Let all units work until ``end``; return the tickets started and those finished."""
        by_unit = [queue.advance(end) for queue in self.queues]
        started = join([started for started, _ in by_unit])
        finished = join([finished for _, finished in by_unit])
        return started, finished


def join(parts: list[np.ndarray]) -> np.ndarray:
    """Return the tickets of all parts, one part after the other."""
    filled = [as_bytes(part) for part in parts if part.size > 0]
    return np.concatenate(filled).view(RECORD) if filled else NO_TICKETS


@kernel
def _note(rows, new, fate, n_by_fate):
    """Write the fate ``new`` of the reviews, and keep count."""
    for j in range(rows.size):
        n_by_fate[fate[rows[j]]] -= 1
        n_by_fate[new] += 1
        fate[rows[j]] = new


def feedback_census(state, b: int) -> dict[str, int]:
    """Return what became of every review about brand ``b`` so far; the counts add up to all.

    fixed, open (in a unit), misrouted (on the way from a wrong unit to the right one), ignored
    (seen, nothing done), unheard (never seen).  To be called between steps.
    """
    office = state.organisations[b]
    return {"fixed": office.n_fixed,
            "open": sum(queue.n_known for queue in office.queues),
            "misrouted": len(office.transit),
            "ignored": int(office.n_by_fate[IGNORED]),
            "unheard": int(office.n_by_fate[UNHEARD])}


def backlogs(state, b: int) -> dict[str, int]:
    """Return the tickets in each unit of brand ``b``, waiting or worked on, also outside ones."""
    office = state.organisations[b]
    return {name: queue.n_present for name, queue in zip(office.units, office.queues, strict=True)}


@inlined
def next_weight(weight, mean, k):
    """Return p(k + 1) = p(k) mean / (k + 1)."""
    return weight * (mean / (k + 1))


@kernel
def poisson_quantile(mean, u):
    """Return the smallest k with P(Poisson(mean) <= k) >= u.

    The weights p(k) run over 12 standard deviations and are normalised by their sum, which keeps
    full precision where exp(-mean) would not.
    """
    first = max(0, math.floor(mean - 12.0 * math.sqrt(mean)))
    last = math.ceil(mean + 12.0 * math.sqrt(mean) + 40.0)
    # the sum of all weights
    total = 0.0
    weight = 1e-30
    for k in range(first, last + 1):
        total += weight
        weight = next_weight(weight, mean, k)
    # where the sum so far reaches the share u
    below = 0.0
    weight = 1e-30
    for k in range(first, last + 1):
        below += weight
        if below >= u * total:
            return k
        weight = next_weight(weight, mean, k)
    return last
