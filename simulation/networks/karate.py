"""Zachary's karate club: 34 people, 78 undirected ties, two communities into which the club split.

    community 0 follows row 0 (the instructor), community 1 row 33 (the officer)

Source  Zachary (1977), as networkx.karate_club_graph, unweighted
"""

from __future__ import annotations

from typing import ClassVar, Literal

from simulation.networks.base import Network
from simulation.networks.shapes import graph_ties
from simulation.world.ties import Ties, build_ties

PEOPLE = 34


class Karate(Network):
    """The karate club; it always has 34 people."""

    kind: Literal["karate"]
    source: ClassVar[str] = "zachary1977"

    def has_communities(self) -> bool:
        """Return True: the two parts into which the club split."""
        return True

    def size(self, n: int) -> int:
        """Return 34, whatever the config asks for."""
        return PEOPLE

    def expected_ties(self, n: float) -> float:
        """Return 156, twice the ties of the club."""
        return 2.0 * 78

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties of the club (nothing is drawn); refuses an ``n`` other than 34."""
        # imported here: it takes a third of a second, which other networks do not need
        from networkx import karate_club_graph

        if n != PEOPLE:
            raise ValueError(f"population.size must be {PEOPLE} for network.kind karate, got {n}")
        graph = karate_club_graph()
        club = [int(graph.nodes[person]["club"] == "Officer") for person in range(PEOPLE)]
        return build_ties(n, *graph_ties(graph), community=club, mutual=True)
