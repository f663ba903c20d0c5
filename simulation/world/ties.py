"""Ties of the social network as compressed sparse rows.

A tie u -> v means: v sees what u posts ("source influences target").
An undirected tie is two ties.

    held        4 bytes per tie (targets), 1 more where there are several kinds, and 4 each for
                strength and visibility where they do not follow from the kind and differ; of what
                all ties share, one number is held
    in-ties     are made when somebody first asks for them, of sources in ascending order; where
                every tie has its way back (symmetric) they are the ties themselves and cost nothing
    names       people without names of their own are called by their rows, and no name is held
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simulation.numerics.csr import (
    close_gaps,
    is_symmetric,
    row_offsets,
    sorted_ties,
    take,
    transpose_column,
    transpose_sources,
)
from simulation.world.ids import RowNames, RowsOfNames


@dataclass
class Ties:
    """Directed ties among ``n`` people, sorted by (source, target).

    offsets     int64   (n + 1,)  ties of source u are rows offsets[u] .. offsets[u + 1]
    targets     int32   (e,)      who sees the source's posts
    kind        int8    (e,)      0 strong, 1 weak, 2 follows an influencer, 3 introduced by a brand
    by_kind     bool              whether strength and visibility follow from the kind
    strength_of    float32        of each kind (kinds,) where ``by_kind``, else of each tie (e,)
    visibility_of  float32        the same
    community   int32   (n,)      community of each person (0 where the network has none)
    ids         sequence of str   the user's own name of each person
    facts       dict              what the builder has to report (duplicates dropped,
                isolated people, ...)

    and, written out for all ties when somebody first asks for them:

    strength    float32 (e,)      (0, 1] weight of what passes along the tie
    visibility  float32 (e,)      (0, 1] chance that a post reaches the target's feed at all

    What a tie has cannot be written to: all rows may be one number.
    """

    n: int
    offsets: np.ndarray
    targets: np.ndarray
    kind: np.ndarray
    by_kind: bool
    strength_of: np.ndarray
    visibility_of: np.ndarray
    community: np.ndarray
    ids: Sequence[str]
    facts: dict = field(default_factory=dict)

    def __len__(self) -> int:
        return self.targets.size

    def sources(self) -> np.ndarray:
        """Return the source of every tie, int64 (e,)."""
        return np.repeat(np.arange(self.n, dtype=np.int64), np.diff(self.offsets))

    def out_degree(self) -> np.ndarray:
        """Return the number of followers of each person, int64 (n,)."""
        return np.diff(self.offsets)

    def in_degree(self) -> np.ndarray:
        """Return the number of people each person sees, int64 (n,)."""
        return np.diff(self.in_offsets)

    @cached_property
    def strength(self) -> np.ndarray:
        """Return the strength of every tie, float32 (e,)."""
        return self._of_all(self.strength_of)

    @cached_property
    def visibility(self) -> np.ndarray:
        """Return the visibility of every tie, float32 (e,)."""
        return self._of_all(self.visibility_of)

    def at(self, which: np.ndarray, rows: slice) -> np.ndarray:
        """Return ``which`` (strength_of or visibility_of) of some ties,
        without writing out the others.
        """
        return which[self.kind[rows]] if self.by_kind else which[rows]

    def sum_of_visibility(self) -> float:
        """Return the sum of the visibilities of all ties."""
        if self.by_kind:
            return sum(float(x) * np.count_nonzero(self.kind == k)
                       for k, x in enumerate(self.visibility_of))
        return float(self.visibility_of.sum())

    def _of_all(self, which: np.ndarray) -> np.ndarray:
        if not self.by_kind:
            return which
        if _is_alike(self.kind):
            return np.broadcast_to(which[self.kind[0] if len(self) else 0], len(self))
        return _locked(_taken(which, self.kind))

    @cached_property
    def symmetric(self) -> bool:
        """Return whether every tie has its way back (whatever the strengths)."""
        return is_symmetric(self.offsets, self.targets, self.offsets[:-1].copy())

    @cached_property
    def in_offsets(self) -> np.ndarray:
        """Return where in-ties begin: those of target v are rows in_offsets[v] ..
        in_offsets[v + 1], int64 (n + 1,).
        """
        return self.offsets if self.symmetric else row_offsets(self.n, self.targets)

    @cached_property
    def in_sources(self) -> np.ndarray:
        """Return who is seen, int32 (e,), by target."""
        if self.symmetric:
            return self.targets
        out = np.empty(len(self), np.int32)
        transpose_sources(self.offsets, self.targets, self.in_offsets[:-1].copy(), out)
        return out

    @cached_property
    def in_strength(self) -> np.ndarray:
        """Return the strength of every in-tie, float32 (e,), by target."""
        if _is_alike(self.strength):
            return self.strength
        out = np.empty(len(self), np.float32)
        transpose_column(self.offsets, self.targets, self.strength, self.in_offsets[:-1].copy(),
                         out)
        return self.strength if np.array_equal(out, self.strength) else _locked(out)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Return the row of each person by id."""
        if isinstance(self.ids, RowNames):
            return RowsOfNames(self.n)
        return {name: i for i, name in enumerate(self.ids)}

    def row_of(self, person: str) -> int:
        """Return the row of one person; raises KeyError for an id that is not in the network."""
        return self.rows[person]


