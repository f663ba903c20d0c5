"""Independent cascades by NDlib, run until nobody is newly infected."""

from __future__ import annotations

import ndlib.models.epidemics as epidemics
import networkx as nx
from ndlib.models.ModelConfig import Configuration

from benchmarks.clock import timed
from benchmarks.graphs import read_graph

PACKAGES = ("ndlib", "networkx", "numpy")
CHANCE = 0.1


def measure(settings: dict) -> dict:
    """Run ``settings['runs']`` cascades from the seeds of the graph; seconds per cascade."""
    file, found, reached = read_graph(settings["graph"]), {}, []
    with timed(found, "build"):
        model = model_of(file)
    for _ in range(settings["runs"]):
        with timed(found, "seconds"):
            model.reset(infected_nodes=file.seeds.tolist())
            count = model.iteration(node_status=False)["node_count"]
            while count[1]:
                count = model.iteration(node_status=False)["node_count"]
        reached.append(int(count[2]))
    for name in ("seconds", "seconds_cpu"):
        found[name] /= settings["runs"]
    return found | {"reached": reached}


def model_of(file):
    """Return the model on the graph of the file, with the chance of every tie given."""
    graph, config = nx.Graph(), Configuration()
    graph.add_nodes_from(range(file.n))
    graph.add_edges_from(file.edges().tolist())
    for edge in graph.edges:
        config.add_edge_configuration("threshold", edge, CHANCE)
    config.add_model_initial_configuration("Infected", file.seeds.tolist())
    model = epidemics.IndependentCascadesModel(graph, seed=1)
    model.set_initial_status(config)
    return model
