"""Threshold: people buy when enough of the people around own the product.

    reached_b = sum of strength over in-ties from owners of b / sum over all in-ties >= own threshold - 1e-6
    buys where an advertisement hits, or with chance q in every step in which the threshold is reached
    (q = 1: at once, as in the sources)
Where the network is well mixed the share is owners / N.  People without in-neighbours have share 0; a
threshold of 0 is always reached (Granovetter's instigators).  People met are no neighbours here.
The credit of a sale goes to advertising where it hit, to neighbours otherwise.

Source  Granovetter (1978), Watts (2002); complex contagion: Centola & Macy (2007)
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ContactDraws,
    add_weights,
    adopt,
    any_success,
    divide,
    draw_block,
    draw_contacts,
    in_order,
    in_ties_of,
    market_view,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Draws
from simulation.world.state import NONE, State

TOLERANCE = 1e-6
"""Strengths are kept in single precision: ties of .1, .2 and .7 give the last a share of .69999999."""


class Threshold(Contact):
    """Adoption when the weighted share of owners among neighbours reaches the own threshold."""

    kind: Literal["threshold"]
    source: ClassVar[str] = "watts2002"

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        rows = in_order(self, rows_where(state.owned == NONE), draws, step)
        _decide(rows, in_ties_of(state.ties), in_ties_of(state.added), market_view(self, state, params),
                state.threshold, self.q, ContactDraws(draws.seed, step), choice, advertising_share)


@kernel
def _decide(rows, ties, added, market, threshold, q, luck, choice, advertising_share):
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    now, owners, ad_hit = market.now, market.owners, market.ad_hit
    influence, chance, success = np.empty(brands + 1), np.empty(brands), np.empty(brands, np.bool_)
    drawn = np.empty((brands, BLOCK))
    for j in range(rows.size):
        i = rows[j]
        if j % BLOCK == 0:
            draw_block(rows, j, luck, drawn)
        for b in range(brands):
            influence[b] = 0.0
        total = add_weights(i, offsets, sources, strength, now, True, influence)
        if extra:
            total += add_weights(i, added.offsets, added.sources, added.strength, now, True,
                                 influence)
        divide(total, owners, now.size, influence)
        for b in range(brands):
            influence[b] = q if influence[b] >= threshold[i] - TOLERANCE else 0.0
        draw_contacts(j % BLOCK, influence, drawn, success)
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, luck, chance, success, choice, advertising_share)
            if choice[i] >= 0:
                advertising_share[i] = 1.0 if ad_hit[i, choice[i]] > 0 else 0.0
