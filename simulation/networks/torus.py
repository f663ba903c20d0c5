"""Torus: people on a square whose edges are glued together, with a share of the ties rewired.

    von_neumann  4 neighbours (up, down, left, right);  moore  8 neighbours (with the diagonals)
    rewiring     round(rewiring * ties) ties, chosen at random, are paired and each pair swaps ends:
                 (a - b, c - d) becomes (a - d, c - b), ends in random order, so everybody keeps the
                 number of ties

A swap that would make a self-tie or a second tie is tried again with another of the chosen ties;
ties that found no partner are counted in the facts (``not_rewired``).  The person in row r, column
c of the square is r * side + c.

Source  Centola & Macy (2007); double edge swaps: Maslov & Sneppen (2002)
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import generator, refuse_fewer
from simulation.numerics.jit import kernel
from simulation.params import parameter, share
from simulation.world.ties import Ties, build_ties

STREAM = 7
ROUNDS = 100
STEPS = {"von_neumann": ((0, 1), (1, 0)), "moore": ((0, 1), (1, 0), (1, 1), (1, -1))}


class Torus(Network):
    """A lattice without borders: undirected ties, 4 or 8 of everybody."""

    kind: Literal["torus"]
    neighbourhood: Literal["moore", "von_neumann"] = parameter("name", "centola2007")
    rewiring: float = share("centola2007", doc="share of the ties that swap ends")
    source: ClassVar[str] = "centola2007"

    def expected_ties(self, n: float) -> float:
        """Return 4 or 8 of everybody."""
        return 2.0 * len(STEPS[self.neighbourhood]) * n

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses an ``n`` that is
        no square of at least 3 x 3.
        """
        refuse_fewer(n, 9, self.kind, "a square of 3 x 3 or more")
        side = math.isqrt(n)
        if side * side != n:
            raise ValueError(f"population.size must be a square for network.kind torus, got {n}; "
                             f"the nearest are {side**2} and {(side + 1)**2}")
        row, column = np.divmod(np.arange(n), side)
        target = np.concatenate([(row + down) % side * side + (column + right) % side
                                 for down, right in STEPS[self.neighbourhood]])
        source, rng = np.tile(np.arange(n), target.size // n), generator(seed, STREAM)
        flip = rng.random(source.size) < 0.5
        source, target = (np.where(flip, *ends).astype(np.int32)
                          for ends in ((target, source), (source, target)))
        target, left = _swapped(source, target, n, self.rewiring, rng)
        ties = build_ties(n, source, target, mutual=True)
        ties.facts["not_rewired"] = left
        return ties


def _swapped(source, target, n: int, rewiring: float,
             rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Return the new far ends (e,), and how many of the chosen ties could not be swapped."""
    near = np.empty((n, 2 * source.size // n), np.int32)
    _meet(source, target, np.zeros(n, np.int32), near)
    chosen = rng.permutation(source.size)[:round(rewiring * source.size)]
    pairs, waiting = chosen[:chosen.size // 2 * 2].reshape(-1, 2), np.zeros(source.size, np.bool_)
    waiting[chosen] = True
    for _ in range(ROUNDS):
        _swap(pairs, source, near, target, waiting)
        late = np.flatnonzero(waiting)
        if late.size == 0:
            break
        pairs = np.column_stack([late, rng.choice(chosen, late.size)])
    return target, int(waiting.sum())


@kernel
def _meet(source, target, met, near):
    """Write the neighbours of everybody to ``near`` (n, degree)."""
    for k in range(source.size):
        u, v = source[k], target[k]
        near[u, met[u]], near[v, met[v]] = v, u
        met[u] += 1
        met[v] += 1


@kernel
def _swap(pairs, source, near, target, waiting):
    """Let pairs of ties swap their far ends where that makes neither
    a self-tie nor a second tie.
    """
    for k in range(pairs.shape[0]):
        one, other = pairs[k, 0], pairs[k, 1]
        a, b, c, d = source[one], target[one], source[other], target[other]
        if a == d or c == b or _place(near, a, d) >= 0 or _place(near, c, b) >= 0:
            continue
        near[a, _place(near, a, b)], near[b, _place(near, b, a)] = d, c
        near[c, _place(near, c, d)], near[d, _place(near, d, c)] = b, a
        target[one], target[other] = d, b
        waiting[one] = waiting[other] = False


@kernel
def _place(near, u, v):
    """Return where ``v`` stands among the neighbours of ``u``, or -1."""
    for j in range(near.shape[1]):
        if near[u, j] == v:
            return j
    return -1
