"""Cascade: every owner among the contacts may convince, each on its own.

    every_step  c = 1 - product over contacts who own b of (1 - q strength), in every step anew;
                contacts: in-ties, added in-ties and the people met in this step
    once        an owner tries each tie once, in the step after its own purchase (the independent cascade);
                the tie's draw is fixed for the run: success if u_tie < q strength.  People met do not count.
                tie_draw: undirected gives u -> v and v -> u one draw.  The law of one cascade is the same
                (a tie is used in one direction at most); with undirected every run is one bond percolation,
                whose clusters are what all possible seeds reach.
    h = 1 - (1 - p)(1 - c)
Sequential and once: who is visited after the owner is tried in the step of the purchase, the others in the
step after.  A tie looked at in both gives the same answer twice.

Source  every_step: Goldenberg, Libai & Muller (2001); once: Kempe, Kleinberg & Tardos (2003)
"""

from __future__ import annotations

from functools import reduce
from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ADDED,
    TIE,
    TIES,
    ContactDraws,
    MarketView,
    adopt,
    any_success,
    draw_block,
    draw_contacts,
    in_order,
    in_ties_of,
    market_view,
    meetings_in_step,
    source_in_lane,
    tie_uniform,
)
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Draws, fill_uniforms_by
from simulation.params import parameter
from simulation.world.state import NONE, State


