"""Cascade with negative word of mouth: the disappointed, and those they warned off, warn others.

    bought        the product disappoints with chance ``dissatisfied``, drawn once per person and
                  brand: stance negative (still an owner), else positive; seeds likewise
    signals       in every step, from in-ties, added in-ties and people met, each independently:
                  a positive owner with q strength, anybody negative with min(1, m q strength)
    an advertisement hits    buy
    only positive signals    buy
    only negative signals    reject for good: stance negative, never buys
    both                     buy with chance n+ / (n+ + n-), else reject
Brands that cannot be bought (not launched, price gate) are neither bought nor rejected.  Of several
brands that would be bought one is, in proportion to h = 1 - (1 - p) product (1 - q strength) over
positive contacts; brands rejected in the same step stay rejected.  The credit of a sale goes to
advertising where it hit, to neighbours otherwise.

Twin    none; tests/adoption/test_cascade_negative.py has it by hand
Source  Goldenberg, Libai, Moldovan & Muller (2007), which visits people sequentially
"""

from __future__ import annotations

from collections import namedtuple
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
    attempt,
    buy,
    can_buy,
    credit_where_it_hit,
    in_order,
    in_ties,
    market_view,
    meetings_in_step,
    none_convinces,
    tie_uniform,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import Draws, Stream, uniform
from simulation.params import parameter, share
from simulation.world.state import NONE, Stance, State

SILENT = int(Stance.NONE)
POSITIVE = int(Stance.POSITIVE)
NEGATIVE = int(Stance.NEGATIVE)
DISSATISFIED = int(Stream.DISSATISFIED)

RECOMMENDATIONS = 0
WARNINGS = 1
"""Rows of the signals (2, b) that a person hears."""

Talk = namedtuple("Talk", "q m dissatisfied met_strength")
"""How strong a recommendation is, a warning in multiples of it, disappointment, and a meeting."""

Decisions = namedtuple("Decisions", "voice stance choice advertising_share")
"""What is written: ``voice`` (n, b), the stance that others hear, the stance, brand and credit."""


