"""What a user may say about a network file: its columns, its direction,
and what is done with odd lines.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from simulation.networks.base import Network
from simulation.params import parameter

COLUMN = "column name (empty: none)"
SEVERAL = "several columns that make the id"


class FileFields(Network):
    """The parameters of a network from a file; ``load`` reads the file by them."""

    kind: Literal["file"]
    path: str = parameter("file", "assumption", doc="relative to the working directory")
    format: Literal["auto", "edges", "graphml", "gexf", "gml"] = parameter("name", "assumption")
    header: Literal["auto", "yes", "no"] = parameter("name", "assumption",
                                                     doc="of edge and nodes files")
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
    only_column: str = parameter(COLUMN, "assumption",
                                 doc="keep lines whose value is in only_values")
    only_values: tuple[str, ...] = parameter("values", "assumption")
    nodes_path: str = parameter("file (empty: none)", "assumption")
    id_columns: tuple[str, ...] = parameter("column names", "assumption",
                                            doc="empty: the first column")
    community_column: str = parameter(COLUMN, "assumption", doc="of the nodes")
    unknown_ids: Literal["error", "drop", "add"] = parameter("name", "assumption",
                                                             doc="not in nodes_path")
    duplicates: Literal["strongest", "error"] = parameter("name", "assumption")

    @model_validator(mode="after")
    def _consistent(self) -> FileFields:
        for end in ("source", "target"):
            if getattr(self, f"{end}_column") and getattr(self, f"{end}_id_columns"):
                raise ValueError(f"network.{end}_column and network.{end}_id_columns: allowed is "
                                 f"one of them, got both")
        if bool(self.only_column) != bool(self.only_values):
            raise ValueError("network.only_column and network.only_values: allowed is both or "
                             "neither, got one")
        return self
