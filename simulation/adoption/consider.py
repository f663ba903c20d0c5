"""Consider, then decide: being reminded and being convinced are two things.

Triggered at t (person i, brand b, not in possession of one, or about to replace it)
    advertising hits, or u < 1 - (1 - q)^W,   W = sum over feed reads of t - 1 of strength max(0, 2 y - 1)
Decision at t + 1, after reading the site, by the largest of
    u_b = (belief_b + taste_known taste_b + loyalty [own brand] - reservation
           - price_weight (price_b / reference_price - 1)) / tau + g_b
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
from simulation.jit import kernel
from simulation.params import parameter
from simulation.randomness import Draws, Stream, uniform
from simulation.state import FIXED_ONE, NONE, State


class Consider(Adoption):
    """Two-step adoption: trigger, then choice."""

    kind: Literal["consider"]
    tau: float = parameter("belief", "assumption", gt=0, le=10, doc="scale of the taste shocks")
    price_weight: float = parameter("belief", "assumption", ge=0, le=10)
    loyalty: float = parameter("belief", "assumption", ge=0, le=1, doc="bonus of the own brand")
    taste_known: float = parameter("1", "assumption", ge=0, le=10, doc="share of the own taste known beforehand")
    taste_draw: Literal["persistent", "each_decision"]
    repurchase_interval: int = parameter("steps", "assumption", ge=2, le=10000)
    source: ClassVar[str] = "mcfadden1974"
    deliberates: ClassVar[bool] = True

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               spontaneous: np.ndarray) -> None:
        """Let everybody who considers a brand decide."""
        rows, n = np.empty(state.n, np.int64), np.zeros(1, np.int64)
        _considering(state.b, state.considering.ravel(), rows, n)
        price_term = self.price_term(params)
        _decide(rows[: int(n[0])], state.considering, state.owned, state.belief, state.taste, state.reservation,
                price_term, self.loyalty, self.tau, self.taste_known, draws.seed, int(Stream.CHOICE),
                self.shock_step(step), choice)

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Let advertising and the reviews read in the step before start a consideration."""
        _trigger(state.b, state.owned, state.since, state.ad_hit.ravel(), state.reads_trigger.ravel(), state.launched,
                 math.log1p(-self.q) if self.q < 1 else -np.inf, self.repurchase_interval, draws.seed,
                 int(Stream.TRIGGER), step, state.considering.ravel())

    def price_term(self, params) -> np.ndarray:
        """Return what each brand's price costs in utility before division by tau, (b,)."""
        return np.array([self.price_weight * (brand.price / brand.reference_price - 1.0)
                         for brand in params.brands.values()])

    def shock_step(self, step: int) -> int:
        """Return the step in the address of the taste shocks: 0 where they are drawn once and kept."""
        return 0 if self.taste_draw == "persistent" else step

    def chances(self, state: State, params, rows: np.ndarray, beliefs: np.ndarray) -> np.ndarray:
        """Return P(choose brand | beliefs) (r, b) over the taste shocks, for the considered brands of rows."""
        own = state.owned[rows][:, None] == np.arange(state.b)
        utility = (beliefs + self.taste_known * state.taste[rows] + self.loyalty * own
                   - state.reservation[rows][:, None] - self.price_term(params)) / self.tau
        utility = np.where(state.considering[rows] > 0, np.clip(utility, -700, 700), -np.inf)
        top = np.maximum(utility.max(axis=1, keepdims=True), 0.0)
        weight = np.exp(utility - top)
        return weight / (np.exp(-top) + weight.sum(axis=1, keepdims=True))


@kernel
def _considering(brands, considering, rows, n):
    last = -1
    for j in range(considering.size):
        if considering[j] and j // brands != last:
            last = j // brands
            rows[n[0]] = last
            n[0] += 1


@kernel
def _decide(rows, considering, owned, belief, taste, reservation, price_term, loyalty, tau, taste_known, seed,
            stream, shock_step, choice):
    for j in range(rows.size):
        i = rows[j]
        best = -math.log(-math.log(uniform(seed, stream, shock_step, i, 0)))
        choice[i] = NONE
        for b in range(belief.shape[1]):
            if considering[i, b]:
                u = belief[i, b] + taste_known * np.float64(taste[i, b]) - reservation[i] - price_term[b]
                if owned[i] == b:
                    u += loyalty
                u = u / tau - math.log(-math.log(uniform(seed, stream, shock_step, i, b + 1)))
                if u > best:
                    best = u
                    choice[i] = b


@kernel
def _trigger(brands, owned, since, ad_hit, reads_trigger, launched, log_1q, interval, seed, stream, step,
             considering):
    i, b = 0, 0
    for j in range(considering.size):
        due = owned[i] >= 0 and step + 1 - since[i] == interval
        if owned[i] < 0 or due:
            hit = ad_hit[j] > 0
            if not hit and reads_trigger[j] > 0:
                w = reads_trigger[j] / FIXED_ONE
                hit = uniform(seed, stream, step, i, b) < 1.0 - math.exp(w * log_1q)
            if (hit and launched[b]) or owned[i] == b:
                considering[j] = 1
        b += 1
        if b == brands:
            i, b = i + 1, 0
