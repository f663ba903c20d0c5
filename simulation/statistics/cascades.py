"""Cascades: trees of purchases in which the parent is the purchase whose
review was the largest trigger.

    structural virality  nu(T) = mean distance between all pairs of nodes (Goel, Anderson, Hofman &
                         Watts 2016); star 2 (n - 1) / n, path (n + 1) / 3
"""

from __future__ import annotations

import numpy as np


def cascades_of(parent: np.ndarray) -> dict[str, np.ndarray]:
    """Return size, depth, breadth and structural virality of every tree, (trees,),
    from parents (v,), -1 = root.

    Parents must stand before their children.  A single node has virality 0.
    """
    parent = np.asarray(parent, np.int64)
    v = parent.size
    depth, root = np.zeros(v, np.int64), np.arange(v)
    for i in range(v):
        if parent[i] >= 0:
            depth[i], root[i] = depth[parent[i]] + 1, root[parent[i]]
    below = np.ones(v)
    for i in range(v - 1, -1, -1):
        if parent[i] >= 0:
            below[parent[i]] += below[i]
    roots = np.flatnonzero(parent < 0)
    size = np.bincount(root, minlength=v)[roots]
    # every edge lies on below * (size - below) shortest paths: their sum is the Wiener index
    edges = np.where(parent >= 0, below * (np.bincount(root, minlength=v)[root] - below), 0.0)
    wiener = np.bincount(root, weights=edges, minlength=v)[roots]
    pairs = size * (size - 1) / 2.0
    deepest = np.zeros(v, np.int64)
    np.maximum.at(deepest, root, depth)
    width = np.zeros(v, np.int64)
    level, count = np.unique(np.stack([root, depth]), axis=1, return_counts=True)
    np.maximum.at(width, level[0], count)
    return {"size": size, "depth": deepest[roots], "breadth": width[roots],
            "structural_virality": np.divide(wiener, pairs, out=np.zeros(size.size),
                                             where=pairs > 0)}
