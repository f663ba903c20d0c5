"""Consider, then decide: being reminded and being convinced are two things.

Triggered at t (person i, brand b, owner of none, or about to replace it)
    advertising hits, or u < 1 - (1 - q)^W,   W = sum over feed reads of t - 1 of
    strength max(0, 2 y - 1)
Decision at t + 1, after reading the site, by the largest of v_b + g_b,
    v_b = (belief_b + taste_known taste_b + loyalty [own brand] - reservation
           - price_weight (price_b / reference_price - 1)) / choice_scale
over the brands considered, against g_0 for buying nothing; g Gumbel, drawn once per person and
brand and kept (``persistent``) or drawn for each decision.  Over people this is the multinomial
logit:
    P(b) = exp v_b / (1 + sum of exp v over the brands considered)
Every ``repurchase_interval`` steps after a purchase the owner decides again: the own brand is
always considered, others if triggered in the step before; choosing nothing is lapsing.

Twin    tests/reference/buying.py: decide, chances, trigger
Source  consideration: Roberts & Lattin (1991); choice: McFadden (1974)
"""

from __future__ import annotations

import math
from collections import namedtuple
from typing import ClassVar, Literal

import numpy as np

from simulation.adoption.base import Adoption
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Draws, Stream, fill_uniforms_by
from simulation.params import parameter
from simulation.world.state import FIXED_ONE, NONE, State

CHOICE = int(Stream.CHOICE)
TRIGGER = int(Stream.TRIGGER)

Utility = namedtuple("Utility", "taste_known loyalty choice_scale")
"""The weights of the terms of utility."""


class Consider(Adoption):
    """Two-step adoption: trigger, then choice."""

    kind: Literal["consider"]
    choice_scale: float = parameter("belief", "assumption", gt=0, le=10,
                                    doc="scale of the taste shocks")
    price_weight: float = parameter("belief", "assumption", ge=0, le=10)
    loyalty: float = parameter("belief", "assumption", ge=0, le=1, doc="bonus of the own brand")
    taste_known: float = parameter("1", "assumption", ge=0, le=10,
                                   doc="share of the own taste known beforehand")
    taste_draw: Literal["persistent", "each_decision"]
    repurchase_interval: int = parameter("steps", "assumption", ge=2, le=10000)
    source: ClassVar[str] = "mcfadden1974"
    deliberates: ClassVar[bool] = True

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who considers a brand decide."""
        _decide(state.considering, state.owned, state.belief, state.taste, state.reservation,
                self.price_term(params),
                Utility(self.taste_known, self.loyalty, self.choice_scale),
                draws.seed, self.shock_step(step), choice)

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Let advertising and the reviews read in the step before start a consideration."""
        log_1q = math.log1p(-self.q) if self.q < 1 else -np.inf
        _trigger(state.owned, state.owned_since, state.ad_hit.ravel(),
                 state.reads_trigger.ravel(), state.launched, log_1q, self.repurchase_interval,
                 draws.seed, step, state.considering.ravel())

    def price_term(self, params) -> np.ndarray:
        """Return what each brand's price costs in utility before division by choice_scale, (b,)."""
        return np.array([self.price_weight * (brand.price / brand.reference_price - 1.0)
                         for brand in params.brands.values()])

    def shock_step(self, step: int) -> int:
        """Return the step in the address of the taste shocks: 0 where they are drawn once."""
        return 0 if self.taste_draw == "persistent" else step

    def chances(self, state: State, params, rows: np.ndarray, beliefs: np.ndarray) -> np.ndarray:
        """Return P(choose brand | beliefs) (r, b) over the taste shocks, of brands considered."""
        is_own = state.owned[rows][:, None] == np.arange(state.b)
        v = utility.function(beliefs, self.taste_known, state.taste[rows], self.loyalty * is_own,
                             state.reservation[rows][:, None], self.price_term(params),
                             self.choice_scale)      # the rule, as plain Python, takes arrays too
        v = np.minimum(np.maximum(v, -700.0), 700.0)
        v = np.where(state.considering[rows] > 0, v, -np.inf)
        top = np.maximum(v.max(axis=1, keepdims=True), 0.0)
        weight = np.exp(v - top)
        return weight / (np.exp(-top) + weight.sum(axis=1, keepdims=True))


# -- rules ----------------------------------------------------------------------------------------


@inlined
def utility(belief, taste_known, taste, loyalty, reservation, price_term, choice_scale):
    """v = (belief + taste_known taste + loyalty - reservation - price term) / choice_scale"""
    return (belief + taste_known * taste + loyalty - reservation - price_term) / choice_scale


@inlined
def gumbel(u):
    """g = -ln(-ln u)"""
    return -math.log(-math.log(u))


