"""Cliques: everybody is tied to everybody of the own clique,
and by fixed weak ties to people outside.

    clique of person i = i // clique_size   (the last one is smaller where n does not divide)
    weak ties: a random network in which everybody has ``weak`` of them,
    never inside a clique (kind 1)

With ``weak: 0`` and ``meetings: {kind: cliques_with_weak, ...}`` the weak ties are drawn afresh
each step, as in the source.  Where n * weak is odd, one person has one weak tie less.

Source  Goldenberg, Libai & Muller (2001); Goldenberg et al. (2007)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import generator
from simulation.params import parameter
from simulation.world.ties import Ties, build_ties

STREAM = 6
ROUNDS = 1_000


class Cliques(Network):
    """Cliques of strong ties, with fixed weak ties between them; community = clique."""

    kind: Literal["cliques"]
    clique_size: int = parameter("people", "goldenberg2001", ge=1, le=1_000)
    weak: int = parameter("undirected ties per person", "goldenberg2001", ge=0, le=1_000)
    strong_strength: float = parameter("1", "goldenberg2001", gt=0, le=1)
    weak_strength: float = parameter("1", "goldenberg2001", gt=0, le=1)
    source: ClassVar[str] = "goldenberg2001"
    built_per_tie: ClassVar[float] = 45

    def has_communities(self) -> bool:
        """Return True: every clique is a community."""
        return True

    def expected_ties(self, n: float) -> float:
        """Return everybody's ties inside the clique and outside."""
        return n * (min(self.clique_size, n) - 1.0 + self.weak)

    def ties_differ(self) -> bool:
        """Return whether there are weak ties."""
        return self.weak > 0

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses more weak ties
        than people outside a clique.
        """
        outside = n - min(self.clique_size, n)
        if self.weak > outside:
            raise ValueError(f"network.weak must be at most {outside}, the people outside a "
                             f"clique of network.clique_size {self.clique_size} among {n}, got "
                             f"{self.weak}")
        clique = np.arange(n) // self.clique_size
        place = np.arange(1, self.clique_size)[:, None]
        first, second = np.tile(np.arange(n), place.size), (np.arange(n) + place).ravel()
        inside = second < np.minimum((clique + 1) * self.clique_size, n)[first]
        weak = _weak_ties(clique, self.weak, generator(seed, STREAM))
        parts = (first[inside], second[inside]), weak
        counts = [part[0].size for part in parts]
        source, target = (np.concatenate(ends, dtype=np.int32) for ends in zip(*parts, strict=True))
        return build_ties(n, source, target, [self.strong_strength, self.weak_strength],
                          community=clique, kind=np.repeat(np.arange(2, dtype=np.int8), counts),
                          mutual=True, by_kind=True)


def _weak_ties(clique: np.ndarray, weak: int,
               rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return undirected ties outside the cliques: ends paired at random,
    forbidden pairs re-paired.
    """
    n = clique.size
    ends = rng.permutation(np.repeat(np.arange(n), weak))
    half = ends.size // 2
    one, other = ends[:half], ends[half:2 * half].copy()
    for _ in range(ROUNDS):
        bad = _forbidden(one, other, clique)
        if bad.size == 0:
            return one, other
        for pair, partner in zip(bad, rng.integers(0, half, bad.size), strict=True):
            other[pair], other[partner] = other[partner], other[pair]
    raise ValueError(f"network.weak: no network of {weak} weak ties each outside cliques was "
                     f"found among {n} people; allowed: fewer weak ties, smaller cliques or more "
                     f"people")


def _forbidden(one: np.ndarray, other: np.ndarray, clique: np.ndarray) -> np.ndarray:
    """Return the positions of pairs inside a clique and of all but the first of equal pairs."""
    key = np.minimum(one, other) * clique.size + np.maximum(one, other)
    again = np.ones(key.size, bool)
    again[np.unique(key, return_index=True)[1]] = False
    return np.flatnonzero(again | (clique[one] == clique[other]))
