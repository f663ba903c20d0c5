"""Building blocks of several networks: generators, blocks of people, random pairs, small worlds.
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel


def generator(seed: int, number: int) -> np.random.Generator:
    """Return a builder's generator: its own stream ``number`` (never renumbered) of ``seed``."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))


def blocks(n: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each person's block, its first member and its size, int64 (n,) each.

    ``count`` blocks of neighbouring rows, as equal as possible: sizes differ by at most one.
    """
    start = -(-np.arange(count + 1, dtype=np.int64) * n // count)
    block = np.repeat(np.arange(count), np.diff(start))
    return block, start[block], np.diff(start)[block]


def random_pairs(n: int, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return ``count`` pairs of two different people, uniform and
    independent (a pair may come twice).
    """
    one = rng.integers(0, n, count)
    other = rng.integers(0, n - 1, count)
    return one, other + (other >= one)


def small_world(first: np.ndarray, size: np.ndarray, neighbours: int, rewiring: float,
                rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the undirected ties (n neighbours/2,) int32 of one
    Watts-Strogatz small world per block.

    Every person of a block (``first`` member and ``size``, each (n,)) is tied to the
    ``neighbours``/2 next ones on the block's ring; then, lap by lap, the far end of each tie moves
    with probability ``rewiring`` to a member chosen uniformly, never to oneself and never doubling
    a tie (a person tied to the whole block keeps the tie).  Source: Watts & Strogatz (1998).
    """
    n, half = size.size, neighbours // 2
    first, size = first.astype(np.int32), size.astype(np.int32)
    target = np.empty((half, n), np.int32)
    _ring(first, size, target)
    moved = np.flatnonzero(rng.random(half * n) < rewiring)
    _rewire(moved, first, size, np.full(n, neighbours, np.int32), rng, target)
    return np.tile(np.arange(n, dtype=np.int32), half), target.ravel()


@kernel
def _ring(first, size, target):
    """Write the person ``lap`` places further on the block's ring to target[lap - 1, person]."""
    for lap in range(target.shape[0]):
        for u in range(target.shape[1]):
            target[lap, u] = first[u] + (u - first[u] + lap + 1) % size[u]


@kernel
def _rewire(moved, first, size, degree, rng, target):
    """Move the far ends of the ties ``moved``; the ties of u are its column and
    where others name u in theirs.
    """
    for k in range(moved.size):
        lap, u = moved[k] // size.size, moved[k] % size.size
        if degree[u] >= size[u] - 1:
            continue
        new = u
        while new == u or _are_tied(u, new, target):
            new = first[u] + int(rng.random() * size[u])
        degree[target[lap, u]] -= 1
        degree[new] += 1
        target[lap, u] = new


@kernel
def _are_tied(u, v, target):
    tied = False
    for lap in range(target.shape[0]):
        tied = tied or target[lap, u] == v or target[lap, v] == u
    return tied


def pairs_at(index: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the unordered pairs with numbers ``index`` in 0 .. n(n-1)/2 - 1, each pair once.

    Pair k joins person k mod n to the one k // n + 1 places further on a ring of n.
    """
    one = index % n
    return one, (one + index // n + 1) % n


def random_graph(n: int, chance: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the undirected ties of G(n, chance): every pair is tied
    independently (Gilbert 1959).
    """
    pairs = n * (n - 1) // 2
    if pairs == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    count = rng.binomial(pairs, chance)
    return pairs_at(rng.choice(pairs, count, replace=False, shuffle=False), n)


def power_law(n: int, exponent: float, least: int, most: int,
              rng: np.random.Generator) -> np.ndarray:
    """Return ``n`` independent whole numbers, int64 (n,): P(d) falls as d^-exponent on least ..
    min(most, n - 1).
    """
    support = np.arange(least, min(most, n - 1) + 1)
    weight = (support / support[0]) ** -exponent
    return rng.choice(support, n, p=weight / weight.sum())


def graph_ties(graph) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of a NetworkX graph on the nodes 0 .. n - 1 as two arrays (e,)."""
    edges = np.array(graph.edges, np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def refuse_fewer(n: int, least: int, kind: str, why: str) -> None:
    """Raise ValueError where a network of this ``kind`` cannot be made of only ``n`` people."""
    if n < least:
        raise ValueError(f"population.size: network.kind {kind} with {why} needs at least "
                         f"{least} people, got {n}")
