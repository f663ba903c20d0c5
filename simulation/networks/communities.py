"""Communities: small worlds joined by weak ties, with a few
influencers on top (the default network).

    inside      each community is a Watts-Strogatz small world (strength 1, visibility 1, kind 0)
    across      weak_per_person * n undirected ties between any two people (kind 1)
    followers   a share ``influencers`` of the people, chosen at random, have extra followers:
                min(base (1 + Pareto(tail)), cap n) directed ties influencer -> follower (kind 2), a
                share ``influencer_local`` of them inside the own community, the others outside

Followers are drawn with replacement and one who is drawn twice follows once: at n = 10,000 the
largest influencers have about 800 followers, not 1,000.  Communities are neighbouring rows, of
equal size where n allows, else one person apart.

Source  small world: Watts & Strogatz (1998); weak ties: Granovetter (1973); skewed followers:
        assumption
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np
from pydantic import field_validator

from simulation.networks.base import Network
from simulation.networks.shapes import blocks, generator, random_pairs, small_world
from simulation.params import parameter, share
from simulation.world.ties import Ties, both_ways, build_ties

STREAM = 1


class Communities(Network):
    """Equal communities, each a small world, joined by weak ties and by influencers' followers."""

    kind: Literal["communities"]
    communities: int = parameter("communities", "assumption", ge=1, le=100_000)
    neighbours: int = parameter("people", "watts1998", ge=2, le=1_000,
                                doc="ties of each person; even")
    rewiring: float = share("watts1998", doc="share of the ties inside rewired at random")
    weak_per_person: float = parameter("undirected ties per person", "granovetter1973", ge=0,
                                       le=100)
    weak_strength: float = parameter("1", "granovetter1973", gt=0, le=1)
    weak_visibility: float = parameter("1", "assumption", gt=0, le=1)
    influencers: float = share("assumption", doc="share of people with extra followers")
    influencer_base: float = parameter("followers", "assumption", ge=0, le=1e6,
                                       doc="smallest number")
    influencer_tail: float = parameter("1", "assumption", gt=0, le=100, doc="Pareto exponent")
    influencer_cap: float = share("assumption", doc="most extra followers, as a share of everybody")
    influencer_local: float = share("assumption", doc="share of them inside the own community")
    influencer_strength: float = parameter("1", "assumption", gt=0, le=1)
    influencer_visibility: float = parameter("1", "assumption", gt=0, le=1)
    source: ClassVar[str] = "watts1998"
    built_per_tie: ClassVar[float] = 45

    @field_validator("neighbours")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError(f"network.neighbours must be even (half on either side), got {value}")
        return value

    def has_communities(self) -> bool:
        """Return whether there are at least two."""
        return self.communities > 1

    def expected_ties(self, n: float) -> float:
        """Return the expected number of directed ties: neighbours, weak ties,
        and followers of influencers.
        """
        return n * (self.neighbours + 2 * self.weak_per_person
                    + self.influencers * self.mean_followers(n))

    def mean_followers(self, n: float) -> float:
        """Return the expected extra followers of one influencer: the mean of a Pareto law,
        cut at cap n.
        """
        base, tail, most = self.influencer_base, self.influencer_tail, self.influencer_cap * n
        if most <= base:
            return most
        if abs(tail - 1.0) < 1e-9:
            return base * (1.0 + math.log(most / base))
        return (tail * base - most * (base / most) ** tail) / (tail - 1.0)

    def ties_differ(self) -> bool:
        """Return True: there are three kinds."""
        return True

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses communities too
        small for their ``neighbours``.
        """
        smallest = n // self.communities
        if smallest <= self.neighbours:
            raise ValueError(f"network.communities: {self.communities} communities of {n} people "
                             f"have {smallest} each, but network.neighbours {self.neighbours} "
                             f"needs at least {self.neighbours + 1}; allowed: at most "
                             f"{n // (self.neighbours + 1)} communities, or fewer neighbours")
        block, first, size = blocks(n, self.communities)
        source, target, counts = self._pairs(n, first, size, generator(seed, STREAM))
        return build_ties(n, source, target, [1.0, self.weak_strength, self.influencer_strength],
                          [1.0, self.weak_visibility, self.influencer_visibility],
                          np.repeat(np.arange(3, dtype=np.int8), counts), block, by_kind=True)

    def _pairs(self, n: int, first, size, rng) -> tuple[np.ndarray, np.ndarray, list[int]]:
        """Return the directed ties inside, across and to followers, int32 (e,),
        and how many of each kind.
        """
        inside = both_ways(*small_world(first, size, self.neighbours, self.rewiring, rng))
        across = both_ways(*random_pairs(n, round(self.weak_per_person * n), rng))
        parts = inside, across, self._followers(first, size, rng)
        source, target = (np.concatenate(ends, dtype=np.int32) for ends in zip(*parts, strict=True))
        return source, target, [part[0].size for part in parts]

    def _followers(self, first, size, rng) -> tuple[np.ndarray, np.ndarray]:
        """Return influencer and follower of each extra tie (e,);
        communities are rows in sequence.
        """
        n = size.size
        chosen = np.sort(rng.permutation(n)[:round(self.influencers * n)])
        extra = self.influencer_base * (1.0 + rng.pareto(self.influencer_tail, chosen.size))
        extra = np.minimum(extra, self.influencer_cap * n).astype(np.int64)
        who = np.repeat(chosen, extra)
        rank = np.arange(who.size) - np.repeat(np.cumsum(extra) - extra, extra)
        local = (rank < np.repeat(np.rint(self.influencer_local * extra), extra)) | (size[who] == n)
        u, start, people = rng.random(who.size), first[who], size[who]
        within = start + (u * (people - 1)).astype(np.int64)
        within += within >= who
        outside = (u * (n - people)).astype(np.int64)
        outside += np.where(outside >= start, people, 0)
        return who, np.where(local, within, outside)
