"""Preferential attachment with triangles: hubs and clustering in one network.

    as Barabasi-Albert; but after each tie to somebody, with chance ``triangles`` the newcomer's next tie
    goes to a friend of that somebody (where one is left)

Source  Holme & Kim (2002), as networkx.powerlaw_cluster_graph
"""

from __future__ import annotations

from typing import ClassVar, Literal

from simulation.networks.base import Network
from simulation.networks.shapes import graph_ties, refuse_fewer
from simulation.params import parameter, share
from simulation.ties import Ties, build_ties


class HolmeKim(Network):
    """A clustered network with hubs: undirected ties; early rows have the most."""

    kind: Literal["holme_kim"]
    ties_each: int = parameter("ties", "holme2002", ge=1, le=1_000, doc="ties each newcomer makes")
    triangles: float = share("holme2002", doc="chance that the next tie closes a triangle")
    source: ClassVar[str] = "holme2002"

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than ties_each + 1."""
        from networkx import powerlaw_cluster_graph  # a third of a second, which other networks do without

        refuse_fewer(n, self.ties_each + 1, self.kind, f"network.ties_each {self.ties_each}")
        graph = powerlaw_cluster_graph(n, self.ties_each, self.triangles, seed=int(seed))
        return build_ties(n, *graph_ties(graph), mutual=True)
