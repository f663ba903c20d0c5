"""Ties of the social network as compressed sparse rows, in both directions.

A tie u -> v means: v sees what u posts ("source influences target").  An undirected tie is two ties.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np


@dataclass
class Ties:
    """Directed ties among ``n`` people, sorted by (source, target).

    offsets     int64   (n + 1,)  ties of source u are rows offsets[u] .. offsets[u + 1]
    targets     int32   (e,)      who sees the source's posts
    strength    float32 (e,)      (0, 1] weight of what passes along the tie
    visibility  float32 (e,)      (0, 1] chance that a post reaches the target's feed at all
    kind        int8    (e,)      0 strong, 1 weak, 2 follows an influencer, 3 introduced by a brand
    community   int32   (n,)      community of each person (0 where the network has none)
    ids         list[str]         the user's own name of each person
    facts       dict              what the builder has to report (duplicates dropped, isolated people, ...)
    """

    n: int
    offsets: np.ndarray
    targets: np.ndarray
    strength: np.ndarray
    visibility: np.ndarray
    kind: np.ndarray
    community: np.ndarray
    ids: list[str]
    facts: dict = field(default_factory=dict)
    in_offsets: np.ndarray = None
    in_sources: np.ndarray = None
    in_tie: np.ndarray = None

    def __post_init__(self) -> None:
        sources = self.sources()
        order = np.lexsort((sources, self.targets))
        self.in_sources = sources[order].astype(np.int32)
        self.in_tie = order.astype(np.int64)
        self.in_offsets = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(self.targets, minlength=self.n), out=self.in_offsets[1:])

    def __len__(self) -> int:
        return self.targets.size

    def sources(self) -> np.ndarray:
        """Return the source of every tie, int64 (e,)."""
        return np.repeat(np.arange(self.n, dtype=np.int64), np.diff(self.offsets))

    def out_degree(self) -> np.ndarray:
        """Return the number of followers of each person, int64 (n,)."""
        return np.diff(self.offsets)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Return the row of each person by id."""
        return {name: i for i, name in enumerate(self.ids)}

    def row_of(self, person: str) -> int:
        """Return the row of one person; raises KeyError for an id that is not in the network."""
        return self.rows[person]

    def in_degree(self) -> np.ndarray:
        """Return the number of people each person sees, int64 (n,)."""
        return np.diff(self.in_offsets)


def build_ties(n: int, source, target, strength=1.0, visibility=1.0, kind=0, community=None, ids=None,
               facts: dict | None = None) -> Ties:
    """Return ``Ties`` from edge arrays (e,); self-ties are dropped, of duplicates the strongest is kept.

    Scalars stand for all ties.  What was dropped is reported in ``facts`` (``self_ties``, ``duplicates``,
    ``isolated``).  Raises ValueError where an end lies outside 0 .. n-1.
    """
    source, target = np.asarray(source, np.int64), np.asarray(target, np.int64)
    e = source.size
    columns = [np.broadcast_to(np.asarray(x, t), e) for x, t in
               ((strength, np.float32), (visibility, np.float32), (kind, np.int8))]
    if e and (min(source.min(), target.min()) < 0 or max(source.max(), target.max()) >= n):
        raise ValueError(f"ties must join people 0 .. {n - 1}")
    order = np.lexsort((-columns[0], target, source))
    source, target = source[order], target[order]
    keep = source != target
    self_ties = int(e - keep.sum())
    first = np.ones(e, bool)
    first[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    duplicates = int((keep & ~first).sum())
    keep &= first
    strength, visibility, kind = (np.ascontiguousarray(x[order][keep]) for x in columns)
    source, target = source[keep], target[keep]
    offsets = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=n), out=offsets[1:])
    seen = np.zeros(n, bool)
    seen[source] = seen[target] = True
    facts = dict(facts or {}) | {"self_ties": self_ties, "duplicates": duplicates,
                                 "isolated": int(n - seen.sum())}
    community = np.zeros(n, np.int32) if community is None else np.asarray(community, np.int32)
    ids = [str(i) for i in range(n)] if ids is None else ids
    return Ties(n, offsets, target.astype(np.int32), strength, visibility, kind, community, ids, facts)


def both_ways(source, target) -> tuple[np.ndarray, np.ndarray]:
    """Return each undirected tie as two directed ones."""
    source, target = np.asarray(source, np.int64), np.asarray(target, np.int64)
    return np.concatenate([source, target]), np.concatenate([target, source])
