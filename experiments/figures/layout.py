"""Where people stand in a drawing of the network: who is drawn, and at which position.

Communities stand on a circle, each laid out by itself; all luck comes from a fixed seed, so the same network
always looks the same.
"""

from __future__ import annotations

import networkx as nx
import numpy as np

from simulation.population import ball
from simulation.world.ties import Ties

WHOLE, SAMPLE, GROUPS = 500, 400, 4
"""Up to WHOLE people all are drawn; above, SAMPLE people out of GROUPS communities."""


def people_drawn(ties: Ties) -> tuple[np.ndarray, str]:
    """Return the rows of the people to draw, and in words who they are."""
    if ties.n <= WHOLE:
        return np.arange(ties.n), "all people"
    if len(ties) == 0:
        return np.linspace(0, ties.n - 1, SAMPLE).astype(int), f"{SAMPLE} people; they have no fixed ties"
    size = np.bincount(ties.community)
    groups = np.flatnonzero(size > 1)
    if groups.size < 2:
        people = np.sort(ball(ties, int(np.argmax(ties.out_degree())), SAMPLE))
        return people, f"the {people.size} people nearest to the one with most followers"
    chosen = groups[np.linspace(0, groups.size - 1, min(GROUPS, groups.size)).astype(int)]
    each = SAMPLE // chosen.size
    people = [members(ties, group, each) for group in chosen]
    whole = all(size[group] <= each for group in chosen)
    who = "all people of" if whole else f"{each} neighbours in each of"
    return np.sort(np.concatenate(people)), f"{who} {chosen.size} communities out of {groups.size}"


def members(ties: Ties, group: int, most: int) -> np.ndarray:
    """Return up to ``most`` people of a community who are near each other: breadth first inside it."""
    inside = ties.community == group
    queue = [int(i) for i in np.flatnonzero(inside)[:1]]
    seen = set(queue)
    for u in queue:
        if len(queue) >= most:
            break
        near = [int(v) for v in ties.targets[ties.offsets[u]:ties.offsets[u + 1]] if inside[v] and v not in seen]
        seen.update(near)
        queue.extend(near)
    rest = [int(i) for i in np.flatnonzero(inside) if i not in seen]
    return np.array((queue + rest)[:most])


def ties_among(ties: Ties, people: np.ndarray) -> np.ndarray:
    """Return the ties among some people as pairs of positions in ``people``, each pair once, (e, 2)."""
    place = np.full(ties.n, -1)
    place[people] = np.arange(people.size)
    pairs = np.stack([place[ties.sources()], place[ties.targets]], axis=1)
    pairs = np.sort(pairs[(pairs >= 0).all(axis=1)], axis=1)
    return np.unique(pairs, axis=0)


def positions(pairs: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return a position in [-1, 1] x [-1, 1] for each person, (n, 2), from ties (e, 2) and communities (n,)."""
    groups = np.unique(group)
    out = np.zeros((group.size, 2))
    angle = np.pi / 4 + 2 * np.pi * np.arange(groups.size) / groups.size
    for g, a in zip(groups, angle, strict=True):
        rows = np.flatnonzero(group == g)
        inside = pairs[(group[pairs] == g).all(axis=1)] if pairs.size else pairs
        local = spring(rows, inside)
        if groups.size > 1:
            local = 0.9 * np.sin(np.pi / groups.size) * local + 1.2 * np.array([np.cos(a), np.sin(a)])
        out[rows] = local
    return out / max(np.abs(out).max(), 1e-9)


def spring(rows: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return a spring layout of some people, within the unit circle; a sunflower where there are no ties."""
    if len(pairs) == 0:
        k = np.arange(rows.size) + 0.5
        radius, turn = np.sqrt(k / max(rows.size, 1)), np.pi * (3 - np.sqrt(5)) * k
        return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    graph = nx.Graph()
    graph.add_nodes_from(rows.tolist())
    graph.add_edges_from(pairs.tolist())
    placed = nx.spring_layout(graph, seed=7, iterations=60)
    at = np.array([placed[i] for i in rows.tolist()])
    at = at - at.mean(axis=0)
    far = np.sqrt((at ** 2).sum(axis=1))
    limit = max(np.quantile(far, 0.97), 1e-9)
    return at / np.maximum(limit, far)[:, None]
