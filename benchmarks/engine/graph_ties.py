"""The ties of a graph file, as the engine holds them."""

from __future__ import annotations

from benchmarks.graphs import Graph
from simulation.ties import Ties, build_ties


def ties_of(graph: Graph) -> Ties:
    """Return the ties of a graph."""
    return build_ties(graph.n, graph.sources(), graph.targets)


def start_with(people) -> str:
    """Return the override by which ``people`` (rows) own the product at step 0."""
    names = ",".join(f"'{person}'" for person in people)
    return f"+population.seeds.start={{brand: alpha, count: 0, by: list, people: [{names}]}}"
