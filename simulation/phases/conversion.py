"""Conversion: who buys, who buys again, who leaves, who begins to consider.

    in this order: leavers give up their brand; those who considered decide; seeded people who own
    and bought nothing get the product, if it is launched; what was considered is cleared;
    advertising and the reads of the step before trigger new considerations.
    aware = reached by advertising, or by a review that weighs or reminds, or a buyer, or given the
    product
    kind of a purchase = repeat (the own brand), switch (from another), return (bought before, owns
    nothing), first; seed where it was given
    lost sales of a decision = P(buy | belief without bad news) - P(buy | belief)

Who is triggered at t decides at t + 1, never at t.  The rule itself is the adoption plug-in
(``params.adoption``); this phase books what it decides: ownership, the kind of purchase, credit and
lost sales.

Reads   ad_hit, ad_rate, ad_rate_before, withheld_before, reads_feed, reads_site, reads_weight,
        reads_trigger, left, seeded, launched, belief, belief_without_bad_news, belief_start,
        own_gain, taste, reservation, threshold, willingness, newest_read, posts, reads, ties,
        added, meetings
Writes  aware, considering, owned, owned_since, bought_now, times_bought, adopted_at, decided_at,
        left_at, last_purchase, stance, advertising_share, conversions, credits, lost
Draws   TRIGGER, CHOICE, CONTACT, TIE, DISSATISFIED, ORDER, MEETING (by the adoption rule)
Twin    tests/reference/buying.py: conversion
Source  docs/odd.md, submodel conversion
"""

from __future__ import annotations

import numpy as np

from simulation.adoption.base import UNDECIDED
from simulation.ledger.codes import Source, Stage
from simulation.ledger.credit import LostSales, Sales, credit_lost, credit_sales, credit_simply
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.world.state import NONE, Purchase

READS = ("ad_hit", "ad_rate_before", "ad_rate", "withheld_before", "reads_feed", "reads_site",
         "reads_weight", "reads_trigger", "left", "seeded", "launched", "belief",
         "belief_without_bad_news", "belief_start", "own_gain", "taste", "reservation",
         "newest_read", "threshold", "willingness", "posts", "reads", "ties", "added", "meetings")
WRITES = ("aware", "considering", "owned", "owned_since", "bought_now", "times_bought",
          "adopted_at", "decided_at", "left_at", "last_purchase", "stance", "advertising_share",
          "conversions", "credits", "lost")
STREAMS = ("TRIGGER", "CHOICE", "CONTACT", "TIE", "DISSATISFIED", "ORDER", "MEETING")

FIRST = int(Purchase.FIRST)
REPEAT = int(Purchase.REPEAT)
SWITCH = int(Purchase.SWITCH)
RETURN = int(Purchase.RETURN)


def conversion(state, params, draws, step):
    """Decide, book, clear, trigger: see the module."""
    leave(state, rows_where(state.left.view(bool)), step)
    notice(state)
    choice = np.full(state.n, UNDECIDED, np.int8)
    advertising_share = blank_shares(state, params.adoption)
    params.adoption.decide(state, params, draws, step, choice, advertising_share)
    seeds = rows_where(state.seeded >= 0)
    is_launched = state.launched[state.seeded[seeds]] > 0
    seeds = seeds[(state.owned[seeds] < 0) & (choice[seeds] < 0) & is_launched]
    book_lost_sales(state, params, choice, step)
    choice[seeds] = state.seeded[seeds]
    book_purchases(state, params, choice, advertising_share, seeds, step)
    state.considering[:] = 0
    params.adoption.trigger(state, params, draws, step)


def blank_shares(state, adoption):
    """Return what rules of contact write to, nan (n,): made once, wiped when read (it is wide)."""
    size = 0 if adoption.deliberates else state.n
    if state.advertising_share.size != size:
        state.advertising_share = np.full(size, np.nan)
    return state.advertising_share


