"""Graph files: made once per size (``engine/graph_maker.py``), read by every contestant.

    n          people
    offsets    int64 (n + 1,)   ties of u are rows offsets[u] .. offsets[u + 1]
    targets    int32 (e,)       directed ties; each undirected tie stands twice
    seeds      int64 (s,)       who starts a cascade
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np


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
