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
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import model_validator

from simulation.networks.base import Network
from simulation.params import parameter
from simulation.ties import Ties

COLUMN = "column name (empty: none)"
SEVERAL = "several columns that make the id"
BYTES_PER_LINE, PEOPLE_PER_LINE, PACKED = 14, 0.2, 5
"""Of a file that has not been read: bytes of a line, people for each line, and how much larger it is unpacked."""


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
    built_per_tie: ClassVar[float] = 90
    sized_by: ClassVar[str] = "path"

    @model_validator(mode="after")
    def _consistent(self) -> File:
        for end in ("source", "target"):
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

    def expected_size(self, n: int) -> float:
        """Return about the number of people, from the bytes of the file, which is not read."""
        return PEOPLE_PER_LINE * self._expected_lines()

    def expected_ties(self, n: float) -> float:
        """Return two for each line that the file is expected to have."""
        return 2.0 * self._expected_lines()

    def ties_differ(self) -> bool:
        """Return whether a column of strengths or of kinds is named."""
        return bool(self.strength_column or self.kind_column)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties of the file (no luck involved); refuses an ``n`` other than ``size(n)``."""
        ties = self._loaded()
        if n != ties.n:
            raise ValueError(f"population.size must be {ties.n}, the people in {self.path}, got {n}")
        return replace(ties, facts=ties.facts | {"attributes": dict(ties.facts["attributes"])})

    def _expected_lines(self) -> float:
        """Return the lines that the file may have; 0 where there is no file (which is said elsewhere)."""
        file = Path(self.path)
        size = file.stat().st_size * (PACKED if file.suffix == ".gz" else 1) if file.is_file() else 0
        return size / BYTES_PER_LINE

    def _loaded(self) -> Ties:
        from simulation.networks.reading import load, stamps  # a second, which other networks do without

        return load(self, stamps(self))