def build_ties(n: int, source, target, strength=1.0, visibility=1.0, kind=0, community=None,
               ids=None, mutual: bool = False, by_kind: bool = False) -> Ties:
    """Return ``Ties`` from edge arrays (e,); self-ties are dropped,
    of duplicates the strongest is kept.

    Scalars stand for all ties.  ``by_kind``: strength and visibility are those of each kind
    (kinds,).  ``mutual``: every row stands for the tie and its way back, as after ``both_ways``.
    What was dropped is reported in ``facts`` (``self_ties``, ``duplicates``, ``isolated``).  Of
    duplicates of one strength the first is kept.  Raises ValueError where an end lies outside 0 ..
    n-1.
    """
    source, target = _ends(n, source), _ends(n, target)
    if source.size != target.size:
        raise ValueError(f"ties must have as many sources as targets, got {source.size} and "
                         f"{target.size}")
    kind = _column(kind, source.size, np.int8)
    by_kind, strength, visibility = _looks(kind, strength, visibility, by_kind)
    alike = by_kind and _is_alike(kind)
    offsets, targets, order = sorted_ties(n, source, target, mutual, alike)
    dropped, seen = np.zeros(2, np.int64), np.zeros(n, np.bool_)
    close_gaps(_to_compare(kind, strength, by_kind), offsets, targets, order, dropped, seen)
    targets, e = _shortened(targets, int(offsets[-1])), int(offsets[-1])
    facts = {"self_ties": int(dropped[0]), "duplicates": int(dropped[1]),
             "isolated": int(n - seen.sum())}
    if community is None:
        community = np.broadcast_to(np.int32(0), n)
    if not by_kind:
        strength, visibility = _by_tie(strength, order, e), _by_tie(visibility, order, e)
    return Ties(n, offsets, targets, _by_tie(kind, order, e), by_kind, strength, visibility,
                np.asarray(community, np.int32), RowNames(n) if ids is None else ids, facts)


def strongest(source: np.ndarray, target: np.ndarray,
              strength: np.ndarray) -> tuple[np.ndarray, int, int]:
    """Return the rows of the edges (e,) that build_ties keeps, ascending,
    and how many self-ties and duplicates.
    """
    n = int(max(source.max(initial=-1), target.max(initial=-1))) + 1
    offsets, targets, order = sorted_ties(n, source, target, False, False)
    dropped, seen = np.zeros(2, np.int64), np.zeros(n, np.bool_)
    close_gaps(_differing(_column(strength, source.size, np.float32)), offsets, targets, order,
               dropped, seen)
    return np.sort(order[:offsets[-1]]), int(dropped[0]), int(dropped[1])


def both_ways(source, target) -> tuple[np.ndarray, np.ndarray]:
    """Return each undirected tie as two directed ones, first all those given,
    then all ways back.
    """
    source, target = np.asarray(source), np.asarray(target)
    return np.concatenate([source, target]), np.concatenate([target, source])


def _ends(n: int, rows) -> np.ndarray:
    """Return one end of every tie, int32 (e,)."""
    rows = np.asarray(rows)
    if rows.size and (rows.min() < 0 or rows.max() >= n):
        raise ValueError(f"ties must join people 0 .. {n - 1}")
    return np.ascontiguousarray(rows, np.int32)


def _column(values, e: int, dtype) -> np.ndarray:
    """Return a column (e,): one number shown ``e`` times where all are alike."""
    column = np.broadcast_to(np.ascontiguousarray(values, dtype) if np.ndim(values)
                             else dtype(values), e)
    alike = e and column[0] == column[-1] and not _is_alike(column) and (column == column[0]).all()
    return np.broadcast_to(column[0], e) if alike else column


def _looks(kind: np.ndarray, strength, visibility,
           by_kind: bool) -> tuple[bool, np.ndarray, np.ndarray]:
    """Return whether strength and visibility follow from the kind, and both,
    of each kind or of each tie.
    """
    if not by_kind:
        looks = [_column(x, kind.size, np.float32) for x in (strength, visibility)]
        if not all(map(_is_alike, looks)):
            return False, *looks
        strength, visibility = (column[0] if column.size else 1.0 for column in looks)
    kinds = max(int(kind.max(initial=0)) + 1, np.size(strength), np.size(visibility))
    return True, *(_locked(np.array(np.broadcast_to(x, kinds), np.float32))
                   for x in (strength, visibility))


def _to_compare(kind: np.ndarray, strength: np.ndarray, by_kind: bool) -> np.ndarray:
    """Return the strengths (e,) by which one of several ties of a pair is kept,
    or none where all are alike.
    """
    if not by_kind:
        return _differing(strength)
    alike = _is_alike(kind) or (strength == strength[0]).all()
    return _differing(np.broadcast_to(strength[0], kind.size) if alike else _taken(strength, kind))


def _taken(column: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return the values of a column at some places, in the type of the column."""
    out = np.empty(order.size, column.dtype)
    take(column, order, out)
    return out


def _is_alike(column: np.ndarray) -> bool:
    return column.size < 2 or column.strides[0] == 0


def _differing(strength: np.ndarray) -> np.ndarray:
    """Return the strengths (e,), or none where all are alike."""
    return _locked(np.empty(0, np.float32)) if _is_alike(strength) else strength


def _locked(column: np.ndarray) -> np.ndarray:
    column.flags.writeable = False
    return column


def _by_tie(column: np.ndarray, order: np.ndarray, e: int) -> np.ndarray:
    """Return a column (e,) in the order of the ties."""
    if _is_alike(column):
        return np.broadcast_to(column[0] if column.size else column.dtype.type(1), e)
    return _locked(_taken(column, order[:e]))


def _shortened(column: np.ndarray, e: int) -> np.ndarray:
    """Return the first ``e`` rows without holding the others."""
    if e < column.size:
        column.resize(e, refcheck=False)
    return column
