"""Beliefs and the ladder, by the docstrings of phases/belief.py, beliefs/*.py and phases/ladder.py."""

from __future__ import annotations

import math

from .luck import f4
from .world import NONE, ONE, clip

UNAWARE, PROSPECT, CUSTOMER, CLIENT, ADVOCATE, DETRACTOR, REJECTER, LAPSED = range(8)


def belief(world):
    """Update all beliefs."""
    for i in range(world.n):
        for b in range(len(world.brands)):
            believe(world, i, b)


def believe(world, i, b):
    """Update one belief, its shadow and what is kept since the last decision."""
    held = world.belief[i][b]
    own = world.owned[i] == b
    own_w, own_v = (world.own_weight[i], world.own_value[i]) if own else (0.0, 0.0)
    if world.decided_at[i][b] == world.step:
        world.belief_without_bad_news[i][b] = world.belief_start[i][b] = held
        world.own_gain[i][b] = 0.0
    world.own_gain[i][b] = f4(world.own_gain[i][b] + max(0.0, own_v - own_w * held))
    start, confidence = world.belief_start[i][b], world.confidence[i][b]
    weight, value = world.reads_weight[i][b] / ONE + own_w, world.reads_value[i][b] / ONE + own_v
    good_weight, good_value = world.good_weight[i][b] / ONE + own_w, world.good_value[i][b] / ONE + own_v
    rule = world.params.belief
    without = world.belief_without_bad_news[i][b]
    world.belief_without_bad_news[i][b], _ = update(rule, without, confidence, start, good_weight, good_value)
    world.belief[i][b], world.confidence[i][b] = update(rule, held, confidence, start, weight, value)


def update(rule, held, confidence, start, weight, value):
    """Return (belief', confidence')."""
    prior = rule.prior_confidence
    if rule.kind == "evidence":
        m = max(confidence * rule.memory, prior)
        return (m * held + value) / (m + weight), min(m + weight, rule.confidence_max)
    if rule.kind == "anchored":
        if weight <= 0.0:
            return held, prior
        return rule.openness * (value / weight) + (1.0 - rule.openness) * start, prior
    return (prior * held + value) / (prior + weight), prior


def ladder(world):
    """Read every rung and draw who leaves."""
    world.flows = [[[0] * 8 for _ in range(8)] for _ in world.brands]
    for i in range(world.n):
        world.likelihood_to_recommend[i], world.left[i] = NONE, 0
        for b in range(len(world.brands)):
            before = world.rung[i][b]
            if world.owned[i] == b:
                recommend(world, i, b)
                world.rung[i][b] = owner_rung(world, i, b, before)
                world.left[i] = int(leaves(world, i, b))
            else:
                world.rung[i][b] = outsider_rung(world, i, b)
            world.flows[b][before][world.rung[i][b]] += 1


def recommend(world, i, b):
    """Update the likelihood to recommend and advocacy."""
    rule = world.params.ladder
    points = round(clip(10.0 * world.satisfaction[i][b] + world.response_style[i], 0.0, 10.0))
    n = 1 if points >= rule.promoter else -1 if points <= rule.detractor else 0
    world.likelihood_to_recommend[i] = points
    world.advocacy[i][b] = f4(world.advocacy[i][b] + rule.rate * (n - world.advocacy[i][b]))


def owner_rung(world, i, b, before):
    """Return the rung of an owner."""
    rule, advocacy = world.params.ladder, world.advocacy[i][b]
    if before == DETRACTOR and advocacy <= rule.fall + rule.band:
        return DETRACTOR
    if before == ADVOCATE and advocacy >= rule.rise - rule.band:
        return ADVOCATE
    if advocacy <= rule.fall:
        return DETRACTOR
    if advocacy >= rule.rise:
        return ADVOCATE
    return CLIENT if world.times_bought[i][b] > 1 else CUSTOMER


def outsider_rung(world, i, b):
    """Return the rung of somebody who does not own the brand."""
    if world.times_bought[i][b] > 0:
        return LAPSED
    if world.stance[i][b] == 2 or (world.aware[i][b] and world.belief[i][b] < world.params.ladder.reject_below):
        return REJECTER
    return PROSPECT if world.aware[i][b] else UNAWARE


def leaves(world, i, b):
    """Draw whether an owner leaves."""
    rule = world.params.ladder
    hazard = rule.churn / (1.0 + math.exp((world.satisfaction[i][b] - rule.churn_middle) / rule.churn_scale))
    return world.luck.uniform("CHURN", world.step, i, b) < hazard
