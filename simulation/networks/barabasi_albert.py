"""Preferential attachment: newcomers tie themselves to people in proportion to their ties so far.

    starts as a star of ties_each + 1 people; each further person makes ``ties_each`` ties;
    ties = ties_each (n - ties_each);  P(degree = d) falls as d^-3

Source  Barabasi & Albert (1999), as networkx.barabasi_albert_graph
"""

from __future__ import annotations

from typing import ClassVar, Literal

import networkx as nx

from simulation.networks.base import Network
from simulation.networks.shapes import graph_ties, refuse_fewer
from simulation.params import parameter
from simulation.ties import Ties, both_ways, build_ties


class BarabasiAlbert(Network):
    """A network with hubs: undirected ties; early rows have the most."""

    kind: Literal["barabasi_albert"]
    ties_each: int = parameter("ties", "barabasi1999", ge=1, le=1_000, doc="ties each newcomer makes")
    source: ClassVar[str] = "barabasi1999"

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than ties_each + 1."""
        refuse_fewer(n, self.ties_each + 1, self.kind, f"network.ties_each {self.ties_each}")
        graph = nx.barabasi_albert_graph(n, self.ties_each, seed=int(seed))
        return build_ties(n, *both_ways(*graph_ties(graph)))
