"""Names of people who have none of their own: their rows, without holding a single name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


class RowNames(Sequence):
    """The names "0", "1", ... of ``n`` people, like the list of them."""

    __hash__ = None

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

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowNames):
            return self.n == other.n
        return isinstance(other, list) and len(other) == self.n and all(map(str.__eq__, self, other))

    def __repr__(self) -> str:
        return f"RowNames({self.n})"


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
