"""Configuration model: degrees first, drawn from a power law;
then the ends of ties are joined at random.

    P(degree = d) proportional to d^-exponent for d = min_degree .. min(max_degree, n - 1)

Undirected: ends are paired uniformly; with an odd sum of degrees one random person gets one more.
Directed: the law is that of followers (ties out of a person), each follower anybody, so the number
of people one sees is nearly Poisson.  Self-ties and second ties of a pair are dropped and counted
in the facts ("erased" model): keep max_degree near sqrt(mean degree * n) or below, and few are.

Source  Bender & Canfield (1978); erased model and cut-off: Newman (2018)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.power_law import PowerLaw
from simulation.networks.shapes import generator
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties

STREAM = 4


class Configuration(PowerLaw):
    """A network with power-law degrees and no other structure."""

    kind: Literal["configuration"]
    directed: bool = parameter("true or false", "assumption", doc="true: followers by the law")
    source: ClassVar[str] = "bender1978"

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than min_degree + 1."""
        rng = generator(seed, STREAM)
        degree = self.degrees(n, rng)
        if self.directed:
            source = np.repeat(np.arange(n), degree)
            target = rng.integers(0, n - 1, source.size)
            return build_ties(n, source, target + (target >= source))
        if degree.sum() % 2:
            degree[rng.integers(n)] += 1
        ends = rng.permutation(np.repeat(np.arange(n), degree))
        return build_ties(n, ends[0::2], ends[1::2], mutual=True)
