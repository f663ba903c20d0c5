"""Configuration model: degrees first, drawn from a power law; then the ends of ties are joined at random.

    P(degree = d) proportional to d^-exponent for d = min_degree .. min(max_degree, n - 1)

Undirected: ends are paired uniformly; with an odd sum of degrees one random person gets one more.
Directed: the law is that of followers (ties out of a person), each follower anybody, so the number of
people one sees is nearly Poisson.  Self-ties and second ties of a pair are dropped and counted in the
facts ("erased" model): keep max_degree near sqrt(mean degree * n) or below, and few are.

Source  Bender & Canfield (1978); erased model and cut-off: Newman (2018)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from simulation.networks.base import Network
from simulation.networks.shapes import generator, power_law, refuse_fewer
from simulation.params import parameter
from simulation.ties import Ties, build_ties

STREAM = 4


class Configuration(Network):
    """A network with power-law degrees and no other structure."""

    kind: Literal["configuration"]
    exponent: float = parameter("1", "newman2018", ge=0, le=20, doc="0: all degrees alike")
    min_degree: int = parameter("ties", "newman2018", ge=1, le=10_000)
    max_degree: int = parameter("ties", "newman2018", ge=1, le=1_000_000, doc="never more than n - 1")
    directed: bool = parameter("true or false", "assumption", doc="true: followers by the law")
    source: ClassVar[str] = "bender1978"

    @model_validator(mode="after")
    def _ordered(self) -> Configuration:
        if self.max_degree < self.min_degree:
            raise ValueError(f"network.max_degree must be at least network.min_degree {self.min_degree}, "
                             f"got {self.max_degree}")
        return self

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than min_degree + 1."""
        refuse_fewer(n, self.min_degree + 1, self.kind, f"network.min_degree {self.min_degree}")
        rng = generator(seed, STREAM)
        degree = power_law(n, self.exponent, self.min_degree, self.max_degree, rng)
        if self.directed:
            source = np.repeat(np.arange(n), degree)
            target = rng.integers(0, n - 1, source.size)
            return build_ties(n, source, target + (target >= source))
        if degree.sum() % 2:
            degree[rng.integers(n)] += 1
        ends = rng.permutation(np.repeat(np.arange(n), degree))
        return build_ties(n, ends[0::2], ends[1::2], mutual=True)
