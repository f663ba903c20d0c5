"""Their side of the comparison: Epidemics on Networks (EoN) and cynetdiff, each with luck of its own."""

from __future__ import annotations

import warnings
from functools import cache

import networkx as nx
import numpy as np
from cynetdiff.utils import networkx_to_ic_model, networkx_to_lt_model

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)    # EoN asks SciPy for a name that SciPy will drop
    import EoN


def eon_discrete(graph: nx.Graph, q: float, people, runs: int, steps: int) -> np.ndarray:
    """Return curves of EoN's discrete SIR, each contact tried once, int (runs, steps + 1)."""
    luck = np.random.default_rng(101)
    return np.stack([ever_infected(EoN.basic_discrete_SIR(graph, q, initial_infecteds=list(people), rng=luck), steps)
                     for _ in range(runs)])


def eon_percolation(graph: nx.Graph, q: float, people, runs: int, steps: int) -> np.ndarray:
    """Return curves of EoN's SIR along the live ties of a percolated network, int (runs, steps + 1).

    ``percolation_based_discrete_SIR`` of EoN 2.0 forgets an argument and raises; these are its two halves.
    """
    luck, curves = np.random.default_rng(102), []
    for _ in range(runs):
        live = EoN.percolate_network(graph, q, rng=luck)
        curves.append(ever_infected(EoN.discrete_SIR(live, live.has_edge, (), initial_infecteds=list(people), rng=luck),
                                    steps))
    return np.stack(curves)


def ever_infected(history, steps: int) -> np.ndarray:
    """Return how many were ever infected at times 0 .. ``steps`` from EoN's (t, S, I, R), int (steps + 1,)."""
    _, _, infected, recovered = history
    ever = infected + recovered
    return np.concatenate([ever, np.full(max(0, steps + 1 - ever.size), ever[-1])])[:steps + 1]


def joined(graph: nx.Graph, q: float, one: int, other: int, runs: int) -> float:
    """Return how often EoN's percolation leaves two people in one cluster."""
    luck = np.random.default_rng(103)
    return float(np.mean([nx.has_path(EoN.percolate_network(graph, q, rng=luck), one, other) for _ in range(runs)]))


@cache
def cynetdiff_cascade(graph: nx.DiGraph, q: float, people, runs: int) -> np.ndarray:
    """Return when everybody was activated by cynetdiff's independent cascade (-1: never), int (runs, n)."""
    graph = graph.copy()
    for _, _, tie in graph.edges(data=True):
        tie["activation_prob"] = q * tie["strength"]
    return activated(networkx_to_ic_model(graph, rng=np.random.default_rng(104))[0], graph, people, runs)


@cache
def cynetdiff_threshold(graph: nx.DiGraph, people, runs: int) -> np.ndarray:
    """Return when everybody was activated by cynetdiff's linear threshold, strengths as weights, int (runs, n)."""
    graph = graph.copy()
    total = dict(graph.in_degree(weight="strength"))
    for _, target, tie in graph.edges(data=True):
        tie["influence"] = tie["strength"] / total[target]
    return activated(networkx_to_lt_model(graph, rng=np.random.default_rng(105))[0], graph, people, runs)


def activated(model, graph: nx.DiGraph, people, runs: int) -> np.ndarray:
    """Run a model of cynetdiff, whose nodes are numbered as ours, step by step."""
    assert list(graph) == list(range(len(graph)))
    when = np.full((runs, len(graph)), -1)
    model.set_seeds(set(people))
    for run in range(runs):
        model.reset_model()
        step, newly = 0, list(people)
        while newly:
            when[run, newly] = step
            model.advance_model()
            step, newly = step + 1, list(model.get_newly_activated_nodes())
    return when