class Cascade(Contact):
    """Each owner among the contacts convinces with probability q times the strength of the tie."""

    kind: Literal["cascade"]
    attempts: Literal["every_step", "once"] = parameter("name", "goldenberg2001")
    tie_draw: Literal["directed", "undirected"] = parameter("name", "kempe2003", doc="for attempts: once")
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
        market, luck = market_view(self, state, params), ContactDraws(draws.seed, step)
        if self.attempts == "once":
            self.decide_once(state, market, draws, luck, choice, advertising_share)
            return
        rows = in_order(self, rows_where(state.owned == NONE), draws, step)
        met, strength = meetings_in_step(state, draws, step)
        _decide(rows, in_ties_of(state.ties), in_ties_of(state.added), market, met, self.q * strength, self.q, luck,
                choice, advertising_share)

    def decide_once(self, state: State, market: MarketView, draws: Draws, luck: ContactDraws, choice: np.ndarray,
                    advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide, where only who bought in the step before tries to convince."""
        bought = rows_where(state.owned_since == luck.step - 1)
        market.now[:] = NONE
        market.now[bought] = state.owned[bought]
        if market.sequential:
            rows = in_order(self, rows_where(state.owned == NONE), draws, luck.step)
            _decide_once(rows, in_ties_of(state.ties), in_ties_of(state.added), market, self.q,
                         self.tie_draw == "undirected", luck, choice, advertising_share)
            return
        found = self.convinced(state, bought, draws)
        convinced = rows_where(reduce(np.logical_or, found))
        torn = convinced[_adopt_uncontested(convinced, found, market, choice, advertising_share)]
        if torn.size:       # only they look back along their ties, and all ties must be turned round for that
            _adopt_contested(torn, found, in_ties_of(state.ties), in_ties_of(state.added), market, self.q, luck, choice,
                         advertising_share)

    def convinced(self, state: State, bought: np.ndarray, draws: Draws) -> np.ndarray:
        """Return who, owning nothing, is convinced of which brand, by new owners or by advertising, bool (b, n).

        Nobody else decides anything, so it is the new owners (rows ``bought``) who look for their followers, and not
        everybody who looks for new owners.
        """
        found = np.zeros((state.b, state.n), np.bool_)
        for b in range(state.b):
            if state.ad_rate[b] > 0.0:
                found[b] = (state.ad_hit[:, b] > 0) & (state.owned == NONE)
            for lane, ties in ((TIES, state.ties), (ADDED, state.added)):
                _follow(bought[state.owned[bought] == b], ties.offsets, ties.targets, ties.strength, state.owned, b,
                        lane, self.q, self.tie_draw == "undirected", draws.seed, found[b])
        return found


@kernel
def _follow(bought, offsets, targets, strength, owned, b, lane, q, undirected, seed, found):
    """Find the followers whom new owners of ``b`` convince: ties are tried in blocks, whoever they belong to."""
    follower, limit = np.empty(BLOCK, np.int64), np.empty(BLOCK)
    row, which = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)      # of the address of a tie
    drawn, m = np.empty(BLOCK), 0
    for u in bought:
        for e in range(offsets[u], offsets[u + 1]):
            v = np.int64(targets[e])
            follower[m], limit[m] = v, q * np.float64(strength[e])
            row[m] = max(u, v) if undirected else v
            which[m] = source_in_lane(lane, min(u, v) if undirected else u)
            m += owned[v] == NONE
            if m == BLOCK:
                _try(follower, limit, row, which, seed, b, m, drawn, found)
                m = 0
    _try(follower, limit, row, which, seed, b, m, drawn, found)


@kernel
def _try(follower, limit, row, which, seed, b, m, drawn, found):
    fill_uniforms_by(seed, TIE, b, row[:m], which[:m], drawn)      # step 0 and brand b: a tie has one draw for good
    for j in range(m):
        found[follower[j]] |= drawn[j] < limit[j]


@kernel
def _adopt_uncontested(rows, found, market, choice, advertising_share):
    """Let those buy who are convinced of one brand, which is silent: contacts did it all.  Return who is left."""
    ad_rate, min_willingness, willingness = market.ad_rate, market.min_willingness, market.willingness
    left = np.empty(rows.size, np.bool_)
    for j in range(rows.size):
        i, convincing, speaking, last = rows[j], 0, 0, 0
        for b in range(min_willingness.size):
            convincing += found[b, i]
            speaking += found[b, i] and ad_rate[b] > 0.0
            last = b if found[b, i] else last
        left[j] = convincing > 1 or speaking > 0
        if not left[j] and min_willingness[last] <= willingness[i]:
            choice[i], advertising_share[i] = last, 0.0
    return left


@kernel
def _adopt_contested(rows, found, ties, added, market, q, luck, choice, advertising_share):
    """Let those decide whom advertising or several brands convinced, by the chances of each."""
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    now = market.now
    influence, chance, success = np.empty(brands), np.empty(brands), np.empty(brands, np.bool_)
    for i in rows:
        for b in range(brands):
            influence[b], success[b] = 1.0, found[b, i]
        _hear_ties(i, offsets, sources, strength, now, q, influence)
        if extra:
            _hear_ties(i, added.offsets, added.sources, added.strength, now, q, influence)
        for b in range(brands):
            influence[b] = 1.0 - influence[b]
        adopt(i, influence, market, luck, chance, success, choice, advertising_share)


@kernel
def _decide(rows, ties, added, market, met, q_met, q, luck, choice, advertising_share):
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    now, ad_hit = market.now, market.ad_hit
    influence, chance, success = np.empty(brands), np.empty(brands), np.empty(brands, np.bool_)
    drawn = np.empty((brands, BLOCK))
    for j in range(rows.size):
        i = rows[j]
        if j % BLOCK == 0:
            draw_block(rows, j, luck, drawn)
        for b in range(brands):
            influence[b] = 1.0
        _hear_ties(i, offsets, sources, strength, now, q, influence)
        if extra:
            _hear_ties(i, added.offsets, added.sources, added.strength, now, q, influence)
        for r in range(met.shape[1]):
            b = now[met[i, r]] if met[i, r] >= 0 else -1
            if b >= 0:
                influence[b] *= 1.0 - q_met
        for b in range(brands):
            influence[b] = 1.0 - influence[b]
        draw_contacts(j % BLOCK, influence, drawn, success)
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, luck, chance, success, choice, advertising_share)


@kernel
def _hear_ties(i, offsets, sources, strength, now, q, silence):
    for e in range(offsets[i], offsets[i + 1]):
        b = now[sources[e]]
        if b >= 0:
            silence[b] *= 1.0 - q * np.float64(strength[e])


@kernel
def _decide_once(rows, ties, added, market, q, undirected, luck, choice, advertising_share):
    brands, extra = market.min_willingness.size, added.sources.size > 0
    offsets, sources, strength = ties
    now, ad_hit = market.now, market.ad_hit
    influence, chance, success = np.empty(brands), np.empty(brands), np.empty(brands, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        influence[:] = 1.0
        success[:] = False
        _try_ties(i, TIES, offsets, sources, strength, now, q, undirected, luck, influence, success)
        if extra:
            _try_ties(i, ADDED, added.offsets, added.sources, added.strength, now, q, undirected, luck, influence,
                      success)
        for b in range(brands):
            influence[b] = 1.0 - influence[b]
        if any_success(i, ad_hit, success):
            adopt(i, influence, market, luck, chance, success, choice, advertising_share)


@kernel
def _try_ties(i, lane, offsets, sources, strength, now, q, undirected, luck, silence, success):
    for e in range(offsets[i], offsets[i + 1]):
        u = sources[e]
        b = now[u]
        if b < 0:
            continue
        chance = q * np.float64(strength[e])
        silence[b] *= 1.0 - chance
        source, target = (min(u, i), max(u, i)) if undirected else (u, i)
        if tie_uniform(ContactDraws(luck.seed, 0), lane, source, target, b) < chance:
            success[b] = True
