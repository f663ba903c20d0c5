"""The user's own network: an edge list (text) or a graph file, with an optional table of people.

    edges      CSV, TSV, semicolons or blanks, also .gz; '#' comments; header found or numbered columns
    graph      graphml, gexf or gml, by the file's ending
    people     the nodes file in its order, or else all ends of ties sorted (numbers first)
    ties       directed false: every line is a mutual tie; true: one tie, read in ``direction``; auto:
               mutual for edge lists, what the file says for graph files

What is dropped or merged is counted in ``Ties.facts``: self_ties, duplicates, isolated, not_selected (by
``only_values``), unknown_ids and unknown_ties; the other columns of the nodes file are kept there as
``attributes``.  ``population.size`` is ignored: the file says how many people there are.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from simulation.networks.base import Network
from simulation.networks.graphs import read_graph
from simulation.networks.people import kinds_of, people_of
from simulation.networks.tables import Table, find, read_table
from simulation.params import parameter
from simulation.ties import Ties, build_ties, strongest

COLUMN = "column name (empty: none)"
ENDS = ("source", "target")
SEVERAL = "several columns that make the id"


class File(Network):
    """Ties from a file; see docs/how-to/use_your_own_network.md."""

    kind: Literal["file"]
    path: str = parameter("file", "assumption", doc="relative to the working directory")
    format: Literal["auto", "edges", "graphml", "gexf", "gml"] = parameter("name", "assumption")
    header: Literal["auto", "yes", "no"] = parameter("name", "assumption", doc="of edge and nodes files")
    directed: Literal["auto"] | bool = parameter("true, false or auto", "assumption")
    direction: Literal["source_influences_target", "target_influences_source"] = parameter(
        "name", "assumption", doc="where directed")
    source_column: str = parameter(COLUMN, "assumption", doc="empty: the first column")
    target_column: str = parameter(COLUMN, "assumption", doc="empty: the second column")
    source_id_columns: tuple[str, ...] = parameter("column names", "assumption", doc=SEVERAL)
    target_id_columns: tuple[str, ...] = parameter("column names", "assumption", doc=SEVERAL)
    strength_column: str = parameter(COLUMN, "assumption")
    strength_scale: Literal["as_is", "divide_by_max"] = parameter("name", "assumption")
    default_strength: float = parameter("1", "assumption", gt=0, le=1)
    default_visibility: float = parameter("1", "assumption", gt=0, le=1)
    kind_column: str = parameter(COLUMN, "assumption", doc="0 .. 127, or words")
    only_column: str = parameter(COLUMN, "assumption", doc="keep lines whose value is in only_values")
    only_values: tuple[str, ...] = parameter("values", "assumption")
    nodes_path: str = parameter("file (empty: none)", "assumption")
    id_columns: tuple[str, ...] = parameter("column names", "assumption", doc="empty: the first column")
    community_column: str = parameter(COLUMN, "assumption", doc="of the nodes")
    unknown_ids: Literal["error", "drop", "add"] = parameter("name", "assumption", doc="not in nodes_path")
    duplicates: Literal["strongest", "error"] = parameter("name", "assumption")
    source: ClassVar[str] = "assumption"

    @model_validator(mode="after")
    def _consistent(self) -> File:
        for end in ENDS:
            if getattr(self, f"{end}_column") and getattr(self, f"{end}_id_columns"):
                raise ValueError(f"network.{end}_column and network.{end}_id_columns: allowed is one of "
                                 f"them, got both")
        if bool(self.only_column) != bool(self.only_values):
            raise ValueError("network.only_column and network.only_values: allowed is both or neither, "
                             "got one")
        return self

    def has_communities(self) -> bool:
        """Return whether a column of communities is named."""
        return bool(self.community_column)

    def size(self, n: int) -> int:
        """Return the number of people in the file, whatever the config asks for."""
        return self._loaded().n

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties of the file (no luck involved); refuses an ``n`` other than ``size(n)``."""
        ties = self._loaded()
        if n != ties.n:
            raise ValueError(f"population.size must be {ties.n}, the people in {self.path}, got {n}")
        return replace(ties, facts=ties.facts | {"attributes": dict(ties.facts["attributes"])})

    def _loaded(self) -> Ties:
        files = [find(self.path, "network.path")]
        if self.nodes_path:
            files.append(find(self.nodes_path, "network.nodes_path"))
        return _load(self, tuple((str(f.resolve()), f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@lru_cache(maxsize=4)
def _load(network: File, stamps: tuple) -> Ties:
    """Return the content of the files; ``stamps`` (path, time, size) make a changed file be read again."""
    ties, nodes, directed = _tables(network)
    facts = {"lines": len(ties), "header": ties.header, "comments": ties.comments, "directed": directed}
    ties = _selected(network, ties, facts)
    ends = [ties.ids(_id_columns(network, ties, end), f"network.{end}_column") for end in ENDS]
    people, (source, target) = people_of(network, nodes, ties, ends, facts)
    known = (source >= 0) & (target >= 0)
    facts["unknown_ties"] = int(len(ties) - known.sum())
    if facts["unknown_ties"]:
        ties, source, target = ties.select(np.flatnonzero(known)), source[known], target[known]
    strength = _strength(network, ties, facts)
    kind = kinds_of(ties, network.kind_column, facts)
    rows = _kept(network, ties, source, target, strength, directed, facts)
    if rows.size < len(ties):
        source, target, strength, kind = source[rows], target[rows], strength[rows], kind[rows]
    if network.direction == "target_influences_source":
        source, target = target, source
    built = build_ties(len(people.ids), source, target, strength, network.default_visibility, kind,
                       people.community, people.ids, mutual=not directed)
    built.facts |= facts | {"attributes": people.attributes}
    return built


def _tables(network: File) -> tuple[Table, Table | None, bool]:
    """Return the table of ties, that of people (or None), and whether ties are directed."""
    file = find(network.path, "network.path")
    form, nodes, directed = network.format, None, False
    if form == "auto":
        ending = file.name.removesuffix(".gz").rpartition(".")[2].lower()
        form = ending if ending in ("graphml", "gexf", "gml") else "edges"
    if form == "edges":
        wanted = (network.source_column, network.target_column, network.strength_column, network.kind_column,
                  network.only_column, *network.source_id_columns, *network.target_id_columns)
        ties = read_table(file, "network.path", network.header, wanted)
    else:
        ties, nodes, directed = read_graph(file, form, "network.path")
    if len(ties.names) < 2:
        raise ValueError(f"network.path: {file} must have at least two columns, got {ties.names[0]!r} alone")
    if not len(ties):
        raise ValueError(f"network.path: {file} has no ties")
    if network.nodes_path:
        key, wanted = "network.nodes_path", (*network.id_columns, network.community_column)
        nodes = read_table(find(network.nodes_path, key), key, network.header, wanted)
    return ties, nodes, directed if network.directed == "auto" else network.directed


def _selected(network: File, ties: Table, facts: dict) -> Table:
    if not network.only_column:
        return ties
    column, values = ties.column(network.only_column, "network.only_column"), set(network.only_values)
    there = column.words.to_pylist()
    absent = sorted(values.difference(there))
    if absent:
        raise ValueError(f"network.only_values: {absent[0]!r} never occurs in column {network.only_column!r} "
                         f"of {ties.path}; it has {', '.join(sorted(there)[:20])}")
    rows = np.flatnonzero(column.rows_with(values))
    facts["not_selected"] = len(ties) - rows.size
    return ties.select(rows)


def _id_columns(network: File, ties: Table, end: str) -> tuple[str, ...]:
    several, one = getattr(network, f"{end}_id_columns"), getattr(network, f"{end}_column")
    return several or (one or ties.names[ENDS.index(end)],)


def _strength(network: File, ties: Table, facts: dict) -> np.ndarray:
    """Return the strengths in (0, 1], float32 (e,)."""
    if not network.strength_column:
        return np.broadcast_to(np.float32(network.default_strength), len(ties))
    values = ties.numbers(network.strength_column, "network.strength_column")
    if network.strength_scale == "divide_by_max" and values.size and values.max() > 0:
        facts["strength_divided_by"] = float(values.max())
        values = values / values.max()
    bad = np.flatnonzero((values.astype(np.float32) <= 0) | (values > 1))
    if bad.size:
        got = ties.column(network.strength_column, "network.strength_column")[bad[0]]
        raise ValueError(f"network.strength_column: a strength must be above 0 and at most 1, got {got} in "
                         f"{ties.where(bad[0])}; for weights above 1: network.strength_scale=divide_by_max")
    return values.astype(np.float32)


def _kept(network: File, ties: Table, source, target, strength, directed: bool, facts: dict) -> np.ndarray:
    """Return the rows that stay: no self-ties, of several ties of one pair the strongest."""
    a, b = (source, target) if directed else (np.minimum(source, target), np.maximum(source, target))
    rows, facts["self_ties"], facts["duplicates"] = strongest(a, b, strength)
    if network.duplicates == "error" and facts["duplicates"]:
        _refuse_duplicates(ties, a, b, strength, directed)
    if rows.size == 0:
        raise ValueError(f"network.path: {ties.path} has no tie between two known people "
                         f"({facts['self_ties']} self-ties, {facts['unknown_ties']} with unknown ids)")
    return rows


def _refuse_duplicates(ties: Table, a: np.ndarray, b: np.ndarray, strength: np.ndarray, directed: bool) -> None:
    """Raise ValueError for the first pair (a, b) that comes twice."""
    order = np.lexsort((-strength, b, a))
    order = order[a[order] != b[order]]
    again = (a[order][1:] == a[order][:-1]) & (b[order][1:] == b[order][:-1])
    first, later = sorted(order[np.flatnonzero(again)[0]:][:2].tolist())
    raise ValueError(f"network.duplicates: {ties.where(later)} repeats the tie of {ties.unit} "
                     f"{ties.lines[first]}; allowed: each pair once (in "
                     f"{'each direction' if directed else 'either direction'}), or network.duplicates=strongest")
