"""Bass on a network through the ordinary engine; the rule of ``rivals/mesa_model.py``."""

from __future__ import annotations

from functools import cache

import numpy as np

from benchmarks.clock import timed
from benchmarks.engine.graph_ties import ties_of
from benchmarks.engine.worlds import IMITATION, params_of
from benchmarks.graphs import Graph, read_graph
from simulation import WordOfMouthModel
from simulation.world.ties import build_ties

PACKAGES = ("mesa", "numpy", "numba")


def measure(settings: dict) -> dict:
    """Run once on the graph for ``settings['steps']`` steps."""
    graph, found = read_graph(settings["graph"]), {}
    params = params_of(IMITATION, {"steps": settings["steps"]})
    load_kernels()
    with timed(found, "network"):
        ties = ties_of(graph)
    with timed(found, "build"):
        model = WordOfMouthModel(params, seed=settings.get("seed", 1), ties=ties)
    with timed(found, "seconds"):
        model.run()
    return found | {"person_steps": graph.n * model.state.step, "reached": [int((model.state.adopted_at >= 0).sum())]}


@cache
def load_kernels() -> None:
    """Run along a path of four people, so that compiled code is in memory before the clock starts."""
    WordOfMouthModel(params_of(IMITATION, {"steps": 20}), ties=build_ties(4, [0, 1, 2], [1, 2, 3])).run()


def curves(graph: Graph, steps: int, seeds) -> np.ndarray:
    """Return the number of owners after steps 1 .. ``steps`` in one run per seed, int (runs, steps)."""
    params, ties, rows = params_of(IMITATION, {"steps": steps}), ties_of(graph), []
    for seed in seeds:
        model = WordOfMouthModel(params, seed=seed, ties=ties)
        model.run()
        when = model.state.adopted_at[:, 0]
        rows.append(np.cumsum(np.bincount(when[when >= 0], minlength=steps + 1))[1:])
    return np.stack(rows)
