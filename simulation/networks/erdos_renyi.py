"""Erdos-Renyi: every pair of people is tied with the same chance, independently.

    P(tie) = mean_degree / (n - 1);  degrees are Binomial(n - 1, P(tie)), nearly Poisson;
    clustering = P(tie)

Source  Erdos & Renyi (1959); Gilbert (1959)
"""

from __future__ import annotations

from typing import ClassVar, Literal

from simulation.networks.base import Network
from simulation.networks.shapes import generator, random_graph
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties

STREAM = 2


class ErdosRenyi(Network):
    """The random network: undirected ties, all pairs alike."""

    kind: Literal["erdos_renyi"]
    mean_degree: float = parameter("people", "erdos1959", ge=0, le=10_000,
                                   doc="expected ties of a person")
    source: ClassVar[str] = "erdos1959"

    def expected_ties(self, n: float) -> float:
        """Return n mean_degree."""
        return n * self.mean_degree

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses a mean degree above n - 1."""
        if self.mean_degree > n - 1:
            raise ValueError(f"network.mean_degree must be at most {n - 1} (everybody else) for "
                             f"{n} people, got {self.mean_degree:g}")
        chance = self.mean_degree / max(n - 1, 1)
        return build_ties(n, *random_graph(n, chance, generator(seed, STREAM)), mutual=True)
