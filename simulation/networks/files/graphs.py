"""Graph files: GraphML, GEXF and GML as a table of ties and a table of people."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import networkx as nx

from simulation.networks.files.column import Column
from simulation.networks.files.tables import Table

UNREADABLE = (nx.NetworkXException, ElementTree.ParseError, ValueError, KeyError, IndexError,
              TypeError, AttributeError, OSError, EOFError)


def read_graph(file: Path, form: str, key: str) -> tuple[Table, Table, bool]:
    """Return the ties, the people and whether the ties are directed, of a GraphML,
    GEXF or GML file.
    """
    try:
        graph = _gml(file) if form == "gml" else getattr(nx, f"read_{form}")(file)
    except UNREADABLE as error:
        raise ValueError(f"{key}: {file} must be a {form} file, got: {error}") from error
    people = _attributes(file, "person", ("id",), [(person,) for person in graph],
                         graph.nodes.values())
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
    extra = sorted({name for row in data for name, value in row.items()
                    if not isinstance(value, dict | list)} - set(keys))
    columns = [list(map(str, column)) for column in zip(*ends, strict=True)] or [[] for _ in keys]
    columns += [[str(row.get(name, "")) for row in data] for name in extra]
    return Table(file, (*keys, *extra), tuple(map(Column.of, columns)), range(1, len(data) + 1),
                 unit)
