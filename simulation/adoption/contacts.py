"""What the rules of contact share: who decides, who convinces whom, and one brand among several.

Deciders   everybody who owns nothing.  ``synchronous``: all see who owned what when the step began.
           ``sequential``: one after another in a random permutation, each seeing what was bought
           before.
One brand  h_b = 1 - (1 - p_b)(1 - c_b),  p_b advertising, c_b the rule's influence of contacts;
           success if an advertisement reaches the person or u < c_b; never before the launch, nor
           (price gate) where price_b > willingness
Several    successes are independent; of the successful, b is bought with h_b / sum of their h
           two brands:  P(A) = a (1 - b) + a b a / (a + b),  a and b their hazards
Credit     share of advertising in the trigger = ln(1 - p_b) / (ln(1 - p_b) + ln(1 - c_b))

Addresses  CONTACT  (person, which, step): which = brand; LOT between brands; COIN + brand
           TIE      (target, lane 2^25 + source, 128 step + brand), step FOR_GOOD where a tie has
                    one draw for the whole run; lane 0 ties, 1 added ties, 2 + r the r-th meeting.
                    There are at most 100 brands and 100 meetings, and fewer than 2^25 people.

Kernels unpack the named tuples before the loop over people: handing one on counts references to
each of its arrays, which costs more than the ties of a person.  Only buyers can afford that.

Source  several brands: Libai, Muller & Peres (2013)
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Draws, Stream, fill_uniforms, uniform
from simulation.world.state import NONE, State

CONTACT = int(Stream.CONTACT)
TIE = int(Stream.TIE)
LOT = 127
COIN = 128
BRANDS = 128
PEOPLE = 2**25
FOR_GOOD = 0

TIES = 0
ADDED = 1
MEETINGS = 2

CERTAIN = 1.0 - 1e-16
"""What a certainty counts as where its logarithm is taken."""

InTies = namedtuple("InTies", "offsets sources strength")
"""In-ties: those of target i are rows offsets[i] .. offsets[i + 1] of sources and strength."""

MarketView = namedtuple("MarketView", "speaks_for owners ad_hit ad_rate min_willingness "
                                      "willingness is_sequential")
"""What deciders see: ``speaks_for`` (n,) the brand that each person can convince others of, or
NONE; ``owners`` (b,) the number of owners where everybody sees everybody (else empty);
``min_willingness`` (b,) the least willingness to pay that lets a person buy (infinite before
launch)."""

ContactDraws = namedtuple("ContactDraws", "seed step")
"""The address of the draws of a step, as far as all of them share it."""


def in_ties(ties) -> InTies:
    """Return the in-ties as arrays."""
    return InTies(ties.in_offsets, ties.in_sources, ties.in_strength)


def market_view(rule, state: State, params) -> MarketView:
    """Return what deciders see when the step begins; sequential deciders keep it up to date."""
    price = np.array([brand.price if rule.price_gate else -np.inf
                      for brand in params.brands.values()])
    owners = np.empty(0)
    if state.ties.facts.get("well_mixed"):
        owners = np.bincount(state.owned[state.owned != NONE], minlength=state.b).astype(np.float64)
    return MarketView(state.owned.copy(), owners, state.ad_hit, state.ad_rate,
                      np.where(state.launched > 0, price, np.inf), state.willingness,
                      rule.activation == "sequential")


def in_order(rule, rows: np.ndarray, draws: Draws, step: int) -> np.ndarray:
    """Return ``rows`` in the order of their visits; one more person changes nobody else's place."""
    if rule.activation == "synchronous":
        return rows
    return rows[np.argsort(draws.uniforms(Stream.ORDER, step, rows), kind="stable")]


def meetings_in_step(state: State, draws: Draws, step: int) -> tuple[np.ndarray, float]:
    """Return the people met by each person (n, w), -1 for nobody, and the strength of a meeting."""
    met = state.meetings.partners(state.ties.community, draws, step)
    return met, state.meetings.strength if met.shape[1] else 0.0


# -- rules ----------------------------------------------------------------------------------------


@inlined
def hazard(p, c):
    """h = 1 - (1 - p)(1 - c): advertising and contacts convince independently."""
    return 1.0 - (1.0 - p) * (1.0 - c)


@inlined
def attempt(q, strength):
    """q strength: the chance that one owner convinces along one tie."""
    return q * np.float64(strength)


