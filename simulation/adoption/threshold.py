"""Threshold: people buy when enough of the people around own the product.

    s_b = sum of strength over in-ties from owners of b / sum over all in-ties;
          owners / N where the network is well mixed; 0 for people without in-neighbours
    c_b = q where s_b >= own threshold - 1e-6, else 0
    buys where an advertisement hits, or with chance c in every step (q = 1: at once, as in the
    sources)
A threshold of 0 is always reached (Granovetter's instigators).  People met are no neighbours here.
The credit of a sale goes to advertising where it hit, to neighbours otherwise.

Twin    none; tests/adoption/test_threshold.py has it by hand
Source  Granovetter (1978), Watts (2002); complex contagion: Centola & Macy (2007)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ContactDraws,
    adopt,
    any_success,
    convince,
    credit_where_it_hit,
    divide,
    draw_block,
    in_order,
    in_ties,
    market_view,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Draws
from simulation.world.state import NONE, State

TOLERANCE = 1e-6
"""Strengths have single precision: ties of .1, .2 and .7 give the last a share of .69999999."""


class Threshold(Contact):
    """Adoption when the weighted share of owners among neighbours reaches the own threshold."""

    kind: Literal["threshold"]
    source: ClassVar[str] = "watts2002"

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        rows = in_order(self, rows_where(state.owned == NONE), draws, step)
        _decide(rows, in_ties(state.ties), in_ties(state.added), market_view(self, state, params),
                state.threshold, self.q, ContactDraws(draws.seed, step), choice, advertising_share)


# -- rules ----------------------------------------------------------------------------------------


@inlined
def is_reached(share, threshold):
    """s >= threshold - 1e-6"""
    return share >= threshold - TOLERANCE


# -- kernels --------------------------------------------------------------------------------------


@kernel
def _decide(rows, ties, added, market, threshold, q, address, choice, advertising_share):
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    strength = ties.strength
    speaks_for = market.speaks_for
    owners = market.owners
    ad_hit = market.ad_hit
    has_added = added.sources.size > 0
    weight = np.empty(brands + 1)
    influence = np.empty(brands)
    h = np.empty(brands)
    success = np.empty(brands, np.bool_)
    u = np.empty((brands, BATCH))
    for j in range(rows.size):
        i = rows[j]
        # draw, for a block of people
        if j % BATCH == 0:
            draw_block(rows, j, address, u)
        # gather the weight of the owners among the in-neighbours
        weight[:] = 0.0
        total = _weigh_owners(i, offsets, sources, strength, speaks_for, weight)
        if has_added:
            total += _weigh_owners(i, added.offsets, added.sources, added.strength, speaks_for,
                                   weight)
        divide(weight, total, owners, speaks_for.size, influence)
        # apply
        for b in range(brands):
            influence[b] = q if is_reached(influence[b], threshold[i]) else 0.0
        convince(j % BATCH, influence, u, success)
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, address, h, success, choice, advertising_share)
            if choice[i] >= 0:
                advertising_share[i] = credit_where_it_hit(ad_hit[i, choice[i]])


@inlined
def _weigh_owners(i, offsets, sources, strength, speaks_for, weight):
    """Add the strength of ``i``'s in-ties to ``weight`` (b + 1,) by brand owned; return the total.

    Branch-free, for what a neighbour owns is unpredictable: brand -1 counts in the last place.
    """
    total = 0.0
    for e in range(offsets[i], offsets[i + 1]):
        total += np.float64(strength[e])
        weight[speaks_for[sources[e]]] += np.float64(strength[e])
    return total
