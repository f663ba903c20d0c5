"""Our side of the comparison: the ordinary model, by configuration alone, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np

from simulation import WordOfMouthModel
from tests.worlds import CONTACTS

CONTACTS_ONLY = (*CONTACTS, "adoption.p=0", "until=quiet", "quiet_steps=1", "steps=400")
"""One brand, no advertising, and of the step only what makes contacts buy; ends when nobody bought."""

CASCADE = (*CONTACTS_ONLY, "adoption=cascade", "adoption.attempts=once", "adoption.tie_draw=undirected")


def start_with(people) -> str:
    """Return the override by which ``people`` (rows) own the product at step 0."""
    names = ",".join(f"'{person}'" for person in people)
    return f"+population.seeds.start={{brand: alpha, count: 0, by: list, people: [{names}]}}"


def adopted(params, seeds, copies: int = 1) -> np.ndarray:
    """Return the step in which everybody adopted (-1: never) in one run per seed, int (runs x copies, n)."""
    rows = []
    for seed in seeds:
        model = WordOfMouthModel(params, seed=seed)
        model.run()
        rows.append(model.state.adopted_at[:, 0].reshape(copies, -1))
    return np.concatenate(rows)


def graph_of(params) -> nx.DiGraph:
    """Return the ties of the run as a directed graph on rows, with the strengths of the ties."""
    ties = params.network.build(params.network.size(params.population.size), params.network.seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(ties.n))
    ends = zip(ties.sources().tolist(), ties.targets.tolist(), ties.strength.tolist(), strict=True)
    graph.add_weighted_edges_from(ends, weight="strength")
    return graph


def file_network(folder: Path, graph: nx.Graph, copies: int = 1) -> tuple[str, ...]:
    """Write ``copies`` disjoint copies of ``graph`` (nodes 0 .. n-1) into files; return the overrides to read them."""
    n = graph.number_of_nodes()
    lines = [f"{c * n + u},{c * n + v},{strength}" for c in range(copies)
             for u, v, strength in graph.edges(data="strength", default=1.0)]
    (folder / "ties.csv").write_text("\n".join(["source,target,strength", *lines]))
    (folder / "people.csv").write_text("\n".join(["id", *map(str, range(copies * n))]))
    return ("network=file", "network.seed=1", f"network.path={folder / 'ties.csv'}",
            f"network.nodes_path={folder / 'people.csv'}", "network.strength_column=strength",
            f"network.directed={str(graph.is_directed()).lower()}")


def curves_of(adopted_at: np.ndarray, steps: int) -> np.ndarray:
    """Return the number of adopters after steps 0 .. ``steps``, int (runs, steps + 1)."""
    return np.stack([((adopted_at >= 0) & (adopted_at <= t)).sum(axis=1) for t in range(steps + 1)], axis=1)


def sizes_of(adopted_at: np.ndarray) -> np.ndarray:
    """Return the number of adopters in the end, int (runs,)."""
    return (adopted_at >= 0).sum(axis=1)
