"""Credit for sales, by the docstring of simulation/ledger/credit.py."""

from __future__ import annotations

import math

from .world import NONE

REVIEW, ADVERTISING, DUE, SEED, EXPERIENCE, CARRIED, OLDER, CHANCE, NEIGHBOURS = range(9)
TRIGGER, PERSUASION = 0, 1
FEED, SITE = 0, 1


def log_one_minus(x):
    """Return ln(1 - x), finite at 1."""
    return math.log(1.0 - x) if x < 1.0 else math.log(1e-16)


def add_credit(world, conversion, stage, source, share, post=NONE, channel=NONE):
    """Append one row if it has a share."""
    if share <= 0.0:
        return
    sharer, author = (world.posts[post]["sharer"], world.posts[post]["author"]) if post >= 0 else (NONE, NONE)
    world.credits.append({"conversion": conversion, "stage": stage, "source": source,
                          "post": world.posts[post]["root"] if post >= 0 else NONE,
                          "sharer": sharer, "author": author, "share": share, "channel": channel})


def credit_gift(world, row):
    """Credit the product given away at step 0."""
    add_credit(world, row, TRIGGER, SEED, 1.0)
    add_credit(world, row, PERSUASION, CHANCE, 1.0)


def credit_sale(world, row, i, b, cause):
    """Credit both stages of a sale; ``cause`` is ``due`` or ``seed`` where that is its single trigger."""
    if cause:
        add_credit(world, row, TRIGGER, DUE if cause == "due" else SEED, 1.0)
    else:
        world.conversions[row]["parent"] = credit_trigger(world, row, i, b)
    credit_persuasion(world, row, i, b)


def reads_about(world, i, b):
    """Return the reads of a person about a brand."""
    return world.reads_of.get((i, b), [])


def heaviest(world, pulls):
    """Return the heaviest (pull, post, channel) up to the credit depth, and the sum of the rest.

    Of equal pulls the one whose post has the larger key counts as heavier.
    """
    positive = [one for one in pulls if one[0] > 0.0]
    positive.sort(key=lambda one: (one[0], world.posts[one[1]]["key"]), reverse=True)
    depth = world.params.output.credit_depth
    return positive[:depth], sum(pull for pull, *_ in positive[depth:])


def credit_trigger(world, row, i, b):
    """Credit what made the person consider; return the tree parent."""
    log_1q = log_one_minus(world.params.adoption.q)
    advertising = log_one_minus(0.0 if world.withheld_before[i][b] else world.ad_rate_before[b])
    pulls = []
    for read in reads_about(world, i, b):
        if read["channel"] == FEED and read["step"] == world.step - 2:
            w = read["strength"] * max(0.0, 2.0 * world.posts[read["post"]]["valence"] - 1.0)
            pulls.append((-w * log_1q, read["post"], FEED))
    kept, older = heaviest(world, pulls)
    total = -advertising + sum(pull for pull, *_ in kept) + older
    add_credit(world, row, TRIGGER, ADVERTISING, -advertising / total)
    for pull, post, channel in kept:
        add_credit(world, row, TRIGGER, REVIEW, pull / total, post, channel)
    add_credit(world, row, TRIGGER, OLDER, older / total)
    pull, _, parent = max([(-advertising, 0, NONE)] + [
        (pull, world.posts[post]["key"], world.posts[post]["purchase"]) for pull, post, _ in kept])
    return parent


def credit_persuasion(world, row, i, b):
    """Credit what made the person choose."""
    since = world.decided_at[i][b]
    pulls = [(max(0.0, read["gain"]), read["post"], read["channel"]) for read in reads_about(world, i, b)
             if read["step"] >= since]
    kept, older = heaviest(world, pulls)
    own = world.own_gain[i][b]
    carried = world.params.belief.prior_confidence * max(0.0, world.belief_start[i][b] - world.reservation[i])
    total = sum(pull for pull, *_ in kept) + older + own + carried
    if total <= 0.0:
        add_credit(world, row, PERSUASION, CHANCE, 1.0)
        return
    for pull, post, channel in kept:
        add_credit(world, row, PERSUASION, REVIEW, pull / total, post, channel)
    add_credit(world, row, PERSUASION, OLDER, older / total)
    add_credit(world, row, PERSUASION, EXPERIENCE, own / total)
    add_credit(world, row, PERSUASION, CARRIED, carried / total)


def lose_sales(world, people):
    """Append the direct effect of bad news of every decision."""
    from .buying import chances
    for i in people:
        actual = chances(world, i, world.belief[i])
        for b in actual:
            beliefs = list(world.belief[i])
            beliefs[b] = world.belief_without_bad_news[i][b]      # brand by brand: the others stay as they are
            sales = chances(world, i, beliefs)[b] - actual[b]
            if sales > 1e-12:
                blame(world, i, b, sales)


def blame(world, i, b, sales):
    """Give the expected sales lost to the reads below the belief."""
    pulls = [(max(0.0, -read["gain"]), read["post"], read["channel"]) for read in reads_about(world, i, b)
             if read["step"] >= world.decided_at[i][b]]
    kept, older = heaviest(world, pulls)
    total = sum(pull for pull, *_ in kept) + older
    for pull, post, _ in kept:
        world.lost.append({"step": world.step, "person": i, "brand": b, "post": world.posts[post]["root"],
                           "author": world.posts[post]["author"], "sales": sales * pull / total})
    if older > 0.0:
        world.lost.append({"step": world.step, "person": i, "brand": b, "post": NONE, "author": NONE,
                           "sales": sales * older / total})