@inlined
def is_due(owned, owned_since, step, repurchase_interval):
    """An owner replaces the product in the next step, a repurchase interval after the purchase."""
    return (owned >= 0) & (step + 1 - owned_since == repurchase_interval)


@inlined
def may_be_triggered(owned, due, launched):
    """Who owns nothing, or is about to replace it, may consider a brand that is launched."""
    return ((owned < 0) | due) & (launched > 0)


@inlined
def reminder_probability(w, log_1q):
    """1 - (1 - q)^W"""
    return 1.0 - math.exp(w * log_1q)


# -- kernels --------------------------------------------------------------------------------------


@kernel
def _decide(considering, owned, belief, taste, reservation, price_term, weights, seed, step,
            choice):
    people = considering.shape[0]
    brands = considering.shape[1]
    some = np.empty(BATCH, np.uint8)
    decider = np.empty(BATCH, np.int64)
    nothing = np.zeros(BATCH, np.int64)
    u_nothing = np.empty(BATCH)
    person = np.empty(BATCH * brands, np.int64)
    which = np.empty(BATCH * brands, np.int64)
    u = np.empty(BATCH * brands)
    best = np.empty(BATCH)
    for start in range(0, people, BATCH):
        # gather who considers anything, and what
        stop = min(start + BATCH, people)
        m = _gather_deciders(considering, start, stop, some, decider)
        n = _gather_pairs(considering, decider[:m], person, which)
        # draw the taste shocks: 0 is buying nothing, b + 1 brand b
        fill_uniforms_by(seed, CHOICE, step, decider[:m], nothing, u_nothing)
        fill_uniforms_by(seed, CHOICE, step, person[:n], which, u)
        # apply: the best so far, against buying nothing
        for k in range(m):
            choice[decider[k]] = NONE
            best[decider[k] - start] = gumbel(u_nothing[k])
        for k in range(n):
            i = person[k]
            b = which[k] - 1
            loyalty = weights.loyalty if owned[i] == b else 0.0
            v = utility(belief[i, b], weights.taste_known, np.float64(taste[i, b]), loyalty,
                        reservation[i], price_term[b], weights.choice_scale) + gumbel(u[k])
            is_better = v > best[i - start]
            choice[i] = b if is_better else choice[i]
            best[i - start] = v if is_better else best[i - start]


@inlined
def _gather_deciders(considering, start, stop, some, decider):
    """Write the rows from ``start`` to ``stop`` that consider something; return how many."""
    block = considering[start:stop]
    some[:] = 0
    for b in range(block.shape[1]):
        for k in range(len(block)):      # no compaction here: the loop vectorises
            some[k] |= block[k, b] > 0
    m = 0
    for k in range(len(block)):
        decider[m] = start + k
        m += np.int64(some[k])
    return m


@inlined
def _gather_pairs(considering, decider, person, which):
    """Write every pair of a decider and a brand considered (b + 1); return how many."""
    n = 0
    for i in decider:
        for b in range(considering.shape[1]):
            person[n] = i
            which[n] = b + 1
            n += considering[i, b] > 0
    return n


@kernel
def _trigger(owned, owned_since, ad_hit, reads_trigger, launched, log_1q, repurchase_interval,
             seed, step, considering):
    brands = launched.size
    unsure = np.empty(BATCH, np.uint8)
    person = np.empty(BATCH * brands, np.int64)
    which = np.empty(BATCH * brands, np.int64)
    u = np.empty(BATCH * brands)
    for start in range(0, owned.size, BATCH):
        stop = min(start + BATCH, owned.size)
        own = owned[start:stop]
        since = owned_since[start:stop]
        hit = ad_hit[start * brands:stop * brands]
        reminded = reads_trigger[start * brands:stop * brands]
        considers = considering[start * brands:stop * brands]
        n = 0
        for b in range(brands):
            # gather who considers for certain, and whose reminder has to be drawn
            for k in range(own.size):    # no compaction here: the loop vectorises
                j = k * brands + b
                due = is_due(own[k], since[k], step, repurchase_interval)
                able = may_be_triggered(own[k], due, launched[b])
                considers[j] |= (able & (hit[j] > 0)) | (due & (own[k] == b))
                unsure[k] = able & (hit[j] == 0) & (reminded[j] > 0)
            for k in range(own.size):
                person[n] = start + k
                which[n] = b
                n += np.int64(unsure[k])
        # draw
        fill_uniforms_by(seed, TRIGGER, step, person[:n], which, u)
        # apply
        for k in range(n):
            j = person[k] * brands + which[k]
            w = reads_trigger[j] / FIXED_ONE
            considering[j] |= u[k] < reminder_probability(w, log_1q)
