"""Power-law degrees: the law, its limits and its draws, for the networks that use them."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import model_validator

from simulation.networks.base import Network
from simulation.networks.shapes import power_law, refuse_fewer
from simulation.params import parameter


class PowerLaw(Network):
    """A network whose degrees, or expected degrees, follow d^-exponent on min_degree ..
    min(max_degree, n - 1).
    """

    exponent: float = parameter("1", "newman2018", ge=0, le=20, doc="0: all degrees alike")
    min_degree: int = parameter("ties", "newman2018", ge=1, le=10_000, doc="smallest")
    max_degree: int = parameter("ties", "newman2018", ge=1, le=1_000_000,
                                doc="largest; never more than n - 1")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max_degree < self.min_degree:
            raise ValueError(f"network.max_degree must be at least network.min_degree "
                             f"{self.min_degree}, got {self.max_degree}")
        return self

    def expected_ties(self, n: float) -> float:
        """Return n times the mean of the law."""
        support = np.arange(self.min_degree, max(min(self.max_degree, n - 1), self.min_degree)
                            + 1.0)
        weight = (support / support[0]) ** -self.exponent
        return n * float(support @ weight / weight.sum())

    def degrees(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Return ``n`` independent draws of the law, int64 (n,);
        refuses fewer than min_degree + 1 people.
        """
        refuse_fewer(n, self.min_degree + 1, self.kind, f"network.min_degree {self.min_degree}")
        return power_law(n, self.exponent, self.min_degree, self.max_degree, rng)
