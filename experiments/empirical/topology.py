"""Topology: clustering, inequality of degrees, and assortativity of real networks and of our generators."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from experiments.empirical.data import table
from experiments.empirical.findings import Check, Finding, close
from experiments.study.cells import Cell, run_cells
from simulation.statistics import gini, tie_correlation

PATTERN = "topology"
SETS = {"ego_facebook": "ego_facebook/edges", "lastfm_asia": "lastfm_asia/edges"}
NETWORKS = ("communities", "watts_strogatz", "barabasi_albert", "holme_kim", "configuration", "erdos_renyi",
            "stochastic_block", "cliques_fixed")
SEED = (701,)
FIGURES = ("clustering", "Gini coefficient of degrees", "assortativity of degrees")


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return clustering, Gini coefficient and assortativity of degrees by set."""
    return {name: tuple(described(*ends(data, name))[:3]) for name in SETS}


def ends(data: Path, name: str) -> tuple[int, np.ndarray, np.ndarray]:
    """Return the number of people and the two ends of every tie, numbered from 0."""
    edges = table(data, SETS[name]).iloc[:, :2].to_numpy()
    people, rows = np.unique(edges, return_inverse=True)
    return people.size, *rows.reshape(-1, 2).T


def described(n: int, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return clustering, Gini, assortativity and mean of degrees, (4,), of ties taken as mutual, each pair once."""
    both = np.concatenate([one, other]), np.concatenate([other, one])
    ties = csr_array((np.ones(2 * one.size), both), shape=(n, n))
    ties.setdiag(0)
    ties.eliminate_zeros()
    ties.data[:] = 1.0
    degree = ties.sum(axis=1)
    closed, pairs = (ties @ ties).multiply(ties).sum(axis=1), degree * (degree - 1)
    local = np.divide(closed, pairs, out=np.zeros(n), where=pairs > 0)
    return np.array([local.mean(), gini(degree), tie_correlation(degree, *ties.nonzero()), degree.mean()])


def measure(model) -> np.ndarray:
    """Return the description of the network of a run."""
    ties = model.state.ties
    return described(ties.n, ties.sources(), ties.targets)


def cell(name: str, people: int, network: str, values: dict | None = None) -> Cell:
    """Return a world that is built and lives for one step in which next to nothing happens."""
    words = (f"network={network}", "experiment=replicate/contact", "adoption=bass", "steps=1")
    return Cell(name, words, {"population.size": people, **(values or {})}, SEED)


def tuned(people: int, degree: float) -> list[Cell]:
    """Return generators with the mean degree of the data and a range of clustering."""
    even = 2 * max(1, round(degree / 2))
    ties, near = max(1, round(degree / 2)), max(2, even - 2)
    out = [cell(f"holme_kim, ties_each {ties}, triangles {share:g}", people, "holme_kim",
                {"network.ties_each": ties, "network.triangles": share}) for share in (0.5, 1.0)]
    for rewiring in (0.02, 0.05, 0.1, 0.2, 0.3):
        out.append(cell(f"watts_strogatz, neighbours {even}, rewiring {rewiring:g}", people, "watts_strogatz",
                        {"network.neighbours": even, "network.rewiring": rewiring}))
        out.append(cell(f"communities, neighbours {near}, rewiring {rewiring:g}, weak_per_person .5", people,
                        "communities", {"network.neighbours": near, "network.rewiring": rewiring,
                                        "network.weak_per_person": 0.5}))
    return out


def findings(data: Path, mapped) -> list[Finding]:
    """Judge all generators with their defaults on three figures; tuned to clustering, on the other two."""
    out = []
    for name in SETS:
        n, one, other = ends(data, name)
        theirs = described(n, one, other)
        made = run_cells([cell(network, n, network) for network in NETWORKS], measure, mapped)
        for network in NETWORKS:
            world = "default" if network == "communities" else f"default of {network}"
            out.append(Finding(PATTERN, name, world, f"network={network}, {n} people", tuple(
                close(text, theirs[i], made[network][0][i]) for i, text in enumerate(FIGURES))))
        points = {point: runs[0] for point, runs in run_cells(tuned(n, theirs[3]), measure, mapped).items()}
        best = min(points, key=lambda point: abs(points[point][0] - theirs[0]))
        out.append(Finding(PATTERN, name, "calibrated", f"network={best} (mean degree and clustering)", tuning(
            theirs, points[best])))
    return out


def tuning(theirs: np.ndarray, ours: np.ndarray) -> tuple[Check, ...]:
    """Return the checks of a tuned network: what it was tuned to is shown, the rest is judged."""
    shown = [Check(f"{text} (tuned to)", f"{theirs[i]:.3f}", f"{ours[i]:.3f}", None)
             for i, text in ((0, FIGURES[0]), (3, "mean degree"))]
    return (*shown, *(close(FIGURES[i], theirs[i], ours[i]) for i in (1, 2)))