def notice(state):
    """Make those aware whom advertising reached in this step, or a review in the step before."""
    np.bitwise_or(state.aware, state.ad_hit, out=state.aware)
    if state.reads_feed.any() or state.reads_site.any():
        _notice_reads(state.reads_weight.ravel(), state.reads_trigger.ravel(), state.aware.ravel())


def leave(state, rows, step):
    """Let ``rows`` give up their brand, and what they were about to decide."""
    rows = rows[state.owned[rows] >= 0]
    state.left_at[rows, state.owned[rows]] = step
    state.owned[rows] = NONE
    state.considering[rows] = 0


def book_purchases(state, params, choice, advertising_share, seeds, step):
    """Change ownership, append to the ledger, and remember that a decision was taken."""
    deciders = rows_where(choice != UNDECIDED)
    buyers = deciders[choice[deciders] >= 0]
    brands = choice[buyers].astype(np.int64)
    kinds = purchase_kinds(state, buyers, brands, seeds)
    state.last_purchase[buyers, brands] = record_sales(state, params, buyers, brands, kinds,
                                                       advertising_share, step)
    if not params.adoption.deliberates:
        advertising_share[buyers] = np.nan
    _record_decisions(deciders, choice, state.considering, step, state.decided_at, state.owned,
                      state.left_at)
    # owners of step 0 start in step 1
    state.bought_now[:] = state.owned_since == 0 if step == 1 else 0
    _hand_over(buyers, brands, step, state.owned_since, state.bought_now, state.aware,
               state.times_bought, state.adopted_at)


def purchase_kinds(state, buyers, brands, seeds):
    """Return the kind of each purchase, int8 (s,); ``buyers`` ascend, ``seeds`` are among them."""
    kinds = np.empty(buyers.size, np.int8)
    _purchase_kinds(buyers, brands, state.owned, state.times_bought, kinds)
    kinds[np.searchsorted(buyers, seeds)] = Purchase.SEED
    return kinds


def record_sales(state, params, buyers, brands, kinds, advertising_share, step):
    """Append conversions and their credits; return the rows of the conversions (s,)."""
    ledger = state.ledger
    offers = list(params.brands.values())
    price = np.array([offer.price for offer in offers])[brands]
    margin = np.array([offer.unit_margin for offer in offers])[brands]
    given = kinds == Purchase.SEED
    where = ledger.conversions.append({
        "step": step, "person": buyers, "brand": brands, "kind": kinds, "parent": NONE,
        "price": np.where(given, 0.0, price), "margin": np.where(given, margin - price, margin)})
    rows = np.arange(where.start, where.stop)
    if buyers.size == 0 or ledger.level == "none":
        return rows
    if params.adoption.deliberates:
        causes = np.where(given, Source.SEED, np.where(state.owned[buyers] >= 0, Source.DUE, NONE))
        ledger.conversions["parent"][rows] = credit_considered(state, params, buyers, brands,
                                                               where.start, causes, step)
    else:
        shares = written_shares(params.adoption, advertising_share[buyers], given)
        credit_contacts(ledger, rows, given, shares)
    return rows


def credit_considered(state, params, buyers, brands, first_row, causes, step):
    """Credit sales to reviews read, advertising and experience; return parents in the tree."""
    rate = np.where(state.withheld_before[buyers, brands], 0.0, state.ad_rate_before[brands])
    pull = state.belief_start[buyers, brands] - state.reservation[buyers]
    carried = params.belief.prior_confidence * np.maximum(pull, 0.0)
    sales = Sales(buyers, brands, first_row, causes, rate, carried)
    return credit_sales(state.ledger, sales, state.newest_read, state.decided_at, state.own_gain,
                        params.adoption.q, step, params.output.credit_depth)


def written_shares(adoption, advertising_share, given):
    """Return the shares (s,) of advertising in what made people buy; the rule must write them."""
    if np.isnan(advertising_share[~given]).any():
        raise ValueError(f"adoption.kind={adoption.kind}: decide() must write to "
                         "advertising_share, for everybody who buys, the share of advertising in "
                         "what made them buy, 0 to 1")
    return advertising_share


