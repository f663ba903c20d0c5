"""The ties of a graph file, as the engine holds them."""

from __future__ import annotations

from benchmarks.graphs import Graph
from simulation.world.ties import Ties, build_ties


def ties_of(graph: Graph) -> Ties:
    """Return the ties of a graph."""
    return build_ties(graph.n, graph.sources(), graph.targets)


def start_with(people) -> dict:
    """Return the values by which ``people`` (rows) own the product at step 0."""
    names = [str(person) for person in people]
    return {"population.seeds": {"start": {"brand": "alpha", "count": 0, "by": "list", "people": names}}}
