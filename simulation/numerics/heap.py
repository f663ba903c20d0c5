"""Heaps of records: a priority queue in one growing array, in compiled code.

A record is an element of a structured array.  It carries its own order,
which no two records of a heap share:

    first, second   f8   what counts most, then what counts next
    side, key       i1, u8   identity: equal in the above, the lower side goes first,
                    then the lower key

The least record stands at 0; those below place i stand at 2 i + 1 and 2 i + 2.  What comes out
depends on the order alone, never on how the records went in.

Source  heap: Knuth (1998)
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel


def as_bytes(records: np.ndarray) -> np.ndarray:
    """Return a view of ``records`` (r,) that is copied record by record:
    field by field takes ten times as long.
    """
    return records.view(np.dtype(("V", records.itemsize)))


def select(records: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Return a copy of the records where ``which`` (r,) is true."""
    return as_bytes(records)[which].view(records.dtype)


class Heap:
    """Records of one type of which the least can be taken at any time;
    ``items[:n]`` are the records.
    """

    def __init__(self, dtype: np.dtype):
        self.n = 0
        self.items = np.empty(64, dtype)

    def __len__(self) -> int:
        return self.n

    def records(self) -> np.ndarray:
        """Return a view of the records (n,), in no order to rely on."""
        return self.items[: self.n]

    def reserve(self, rows: int) -> None:
        """Make room for ``rows`` more records, at least doubling the memory when it must grow."""
        needed, size = self.n + rows, self.items.size
        if needed > size:
            grown = np.empty(max(needed, 2 * size), self.items.dtype)
            as_bytes(grown)[: self.n] = as_bytes(self.records())
            self.items = grown

    def push(self, records: np.ndarray, first: np.ndarray) -> None:
        """Add ``records`` (r,), and write into them that they are sorted by
        ``first`` (r,) and identity.
        """
        if records.size:
            records["first"], records["second"] = first, 0.0
            self.reserve(records.size)
            _push_all(self.items, self.n, records)
            self.n += records.size

    def take_before(self, limit: float) -> np.ndarray:
        """Take out and return the records whose ``first`` is below ``limit``, in order."""
        if self.n == 0 or self.items["first"][0] >= limit:
            return self.items[:0]
        out = np.empty(self.n, self.items.dtype)
        left = _take_before(self.items, self.n, limit, out)
        taken, self.n = self.n - left, left
        return out[:taken]


@kernel
def is_before(a, b):
    """Return whether record ``a`` goes before record ``b``."""
    if a["first"] != b["first"]:
        return a["first"] < b["first"]
    if a["second"] != b["second"]:
        return a["second"] < b["second"]
    if a["side"] != b["side"]:
        return a["side"] < b["side"]
    return a["key"] < b["key"]


@kernel
def push(items, n, records, j):
    """Add ``records[j]``, of another array, to the heap of the first ``n`` items;
    return how many there are now.
    """
    hole = n
    while hole > 0:
        above = (hole - 1) // 2
        if not is_before(records[j], items[above]):
            break
        items[hole] = items[above]
        hole = above
    items[hole] = records[j]
    return n + 1


@kernel
def pop(items, n):
    """Take item 0 out of the heap of the first ``n`` items (read it before);
    return how many are left.
    """
    last, hole, below = n - 1, 0, 1
    while below < last:
        if below + 1 < last and is_before(items[below + 1], items[below]):
            below += 1
        if not is_before(items[below], items[last]):
            break
        items[hole] = items[below]
        hole, below = below, 2 * below + 1
    items[hole] = items[last]
    return last


@kernel
def _push_all(items, n, records):
    for j in range(records.size):
        n = push(items, n, records, j)


@kernel
def _take_before(items, n, limit, out):
    taken = 0
    while n > 0 and items[0]["first"] < limit:
        out[taken] = items[0]
        taken += 1
        n = pop(items, n)
    return n
