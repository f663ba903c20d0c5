"""Independent cascades by cynetdiff: compressed sparse rows in, Cython inside."""

from __future__ import annotations

import array

import numpy as np
from cynetdiff.models import IndependentCascadeModel

from benchmarks.clock import timed
from benchmarks.graphs import read_graph

PACKAGES = ("cynetdiff", "numpy")
CHANCE = 0.1


def measure(settings: dict) -> dict:
    """Run ``settings['runs']`` cascades from the seeds of the graph; seconds per cascade."""
    graph, found, reached = read_graph(settings["graph"]), {}, []
    with timed(found, "build"):
        starts = array.array("I", graph.offsets[:-1].astype(np.uint32).tobytes())
        edges = array.array("I", graph.targets.astype(np.uint32).tobytes())
        model = IndependentCascadeModel(starts, edges, activation_prob=CHANCE, rng=np.random.default_rng(1))
        model.set_seeds(set(graph.seeds.tolist()))
    for _ in range(settings["runs"]):
        with timed(found, "seconds"):
            model.reset_model()
            model.advance_until_completion()
        reached.append(model.get_num_activated_nodes())
    for name in ("seconds", "seconds_cpu"):
        found[name] /= settings["runs"]
    return found | {"reached": reached}
