"""Tables from strangers: separated text, read into columns of text.

Every row keeps the line it came from, so that a complaint can name it.  Nothing is converted here,
except that a whole number written as a float (2.0) and as an integer (2) is one and the same id.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulation.networks.files.chunks import read_chunks
from simulation.networks.files.column import Column, beside
from simulation.networks.files.lines import read_lines

MISSING = {"", "nan", "NaN", "NA"}
HEADER_WORDS = {"source", "target", "from", "to", "id", "ego", "alter", "node", "user", "person",
                "people", "sender", "receiver", "truster", "trustee", "follower", "followee",
                "name", "weight", "strength", "src", "dst", "fromnodeid", "tonodeid", "tail",
                "head", "community"}


@dataclass(frozen=True)
class Table:
    """Columns of text by name; ``lines`` says which line (or tie,
    or person) of the file a row is.
    """

    path: Path
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: Sequence[int]
    unit: str = "line"
    header: bool = True
    comments: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    def where(self, row: int) -> str:
        """Return how to find ``row`` in the file."""
        return f"{self.unit} {self.lines[row]} of {self.path}"

    def select(self, rows: np.ndarray) -> Table:
        """Return the table with only these rows."""
        return replace(self, columns=tuple(column.select(rows) for column in self.columns),
                       lines=np.asarray(self.lines)[rows])

    def column(self, name: str, key: str) -> Column:
        """Return the column ``name``; ``key`` is the config key that asked for it."""
        if self.names.count(name) == 1:
            return self.columns[self.names.index(name)]
        there = f"the columns of {self.path} are {', '.join(self.names)}"
        there += "" if self.header else " (numbered, because it has no header)"
        if name in self.names:
            raise ValueError(f"{key}: the column {name!r} is there more than once; {there}")
        close = difflib.get_close_matches(name, self.names, 1, 0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"{key}: there is no column {name!r}; {there}{hint}")

    def ids(self, names: tuple[str, ...], key: str) -> Column:
        """Return one id per row: the columns ``names`` as plain text, joined by '/'."""
        parts = []
        for name in names:
            column = self.column(name, key)
            plain = column if are_plain(column.words) else column.mapped(plain_id)
            missing = np.flatnonzero(plain.rows_with(MISSING))
            if missing.size:
                raise ValueError(f"{key}: {self.where(missing[0])} has no id in column {name!r}, "
                                 f"got {column[missing[0]]!r}")
            parts.append(plain)
        return beside(parts)

    def numbers(self, name: str, key: str) -> np.ndarray:
        """Return the column ``name`` as finite numbers, float64 (rows,)."""
        column = self.column(name, key)
        out = numbers_of(column.words)[column.codes]
        bad = np.flatnonzero(~np.isfinite(out))
        if bad.size:
            raise ValueError(f"{key}: {self.where(bad[0])} must have a finite number in column "
                             f"{name!r}, got {column[bad[0]]!r}")
        return out


def numbers_of(words: pa.Array) -> np.ndarray:
    """Return the numbers that words hold, float64 (w,), NaN where they hold none."""
    try:
        return pc.cast(words, pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return np.array([as_number(word) for word in words.to_pylist()])


def plain_id(text: str) -> str:
    """Return an id as text without blanks around it; '2.0' becomes '2'."""
    return re.sub(r"^(-?\d+)\.0*$", r"\1", text.strip()) if "." in text else text.strip()


def are_plain(words: pa.Array) -> bool:
    """Return whether ``plain_id`` certainly changes none of the words: no point, no blank,
    nothing but ASCII.
    """
    return not pc.any(pc.match_substring_regex(words, r"[^!-\-/-~]")).as_py()


def as_number(text: str) -> float:
    """Return the number a cell holds, NaN where it holds none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def natural(text: str) -> tuple:
    """Return a sorting key that puts whole numbers in their order and before words: 2, 10, ann,
    bob.
    """
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part)
            for part in text.split("/")], text


def find(path: str, key: str) -> Path:
    """Return the existing file ``path``; relative paths start from the working directory."""
    if not path:
        raise ValueError(f"{key}: no file given; for example {key}=../data/edges.csv.gz")
    file = Path(path).expanduser()
    if file.is_file():
        return file
    if file.is_dir():
        raise ValueError(f"{key} must be a file, got the folder {file}")
    beside = [p.name for p in file.parent.iterdir()] if file.parent.is_dir() else []
    close = difflib.get_close_matches(file.name, beside, 1, 0.5)
    near = f"; did you mean {file.parent / close[0]}?" if close else ""
    hint = near or f" (working directory: {Path.cwd()})"
    raise ValueError(f"{key}: there is no file {file}{hint}")


def _all_match(words: pa.Array, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(words, pattern), min_count=0).as_py()


def in_order(words: pa.Array) -> pa.Array:
    """Return different words sorted by ``natural``."""
    if _all_match(words, r"^(0|[1-9][0-9]{0,17})$"):
        return words.take(pa.array(np.argsort(pc.cast(words, pa.int64()).to_numpy())))
    if _all_match(words, r"^[^/]*[ -.:-~][^/]*$"):       # neither parts nor numbers
        return words.take(pc.sort_indices(words))
    return pa.array(sorted(words.to_pylist(), key=natural), pa.string())


def read_table(file: Path, key: str, header: str, wanted: tuple[str, ...]) -> Table:
    """Return separated text: comma, tab, semicolon or blanks, '#' comments, .gz too.

    ``header`` is auto, yes or no; ``wanted`` are the names the config asks for, a hint for auto.
    """
    columns, lines, comments = read_chunks(file) or read_lines(file, key)
    named = _has_header(columns, wanted) if header == "auto" else header == "yes"
    names = tuple(column[0] if named else str(i) for i, column in enumerate(columns))
    if named:
        columns, lines = tuple(column.select(slice(1, None)) for column in columns), lines[1:]
    return Table(file, names, columns, lines, "line", named, comments)


def _has_header(columns: tuple[Column, ...], wanted: tuple[str, ...]) -> bool:
    """Return whether the first row names the columns.

    It does with a word the config asks for; else not with a number or with anything that comes
    again below; else it does with words above numbers, or with a word that usually names a column.
    """
    first = [column[0] for column in columns]
    if any(name in first and not np.isfinite(as_number(name)) for name in wanted):
        return True
    again = any(column.rows_with(first)[1:].any() for column in columns)
    if again or any(np.isfinite(as_number(cell)) for cell in first):
        return False
    for cell, column in zip(first, columns, strict=True):
        below = [column[row] for row in range(1, min(21, len(column)))]
        if below and np.isfinite([as_number(other) for other in below]).all():
            return True
        if _stem(cell) in HEADER_WORDS and _stem(cell) not in map(_stem, below):
            return True
    return False


def _stem(cell: str) -> str:
    """Return a cell without what numbers it: node_1, Node 2 and node_id are all 'node'."""
    return re.sub(r"[\W\d_]+(id)?$", "", cell.lower())
