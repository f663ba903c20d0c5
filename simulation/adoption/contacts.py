"""What the rules of contact share: who is asked, who sees whom, and one brand among several.

Asked      everybody who owns nothing.  ``synchronous``: all see who owned what when the step began.
           ``sequential``: one after another in a random permutation, each seeing what was bought before.
One brand  chance_b = 1 - (1 - p_b)(1 - c_b),  p_b advertising, c_b the rule's influence of contacts;
           success if advertising hits or u < c_b; never before the launch, nor (price gate) where
           price_b > willingness
Several    successes are independent; of the successful, b is bought with chance_b / sum of their chances
           two brands:  P(A) = a (1 - b) + a b a / (a + b),  a and b their chances
Credit     share of advertising in the trigger = ln(1 - p_b) / (ln(1 - p_b) + ln(1 - c_b))

Addresses  CONTACT  (person, which, step): which = brand; LOT between brands; COIN + brand
           TIE      (target, lane 2^25 + source, 128 step + brand), step 0 where a tie has one draw for good;
                    lane 0 ties, 1 added ties, 2 + r the r-th meeting.  There are at most 100 brands and
                    100 meetings, and fewer than 2^25 people.

Kernels unpack the named tuples before the loop over people: to hand one to a function counts references to
each of its arrays, which costs more than the ties of a person.  Only buyers can afford that.

Source  several brands: Libai, Muller & Peres (2013)
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, Draws, Stream, fill_uniforms, uniform
from simulation.world.state import NONE, State

CONTACT, TIE = int(Stream.CONTACT), int(Stream.TIE)
LOT, COIN, BRANDS, PEOPLE = 127, 128, 128, 2**25
TIES, ADDED, MEETINGS = 0, 1, 2

InTies = namedtuple("InTies", "offsets sources strength")
"""In-ties: those of target i are rows offsets[i] .. offsets[i + 1] of sources and strength."""

MarketView = namedtuple("MarketView", "now owners ad_hit ad_rate min_willingness willingness sequential")
"""What deciders see: ``now`` (n,) which brand each person can convince of, ``owners`` (b,) their number where
everybody sees everybody (else empty), ``min_willingness`` (b,) the least willingness to pay that lets a person buy
(infinite before launch)."""

ContactDraws = namedtuple("ContactDraws", "seed step")


def in_ties_of(ties) -> InTies:
    """Return the in-ties as arrays."""
    return InTies(ties.in_offsets, ties.in_sources, ties.in_strength)


def market_view(rule, state: State, params) -> MarketView:
    """Return what deciders see when the step begins; sequential deciders keep it up to date."""
    price = np.array([brand.price if rule.price_gate else -np.inf for brand in params.brands.values()])
    owners = np.empty(0)
    if state.ties.facts.get("well_mixed"):
        owners = np.bincount(state.owned[state.owned != NONE], minlength=state.b).astype(np.float64)
    return MarketView(state.owned.copy(), owners, state.ad_hit, state.ad_rate,
                  np.where(state.launched > 0, price, np.inf), state.willingness,
                  rule.activation == "sequential")


def in_order(rule, rows: np.ndarray, draws: Draws, step: int) -> np.ndarray:
    """Return ``rows`` in the order in which they are visited; one more person moves nobody else."""
    if rule.activation == "synchronous":
        return rows
    return rows[np.argsort(draws.uniforms(Stream.ORDER, step, rows), kind="stable")]


def meetings_in_step(state: State, draws: Draws, step: int) -> tuple[np.ndarray, float]:
    """Return the people met by each person (n, w), -1 for nobody, and the strength of a meeting."""
    met = state.meetings.partners(state.ties.community, draws, step)
    return met, state.meetings.strength if met.shape[1] else 0.0


@inlined
def source_in_lane(lane, source):
    """Return the number of the source of a tie in the addresses of ties."""
    return lane * PEOPLE + np.int64(source)


@inlined
def tie_uniform(luck, lane, source, target, brand):
    """Return the uniform of a tie in this step (or, at step 0, for good)."""
    return uniform(luck.seed, TIE, luck.step * BRANDS + brand, target, source_in_lane(lane, source))


@inlined
def add_weights(i, offsets, sources, strength, now, weighted, share):
    """Add the weight of the ties from owners to ``share`` (b + 1,); return the weight of all ties.

    The last place of ``share`` takes what comes from those who own nothing (brand -1): no branch, no guessing.
    """
    total = 0.0
    for e in range(offsets[i], offsets[i + 1]):
        weight = np.float64(strength[e]) if weighted else 1.0
        total += weight
        share[now[sources[e]]] += weight
    return total


@inlined
def divide(total, owners, n, share):
    """Make weights into shares, in place; where ``owners`` (b,) are given, into shares of all ``n`` people."""
    for b in range(share.size - 1):
        if owners.size > 0:
            share[b] = owners[b] / n
        elif total > 0.0:
            share[b] /= total


@kernel
def draw_block(rows, start, luck, drawn):
    """Write the uniforms with which contacts convince ``rows`` from ``start`` on to ``drawn`` (b, BLOCK)."""
    for b in range(drawn.shape[0]):
        fill_uniforms(luck.seed, CONTACT, luck.step, rows[start:start + BLOCK], b, drawn[b])


@inlined
def draw_contacts(place, influence, drawn, success):
    """Write whether contacts alone convince the person at ``place`` of the block of each brand."""
    for b in range(success.size):
        success[b] = influence[b] > 0.0 and drawn[b, place] < influence[b]


@inlined
def any_success(i, ad_hit, success):
    """Return whether contacts or advertising convinced person ``i`` of anything: most people stop here."""
    convinced = False
    for b in range(success.size):
        convinced = convinced or success[b] or ad_hit[i, b] > 0
    return convinced


@kernel
def adopt(i, influence, market, luck, chance, success, choice, advertising_share):
    """Let advertising join in and person ``i`` buy; ``success`` holds what contacts alone achieved."""
    for b in range(chance.size):
        chance[b] = 1.0 - (1.0 - market.ad_rate[b]) * (1.0 - influence[b])
        success[b] = success[b] or market.ad_hit[i, b] > 0
    b = buy(i, market, luck, chance, success, choice)
    if b >= 0:
        advertising_share[i] = share_of_advertising(market.ad_rate[b], influence[b])


@kernel
def buy(i, market, luck, chance, success, choice):
    """Let person ``i`` buy one of the successful brands that are within reach; return it, or -1."""
    total, bought = 0.0, -1
    for b in range(chance.size):
        success[b] = success[b] and market.min_willingness[b] <= market.willingness[i]
        if success[b]:
            total += chance[b]
            bought = b
    if bought < 0:
        return bought
    rest = uniform(luck.seed, CONTACT, luck.step, i, LOT) * total
    for b in range(chance.size):
        if success[b]:
            rest -= chance[b]
            if rest < 0.0:
                bought = b
                break
    choice[i] = bought
    if market.sequential:
        market.now[i] = bought
        if market.owners.size > 0:
            market.owners[bought] += 1.0
    return bought


@kernel
def share_of_advertising(p, c):
    """Return ln(1 - p) / (ln(1 - p) + ln(1 - c)), where a certainty counts as 1 - 1e-16."""
    by_advertising = math.log1p(-min(p, 1.0 - 1e-16))
    return by_advertising / (by_advertising + math.log1p(-min(c, 1.0 - 1e-16)))
