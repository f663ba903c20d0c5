"""Consider, then decide: being reminded and being convinced are two things.

Triggered at t (person i, brand b, not in possession of one, or about to replace it)
    advertising hits, or u < 1 - (1 - q)^W,   W = sum over feed reads of t - 1 of strength max(0, 2 y - 1)
Decision at t + 1, after reading the site, by the largest of
    u_b = (belief_b + taste_known taste_b + loyalty [own brand] - reservation
           - price_weight (price_b / reference_price - 1)) / choice_scale + g_b
over the brands considered, against g_0 for buying nothing; g Gumbel, drawn once per person and brand and
kept (``persistent``) or drawn for each decision.  Over people this is the multinomial logit.
Every ``repurchase_interval`` steps after a purchase the owner decides again: the own brand is always
considered, others if triggered in the step before; choosing nothing is lapsing.

Source  consideration: Roberts & Lattin (1991); choice: McFadden (1974)
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Adoption
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Draws, Stream, fill_uniforms_by
from simulation.params import parameter
from simulation.world.state import FIXED_ONE, NONE, State


class Consider(Adoption):
    """Two-step adoption: trigger, then choice."""

    kind: Literal["consider"]
    choice_scale: float = parameter("belief", "assumption", gt=0, le=10, doc="scale of the taste shocks")
    price_weight: float = parameter("belief", "assumption", ge=0, le=10)
    loyalty: float = parameter("belief", "assumption", ge=0, le=1, doc="bonus of the own brand")
    taste_known: float = parameter("1", "assumption", ge=0, le=10, doc="share of the own taste known beforehand")
    taste_draw: Literal["persistent", "each_decision"]
    repurchase_interval: int = parameter("steps", "assumption", ge=2, le=10000)
    source: ClassVar[str] = "mcfadden1974"
    deliberates: ClassVar[bool] = True

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who considers a brand decide."""
        _decide(state.considering, state.owned, state.belief, state.taste, state.reservation, self.price_term(params),
                self.loyalty, self.choice_scale, self.taste_known, draws.seed, int(Stream.CHOICE),
                self.shock_step(step), choice)

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Let advertising and the reviews read in the step before start a consideration."""
        _trigger(state.b, state.owned, state.owned_since, state.ad_hit.ravel(), state.reads_trigger.ravel(),
                 state.launched, math.log1p(-self.q) if self.q < 1 else -np.inf, self.repurchase_interval, draws.seed,
                 int(Stream.TRIGGER), step, state.considering.ravel())

    def price_term(self, params) -> np.ndarray:
        """Return what each brand's price costs in utility before division by choice_scale, (b,)."""
        return np.array([self.price_weight * (brand.price / brand.reference_price - 1.0)
                         for brand in params.brands.values()])

    def shock_step(self, step: int) -> int:
        """Return the step in the address of the taste shocks: 0 where they are drawn once and kept."""
        return 0 if self.taste_draw == "persistent" else step

    def chances(self, state: State, params, rows: np.ndarray, beliefs: np.ndarray) -> np.ndarray:
        """Return P(choose brand | beliefs) (r, b) over the taste shocks, for the considered brands of rows."""
        own = state.owned[rows][:, None] == np.arange(state.b)
        utility = (beliefs + self.taste_known * state.taste[rows] + self.loyalty * own
                   - state.reservation[rows][:, None] - self.price_term(params)) / self.choice_scale
        utility = np.where(state.considering[rows] > 0, np.clip(utility, -700, 700), -np.inf)
        top = np.maximum(utility.max(axis=1, keepdims=True), 0.0)
        weight = np.exp(utility - top)
        return weight / (np.exp(-top) + weight.sum(axis=1, keepdims=True))


@kernel
def _decide(considering, owned, belief, taste, reservation, price_term, loyalty, choice_scale, taste_known, seed,
            stream, shock_step, choice):
    people, brands = considering.shape
    best, mine, nothing = np.empty(BLOCK), np.empty(BLOCK, np.int64), np.zeros(BLOCK, np.int64)
    who, which = np.empty(BLOCK * brands, np.int64), np.empty(BLOCK * brands, np.int64)
    kept, drawn, some = np.empty(BLOCK), np.empty(BLOCK * brands), np.empty(BLOCK, np.uint8)
    for start in range(0, people, BLOCK):
        considers, m, n = considering[start : min(start + BLOCK, people)], 0, 0
        some[:] = 0
        for b in range(brands):
            for k in range(len(considers)):    # no compaction: several people are looked at at once
                some[k] |= considers[k, b] > 0
        for k in range(len(considers)):
            mine[m] = start + k
            m += some[k]
        for k in range(m):
            for b in range(brands):
                who[n], which[n] = mine[k], b + 1
                n += considering[mine[k], b] > 0
        fill_uniforms_by(seed, stream, shock_step, mine[:m], nothing, kept)
        fill_uniforms_by(seed, stream, shock_step, who[:n], which, drawn)
        for k in range(m):
            choice[mine[k]], best[mine[k] - start] = NONE, -math.log(-math.log(kept[k]))
        for k in range(n):
            i, b = who[k], which[k] - 1
            u = belief[i, b] + taste_known * np.float64(taste[i, b]) - reservation[i] - price_term[b]
            u = u + loyalty if owned[i] == b else u
            u = u / choice_scale - math.log(-math.log(drawn[k]))
            better = u > best[i - start]
            choice[i], best[i - start] = b if better else choice[i], u if better else best[i - start]


@kernel
def _trigger(brands, owned, since, ad_hit, reads_trigger, launched, log_1q, interval, seed, stream, step,
             considering):
    who, which = np.empty(BLOCK * brands, np.int64), np.empty(BLOCK * brands, np.int64)
    drawn, unsure = np.empty(BLOCK * brands), np.empty(BLOCK, np.uint8)
    for start in range(0, owned.size, BLOCK):
        stop, n = min(start + BLOCK, owned.size), 0
        own, last, first = owned[start:stop], since[start:stop], start * brands
        hit, told = ad_hit[first : stop * brands], reads_trigger[first : stop * brands]
        considers = considering[first : stop * brands]
        for b in range(brands):
            for k in range(own.size):    # no compaction: several people are looked at at once
                due = (own[k] >= 0) & (step + 1 - last[k] == interval)
                able = ((own[k] < 0) | due) & (launched[b] > 0)
                considers[k * brands + b] |= (able & (hit[k * brands + b] > 0)) | (due & (own[k] == b))
                unsure[k] = able & (hit[k * brands + b] == 0) & (told[k * brands + b] > 0)
            for k in range(own.size):
                who[n], which[n] = start + k, b
                n += unsure[k]
        fill_uniforms_by(seed, stream, step, who[:n], which, drawn)
        for k in range(n):
            j = who[k] * brands + which[k]
            w = reads_trigger[j] / FIXED_ONE
            considering[j] |= drawn[k] < 1.0 - math.exp(w * log_1q)
