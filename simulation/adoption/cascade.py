"""Cascade: every owner among the contacts may convince, each independently.

    every_step  c = 1 - product over contacts who own b of (1 - q strength), in every step anew;
                contacts: in-ties, added in-ties and the people met in this step
    once        an owner tries each tie once, in the step after their own purchase (the independent
                cascade); the tie's draw is fixed for the run: success if u_tie < q strength.
                People met do not count.
                tie_draw: undirected gives u -> v and v -> u one draw.  The law of one cascade is
                the same (a tie is used in one direction at most); with undirected every run is one
                bond percolation, whose clusters are what all possible seeds reach.
    h = 1 - (1 - p)(1 - c)
Sequential and once: who is visited after the owner is tried in the step of the purchase, the others
in the step after.  A tie that is tried in both gives the same answer twice.

Twin    none; tests/adoption/test_cascade.py has it by hand and as percolation
Source  every_step: Goldenberg, Libai & Muller (2001); once: Kempe, Kleinberg & Tardos (2003)
"""

from __future__ import annotations

from collections import namedtuple
from functools import reduce
from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ADDED,
    FOR_GOOD,
    TIE,
    TIES,
    ContactDraws,
    MarketView,
    adopt,
    any_success,
    attempt,
    brand_in_step,
    can_buy,
    convince,
    draw_block,
    in_order,
    in_ties,
    market_view,
    meetings_in_step,
    none_convinces,
    source_in_lane,
    tie_uniform,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Draws, fill_uniforms_by
from simulation.params import parameter
from simulation.world.state import NONE, State

Attempts = namedtuple("Attempts", "q is_undirected seed")
"""Attempts that are made once: their strength of influence, and the address of their draws."""


