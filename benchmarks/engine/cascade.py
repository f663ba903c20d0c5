"""Independent cascades through the ordinary engine, in which the phases that are off are left out."""

from __future__ import annotations

from functools import cache

from benchmarks.clock import timed
from benchmarks.engine.graph_ties import start_with, ties_of
from benchmarks.engine.worlds import CASCADE, params_of
from benchmarks.graphs import read_graph
from simulation import WordOfMouthModel
from simulation.world.ties import build_ties

PACKAGES = ("numpy", "numba")


def measure(settings: dict) -> dict:
    """Run ``settings['runs']`` cascades from the seeds of the graph; seconds per cascade, without making the model."""
    graph, found = read_graph(settings["graph"]), {}
    load_kernels()
    params = params_of(CASCADE, start_with(graph.seeds))
    with timed(found, "network"):
        ties = ties_of(graph)
    reached = []
    for run in range(settings["runs"]):
        with timed(found, "build"):
            model = WordOfMouthModel(params, seed=run, ties=ties)
        with timed(found, "seconds"):
            model.run()
        reached.append(int((model.state.adopted_at[:, 0] >= 0).sum()))
    for name in ("build", "seconds", "build_cpu", "seconds_cpu"):
        found[name] /= settings["runs"]
    return found | {"reached": reached}


@cache
def load_kernels() -> None:
    """Run a cascade along a path of four people, so that compiled code is in memory before the clock starts."""
    params = params_of(CASCADE, start_with([0]))
    WordOfMouthModel(params, ties=build_ties(4, [0, 1, 2], [1, 2, 3])).run()
