"""Preferential attachment with triangles: hubs and clustering in one network.

    starts with ``ties_each`` people without ties; each further person aims at ``ties_each``
    different people, drawn in proportion to their ties so far (those at the start count one tie
    more), and is tied to the first; each next tie goes, with chance ``triangles``, to a friend of
    the person last aimed at, uniform among those not yet tied to the newcomer (where one is left),
    else to the next person aimed at

A person drawn again after having been met as a friend is tied once, so a few newcomers have fewer
than ``ties_each`` ties.

Source  Holme & Kim (2002); start and repeated ties as in networkx.powerlaw_cluster_graph, which
        however takes the people drawn in the order of a Python set (low rows, the hubs, first)
        and not in the order of the draws
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.networks.base import Network
from simulation.networks.shapes import generator, refuse_fewer
from simulation.numerics.jit import kernel
from simulation.params import parameter, share
from simulation.world.ties import Ties, build_ties

STREAM = 10
NOBODY, DOUBLE = -1, -2


class HolmeKim(Network):
    """A clustered network with hubs: undirected ties; early rows have the most."""

    kind: Literal["holme_kim"]
    ties_each: int = parameter("ties", "holme2002", ge=1, le=1_000, doc="ties each newcomer makes")
    triangles: float = share("holme2002", doc="chance that the next tie closes a triangle")
    source: ClassVar[str] = "holme2002"

    def expected_ties(self, n: float) -> float:
        """Return twice the ties that newcomers make."""
        return 2.0 * self.ties_each * max(n - self.ties_each, 0)

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people; refuses fewer than ties_each + 1."""
        refuse_fewer(n, self.ties_each + 1, self.kind, f"network.ties_each {self.ties_each}")
        ends = self._ends(n, generator(seed, STREAM))
        return build_ties(n, ends[0::2], ends[1::2], mutual=True)

    def _ends(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Return both ends of every tie, the older person first, int32 (2 e,)."""
        m, ties = self.ties_each, self.ties_each * (n - self.ties_each)
        pool, received = np.empty(m + 2 * ties, np.int32), np.full(n, NOBODY, np.int64)
        seen, tied = np.zeros(n, np.int32), np.zeros(n, np.int32)
        _attach(m, self.triangles, rng, pool, received, np.empty(ties, np.int64), seen, tied,
                np.empty(m, np.int32), np.empty(n, np.int32))
        return pool[m:]


@kernel
def _attach(ties_each, triangles, rng, pool, received, earlier, seen, tied, aims, friends):
    """Write everybody's first place, and then the ties, two ends each, to ``pool``;
    people are drawn from it.

    received (n,)     the last tie that each person has received;  earlier (e,): the one received
                      before that, or DOUBLE
    seen, tied (n,)   the last newcomer who aimed at each person, and who is tied to each person
    """
    for v in range(ties_each):
        pool[v] = v
    for u in range(ties_each, tied.size):
        first, used = ties_each * (u - ties_each), 0
        _aim(u, pool[:ties_each + 2 * first], rng, seen, aims)
        for tie in range(first, first + ties_each):
            count = 0
            if used > 0 and rng.random() < triangles:
                count = _friends(u, aims[used - 1], ties_each, pool, received, earlier, tied,
                                 friends)
            if count > 0:
                v = friends[int(rng.random() * count)]
            else:
                v = aims[used]
                used += 1
            pool[ties_each + 2 * tie], pool[ties_each + 2 * tie + 1] = v, u
            earlier[tie] = DOUBLE
            if tied[v] != u:
                earlier[tie], received[v], tied[v] = received[v], tie, u


@kernel
def _aim(u, pool, rng, seen, aims):
    """Write different people to ``aims``, each drawn from ``pool``;
    a person drawn twice is drawn anew.
    """
    for k in range(aims.size):
        v = pool[int(rng.random() * pool.size)]
        while seen[v] == u:
            v = pool[int(rng.random() * pool.size)]
        seen[v], aims[k] = u, v


@kernel
def _friends(u, v, ties_each, pool, received, earlier, tied, friends):
    """Write the friends of v who are not tied to u, and not u, to ``friends``;
    return their number.
    """
    count, first = 0, ties_each * (v - ties_each)
    for tie in range(max(first, 0), max(first + ties_each, 0)):
        w = pool[ties_each + 2 * tie]
        if earlier[tie] != DOUBLE and tied[w] != u:
            friends[count] = w
            count += 1
    tie = received[v]
    while tie >= 0:
        w = pool[ties_each + 2 * tie + 1]
        if w != u and tied[w] != u:
            friends[count] = w
            count += 1
        tie = earlier[tie]
    return count
