"""Chung-Lu: every pair is tied independently, in proportion to the product of
the degrees expected of the two.

    w_i      expected degree, a draw of P(w) proportional to w^-exponent on min_degree ..
             min(max_degree, n - 1)
    P(tie of i and j) = min(1, w_i w_j / sum of w)

The mean degree of person i is w_i (1 - w_i / sum of w), less where a chance is cut at 1: keep
max_degree below sqrt(mean degree * n), and none is.  Against ``configuration``, which fixes the
degrees, they scatter like Poisson numbers around w, so some people have no tie.

Pairs are visited by falling w, and jumped over by geometric draws:
the work is that of the people and ties.

Source  Chung & Lu (2002); sampling: Miller & Hagberg (2011)
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np

from simulation.networks.power_law import PowerLaw
from simulation.networks.shapes import generator
from simulation.numerics.jit import kernel
from simulation.world.ties import Ties, build_ties

STREAM = 9


class ChungLu(PowerLaw):
    """A network with power-law expected degrees, all pairs independent: undirected ties."""

    kind: Literal["chung_lu"]
    source: ClassVar[str] = "chung2002"

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than min_degree + 1."""
        rng = generator(seed, STREAM)
        weight = self.degrees(n, rng)
        return build_ties(n, *independent_pairs(weight, rng), mutual=True)


def independent_pairs(weight: np.ndarray,
                      rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the undirected ties (e,) among people of expected degrees ``weight`` (n,)."""
    order = np.argsort(-weight, kind="stable").astype(np.int32)
    total = float(weight.sum())
    # ties: mean and variance are at most total / 2
    most = int(total / 2 + 20 * math.sqrt(total) + 100)
    one, other, count = np.empty(most, np.int32), np.empty(most, np.int32), np.zeros(1, np.int64)
    _join(order, weight[order].astype(np.float64), total, rng, one, other, count)
    return one[:count[0]], other[:count[0]]


@kernel
def _join(order, weight, total, rng, one, other, count):
    """Write the ties of people of falling ``weight``.

    After u, the next candidate is reached with the chance of the last one, at least as large, and
    thinned to its own.
    """
    n, k = weight.size, 0
    for i in range(n - 1):
        j = i + 1
        reach = min(1.0, weight[i] * weight[j] / total)
        while j < n:
            if reach < 1.0:
                j += int(math.log(1.0 - rng.random()) / math.log(1.0 - reach))
            if j < n:
                chance = min(1.0, weight[i] * weight[j] / total)
                if rng.random() * reach < chance:
                    one[k], other[k] = order[i], order[j]
                    k += 1
                reach = chance
            j += 1
    count[0] = k
