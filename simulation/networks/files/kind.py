"""The user's own network: an edge list (text) or a graph file, with an optional table of people.

    edges      CSV, TSV, semicolons or blanks, also .gz; '#' comments; header found or numbered
               columns
    graph      graphml, gexf or gml, by the file's ending
    people     the nodes file in its order, or else all ends of ties sorted (numbers first)
    ties       directed false: every line is a mutual tie; true: one tie, read in ``direction``;
               auto: mutual for edge lists, what the file says for graph files

What is dropped or merged is counted in ``Ties.facts``: self_ties, duplicates, isolated,
not_selected (by ``only_values``), unknown_ids and unknown_ties; the other columns of the nodes file
are kept there as ``attributes``.  ``population.size`` is ignored: the file says how many people
there are.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from simulation.networks.files.fields import FileFields
from simulation.world.ties import Ties

BYTES_PER_LINE, PEOPLE_PER_LINE, PACKED = 14, 0.2, 5
"""Of a file that has not been read: bytes of a line, people for each line,
and how much larger it is unpacked.
"""


class File(FileFields):
    """Ties from a file; see docs/how-to/use_your_own_network.md."""

    source: ClassVar[str] = "assumption"
    built_per_tie: ClassVar[float] = 90
    sized_by: ClassVar[str] = "path"

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
        """Return the ties of the file (nothing is drawn);
        refuses an ``n`` other than ``size(n)``.
        """
        ties = self._loaded()
        if n != ties.n:
            raise ValueError(f"population.size must be {ties.n}, the people in {self.path}, got "
                             f"{n}")
        return replace(ties, facts=ties.facts | {"attributes": dict(ties.facts["attributes"])})

    def _expected_lines(self) -> float:
        """Return the lines that the file may have; 0 where there is no
        file (which is said elsewhere).
        """
        file = Path(self.path)
        if not file.is_file():
            return 0.0
        unpacked = PACKED if file.suffix == ".gz" else 1
        return file.stat().st_size * unpacked / BYTES_PER_LINE

    def _loaded(self) -> Ties:
        # a second, which other networks do without
        from simulation.networks.files.load import load, stamps

        return load(self, stamps(self))
