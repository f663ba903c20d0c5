"""Tables from strangers: separated text and graph files, read into columns of text.

Every row keeps the line it came from, so that a complaint can name it.  Nothing is converted here, except
that a whole number written as a float (2.0) and as an integer (2) is one and the same id.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import re
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import numpy as np

MISSING = {"", "nan", "NaN", "NA"}
HEADER_WORDS = {"source", "target", "from", "to", "id", "ego", "alter", "node", "user", "person", "people",
                "sender", "receiver", "truster", "trustee", "follower", "followee", "name", "weight",
                "strength", "src", "dst", "fromnodeid", "tonodeid", "tail", "head", "community"}
UNREADABLE = (nx.NetworkXException, ElementTree.ParseError, ValueError, KeyError, IndexError, TypeError,
              AttributeError, OSError, EOFError)


@dataclass(frozen=True)
class Table:
    """Columns of text by name; ``lines`` says which line (or tie, or person) of the file a row is."""

    path: Path
    names: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: list[int]
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
        chosen = rows.tolist()
        return replace(self, columns=tuple([column[row] for row in chosen] for column in self.columns),
                       lines=[self.lines[row] for row in chosen])

    def column(self, name: str, key: str) -> list[str]:
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

    def ids(self, names: tuple[str, ...], key: str) -> list[str]:
        """Return one id per row: the columns ``names`` as plain text, joined by '/'."""
        parts = []
        for name in names:
            column = self.column(name, key)
            plain = {raw: plain_id(raw) for raw in set(column)}
            for row, raw in enumerate(column if MISSING & set(plain.values()) else ()):
                if plain[raw] in MISSING:
                    raise ValueError(f"{key}: {self.where(row)} has no id in column {name!r}, got {raw!r}")
            parts.append([plain[raw] for raw in column])
        return parts[0] if len(parts) == 1 else ["/".join(part) for part in zip(*parts, strict=True)]

    def numbers(self, name: str, key: str) -> np.ndarray:
        """Return the column ``name`` as finite numbers, float64 (rows,)."""
        column, out = self.column(name, key), np.empty(len(self))
        for row, text in enumerate(column):
            out[row] = as_number(text)
        bad = np.flatnonzero(~np.isfinite(out))
        if bad.size:
            raise ValueError(f"{key}: {self.where(bad[0])} must have a finite number in column {name!r}, "
                             f"got {column[bad[0]]!r}")
        return out


def plain_id(text: str) -> str:
    """Return an id as text without blanks around it; '2.0' becomes '2'."""
    return re.sub(r"^(-?\d+)\.0*$", r"\1", text.strip())


def as_number(text: str) -> float:
    """Return the number a cell holds, NaN where it holds none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def natural(text: str) -> tuple:
    """Return a sorting key that puts whole numbers in their order and before words: 2, 10, ann, bob."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in text.split("/")], text


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
    hint = f"; did you mean {file.parent / close[0]}?" if close else f" (working directory: {Path.cwd()})"
    raise ValueError(f"{key}: there is no file {file}{hint}")


def read_table(file: Path, key: str, header: str, wanted: tuple[str, ...]) -> Table:
    """Return separated text: comma, tab, semicolon or blanks, '#' comments, .gz too.

    ``header`` is auto, yes or no; ``wanted`` are the names the config asks for, a hint for auto.
    """
    text = _text(file, key).split("\n")
    kept = [(number, line) for number, line in enumerate(text, 1) if line.strip() and line.lstrip()[0] != "#"]
    if not kept:
        raise ValueError(f"{key}: {file} is empty")
    comments = sum(line.lstrip().startswith("#") for line in text)
    rows, lines = _rows(kept, file, key)
    named = _has_header(rows, wanted) if header == "auto" else header == "yes"
    names = tuple(rows[0]) if named else tuple(str(i) for i in range(len(rows[0])))
    if named:
        rows, lines = rows[1:], lines[1:]
    columns = tuple(list(column) for column in zip(*rows, strict=True)) if rows else tuple([] for _ in names)
    return Table(file, names, columns, lines, "line", named, comments)


def _text(file: Path, key: str) -> str:
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8-sig") as stream:
            return stream.read()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"{key}: {file} must be UTF-8 text (or text in .gz), got: {error}") from error


def _rows(kept: list[tuple[int, str]], file: Path, key: str) -> tuple[list[list[str]], list[int]]:
    """Return the cells of every line, all of one length, and the lines they came from."""
    first = kept[0][1]
    separator = next((mark for mark in "\t,;" if mark in first), None)
    if separator is None:
        rows, lines = [line.split() for _, line in kept], [number for number, _ in kept]
    else:
        rows, lines = _quoted(kept, separator, file, key)
    width = len(rows[0])
    for row, number in zip(rows, lines, strict=True):
        if len(row) < width or (separator and len(row) > width):
            raise ValueError(f"{key}: line {number} of {file} must have {width} columns like the first line, "
                             f"got {len(row)}")
    return [row[:width] for row in rows], lines


def _quoted(kept: list[tuple[int, str]], separator: str, file: Path,
            key: str) -> tuple[list[list[str]], list[int]]:
    reader, rows, lines = csv.reader([line for _, line in kept], delimiter=separator, strict=True), [], []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            lines.append(kept[reader.line_num - 1][0])
    except csv.Error as error:
        start = kept[len(rows)][0]
        raise ValueError(f"{key}: line {start} of {file} must be separated text, got: {error}") from error
    return rows, lines


def _has_header(rows: list[list[str]], wanted: tuple[str, ...]) -> bool:
    """Return whether the first row names the columns.

    It does with a word the config asks for; else not with a number or with anything that comes again below;
    else it does with words above numbers, or with a word that usually names a column.
    """
    first, later = rows[0], rows[1:21]
    if any(name in first and not np.isfinite(as_number(name)) for name in wanted):
        return True
    again = any(not set(first).isdisjoint(row) for row in rows[1:])
    if again or any(np.isfinite(as_number(cell)) for cell in first):
        return False
    for cell, *column in zip(first, *later, strict=True):
        if column and np.isfinite([as_number(other) for other in column]).all():
            return True
        if _stem(cell) in HEADER_WORDS and _stem(cell) not in map(_stem, column):
            return True
    return False


def _stem(cell: str) -> str:
    """Return a cell without what numbers it: node_1, Node 2 and node_id are all 'node'."""
    return re.sub(r"[\W\d_]+(id)?$", "", cell.lower())


def read_graph(file: Path, form: str, key: str) -> tuple[Table, Table, bool]:
    """Return the ties, the people and whether the ties are directed, of a GraphML, GEXF or GML file."""
    try:
        graph = _gml(file) if form == "gml" else getattr(nx, f"read_{form}")(file)
    except UNREADABLE as error:
        raise ValueError(f"{key}: {file} must be a {form} file, got: {error}") from error
    people = _attributes(file, "person", ("id",), [(person,) for person in graph], graph.nodes.values())
    edges = list(graph.edges(data=True))
    ties = _attributes(file, "tie", ("source", "target"), [edge[:2] for edge in edges],
                       [edge[2] for edge in edges])
    return ties, people, graph.is_directed()


def _gml(file: Path) -> nx.Graph:
    try:
        return nx.read_gml(file)
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.read_gml(file, label="id")


def _attributes(file: Path, unit: str, keys: tuple[str, ...], ends: list, data) -> Table:
    data = list(data)
    extra = sorted({name for row in data for name, value in row.items() if not isinstance(value, dict | list)}
                   - set(keys))
    columns = [list(map(str, column)) for column in zip(*ends, strict=True)] or [[] for _ in keys]
    columns += [[str(row.get(name, "")) for row in data] for name in extra]
    return Table(file, (*keys, *extra), tuple(columns), list(range(1, len(data) + 1)), unit)