def credit_contacts(ledger, rows, given, advertising_share):
    """Credit sales made by contact: advertising and neighbours share the trigger."""
    by_advertising = np.where(given, 0.0, advertising_share)
    by_neighbours = np.where(given, 0.0, 1.0 - advertising_share)
    credit_simply(ledger, rows, Stage.TRIGGER, Source.SEED, np.where(given, 1.0, 0.0))
    credit_simply(ledger, rows, Stage.TRIGGER, Source.ADVERTISING, by_advertising)
    credit_simply(ledger, rows, Stage.TRIGGER, Source.NEIGHBOURS, by_neighbours)
    credit_simply(ledger, rows, Stage.PERSUASION, Source.CHANCE, np.ones(rows.size))


def book_lost_sales(state, params, choice, step):
    """Append the direct effect of bad news: P(buy | belief without it) - P(buy | belief)."""
    if state.ledger.level == "none" or not params.adoption.deliberates:
        return
    deciders = rows_where(choice != UNDECIDED)
    if deciders.size == 0:
        return
    chances = params.adoption.chances
    belief = state.belief[deciders]
    undisturbed = state.belief_without_bad_news[deciders]
    actual = chances(state, params, deciders, belief)
    for b in range(state.b):
        without = belief.copy()
        without[:, b] = undisturbed[:, b]
        lost = chances(state, params, deciders, without)[:, b] - actual[:, b]
        some = lost > 1e-12
        people = deciders[some]
        lost_sales = LostSales(people, np.full(people.size, b), lost[some])
        credit_lost(state.ledger, lost_sales, state.newest_read, state.decided_at, step,
                    params.output.credit_depth)


# -- rules ----------------------------------------------------------------------------------------


@inlined
def is_noticed(reads_weight, reads_trigger):
    """A review makes aware if it weighs or reminds."""
    return (reads_weight > 0) | (reads_trigger > 0)


@inlined
def is_decided(considering, brand, choice):
    """A decision is taken about a brand that was considered, or that is bought."""
    return (considering > 0) | (choice == brand)


@inlined
def is_left(brand, owned, choice):
    """The brand owned is left when something else, or nothing, is chosen."""
    return (owned == brand) & (choice != brand)


@inlined
def purchase_kind(brand, owned, has_bought):
    """Repeat the own brand, switch from another, return after a purchase, or buy a first time."""
    of_owner = REPEAT if owned == brand else SWITCH
    of_others = RETURN if has_bought else FIRST
    return of_owner if owned >= 0 else of_others


# -- kernels --------------------------------------------------------------------------------------


@kernel
def _notice_reads(reads_weight, reads_trigger, aware):
    for j in range(aware.size):
        aware[j] |= is_noticed(reads_weight[j], reads_trigger[j])


@kernel
def _purchase_kinds(buyers, brands, owned, times_bought, kinds):
    for k in range(buyers.size):
        i = buyers[k]
        has_bought = False
        for b in range(times_bought.shape[1]):
            has_bought |= times_bought[i, b] > 0
        kinds[k] = purchase_kind(brands[k], owned[i], has_bought)


@kernel
def _record_decisions(deciders, choice, considering, step, decided_at, owned, left_at):
    for i in deciders:
        before = owned[i]
        after = choice[i]
        for b in range(decided_at.shape[1]):
            # write, branch-free: what was considered is unpredictable
            decided = is_decided(considering[i, b], b, after)
            decided_at[i, b] = step if decided else decided_at[i, b]
            left_at[i, b] = step if is_left(b, before, after) else left_at[i, b]
        owned[i] = after


@kernel
def _hand_over(buyers, brands, step, owned_since, bought_now, aware, times_bought, adopted_at):
    for k in range(buyers.size):
        i = buyers[k]
        b = brands[k]
        owned_since[i] = step
        bought_now[i] = 1
        aware[i, b] = 1
        times_bought[i, b] += 1
        adopted_at[i, b] = step if adopted_at[i, b] < 0 else adopted_at[i, b]
