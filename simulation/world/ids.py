"""Ids of people, held in few bytes: people without ids of their own are called by their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import eq

import numpy as np


class Names(Sequence):
    """Names that are made when somebody asks for them, and otherwise
    behave like the list of them.
    """

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        is_sequence = isinstance(other, list | Names)
        return is_sequence and len(other) == len(self) and all(map(eq, self, other))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)})"


class RowNames(Names):
    """The names "0", "1", ... of ``n`` people."""

    def __init__(self, n: int):
        self.n = n

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, row: int | slice) -> str | list[str]:
        rows = range(self.n)[row]
        return list(map(str, rows)) if isinstance(row, slice) else str(rows)

    def __iter__(self) -> Iterator[str]:
        return map(str, range(self.n))

    def __contains__(self, name: object) -> bool:
        return name in RowsOfNames(self.n)


class TextNames(Names):
    """Names of any kind, as one text and the places where they end."""

    def __init__(self, names: Sequence[str]):
        parts = [name.encode() for name in names]
        self.text = b"".join(parts)
        self.ends = np.cumsum([0, *map(len, parts)])

    def __len__(self) -> int:
        return self.ends.size - 1

    def __getitem__(self, row: int | slice) -> str | list[str]:
        rows = range(len(self))[row]
        if isinstance(row, slice):
            return [self[one] for one in rows]
        return self.text[self.ends[rows]:self.ends[rows + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        return (self.text[start:end].decode() for start, end in pairwise(self.ends.tolist()))


def held(names: Sequence[str]) -> Names:
    """Return names in as few bytes as they need."""
    rows = RowNames(len(names))
    return rows if rows == names else TextNames(names)


class RowsOfNames(Mapping):
    """The row of each of the names "0", "1", ... of ``n`` people, like the dict of them."""

    def __init__(self, n: int):
        self.n = n

    def __len__(self) -> int:
        return self.n

    def __iter__(self) -> Iterator[str]:
        return iter(RowNames(self.n))

    def __getitem__(self, name: str) -> int:
        if isinstance(name, str) and name.isascii() and name.isdecimal() and len(name) < 20:
            row = int(name)
            if row < self.n and str(row) == name:
                return row
        raise KeyError(name)