class Cascade(Contact):
    """Each owner among the contacts convinces with probability q times the strength of the tie."""

    kind: Literal["cascade"]
    attempts: Literal["every_step", "once"] = parameter("name", "goldenberg2001")
    tie_draw: Literal["directed", "undirected"] = parameter("name", "kempe2003",
                                                            doc="for attempts: once")
    source: ClassVar[str] = "goldenberg2001"

    @property
    def counts_meetings(self) -> bool:
        """Tell whether people met in passing may convince: not where each tie is tried once."""
        return self.attempts == "every_step"

    @property
    def needs_ties(self) -> bool:
        """Tell that single contacts are asked."""
        return True

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        market = market_view(self, state, params)
        if self.attempts == "once":
            self.decide_once(state, market, draws, step, choice, advertising_share)
            return
        rows = in_order(self, rows_where(state.owned == NONE), draws, step)
        met, strength = meetings_in_step(state, draws, step)
        _decide(rows, in_ties(state.ties), in_ties(state.added), market, met, self.q * strength,
                self.q, ContactDraws(draws.seed, step), choice, advertising_share)

    def decide_once(self, state: State, market: MarketView, draws: Draws, step: int,
                    choice: np.ndarray, advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide, where only those who bought last step convince."""
        attempts = Attempts(self.q, self.tie_draw == "undirected", draws.seed)
        address = ContactDraws(draws.seed, step)
        bought = rows_where(state.owned_since == step - 1)
        market.speaks_for[:] = NONE
        market.speaks_for[bought] = state.owned[bought]
        if market.is_sequential:
            rows = in_order(self, rows_where(state.owned == NONE), draws, step)
            _decide_once(rows, in_ties(state.ties), in_ties(state.added), market, attempts, address,
                         choice, advertising_share)
            return
        convinced = self.convinced(state, bought, attempts)
        rows = rows_where(reduce(np.logical_or, convinced))
        contested = rows[_adopt_uncontested(rows, convinced, market, choice, advertising_share)]
        if contested.size:   # only they look back along their ties, which transposes all of them
            _adopt_contested(contested, convinced, in_ties(state.ties), in_ties(state.added),
                             market, self.q, address, choice, advertising_share)

    def convinced(self, state: State, bought: np.ndarray, attempts: Attempts) -> np.ndarray:
        """Return who is convinced of which brand, by new owners or by advertising, bool (b, n).

        Nobody else decides anything, so the new owners (rows ``bought``) look for followers who own
        nothing, and not everybody for new owners.
        """
        convinced = np.zeros((state.b, state.n), np.bool_)
        for b in range(state.b):
            if state.ad_rate[b] > 0.0:
                convinced[b] = (state.ad_hit[:, b] > 0) & (state.owned == NONE)
            owners = bought[state.owned[bought] == b]
            for lane, ties in ((TIES, state.ties), (ADDED, state.added)):
                _convince_followers(owners, ties.offsets, ties.targets, ties.strength, state.owned,
                                    b, lane, attempts, convinced[b])
        return convinced


# -- rules ----------------------------------------------------------------------------------------


@inlined
def at_least_one_convinces(none):
    """c = 1 - product (1 - q strength)"""
    return 1.0 - none


# -- kernels: in every step -----------------------------------------------------------------------


@kernel
def _decide(rows, ties, added, market, met, met_attempt, q, address, choice, advertising_share):
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    strength = ties.strength
    speaks_for = market.speaks_for
    ad_hit = market.ad_hit
    has_added = added.sources.size > 0
    influence = np.empty(brands)
    none = np.empty(brands)
    h = np.empty(brands)
    success = np.empty(brands, np.bool_)
    u = np.empty((brands, BATCH))
    for j in range(rows.size):
        i = rows[j]
        # draw, for a block of people
        if j % BATCH == 0:
            draw_block(rows, j, address, u)
        # gather the owners among the contacts
        none[:] = 1.0
        _hear_ties(i, offsets, sources, strength, speaks_for, q, none)
        if has_added:
            _hear_ties(i, added.offsets, added.sources, added.strength, speaks_for, q, none)
        for r in range(met.shape[1]):
            b = speaks_for[met[i, r]] if met[i, r] >= 0 else NONE
            if b >= 0:
                none[b] = none_convinces(none[b], met_attempt)
        # apply
        for b in range(brands):
            influence[b] = at_least_one_convinces(none[b])
        convince(j % BATCH, influence, u, success)
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, address, h, success, choice, advertising_share)


@kernel
def _hear_ties(i, offsets, sources, strength, speaks_for, q, none):
    for e in range(offsets[i], offsets[i + 1]):
        b = speaks_for[sources[e]]
        if b >= 0:
            none[b] = none_convinces(none[b], attempt(q, strength[e]))


# -- kernels: once, all at the same time ----------------------------------------------------------


@kernel
def _convince_followers(bought, offsets, targets, strength, owned, b, lane, attempts, convinced):
    """Let new owners of ``b`` try their ties, in blocks, whoever they belong to."""
    q = attempts.q
    is_undirected = attempts.is_undirected
    seed = attempts.seed
    step = brand_in_step(FOR_GOOD, b)
    follower = np.empty(BATCH, np.int64)
    probability = np.empty(BATCH)
    target = np.empty(BATCH, np.int64)
    source = np.empty(BATCH, np.int64)
    u = np.empty(BATCH)
    n = 0
    for i in bought:
        for e in range(offsets[i], offsets[i + 1]):
            # gather a tie; it counts if the follower owns nothing
            v = np.int64(targets[e])
            follower[n] = v
            probability[n] = attempt(q, strength[e])
            # undirected, both directions of a tie share one draw
            target[n] = max(i, v) if is_undirected else v
            source[n] = source_in_lane(lane, min(i, v) if is_undirected else i)
            n += owned[v] == NONE
            # draw and apply, for a block of ties
            if n == BATCH:
                _try_block(n, follower, probability, target, source, seed, step, u, convinced)
                n = 0
    _try_block(n, follower, probability, target, source, seed, step, u, convinced)


@kernel
def _try_block(n, follower, probability, target, source, seed, step, u, convinced):
    fill_uniforms_by(seed, TIE, step, target[:n], source[:n], u)
    for k in range(n):
        convinced[follower[k]] |= u[k] < probability[k]


@kernel
def _adopt_uncontested(rows, convinced, market, choice, advertising_share):
    """Let those buy whom contacts convinced of one brand, one without ads; return who is left."""
    ad_rate = market.ad_rate
    min_willingness = market.min_willingness
    willingness = market.willingness
    is_left = np.empty(rows.size, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        # gather
        brands = 0
        advertised = 0
        last = 0
        for b in range(min_willingness.size):
            brands += convinced[b, i]
            advertised += convinced[b, i] and ad_rate[b] > 0.0
            last = b if convinced[b, i] else last
        # apply
        is_left[j] = brands > 1 or advertised > 0
        if not is_left[j] and can_buy(min_willingness[last], willingness[i]):
            choice[i] = last
            advertising_share[i] = 0.0
    return is_left


@kernel
def _adopt_contested(rows, convinced, ties, added, market, q, address, choice, advertising_share):
    """Let those decide whom advertising or several brands convinced, by the chances of each."""
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    strength = ties.strength
    speaks_for = market.speaks_for
    has_added = added.sources.size > 0
    influence = np.empty(brands)
    none = np.empty(brands)
    h = np.empty(brands)
    success = np.empty(brands, np.bool_)
    for i in rows:
        # gather the new owners among the contacts
        none[:] = 1.0
        _hear_ties(i, offsets, sources, strength, speaks_for, q, none)
        if has_added:
            _hear_ties(i, added.offsets, added.sources, added.strength, speaks_for, q, none)
        # apply
        for b in range(brands):
            influence[b] = at_least_one_convinces(none[b])
            success[b] = convinced[b, i]
        adopt(i, influence, market, address, h, success, choice, advertising_share)


# -- kernels: once, one after another -------------------------------------------------------------


@kernel
def _decide_once(rows, ties, added, market, attempts, address, choice, advertising_share):
    brands = market.min_willingness.size
    offsets = ties.offsets
    sources = ties.sources
    strength = ties.strength
    speaks_for = market.speaks_for
    ad_hit = market.ad_hit
    has_added = added.sources.size > 0
    influence = np.empty(brands)
    none = np.empty(brands)
    h = np.empty(brands)
    success = np.empty(brands, np.bool_)
    for i in rows:
        # gather the new owners among the contacts; draw
        none[:] = 1.0
        success[:] = False
        _try_ties(i, TIES, offsets, sources, strength, speaks_for, attempts, none, success)
        if has_added:
            _try_ties(i, ADDED, added.offsets, added.sources, added.strength, speaks_for, attempts,
                      none, success)
        # apply
        for b in range(brands):
            influence[b] = at_least_one_convinces(none[b])
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, address, h, success, choice, advertising_share)


@kernel
def _try_ties(i, lane, offsets, sources, strength, speaks_for, attempts, none, success):
    address = ContactDraws(attempts.seed, FOR_GOOD)
    for e in range(offsets[i], offsets[i + 1]):
        v = np.int64(sources[e])
        b = speaks_for[v]
        if b < 0:
            continue
        probability = attempt(attempts.q, strength[e])
        none[b] = none_convinces(none[b], probability)
        # undirected, both directions of a tie share one draw
        source = min(v, i) if attempts.is_undirected else v
        target = max(v, i) if attempts.is_undirected else i
        if tie_uniform(address, lane, source, target, b) < probability:
            success[b] = True
