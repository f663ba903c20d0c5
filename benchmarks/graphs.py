"""Graph files: made once per size with the engine's own builder, read by every contestant.

    n          people
    offsets    int64 (n + 1,)   ties of u are rows offsets[u] .. offsets[u + 1]
    targets    int32 (e,)       directed ties; each undirected tie stands twice
    seeds      int64 (s,)       who starts a cascade
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEEDS, TIES_EACH, SEED = 100, 5, 1


@dataclass(frozen=True)
class Graph:
    """A graph as it was read from a file."""

    offsets: np.ndarray
    targets: np.ndarray
    seeds: np.ndarray

    @property
    def n(self) -> int:
        """Return the number of people."""
        return self.offsets.size - 1

    def sources(self) -> np.ndarray:
        """Return the source of every directed tie, int64 (e,)."""
        return np.repeat(np.arange(self.n), np.diff(self.offsets))

    def edges(self) -> np.ndarray:
        """Return every undirected tie once, int64 (e / 2, 2)."""
        pairs = np.column_stack([self.sources(), self.targets])
        return pairs[pairs[:, 0] < pairs[:, 1]]


def read_graph(path: str) -> Graph:
    """Return the graph in a file."""
    with np.load(path) as columns:
        return Graph(columns["offsets"], columns["targets"], columns["seeds"])


def digest(path: str) -> str:
    """Return a hash of the file: contestants report which one they read."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def graph_file(folder: Path, people: int) -> Path:
    """Return the file with the graph of ``people``; it is made where it is missing."""
    path = folder / f"barabasi_albert_{people}.npz"
    if not path.exists():
        write_graph(path, people)
    return path


def write_graph(path: Path, people: int) -> None:
    """Build a network of preferential attachment, 5 ties each, and write it with up to 100 seeds drawn by lot."""
    from simulation import load_params
    from simulation.population import network_of

    params = load_params("network=barabasi_albert", f"network.ties_each={TIES_EACH}", f"population.size={people}",
                         f"network.seed={SEED}")
    ties = network_of(params)
    seeds = np.sort(np.random.default_rng(SEED).choice(people, min(SEEDS, people // 10), replace=False))
    np.savez(path, offsets=np.asarray(ties.offsets, np.int64), targets=np.asarray(ties.targets, np.int32), seeds=seeds)
