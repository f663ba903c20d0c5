"""Conversion with the rule ``consider``, by the docstrings of phases/conversion.py and adoption/consider.py."""

from __future__ import annotations

import math

from .credit import credit_sale, lose_sales
from .world import NONE, ONE

FIRST, REPEAT, SWITCH, RETURN, SEED = range(5)


def conversion(world):
    """Leave, decide, give to seeds, book, clear, trigger."""
    world.bought_now[:] = [int(world.step == 1 and world.owned_since[i] == 0) for i in range(world.n)]
    for i in range(world.n):
        if world.left[i]:
            leave(world, i)
    become_aware(world)
    chosen = {i: decide(world, i) for i in range(world.n) if any(world.considering[i])}
    lose_sales(world, sorted(chosen))
    given = {i for i in range(world.n) if world.seeded[i] >= 0 and world.owned[i] < 0 and chosen.get(i, NONE) < 0}
    chosen |= {i: world.seeded[i] for i in given}
    for i in sorted(chosen):
        settle(world, i, chosen[i], i in given)
    trigger(world)


def settle(world, i, b, given):
    """Let a decision have its consequences; remember that it was taken."""
    decided = [other for other in range(len(world.brands)) if world.considering[i][other] or other == b]
    if b >= 0:
        buy(world, i, b, given)
    elif world.owned[i] >= 0:
        leave(world, i)
    for other in decided:
        world.decided_at[i][other] = world.step


def leave(world, i):
    """Give up the brand and what was being considered; ``owned_since`` stays."""
    world.left_at[i][world.owned[i]], world.owned[i] = world.step, NONE
    world.considering[i] = [0] * len(world.brands)


def price_term(world, b):
    """Return what the price costs in belief."""
    brand = world.brands[b]
    return world.params.adoption.price_weight * (brand.price / brand.reference_price - 1.0)


def appeal(world, i, b, belief):
    """Return the utility of a brand without its taste shock."""
    rule = world.params.adoption
    loyalty = rule.loyalty if world.owned[i] == b else 0.0
    return (belief + rule.taste_known * world.taste[i][b] + loyalty - world.reservation[i]
            - price_term(world, b)) / rule.choice_scale


def gumbel(world, i, which):
    """Return a taste shock: 0 is for buying nothing, b + 1 for brand b."""
    step = 0 if world.params.adoption.taste_draw == "persistent" else world.step
    return -math.log(-math.log(world.luck.uniform("CHOICE", step, i, which)))


def decide(world, i):
    """Return the brand with the largest utility, or none."""
    best, choice = gumbel(world, i, 0), NONE
    for b in range(len(world.brands)):
        if world.considering[i][b]:
            utility = appeal(world, i, b, world.belief[i][b]) + gumbel(world, i, b + 1)
            if utility > best:
                best, choice = utility, b
    return choice


def chances(world, i, beliefs):
    """Return P(choose b) for the brands considered: the multinomial logit."""
    weights = {b: math.exp(appeal(world, i, b, beliefs[b])) for b in range(len(world.brands))
               if world.considering[i][b]}
    total = 1.0 + sum(weights.values())
    return {b: weight / total for b, weight in weights.items()}


def kind_of(world, i, b, seeded):
    """Return the kind of a purchase."""
    if seeded:
        return SEED
    if world.owned[i] == b:
        return REPEAT
    if world.owned[i] >= 0:
        return SWITCH
    return RETURN if sum(world.times_bought[i]) > 0 else FIRST


def buy(world, i, b, given):
    """Book one purchase, or a gift: it costs nothing, and the brand loses its price."""
    kind, brand, row = kind_of(world, i, b, given), world.brands[b], len(world.conversions)
    paid = 0.0 if given else brand.price
    world.conversions.append({"step": world.step, "person": i, "brand": b, "kind": kind, "price": paid,
                              "margin": brand.unit_margin - brand.price + paid, "parent": NONE})
    credit_sale(world, row, i, b, "seed" if given else "due" if kind in (REPEAT, SWITCH) else "")
    if world.owned[i] >= 0 and world.owned[i] != b:
        world.left_at[i][world.owned[i]] = world.step
    world.owned[i], world.owned_since[i], world.bought_now[i], world.aware[i][b] = b, world.step, 1, 1
    world.times_bought[i][b] += 1
    world.last_purchase[i][b] = row
    if world.adopted_at[i][b] < 0:
        world.adopted_at[i][b] = world.step


def become_aware(world):
    """Hear of a brand: by advertising, or by any read of the step before."""
    for i in range(world.n):
        for b in range(len(world.brands)):
            read = world.reads_weight[i][b] > 0 or world.reads_trigger[i][b] > 0
            if world.ad_hit[i][b] or read:
                world.aware[i][b] = 1


def trigger(world):
    """Start considerations."""
    for i in range(world.n):
        world.considering[i] = [0] * len(world.brands)
        due = world.owned[i] >= 0 and world.step + 1 - world.owned_since[i] == world.params.adoption.repurchase_interval
        if world.owned[i] >= 0 and not due:
            continue
        for b in range(len(world.brands)):
            reminded = world.launched[b] and is_reminded(world, i, b)
            world.considering[i][b] = int(bool(reminded) or (due and world.owned[i] == b))


def is_reminded(world, i, b):
    """Tell whether advertising or yesterday's feed makes the person consider the brand."""
    if world.ad_hit[i][b]:
        return True
    w = world.reads_trigger[i][b] / ONE
    return world.luck.uniform("TRIGGER", world.step, i, b) < 1.0 - (1.0 - world.params.adoption.q) ** w
