"""Preferential attachment: newcomers tie themselves to people in proportion to their ties so far.

    starts as a star of ties_each + 1 people; each further person makes ``ties_each`` ties to
    different people, each time to an end of a tie made before, drawn uniformly (a person drawn
    twice is drawn anew);
    ties = ties_each (n - ties_each);  P(degree = d) falls as d^-3

Source  Barabasi & Albert (1999)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import generator, refuse_fewer
from simulation.numerics.jit import kernel
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties

STREAM = 8


class BarabasiAlbert(Network):
    """A network with hubs: undirected ties; early rows have the most."""

    kind: Literal["barabasi_albert"]
    ties_each: int = parameter("ties", "barabasi1999", ge=1, le=1_000,
                               doc="ties each newcomer makes")
    source: ClassVar[str] = "barabasi1999"

    def expected_ties(self, n: float) -> float:
        """Return twice the ties that newcomers make."""
        return 2.0 * self.ties_each * max(n - self.ties_each, 0)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than ties_each + 1."""
        refuse_fewer(n, self.ties_each + 1, self.kind, f"network.ties_each {self.ties_each}")
        ends = np.empty(2 * self.ties_each * (n - self.ties_each), np.int32)
        _attach(self.ties_each, generator(seed, STREAM), np.zeros(n, np.int32), ends)
        return build_ties(n, ends[0::2], ends[1::2], mutual=True)


@kernel
def _attach(ties_each, rng, taken_by, ends):
    """Write the ties, two ends each; ``taken_by`` (n,) is the last newcomer
    who is tied to each person.
    """
    for v in range(1, ties_each + 1):
        ends[2 * v - 2], ends[2 * v - 1] = 0, v
    for u in range(ties_each + 1, taken_by.size):
        pool = 2 * ties_each * (u - ties_each)
        for k in range(ties_each):
            v = ends[int(rng.random() * pool)]
            while taken_by[v] == u:
                v = ends[int(rng.random() * pool)]
            taken_by[v] = u
            ends[pool + 2 * k], ends[pool + 2 * k + 1] = v, u
