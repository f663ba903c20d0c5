"""Cascade with negative word of mouth: who was disappointed, and who was warned off, warns others.

    bought        the product disappoints with chance ``dissatisfied``, drawn once per person and brand:
                  stance negative (still an owner), else positive; seeds likewise
    signals       in every step, from in-ties, added in-ties and people met, each on its own:
                  a positive owner with q strength, anybody negative with min(1, m q strength)
    an advertisement hits    buy
    only positive signals    buy
    only negative signals    reject for good: stance negative, never buys
    both                     buy with chance n+ / (n+ + n-), else reject
Brands out of reach (not launched, price gate) are neither bought nor rejected.  Of several brands that would
be bought one is, in proportion to 1 - (1 - p) product (1 - q strength) over positive contacts; brands
rejected in the same step stay rejected.  The credit of a sale goes to advertising where it hit, to
neighbours otherwise.

Source  Goldenberg, Libai, Moldovan & Muller (2007), which visits people sequentially
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ADDED,
    COIN,
    CONTACT,
    MEETINGS,
    TIES,
    ContactDraws,
    any_success,
    buy,
    in_order,
    in_ties_of,
    market_view,
    meetings_in_step,
    tie_uniform,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import Draws, Stream, uniform
from simulation.params import parameter, share
from simulation.world.state import NONE, Stance, State

SILENT, POSITIVE, NEGATIVE = int(Stance.NONE), int(Stance.POSITIVE), int(Stance.NEGATIVE)
DISSATISFIED = int(Stream.DISSATISFIED)


class CascadeNegative(Contact):
    """Owners recommend with chance q, the disappointed and the warned warn with chance m q."""

    kind: Literal["cascade_negative"]
    m: float = parameter("1", "goldenberg2007", ge=0, le=1000, doc="a warning is heard m times as often")
    dissatisfied: float = share("goldenberg2007", doc="chance that the product disappoints its buyer")
    source: ClassVar[str] = "goldenberg2007"

    @property
    def counts_meetings(self) -> bool:
        """Tell that people met in passing may recommend and warn."""
        return True

    @property
    def needs_ties(self) -> bool:
        """Tell that single contacts are asked."""
        return True

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody decide who owns nothing and has not rejected every brand."""
        self._settle_owners(state, draws)
        asked = (state.owned == NONE) & (state.stance != NEGATIVE).any(axis=1)
        rows = in_order(self, rows_where(asked), draws, step)
        voice = state.stance.copy()
        silent = (voice == POSITIVE) & (state.owned[:, None] != np.arange(state.b))
        voice[silent] = SILENT
        met, strength = meetings_in_step(state, draws, step)
        _decide(rows, in_ties_of(state.ties), in_ties_of(state.added), met, strength,
                market_view(self, state, params), voice, self.q, self.m, self.dissatisfied,
                ContactDraws(draws.seed, step), state.stance, choice, advertising_share)

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Let the product disappoint some of those whom a brand gave it in this step."""
        self._settle_owners(state, draws)

    def _settle_owners(self, state: State, draws: Draws) -> None:
        """Give owners without a stance theirs: seeds, who did not buy."""
        owners = rows_where(state.owned != NONE)
        owners = owners[state.stance[owners, state.owned[owners]] == SILENT]
        _settle(owners, state.owned, self.dissatisfied, draws.seed, state.stance)


@kernel
def _settle(rows, owned, dissatisfied, seed, stance):
    for j in range(rows.size):
        i = rows[j]
        stance[i, owned[i]] = _stance_of_buyer(i, owned[i], dissatisfied, seed)


@kernel
def _stance_of_buyer(i, b, dissatisfied, seed):
    return NEGATIVE if uniform(seed, DISSATISFIED, 0, i, b) < dissatisfied else POSITIVE


@kernel
def _decide(rows, ties, added, met, met_strength, market, voice, q, m, dissatisfied, luck, stance, choice,
            advertising_share):
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    good, bad, silence = np.empty(brands, np.int64), np.empty(brands, np.int64), np.empty(brands)
    ad_hit, success = market.ad_hit, np.empty(brands, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        good[:], bad[:], silence[:] = 0, 0, 1.0
        _hear_ties(i, TIES, offsets, sources, strength, voice, q, m, luck, good, bad, silence)
        if extra:
            _hear_ties(i, ADDED, added.offsets, added.sources, added.strength, voice, q, m, luck,
                       good, bad, silence)
        for r in range(met.shape[1]):
            if met[i, r] >= 0:
                _hear(i, met[i, r], MEETINGS + r, met_strength, voice, q, m, luck, good, bad, silence)
        for b in range(brands):
            success[b] = good[b] + bad[b] > 0
        if any_success(i, ad_hit, success):
            _weigh(i, good, bad, market, luck, stance, success)
            _buy(i, dissatisfied, market, luck, silence, success, stance, voice, choice, advertising_share)


@kernel
def _buy(i, dissatisfied, market, luck, silence, success, stance, voice, choice, advertising_share):
    """Let person ``i`` buy, perhaps be disappointed and, if others come later in the step, be heard."""
    for b in range(silence.size):
        silence[b] = 1.0 - (1.0 - market.ad_rate[b]) * silence[b]
    bought = buy(i, market, luck, silence, success, choice)
    if bought >= 0:
        advertising_share[i] = 1.0 if market.ad_hit[i, bought] > 0 else 0.0
        stance[i, bought] = _stance_of_buyer(i, bought, dissatisfied, luck.seed)
    for b in range(silence.size if market.sequential else 0):
        if b == bought or stance[i, b] == NEGATIVE:
            voice[i, b] = stance[i, b]


@kernel
def _hear_ties(i, lane, offsets, sources, strength, voice, q, m, luck, good, bad, silence):
    for e in range(offsets[i], offsets[i + 1]):
        u, heard = sources[e], False
        for b in range(voice.shape[1]):
            heard = heard or voice[u, b] != SILENT
        if heard:
            _hear(i, u, lane, strength[e], voice, q, m, luck, good, bad, silence)


@kernel
def _hear(i, u, lane, strength, voice, q, m, luck, good, bad, silence):
    chance = q * np.float64(strength)
    for b in range(voice.shape[1]):
        if voice[u, b] == POSITIVE:
            silence[b] *= 1.0 - chance
            good[b] += tie_uniform(luck, lane, u, i, b) < chance
        elif voice[u, b] == NEGATIVE:
            bad[b] += tie_uniform(luck, lane, u, i, b) < min(1.0, m * chance)


@kernel
def _weigh(i, good, bad, market, luck, stance, success):
    """Write which brands person ``i`` would buy, and the stance on those it rejects."""
    for b in range(good.size):
        success[b] = False
        if stance[i, b] == NEGATIVE or market.min_willingness[b] > market.willingness[i]:
            continue
        success[b] = market.ad_hit[i, b] > 0
        if not success[b] and good[b] + bad[b] > 0:
            success[b] = uniform(luck.seed, CONTACT, luck.step, i, COIN + b) * (good[b] + bad[b]) < good[b]
            if not success[b]:
                stance[i, b] = NEGATIVE
