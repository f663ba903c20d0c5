"""Stochastic block model: people of one community are tied more often than people of two.

    P(tie inside community c) = degree_inside / (n_c - 1)
    P(tie across) = degree_between n / sum_c n_c (n - n_c)

so everybody has ``degree_inside`` ties inside on average, whatever the size of the community, and
the mean person ``degree_between`` across.  ``sizes`` are relative: of [1, 1, 2] the
third holds half of all people.

Source  Holland, Laskey & Leinhardt (1983)
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.networks.base import Network
from simulation.networks.shapes import generator, random_graph
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties

STREAM = 5


class StochasticBlock(Network):
    """Communities without inner structure: undirected ties."""

    kind: Literal["stochastic_block"]
    sizes: Annotated[tuple[Annotated[float, Field(gt=0)], ...], Field(min_length=1)] = parameter(
        "relative number of people, one per community", "holland1983")
    degree_inside: float = parameter("people", "holland1983", ge=0, le=10_000)
    degree_between: float = parameter("people", "holland1983", ge=0, le=10_000)
    source: ClassVar[str] = "holland1983"

    def has_communities(self) -> bool:
        """Return whether there are at least two."""
        return len(self.sizes) > 1

    def expected_ties(self, n: float) -> float:
        """Return n times the two degrees."""
        return n * (self.degree_inside + self.degree_between)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses degrees that the communities cannot hold."""
        edge = np.rint(np.cumsum([0.0, *self.sizes]) / sum(self.sizes) * n).astype(np.int64)
        people = np.diff(edge)
        across = n * self.degree_between / max(n * n - (people**2).sum(), 1)
        self._refuse(n, people, across)
        rng = generator(seed, STREAM)
        community = np.repeat(np.arange(people.size), people)
        parts = [random_graph(n, across, rng)]
        keep = community[parts[0][0]] != community[parts[0][1]]
        parts[0] = parts[0][0][keep], parts[0][1][keep]
        for first, size in zip(edge[:-1], people, strict=True):
            one, other = random_graph(int(size), self.degree_inside / max(size - 1, 1), rng)
            parts.append((one + first, other + first))
        source, target = (np.concatenate(ends) for ends in zip(*parts, strict=True))
        return build_ties(n, source, target, community=community, mutual=True)

    def _refuse(self, n: int, people: np.ndarray, across: float) -> None:
        if self.degree_inside > people.min() - 1:
            raise ValueError(f"network.degree_inside must be below the people of the smallest "
                             f"community, {people.min()} of {n}, got {self.degree_inside:g}")
        if across > 1 or (people.size == 1 and self.degree_between > 0):
            raise ValueError(f"network.degree_between is more than the people outside a "
                             f"community ({people.size} communities of {n} people), got "
                             f"{self.degree_between:g}")
