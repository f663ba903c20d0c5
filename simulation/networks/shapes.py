"""Pieces that several networks are made of: their luck, blocks of people, random pairs, small worlds."""

from __future__ import annotations

import numpy as np


def generator(seed: int, number: int) -> np.random.Generator:
    """Return the luck of one builder: its own stream ``number`` (never renumbered) of ``seed``."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))


def blocks(n: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each person's block, its first member and its size, int64 (n,) each.

    ``count`` blocks of neighbouring rows, as equal as possible: sizes differ by at most one.
    """
    start = -(-np.arange(count + 1, dtype=np.int64) * n // count)
    block = np.repeat(np.arange(count), np.diff(start))
    return block, start[block], np.diff(start)[block]


def random_pairs(n: int, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return ``count`` pairs of two different people, uniform and independent (a pair may come twice)."""
    one = rng.integers(0, n, count)
    other = rng.integers(0, n - 1, count)
    return one, other + (other >= one)


def small_world(first: np.ndarray, size: np.ndarray, neighbours: int, rewiring: float,
                rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the undirected ties (n neighbours/2,) of one Watts-Strogatz small world per block.

    Every person of a block (``first`` member and ``size``, each (n,)) is tied to the ``neighbours``/2
    next ones on the block's ring; then, lap by lap, the far end of each tie moves with probability
    ``rewiring`` to a member chosen uniformly, never to oneself and never doubling a tie (a person tied to
    the whole block keeps the tie).  Source: Watts & Strogatz (1998).
    """
    person = np.arange(size.size, dtype=np.int64)
    lap = np.arange(1, neighbours // 2 + 1)[:, None]
    source = np.tile(person, lap.size)
    target = (first + (person - first + lap) % size).ravel()
    moved = np.flatnonzero(rng.random(source.size) < rewiring)
    return source, _rewired(source, target, moved, first, size, rng)


def _rewired(source, target, moved, first, size, rng) -> np.ndarray:
    n, target = size.size, target.copy()
    present = set((np.minimum(source, target) * n + np.maximum(source, target)).tolist())
    degree = np.bincount(np.concatenate([source, target]), minlength=n).tolist()
    for tie, u, old in zip(moved.tolist(), source[moved].tolist(), target[moved].tolist(), strict=True):
        start, people = int(first[u]), int(size[u])
        if degree[u] >= people - 1:
            continue
        while True:
            new = start + int(rng.random() * people)
            key = min(u, new) * n + max(u, new)
            if new != u and key not in present:
                break
        present.remove(min(u, old) * n + max(u, old))
        present.add(key)
        degree[old] -= 1
        degree[new] += 1
        target[tie] = new
    return target


def pairs_at(index: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the unordered pairs with numbers ``index`` in 0 .. n(n-1)/2 - 1, each pair once.

    Pair k joins person k mod n to the one k // n + 1 places further on a ring of n.
    """
    one = index % n
    return one, (one + index // n + 1) % n


def random_graph(n: int, chance: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the undirected ties of G(n, chance): every pair is tied independently (Gilbert 1959)."""
    pairs = n * (n - 1) // 2
    if pairs == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    count = rng.binomial(pairs, chance)
    return pairs_at(rng.choice(pairs, count, replace=False, shuffle=False), n)


def graph_ties(graph) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of a NetworkX graph on the nodes 0 .. n - 1 as two arrays (e,)."""
    edges = np.array(graph.edges, np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def refuse_fewer(n: int, least: int, kind: str, why: str) -> None:
    """Raise ValueError where a network of this ``kind`` cannot be made of only ``n`` people."""
    if n < least:
        raise ValueError(f"population.size: network.kind {kind} with {why} needs at least {least} people, "
                         f"got {n}")
