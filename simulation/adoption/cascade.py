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

from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.adoption.contacts import (
    ADDED,
    BRANDS,
    PEOPLE,
    TIE,
    TIES,
    Luck,
    draw_block,
    draw_contacts,
    in_order,
    links_of,
    market_of,
    meetings_of,
    react,
    tempted,
    tie_uniform,
)
from simulation.jit import kernel
from simulation.params import parameter
from simulation.randomness import BLOCK, Draws, fill_uniforms
from simulation.state import NONE, State


class Cascade(Contact):
    """Each owner among the contacts convinces with probability q times the strength of the tie."""

    kind: Literal["cascade"]
    attempts: Literal["every_step", "once"] = parameter("name", "goldenberg2001")
    tie_draw: Literal["directed", "undirected"] = parameter("name", "kempe2003", doc="for attempts: once")
    source: ClassVar[str] = "goldenberg2001"

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               spontaneous: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        once = self.attempts == "once" and self.activation == "synchronous"
        rows = self.convinced(state, draws, step) if once else np.flatnonzero(state.owned == NONE)
        rows = in_order(self, rows, draws, step)
        ties, added = links_of(state.ties), links_of(state.added)
        market, luck = market_of(self, state, params), Luck(draws.seed, step)
        if self.attempts == "once":
            _decide_once(rows, ties, added, market, state.since, self.q, self.tie_draw == "undirected", luck,
                         choice, spontaneous)
        else:
            met, strength = meetings_of(state, draws, step)
            _decide(rows, ties, added, market, met, self.q * strength, self.q, luck, choice, spontaneous)

    def convinced(self, state: State, draws: Draws, step: int) -> np.ndarray:
        """Return who, owning nothing, is convinced by somebody who bought in the step before, or by advertising.

        Everybody else decides nothing, so it is the new owners who look for their followers, and not everybody who
        looks for new owners.
        """
        found = np.zeros(state.n, np.bool_)
        for b in np.flatnonzero(state.ad_rate):
            found |= state.ad_hit[:, b] > 0
        bought = np.flatnonzero((state.since == step - 1) & (state.owned != NONE))
        for lane, ties in ((TIES, state.ties), (ADDED, state.added)):
            _follow(bought, ties.offsets, ties.targets, ties.strength, state.owned, lane, self.q,
                    self.tie_draw == "undirected", Luck(draws.seed, 0), found)
        return np.flatnonzero(found & (state.owned == NONE))


@kernel
def _follow(bought, offsets, targets, strength, owned, lane, q, undirected, luck, found):
    drawn = np.empty(BLOCK)
    for u in bought:
        b = np.int64(owned[u])
        for start in range(offsets[u], offsets[u + 1], BLOCK):
            stop = min(start + BLOCK, offsets[u + 1])
            if not undirected:
                fill_uniforms(luck.seed, TIE, luck.step * BRANDS + b, targets[start:stop], lane * PEOPLE + u, drawn)
            for e in range(start, stop):
                v = targets[e]
                if undirected:
                    drawn[e - start] = tie_uniform(luck, lane, min(u, v), max(u, v), b)
                found[v] |= drawn[e - start] < q * np.float64(strength[e])


@kernel
def _decide(rows, ties, added, market, met, q_met, q, luck, choice, spontaneous):
    brands, extra = market.asking.size, added.sources.size > 0
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
        if tempted(i, ad_hit, success):
            react(i, influence, market, luck, chance, success, choice, spontaneous)


@kernel
def _hear_ties(i, offsets, sources, strength, now, q, silence):
    for e in range(offsets[i], offsets[i + 1]):
        b = now[sources[e]]
        if b >= 0:
            silence[b] *= 1.0 - q * np.float64(strength[e])


@kernel
def _decide_once(rows, ties, added, market, since, q, undirected, luck, choice, spontaneous):
    brands, extra = market.asking.size, added.sources.size > 0
    offsets, sources, strength = ties
    now, ad_hit = market.now, market.ad_hit
    influence, chance, success = np.empty(brands), np.empty(brands), np.empty(brands, np.bool_)
    for j in range(rows.size):
        i = rows[j]
        influence[:] = 1.0
        success[:] = False
        _try_ties(i, TIES, offsets, sources, strength, now, since, choice, q, undirected, luck, influence,
                  success)
        if extra:
            _try_ties(i, ADDED, added.offsets, added.sources, added.strength, now, since, choice, q,
                      undirected, luck, influence, success)
        for b in range(brands):
            influence[b] = 1.0 - influence[b]
        if tempted(i, ad_hit, success):
            react(i, influence, market, luck, chance, success, choice, spontaneous)


@kernel
def _try_ties(i, lane, offsets, sources, strength, now, since, choice, q, undirected, luck, silence,
              success):
    for e in range(offsets[i], offsets[i + 1]):
        u = sources[e]
        b = now[u]
        if b < 0 or (since[u] != luck.step - 1 and choice[u] < 0):
            continue
        chance = q * np.float64(strength[e])
        silence[b] *= 1.0 - chance
        source, target = (min(u, i), max(u, i)) if undirected else (u, i)
        if tie_uniform(Luck(luck.seed, 0), lane, source, target, b) < chance:
            success[b] = True
