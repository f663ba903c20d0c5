"""Bass on a network as a Mesa model of objects, written as Mesa's own examples are.

A person adopts with probability p + q times the share of neighbours who own the product.  Everybody decides, then
everybody acts (``AgentSet.do`` twice), so that nobody sees what happens in the same step.  Neighbours are looked up
in the grid once and kept: the network never changes, and asking the grid in every step takes longer.
"""

from __future__ import annotations

import mesa
import networkx as nx
import numpy as np
from mesa.discrete_space import FixedAgent, Network

from benchmarks.clock import timed
from benchmarks.graphs import Graph, read_graph

PACKAGES = ("mesa", "networkx", "numpy")
P, Q = 0.002, 0.1


class Person(FixedAgent):
    """A person who may own the product, and sees who around them does."""

    def __init__(self, model, cell):
        super().__init__(model)
        self.cell = cell
        self.owns, self.decided, self.neighbours = False, False, ()

    def look_around(self) -> None:
        """Remember the neighbours."""
        self.neighbours = tuple(self.cell.neighborhood.agents)

    def decide(self) -> None:
        """Draw whether to adopt, from who owns the product now."""
        if self.owns:
            return
        owners = 0
        for other in self.neighbours:
            owners += other.owns
        chance = P + (Q * owners / len(self.neighbours) if owners else 0.0)
        self.decided = self.random.random() < chance

    def act(self) -> None:
        """Do what was decided."""
        if self.decided:
            self.owns = True


class Imitation(mesa.Model):
    """People on the nodes of a graph."""

    def __init__(self, graph: Graph, seed: int):
        super().__init__(seed=seed)
        ties = nx.Graph()
        ties.add_nodes_from(range(graph.n))
        ties.add_edges_from(graph.edges().tolist())
        self.grid = Network(ties, capacity=1, random=self.random)
        Person.create_agents(self, graph.n, list(self.grid.all_cells))
        self.agents.do("look_around")

    def step(self) -> None:
        """Let everybody decide, then act."""
        self.agents.do("decide")
        self.agents.do("act")

    def owners(self) -> int:
        """Return how many own the product."""
        return sum(person.owns for person in self.agents)


def measure(settings: dict) -> dict:
    """Run once on the graph for ``settings['steps']`` steps."""
    graph, found = read_graph(settings["graph"]), {}
    with timed(found, "build"):
        model = Imitation(graph, seed=1)
    with timed(found, "seconds"):
        for _ in range(settings["steps"]):
            model.step()
    return found | {"person_steps": graph.n * settings["steps"], "reached": [model.owners()]}


def curves(graph: Graph, steps: int, seeds) -> np.ndarray:
    """Return the number of owners after steps 1 .. ``steps`` in one run per seed, int (runs, steps)."""
    rows = []
    for seed in seeds:
        model, row = Imitation(graph, seed), []
        for _ in range(steps):
            model.step()
            row.append(model.owners())
        rows.append(row)
    return np.array(rows)
