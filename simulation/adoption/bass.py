"""Bass: the more of the people around own the product, the likelier the next one buys.

    s_b = share of in-neighbours who own b: a plain share, whatever the strength of the ties;
          0 for people without in-neighbours; owners / N (Rand & Rust) where the network is well
          mixed
    independent   h = 1 - (1 - p)(1 - q s)    an advertisement (ad_hit), or u < q s
    sum           h = min(1, p + q s)         one uniform for both: who saw an ad does not matter
Credit of advertising: independent, by hazards (contacts.py); sum, p / (p + q s).
In a well-mixed market the mean follows N' = N + h(N / m)(m - N).  People met are no neighbours.

Twin    none; tests/adoption/test_bass.py has it by hand and in closed form
Source  Bass (1969); on networks: Rand & Rust (2011), Fibich & Gibori (2010)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ContactDraws,
    adopt,
    any_success,
    buy,
    convince,
    divide,
    draw_block,
    in_order,
    in_ties,
    is_convinced,
    market_view,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Draws
from simulation.params import parameter
from simulation.world.state import NONE, State


class Bass(Contact):
    """Innovation p and imitation q times the share of neighbours who own the product."""

    kind: Literal["bass"]
    combine: Literal["independent", "sum"] = parameter("name", "rand2011", doc="how p and q add up")
    source: ClassVar[str] = "bass1969"

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        rows = in_order(self, rows_where(state.owned == NONE), draws, step)
        _decide(rows, in_ties(state.ties), in_ties(state.added), market_view(self, state, params),
                self.q, self.combine == "sum", ContactDraws(draws.seed, step), choice,
                advertising_share)


# -- rules ----------------------------------------------------------------------------------------


@inlined
def imitation(q, share):
    """c = q s"""
    return q * share


@inlined
def hazard_of_sum(p, c):
    """h = min(1, p + q s)"""
    return min(1.0, p + c)


@inlined
def advertising_credit_of_sum(p, c):
    """p / (p + q s)"""
    return p / (p + c)


# -- kernels --------------------------------------------------------------------------------------


@kernel
def _decide(rows, ties, added, market, q, is_sum, address, choice, advertising_share):
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    added_offsets = added.offsets
    added_sources = added.sources
    speaks_for = market.speaks_for
    owners = market.owners
    ad_hit = market.ad_hit
    ad_rate = market.ad_rate
    has_added = added.sources.size > 0
    count = np.empty(brands + 1)
    influence = np.empty(brands)
    h = np.empty(brands)
    success = np.empty(brands, np.bool_)
    u = np.empty((brands, BATCH))
    for j in range(rows.size):
        i = rows[j]
        # draw, for a block of people
        if j % BATCH == 0:
            draw_block(rows, j, address, u)
        # gather the owners among the in-neighbours
        count[:] = 0.0
        total = _count_owners(i, offsets, sources, speaks_for, count)
        if has_added:
            total += _count_owners(i, added_offsets, added_sources, speaks_for, count)
        divide(count, total, owners, speaks_for.size, influence)
        # apply
        for b in range(brands):
            influence[b] = imitation(q, influence[b])
        if is_sum:
            _convince_by_sum(j % BATCH, ad_rate, influence, u, h, success)
            if success.any():
                _adopt_by_sum(i, influence, market, address, h, success, choice, advertising_share)
        else:
            convince(j % BATCH, influence, u, success)
            if any_success(i, ad_hit, success):
                adopt(i, influence, market, address, h, success, choice, advertising_share)


@inlined
def _count_owners(i, offsets, sources, speaks_for, count):
    """Add the in-neighbours of ``i`` to ``count`` (b + 1,) by the brand they own; return how many.

    Branch-free, for what a neighbour owns is unpredictable: brand -1 counts in the last place.
    """
    for e in range(offsets[i], offsets[i + 1]):
        count[speaks_for[sources[e]]] += 1.0
    return np.float64(offsets[i + 1] - offsets[i])


@inlined
def _convince_by_sum(place, ad_rate, influence, u, h, success):
    for b in range(h.size):
        h[b] = hazard_of_sum(ad_rate[b], influence[b])
        success[b] = is_convinced(h[b], u[b, place])


@kernel
def _adopt_by_sum(i, influence, market, address, h, success, choice, advertising_share):
    b = buy(i, market, address, h, success, choice)
    if b >= 0:
        advertising_share[i] = advertising_credit_of_sum(market.ad_rate[b], influence[b])
