"""Compressed sparse rows: counting sort of ties, duplicates dropped in place, transposition.

    place   in every kernel: where the next tie of each person goes, int64 (n,), used up

Source  counting sort: Knuth (1998)
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel


def row_offsets(n: int, *ends: np.ndarray) -> np.ndarray:
    """Return where the rows of each person begin, int64 (n + 1,)."""
    out = np.zeros(n + 1, np.int64)
    for column in ends:
        _count(column, out[1:])
    return np.cumsum(out, out=out)


def sorted_ties(n: int, source, target, mutual: bool,
                alike: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return offsets, targets and (unless all are ``alike``) the row each tie came from.

    Counting sort by target, then by source: stable, so of equal ties the first given comes first.
    """
    e = source.size * (2 if mutual else 1)
    offsets = row_offsets(n, source, target) if mutual else row_offsets(n, source)
    in_offsets = offsets if mutual else row_offsets(n, target)
    sources, targets = np.empty(e, np.int32), np.empty(e, np.int32)
    which, order = np.empty(0 if alike else e, np.int32), np.empty(0 if alike else e, np.int32)
    _sort_by_target(source, target, mutual, in_offsets[:-1].copy(), sources, which)
    _sort_by_source(in_offsets, sources, which, offsets[:-1].copy(), targets, order)
    return offsets, targets, order


@kernel
def _count(ends, degree):
    for k in range(ends.size):
        degree[ends[k]] += 1


@kernel
def _sort_by_target(source, target, mutual, place, sources, which):
    for back in range(2 if mutual else 1):
        for k in range(source.size):
            u, v = (target[k], source[k]) if back else (source[k], target[k])
            sources[place[v]] = u
            if which.size > 0:
                which[place[v]] = k
            place[v] += 1


@kernel
def _sort_by_source(in_offsets, sources, which, place, targets, order):
    for v in range(place.size):
        for r in range(in_offsets[v], in_offsets[v + 1]):
            u = sources[r]
            targets[place[u]] = v
            if which.size > 0:
                order[place[u]] = which[r]
            place[u] += 1


@kernel
def close_gaps(strength, offsets, targets, order, dropped, seen):
    """Drop self-ties and all but the strongest of equal ties, in place;
    strength () where all are alike.
    """
    start, end = 0, 0
    for u in range(seen.size):
        row = end
        stop = offsets[u + 1]
        for r in range(start, stop):
            v = targets[r]
            if v == u:
                dropped[0] += 1
            elif end > row and targets[end - 1] == v:
                dropped[1] += 1
                if strength.size > 0 and strength[order[r]] > strength[order[end - 1]]:
                    order[end - 1] = order[r]
            else:
                targets[end] = v
                if order.size > 0:
                    order[end] = order[r]
                seen[u] = seen[v] = True
                end += 1
        start, offsets[u + 1] = stop, end


@kernel
def take(column, order, out):
    for r in range(out.size):
        out[r] = column[order[r]]


@kernel
def is_symmetric(offsets, targets, place):
    """Return whether the next tie of ``v`` leads to ``u``, for all ties u -> v by ascending u."""
    for u in range(place.size):
        for r in range(offsets[u], offsets[u + 1]):
            v = targets[r]
            if place[v] == offsets[v + 1] or targets[place[v]] != u:
                return False
            place[v] += 1
    return True


@kernel
def transpose_sources(offsets, targets, place, out):
    for u in range(place.size):
        for r in range(offsets[u], offsets[u + 1]):
            out[place[targets[r]]] = u
            place[targets[r]] += 1


@kernel
def transpose_column(offsets, targets, column, place, out):
    for u in range(place.size):
        for r in range(offsets[u], offsets[u + 1]):
            out[place[targets[r]]] = column[r]
            place[targets[r]] += 1
