"""Bass: the more of the people around own the product, the likelier the next one buys.

    s_b = share of in-neighbours who own b: a plain share, whatever the strength of the ties;
          0 for people without in-neighbours; owners / N (Rand & Rust) where the network is well mixed
    independent   h = 1 - (1 - p)(1 - q s)    an advertisement (ad_hit), or u < q s
    sum           h = min(1, p + q s)         one uniform for both: who saw an advertisement does not matter
Credit of advertising: independent, by hazards (contacts.py); sum, p / (p + q s).
In a well-mixed market the mean follows N' = N + h(N / m)(m - N).  People met are no neighbours here.

Source  Bass (1969); on networks: Rand & Rust (2011), Fibich & Gibori (2010)
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
    buy,
    divide,
    draw_block,
    draw_contacts,
    in_order,
    in_ties_of,
    market_view,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, Draws
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
        _decide(rows, in_ties_of(state.ties), in_ties_of(state.added), market_view(self, state, params), self.q,
                self.combine == "sum", ContactDraws(draws.seed, step), choice, advertising_share)


@kernel
def _decide(rows, ties, added, market, q, is_sum, luck, choice, advertising_share):
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    now, owners, ad_hit, ad_rate = market.now, market.owners, market.ad_hit, market.ad_rate
    influence, chance, success = np.empty(brands + 1), np.empty(brands), np.empty(brands, np.bool_)
    drawn = np.empty((brands, BLOCK))
    for j in range(rows.size):
        i = rows[j]
        if j % BLOCK == 0:
            draw_block(rows, j, luck, drawn)
        for b in range(brands):
            influence[b] = 0.0
        total = add_weights(i, offsets, sources, strength, now, False, influence)
        if extra:
            total += add_weights(i, added.offsets, added.sources, added.strength, now, False,
                                 influence)
        divide(total, owners, now.size, influence)
        for b in range(brands):
            influence[b] *= q
        if is_sum:
            _draw_sum(j % BLOCK, ad_rate, influence, drawn, chance, success)
            if any_of(success):
                _react_to_sum(i, influence, market, luck, chance, success, choice, advertising_share)
        else:
            draw_contacts(j % BLOCK, influence, drawn, success)
            if any_success(i, ad_hit, success):
                adopt(i, influence, market, luck, chance, success, choice, advertising_share)


@inlined
def any_of(success):
    """Return whether anything succeeded."""
    found = False
    for b in range(success.size):
        found = found or success[b]
    return found


@inlined
def _draw_sum(place, ad_rate, influence, drawn, chance, success):
    for b in range(chance.size):
        chance[b] = min(1.0, ad_rate[b] + influence[b])
        success[b] = chance[b] > 0.0 and drawn[b, place] < chance[b]


@kernel
def _react_to_sum(i, influence, market, luck, chance, success, choice, advertising_share):
    b = buy(i, market, luck, chance, success, choice)
    if b >= 0:
        advertising_share[i] = market.ad_rate[b] / (market.ad_rate[b] + influence[b])