@inlined
def none_convinces(so_far, probability):
    """The product of (1 - q strength), one contact more: nobody so far, and not this one either."""
    return so_far * (1.0 - probability)


@inlined
def is_convinced(c, u):
    """Contacts alone convince if u < c."""
    return c > 0.0 and u < c


@inlined
def can_buy(min_willingness, willingness):
    """The brand is launched, and (price gate) price <= willingness to pay."""
    return min_willingness <= willingness


@inlined
def lottery(success, h, total, u):
    """Of the successful brands (b,), b wins with probability h_b / total.

    It is the first at which u total - h_1 - h_2 - ... falls below 0, or the last where rounding
    lets none fall below.
    """
    rest = u * total
    winner = NONE
    for b in range(success.size):
        if success[b]:
            winner = b
            rest -= h[b]
            if rest < 0.0:
                break
    return winner


@inlined
def advertising_credit(p, c):
    """ln(1 - p) / (ln(1 - p) + ln(1 - c)): the share of advertising in the hazard."""
    by_advertising = math.log1p(-min(p, CERTAIN))
    return by_advertising / (by_advertising + math.log1p(-min(c, CERTAIN)))


@inlined
def credit_where_it_hit(ad_hit):
    """All credit of advertising where an advertisement hit, none where neighbours did it."""
    return 1.0 if ad_hit > 0 else 0.0


@inlined
def source_in_lane(lane, source):
    """Return the number of the source of a tie in the addresses of ties."""
    return lane * PEOPLE + np.int64(source)


@inlined
def brand_in_step(step, brand):
    """Return the number of a brand in a step in the addresses of ties."""
    return step * BRANDS + brand


@inlined
def tie_uniform(address, lane, source, target, brand):
    """Return the uniform of a tie in this step (or, at step FOR_GOOD, of the whole run)."""
    return uniform(address.seed, TIE, brand_in_step(address.step, brand), target,
                   source_in_lane(lane, source))


# -- kernels --------------------------------------------------------------------------------------


@inlined
def divide(weight, total, owners, people, share):
    """Write the share of owners (b,): of the weight of all ties, or of all people if well mixed."""
    for b in range(share.size):
        if owners.size > 0:
            share[b] = owners[b] / people
        elif total > 0.0:
            share[b] = weight[b] / total
        else:
            share[b] = 0.0


@kernel
def draw_block(rows, start, address, u):
    """Write the uniforms of contacts for ``rows`` from ``start`` on to ``u`` (b, BATCH)."""
    for b in range(u.shape[0]):
        fill_uniforms(address.seed, CONTACT, address.step, rows[start:start + BATCH], b, u[b])


@inlined
def convince(place, influence, u, success):
    """Write whether contacts alone convince the person at ``place`` of the block of each brand."""
    for b in range(success.size):
        success[b] = is_convinced(influence[b], u[b, place])


@inlined
def any_success(i, ad_hit, success):
    """Return whether contacts or advertising convinced person ``i``: most people stop here."""
    convinced = False
    for b in range(success.size):
        convinced = convinced or success[b] or ad_hit[i, b] > 0
    return convinced


@kernel
def adopt(i, influence, market, address, h, success, choice, advertising_share):
    """Let person ``i`` buy; ``success`` holds what contacts alone achieved, ads join in."""
    for b in range(h.size):
        h[b] = hazard(market.ad_rate[b], influence[b])
        success[b] = success[b] or market.ad_hit[i, b] > 0
    b = buy(i, market, address, h, success, choice)
    if b >= 0:
        advertising_share[i] = advertising_credit(market.ad_rate[b], influence[b])


@kernel
def buy(i, market, address, h, success, choice):
    """Let person ``i`` buy one of the successful brands that they can buy; return it, or NONE."""
    total = 0.0
    for b in range(h.size):
        success[b] = success[b] and can_buy(market.min_willingness[b], market.willingness[i])
        if success[b]:
            total += h[b]
    # draw and apply: a lottery among the successful, also where there is one only
    u = uniform(address.seed, CONTACT, address.step, i, LOT)
    bought = lottery(success, h, total, u)
    if bought == NONE:
        return bought
    choice[i] = bought
    # write what the next in the sequence see
    if market.is_sequential:
        market.speaks_for[i] = bought
        if market.owners.size > 0:
            market.owners[bought] += 1.0
    return bought
