"""The ledger: append-only tables of what happened, with row numbers as foreign keys.

A ``Table`` is a set of growing columns.  Phases append to it; kernels may write into the reserved
tail.  A level decides what is kept: ``none`` (only what the dynamics need), ``conversions`` (posts,
purchases and their credits) and ``full`` (every read that counted as well).  What the codes in its
columns mean is said by ``codes``; which phase writes which table, by ``world.state.PARTS``.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

POSTS = {
    "step": "i4", "author": "i4", "sharer": "i4", "brand": "i1", "process": "i2", "stars": "i1",
    "valence": "f8", "motive": "i1", "incentivised": "u1", "idea": "f4", "key": "u8", "root": "i4",
    "parent": "i4", "generation": "i1", "purchase": "i4", "quality": "f4", "gap": "f4",
    "evaluation": "f4", "failed": "u1", "readers": "i4", "helpful": "i4",
}
READS = {
    "reader": "i4", "post": "i4", "step": "i4", "channel": "i1", "weight": "f8", "gain": "f8",
    "strength": "f8", "previous": "i4",
}
CONVERSIONS = {
    "step": "i4", "person": "i4", "brand": "i1", "kind": "i1", "price": "f8", "margin": "f8",
    "parent": "i4",
}
CREDITS = {
    "conversion": "i4", "stage": "i1", "source": "i1", "channel": "i1", "post": "i4",
    "sharer": "i4", "author": "i4", "share": "f8",
}
LOST = {
    "step": "i4", "person": "i4", "brand": "i1", "channel": "i1", "post": "i4", "author": "i4",
    "sales": "f8",
}
TICKETS = {
    "brand": "i1", "kind": "i1", "post": "i4", "process": "i2", "unit": "i2", "route": "i1",
    "arrival": "f8", "start": "f8", "finish": "f8", "effective": "i4",
}
DECISIONS = {
    "step": "i4", "brand": "i1", "policy": "i2", "action": "i1", "process": "i2", "person": "i4",
    "amount": "f8", "cost": "f8", "effective": "i4", "seen": "f8", "volume": "f8", "pain": "f8",
}
COSTS = {"step": "i4", "brand": "i1", "item": "i1", "amount": "f8"}

Posts = namedtuple("Posts", POSTS)
Reads = namedtuple("Reads", READS)
Conversions = namedtuple("Conversions", CONVERSIONS)
Credits = namedtuple("Credits", CREDITS)
Lost = namedtuple("Lost", LOST)
Tickets = namedtuple("Tickets", TICKETS)
Decisions = namedtuple("Decisions", DECISIONS)
Costs = namedtuple("Costs", COSTS)


class Table:
    """Columns that grow together.

    ``table["x"]`` is a view of the rows filled so far; ``table.arrays`` is a named tuple of the
    whole arrays, which kernels can take and fill beyond ``n`` after ``reserve``.
    """

    def __init__(self, row: type, dtypes: dict[str, str]):
        self.n = 0
        self.arrays = row(*(np.empty(1024, dtype) for dtype in dtypes.values()))

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, name: str) -> np.ndarray:
        return getattr(self.arrays, name)[: self.n]

    def reserve(self, rows: int) -> None:
        """Make room for ``rows`` more rows, at least doubling the memory when it must grow."""
        needed = self.n + rows
        size = self.arrays[0].size
        if needed > size:
            larger = max(needed, 2 * size)
            self.arrays = self.arrays._make(self._grown(old, larger) for old in self.arrays)

    def _grown(self, old: np.ndarray, size: int) -> np.ndarray:
        new = np.empty(size, old.dtype)
        new[: self.n] = old[: self.n]
        return new

    def append(self, columns: dict[str, np.ndarray]) -> slice:
        """Add rows (all columns, equal lengths or scalars) and return where they stand."""
        if columns.keys() != set(self.arrays._fields):
            difference = sorted(columns.keys() ^ set(self.arrays._fields))
            raise KeyError(f"columns differ by {difference}")
        rows = next((len(values) for values in columns.values() if np.ndim(values)), 1)
        self.reserve(rows)
        where = slice(self.n, self.n + rows)
        for name, values in columns.items():
            getattr(self.arrays, name)[where] = values
        self.n += rows
        return where


def rows_at(table: Table, step: int) -> np.ndarray:
    """Return the rows (r,) from ``step`` on: tables grow in order of steps."""
    return np.arange(int(np.searchsorted(table["step"], np.int32(step))), table.n)


class Ledger:
    """The tables of one run, by name, and the level that says what is kept.

    sink    ``sink(reads, first)`` is given the reads from row ``first`` on before any of them is
            dropped; None: they are given to nobody
    stayed  rows at the beginning of ``reads`` that stayed when reads were last dropped; a sink has
            got them already
    """

    def __init__(self, level: str):
        self.level = level
        self.sink = None
        self.stayed = 0
        self.posts = Table(Posts, POSTS)
        self.reads = Table(Reads, READS)
        self.conversions = Table(Conversions, CONVERSIONS)
        self.credits = Table(Credits, CREDITS)
        self.lost = Table(Lost, LOST)
        self.tickets = Table(Tickets, TICKETS)
        self.decisions = Table(Decisions, DECISIONS)
        self.costs = Table(Costs, COSTS)

    def hand_over(self) -> None:
        """Give the sink, where there is one, the reads that it has not got; between steps only."""
        if self.sink is not None:
            self.sink(self.reads, self.stayed)
        self.stayed = self.reads.n
