"""Permutation test: how large an autocorrelation is when the same values are dealt out at random.

Dealt out within groups (villages, cities), the test asks for more than what members of a group have
in common. One-sided: p = (b + 1) / (m + 1), b of m permutations being as large
as what was observed or larger.

Source  Phipson & Smyth (2010)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.statistics.autocorrelation import correlation_of, known_ties, moran_of

ROUNDING = 1e-12
"""Two orders of one sum may differ by this much; a permutation that ties
with the observed value counts.
"""


@dataclass(frozen=True)
class PermutationTest:
    """The observed value, mean and sd over permutations,
    and the share p of values as large by chance.
    """

    value: float
    mean: float
    sd: float
    p: float
    permutations: int


def network_autocorrelation(values: np.ndarray, source: np.ndarray, target: np.ndarray,
                            rng: np.random.Generator, groups: np.ndarray | None = None,
                            statistic: Literal["moran", "correlation"] = "moran",
                            strength: np.ndarray | None = None, row_normalised: bool = False,
                            permutations: int = 999) -> PermutationTest:
    """Return Moran's I, or the tie correlation, of values (n,) on ties (e,),
    against chance within groups (n,).

    People whose value is nan are left out with their ties.  All of the result is nan where the
    statistic is. Raises ValueError for another ``statistic``.
    """
    measures = {"moran": moran_of, "correlation": correlation_of}
    if statistic not in measures:
        raise ValueError(f"statistic must be 'moran' or 'correlation', not {statistic!r}")
    measure = measures[statistic]
    values = np.asarray(values, float)
    groups = np.zeros(values.size, int) if groups is None else np.asarray(groups)
    groups = groups[np.isfinite(values)]
    known, weights = known_ties(values, source, target, strength, row_normalised)
    observed = measure(known, weights)
    chance = np.array([measure(shuffle_within(known, groups, rng), weights)
                       for _ in range(permutations)])
    if not np.isfinite(observed):
        return PermutationTest(*[float("nan")] * 4, permutations)
    as_large = int((chance >= observed - ROUNDING).sum())
    return PermutationTest(observed, float(chance.mean()), float(chance.std(ddof=1)),
                           (as_large + 1) / (permutations + 1), permutations)


def shuffle_within(values: np.ndarray, groups: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the values (k,) in random order within each group (k,),
    every order being equally likely.
    """
    shuffled = np.empty_like(values)
    shuffled[np.argsort(groups,
                        kind="stable")] = values[np.lexsort((rng.random(values.size), groups))]
    return shuffled
