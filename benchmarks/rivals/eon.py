"""Independent cascades by EoN: its discrete SIR, in which who is infected tries each contact once."""

from __future__ import annotations

import warnings

import networkx as nx
import numpy as np

from benchmarks.clock import timed
from benchmarks.graphs import read_graph

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)    # EoN asks SciPy for a name that SciPy will drop
    import EoN

PACKAGES = ("EoN", "networkx", "numpy")
CHANCE = 0.1


def measure(settings: dict) -> dict:
    """Run ``settings['runs']`` cascades from the seeds of the graph; seconds per cascade."""
    file, found, reached = read_graph(settings["graph"]), {}, []
    with timed(found, "build"):
        graph = nx.Graph()
        graph.add_nodes_from(range(file.n))
        graph.add_edges_from(file.edges().tolist())
    luck, seeds = np.random.default_rng(1), file.seeds.tolist()
    for _ in range(settings["runs"]):
        with timed(found, "seconds"):
            _, _, infected, recovered = EoN.basic_discrete_SIR(graph, CHANCE, initial_infecteds=seeds, rng=luck)
        reached.append(int(infected[-1] + recovered[-1]))
    for name in ("seconds", "seconds_cpu"):
        found[name] /= settings["runs"]
    return found | {"reached": reached}