class CascadeNegative(Contact):
    """Owners recommend with chance q, the disappointed and the warned warn with chance m q."""

    kind: Literal["cascade_negative"]
    m: float = parameter("1", "goldenberg2007", ge=0, le=1000,
                         doc="a warning is heard m times as often")
    dissatisfied: float = share("goldenberg2007",
                                doc="chance that the product disappoints its buyer")
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
        is_open = (state.owned == NONE) & (state.stance != NEGATIVE).any(axis=1)
        rows = in_order(self, rows_where(is_open), draws, step)
        voice = state.stance.copy()
        left = (voice == POSITIVE) & (state.owned[:, None] != np.arange(state.b))
        voice[left] = SILENT
        met, met_strength = meetings_in_step(state, draws, step)
        _decide(rows, in_ties(state.ties), in_ties(state.added), met,
                market_view(self, state, params),
                Talk(self.q, self.m, self.dissatisfied, met_strength),
                ContactDraws(draws.seed, step),
                Decisions(voice, state.stance, choice, advertising_share))

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Let the product disappoint some of those whom a brand gave it in this step."""
        self._settle_owners(state, draws)

    def _settle_owners(self, state: State, draws: Draws) -> None:
        """Give owners without a stance theirs: seeds, who did not buy."""
        owners = rows_where(state.owned != NONE)
        owners = owners[state.stance[owners, state.owned[owners]] == SILENT]
        _settle(owners, state.owned, self.dissatisfied, draws.seed, state.stance)


# -- rules ----------------------------------------------------------------------------------------


@inlined
def warning(m, q_strength):
    """min(1, m q strength)"""
    return min(1.0, m * q_strength)


@inlined
def hazard_of_recommendations(p, none):
    """h = 1 - (1 - p) product (1 - q strength)"""
    return 1.0 - (1.0 - p) * none


@inlined
def buys_on_balance(u, positive, negative):
    """Buy with chance n+ / (n+ + n-), else reject."""
    return u * (positive + negative) < positive


@inlined
def stance_of_buyer(u, dissatisfied):
    """Negative with chance ``dissatisfied``, else positive."""
    return NEGATIVE if u < dissatisfied else POSITIVE


# -- kernels --------------------------------------------------------------------------------------


@kernel
def _settle(rows, owned, dissatisfied, seed, stance):
    for i in rows:
        u = uniform(seed, DISSATISFIED, 0, i, owned[i])
        stance[i, owned[i]] = stance_of_buyer(u, dissatisfied)


@kernel
def _decide(rows, ties, added, met, market, talk, address, out):
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    strength = ties.strength
    voice = out.voice
    ad_hit = market.ad_hit
    has_added = added.sources.size > 0
    signals = np.empty((2, brands), np.int64)
    none = np.empty(brands)
    success = np.empty(brands, np.bool_)
    for i in rows:
        # gather and draw: who of the contacts is heard
        signals[:] = 0
        none[:] = 1.0
        _hear_ties(i, TIES, offsets, sources, strength, voice, talk, address, signals, none)
        if has_added:
            _hear_ties(i, ADDED, added.offsets, added.sources, added.strength, voice, talk, address,
                       signals, none)
        for r in range(met.shape[1]):
            if met[i, r] >= 0:
                _hear(i, met[i, r], MEETINGS + r, talk.met_strength, voice, talk, address, signals,
                      none)
        # apply
        for b in range(brands):
            success[b] = signals[RECOMMENDATIONS, b] + signals[WARNINGS, b] > 0
        if any_success(i, ad_hit, success):
            _weigh(i, signals, market, address, out.stance, success)
            _buy(i, talk.dissatisfied, market, address, none, success, out)


@kernel
def _hear_ties(i, lane, offsets, sources, strength, voice, talk, address, signals, none):
    for e in range(offsets[i], offsets[i + 1]):
        source = sources[e]
        has_voice = False
        for b in range(voice.shape[1]):
            has_voice = has_voice or voice[source, b] != SILENT
        if has_voice:
            _hear(i, source, lane, strength[e], voice, talk, address, signals, none)


@kernel
def _hear(i, source, lane, strength, voice, talk, address, signals, none):
    probability = attempt(talk.q, strength)
    for b in range(voice.shape[1]):
        if voice[source, b] == POSITIVE:
            none[b] = none_convinces(none[b], probability)
            u = tie_uniform(address, lane, source, i, b)
            signals[RECOMMENDATIONS, b] += u < probability
        elif voice[source, b] == NEGATIVE:
            u = tie_uniform(address, lane, source, i, b)
            signals[WARNINGS, b] += u < warning(talk.m, probability)


@kernel
def _weigh(i, signals, market, address, stance, success):
    """Write which brands person ``i`` would buy, and the stance on those that they reject."""
    for b in range(success.size):
        positive = signals[RECOMMENDATIONS, b]
        negative = signals[WARNINGS, b]
        success[b] = False
        if stance[i, b] == NEGATIVE:
            continue
        if not can_buy(market.min_willingness[b], market.willingness[i]):
            continue
        success[b] = market.ad_hit[i, b] > 0
        if not success[b] and positive + negative > 0:
            u = uniform(address.seed, CONTACT, address.step, i, COIN + b)
            success[b] = buys_on_balance(u, positive, negative)
            if not success[b]:
                stance[i, b] = NEGATIVE


@kernel
def _buy(i, dissatisfied, market, address, none, success, out):
    """Let person ``i`` buy, perhaps be disappointed and, if others decide later, be heard."""
    h = np.empty(none.size)
    for b in range(h.size):
        h[b] = hazard_of_recommendations(market.ad_rate[b], none[b])
    bought = buy(i, market, address, h, success, out.choice)
    if bought >= 0:
        out.advertising_share[i] = credit_where_it_hit(market.ad_hit[i, bought])
        u = uniform(address.seed, DISSATISFIED, 0, i, bought)
        out.stance[i, bought] = stance_of_buyer(u, dissatisfied)
    # write what the next in the sequence hear
    if market.is_sequential:
        for b in range(h.size):
            if b == bought or out.stance[i, b] == NEGATIVE:
                out.voice[i, b] = out.stance[i, b]
