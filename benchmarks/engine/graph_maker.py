"""Making graph files with the engine's own builder: preferential attachment, five ties each."""

from __future__ import annotations

import numpy as np

from benchmarks.clock import timed
from simulation import load_params

PACKAGES = ("networkx", "numpy")
SEEDS, TIES_EACH, SEED = 100, 5, 1


def measure(settings: dict) -> dict:
    """Write ``settings['path']`` with ``settings['people']`` and up to 100 seeds drawn by lot."""
    people, found = settings["people"], {}
    network = load_params("network=barabasi_albert", f"network.ties_each={TIES_EACH}").network
    with timed(found, "seconds"):
        ties = network.build(people, SEED)
    seeds = np.sort(np.random.default_rng(SEED).choice(people, min(SEEDS, people // 10), replace=False))
    np.savez(settings["path"], offsets=np.asarray(ties.offsets, np.int64),
             targets=np.asarray(ties.targets, np.int32), seeds=seeds)
    return found | {"ties": len(ties)}
