"""A network file becomes ties: what is read of it, what is left out, what is refused.

The parameters of ``network.kind: file`` (simulation/networks/files/fields.py) say how; ``facts``
counts what was done.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulation.networks.files.fields import FileFields
from simulation.networks.files.graphs import read_graph
from simulation.networks.files.people import kinds_of, people_of
from simulation.networks.files.tables import Table, find, read_table
from simulation.world.ties import Ties, build_ties, strongest

ENDS = ("source", "target")


def stamps(network: FileFields) -> tuple[tuple[str, int, int], ...]:
    """Return path, time and size of the files of a network;
    raises ValueError where one is not there.
    """
    files = [find(network.path, "network.path")]
    if network.nodes_path:
        files.append(find(network.nodes_path, "network.nodes_path"))
    return tuple((str(f.resolve()), f.stat().st_mtime_ns, f.stat().st_size) for f in files)


@lru_cache(maxsize=4)
def load(network: FileFields, stamps: tuple) -> Ties:
    """Return the content of the files; ``stamps`` (path, time,
    size) make a changed file be read again.
    """
    ties, nodes, directed = _tables(network)
    facts = {"lines": len(ties), "header": ties.header, "comments": ties.comments,
             "directed": directed}
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


def _tables(network: FileFields) -> tuple[Table, Table | None, bool]:
    """Return the table of ties, that of people (or None), and whether ties are directed."""
    file = find(network.path, "network.path")
    form, nodes, directed = network.format, None, False
    if form == "auto":
        ending = file.name.removesuffix(".gz").rpartition(".")[2].lower()
        form = ending if ending in ("graphml", "gexf", "gml") else "edges"
    if form == "edges":
        wanted = (network.source_column, network.target_column, network.strength_column,
                  network.kind_column, network.only_column, *network.source_id_columns,
                  *network.target_id_columns)
        ties = read_table(file, "network.path", network.header, wanted)
    else:
        ties, nodes, directed = read_graph(file, form, "network.path")
    if len(ties.names) < 2:
        raise ValueError(f"network.path: {file} must have at least two columns, got "
                         f"{ties.names[0]!r} alone")
    if not len(ties):
        raise ValueError(f"network.path: {file} has no ties")
    if network.nodes_path:
        key, wanted = "network.nodes_path", (*network.id_columns, network.community_column)
        nodes = read_table(find(network.nodes_path, key), key, network.header, wanted)
    return ties, nodes, directed if network.directed == "auto" else network.directed


def _selected(network: FileFields, ties: Table, facts: dict) -> Table:
    if not network.only_column:
        return ties
    column, values = ties.column(network.only_column,
                                 "network.only_column"), set(network.only_values)
    there = column.words.to_pylist()
    absent = sorted(values.difference(there))
    if absent:
        raise ValueError(f"network.only_values: {absent[0]!r} never occurs in column "
                         f"{network.only_column!r} of {ties.path}; it has "
                         f"{', '.join(sorted(there)[:20])}")
    rows = np.flatnonzero(column.rows_with(values))
    facts["not_selected"] = len(ties) - rows.size
    return ties.select(rows)


def _id_columns(network: FileFields, ties: Table, end: str) -> tuple[str, ...]:
    several, one = getattr(network, f"{end}_id_columns"), getattr(network, f"{end}_column")
    return several or (one or ties.names[ENDS.index(end)],)


def _strength(network: FileFields, ties: Table, facts: dict) -> np.ndarray:
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
        raise ValueError(f"network.strength_column: a strength must be above 0 and at most 1, "
                         f"got {got} in {ties.where(bad[0])}; for weights above 1: "
                         f"network.strength_scale=divide_by_max")
    return values.astype(np.float32)


def _kept(network: FileFields, ties: Table, source, target, strength, directed: bool,
          facts: dict) -> np.ndarray:
    """Return the rows that stay: no self-ties, of several ties of one pair the strongest."""
    a, b = (source, target) if directed else (np.minimum(source, target),
                                              np.maximum(source, target))
    rows, facts["self_ties"], facts["duplicates"] = strongest(a, b, strength)
    if network.duplicates == "error" and facts["duplicates"]:
        _refuse_duplicates(ties, a, b, strength, directed)
    if rows.size == 0:
        raise ValueError(f"network.path: {ties.path} has no tie between two known people "
                         f"({facts['self_ties']} self-ties, {facts['unknown_ties']} with unknown "
                         f"ids)")
    return rows


def _refuse_duplicates(ties: Table, a: np.ndarray, b: np.ndarray, strength: np.ndarray,
                       directed: bool) -> None:
    """Raise ValueError for the first pair (a, b) that comes twice."""
    order = np.lexsort((-strength, b, a))
    order = order[a[order] != b[order]]
    again = (a[order][1:] == a[order][:-1]) & (b[order][1:] == b[order][:-1])
    first, later = sorted(order[np.flatnonzero(again)[0]:][:2].tolist())
    raise ValueError(f"network.duplicates: {ties.where(later)} repeats the tie of {ties.unit} "
                     f"{ties.lines[first]}; allowed: each pair once (in "
                     f"{'each direction' if directed else 'either direction'}), or "
                     f"network.duplicates=strongest")
