"""Seeding: whom to give the product first, so that most people buy in the end.

    ties = ties_of("network=holme_kim", "population.size=1000", "network.seed=1")
    rows = greedy(sample_worlds(ties, 0.05, count=500, seed=1), 20)
    people = [ties.ids[row] for row in rows]      # for population.seeds.<name>.people, with by: list

People with most followers and random people need no analysis: ``by: degree`` and ``by: random`` choose them.

Under the rule ``cascade`` with ``attempts: once`` each undirected tie either carries the product or does not,
whoever buys first: a *live-edge world* is a draw of all ties, and what a set of seeds reaches there are the
connected pieces in which they stand (Kempe, Kleinberg & Tardos 2003).  ``greedy`` adds the person who adds most on
average over the worlds, lazily (CELF, Leskovec et al. 2007), and reaches at least 1 - 1/e of what the best set does.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, shortest_path

from simulation.config.compose import load_params
from simulation.model import WordOfMouthModel
from simulation.world.ties import Ties

MOST_EXACT = 14
"""Undirected ties whose 2^ties worlds can be listed."""


@dataclass(frozen=True)
class Worlds:
    """Live-edge worlds: ``piece`` (worlds, n) is the piece of each person, ``people`` (worlds, n) the people in it.

    ``weight`` (worlds,) is the probability of each; the weights sum to 1.
    """

    piece: np.ndarray
    people: np.ndarray
    weight: np.ndarray


def ties_of(*words: str) -> Ties:
    """Return the ties of a configured world; words are overrides in Hydra's language."""
    return WordOfMouthModel(load_params(*words)).state.ties


def undirected(ties: Ties) -> np.ndarray:
    """Return each mutual tie once, int64 (2, e)."""
    pairs = np.stack([ties.sources(), ties.targets.astype(np.int64)])
    return pairs[:, pairs[0] < pairs[1]]


def sample_worlds(ties: Ties, chance: float, count: int, seed: int) -> Worlds:
    """Draw ``count`` worlds in which each undirected tie is live with a chance."""
    rng, pairs = np.random.default_rng(seed), undirected(ties)
    return worlds_of(ties.n, pairs, rng.random((count, pairs.shape[1])) < chance, np.full(count, 1 / count))


def all_worlds(ties: Ties, chance: float) -> Worlds:
    """List every world of a small network with its probability; refuses more than 14 undirected ties."""
    pairs = undirected(ties)
    e = pairs.shape[1]
    if e > MOST_EXACT:
        raise ValueError(f"all_worlds: must have at most {MOST_EXACT} undirected ties, got {e}")
    live = (np.arange(2 ** e)[:, None] >> np.arange(e)) & 1 > 0
    return worlds_of(ties.n, pairs, live, np.prod(np.where(live, chance, 1 - chance), axis=1))


def worlds_of(n: int, pairs: np.ndarray, live: np.ndarray, weight: np.ndarray) -> Worlds:
    """Find the connected pieces of every world from its live ties (worlds, e)."""
    world, tie = np.nonzero(live)
    source, target = world * n + pairs[0, tie], world * n + pairs[1, tie]
    size = n * len(live)
    graph = coo_array((np.ones(tie.size, np.int8), (source, target)), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    return Worlds(label.reshape(-1, n), np.bincount(label)[label].reshape(-1, n), weight)


def spread(worlds: Worlds, people) -> float:
    """Return the expected number of buyers where ``people`` are the seeds."""
    reached = np.zeros(worlds.piece.max() + 1, bool)
    total = np.zeros(worlds.weight.size)
    for person in people:
        total += gain(worlds, reached, person)
        reached[worlds.piece[:, person]] = True
    return float(total @ worlds.weight)


def gain(worlds: Worlds, reached: np.ndarray, person: int) -> np.ndarray:
    """Return how many more buyers a person adds in every world, where pieces are ``reached`` already."""
    return np.where(reached[worlds.piece[:, person]], 0, worlds.people[:, person])


def greedy(worlds: Worlds, count: int) -> list[int]:
    """Return the seeds that greedy choice finds, in order; of equals the first row."""
    reached = np.zeros(worlds.piece.max() + 1, bool)
    waiting = [(-value, person, 0) for person, value in enumerate(worlds.weight @ worlds.people)]
    heapq.heapify(waiting)
    chosen: list[int] = []
    while len(chosen) < count:
        _, person, known = heapq.heappop(waiting)
        if known == len(chosen):      # a gain only shrinks: nobody who waits can do better
            chosen.append(person)
            reached[worlds.piece[:, person]] = True
        else:
            value = float(gain(worlds, reached, person) @ worlds.weight)
            heapq.heappush(waiting, (-value, person, len(chosen)))
    return chosen


def best(worlds: Worlds, count: int) -> tuple[int, ...]:
    """Return the best seeds of all, by trying every set: for small networks."""
    return max(combinations(range(worlds.piece.shape[1]), count), key=lambda people: spread(worlds, people))


def by_distance(ties: Ties, count: int) -> list[int]:
    """Return the people nearest to all others; who is out of reach counts as n steps away."""
    graph = coo_array((np.ones(len(ties)), (ties.sources(), ties.targets)), shape=(ties.n, ties.n))
    steps = shortest_path(graph.tocsr(), unweighted=True)
    return np.argsort(np.minimum(steps, ties.n).mean(axis=1), kind="stable")[:count].tolist()
