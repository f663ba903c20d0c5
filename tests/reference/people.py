"""People at step 0, by the docstring of simulation/population.py."""

from __future__ import annotations

import math
import zlib

from .credit import credit_gift
from .luck import f4
from .world import NONE, clip

TRAIT = {name: number for number, name in enumerate(
    ["activity", "expertise", "is_expert", "susceptibility", "reservation", "response_style", "is_employee", "employer",
     "workplace", "threshold", "willingness", "influencer_luck"])}
PRIOR, TASTE, MOTIVE, SEEDS = 1000, 2000, 3000, 2**31
CUSTOMER, INFLUENCER, EXPERT, EMPLOYEE = range(4)
SEED = 4


def populate(world):
    """Fill step 0."""
    for i in range(world.n):
        draw_traits(world, i)
        draw_brand_traits(world, i)
    draw_roles(world)
    for name, seeds in world.params.population.seeds.items():
        give_to_seeds(world, name, seeds)


def draw_traits(world, i):
    """Draw what depends on nobody else."""
    p, luck = world.params.population, world.luck

    def normal(trait, mean, sd):
        return mean + sd * luck.normal("TRAIT", 0, i, TRAIT[trait])

    world.activity[i] = f4(min(math.exp(normal("activity", p.activity_log_mean, p.activity_log_sd)), p.activity_max))
    world.expertise[i] = f4(luck.beta("TRAIT", 0, i, p.expertise_a, p.expertise_b, TRAIT["expertise"]))
    world.susceptibility[i] = f4(clip(normal("susceptibility", p.susceptibility_mean, p.susceptibility_sd),
                                      p.susceptibility_min, p.susceptibility_max))
    world.reservation[i] = normal("reservation", p.reservation_mean, p.reservation_sd)
    world.response_style[i] = f4(normal("response_style", 0.0, p.response_style_sd))
    world.threshold[i] = clip(normal("threshold", p.threshold_mean, p.threshold_sd))
    u = luck.uniform("TRAIT", 0, i, TRAIT["willingness"])
    world.willingness[i] = p.willingness_min + (p.willingness_max - p.willingness_min) * u


def draw_brand_traits(world, i):
    """Draw prior beliefs, tastes and motive weights."""
    p, luck = world.params.population, world.luck
    for b in range(len(world.brands)):
        belief = clip(p.prior_mean + p.prior_sd * luck.normal("TRAIT", 0, i, PRIOR + b))
        world.belief[i][b] = world.belief_without_bad_news[i][b] = world.belief_start[i][b] = belief
        world.expectation[i][b] = world.satisfaction[i][b] = f4(belief)
        world.confidence[i][b] = world.params.belief.prior_confidence
        world.taste[i][b] = f4(p.taste_sd * luck.normal("TRAIT", 0, i, TASTE + b))
    for m, motive in enumerate(world.motives):
        world.motive_weight[i][m] = f4(luck.beta("TRAIT", 0, i, p.motive_a, p.motive_b, MOTIVE + motive.code))


def lot(world, i, trait):
    """Return the uniform of a trait."""
    return world.luck.uniform("TRAIT", 0, i, TRAIT[trait])


def draw_roles(world):
    """Make experts, influencers and employees; the later one stands."""
    p = world.params.population
    for i in range(world.n):
        if lot(world, i, "is_expert") < p.expert_share:
            world.role[i] = EXPERT
            world.expertise[i] = f4(p.expert_expertise)
    for i in find_influencers(world):
        world.role[i] = INFLUENCER
        world.activity[i] = f4(min(world.activity[i] * p.influencer_activity, p.activity_max))
    for i in range(world.n):
        if lot(world, i, "is_employee") < p.employee_share:
            employ(world, i)


def employ(world, i):
    """Give a person a workplace."""
    world.role[i] = EMPLOYEE
    world.employer[i] = int(lot(world, i, "employer") * len(world.brands))
    units = len(world.brands[world.employer[i]].organisation.units)
    world.workplace[i] = int(lot(world, i, "workplace") * units) if units else NONE


def find_influencers(world):
    """Return the top share; ties by lot."""
    p = world.params.population
    if p.influencer_by == "list":
        return [world.ids.index(name) for name in p.influencer_list]
    count = round(p.influencer_share * world.n)
    score = {"followers": lambda i: len(world.followers[i]), "random": lambda i: 0}[p.influencer_by]
    order = sorted(range(world.n), key=lambda i: (-score(i), lot(world, i, "influencer_luck")))
    return order[:count]


def choose_seeds(world, name, seeds):
    """Return who gets the product at step 0, among those who own none yet."""
    if seeds.by == "list":
        return [i for i in (world.ids.index(person) for person in seeds.people) if world.owned[i] < 0]
    if seeds.by == "ball":
        order = ball(world, world.ids.index(seeds.people[0]), seeds.count)
    else:
        which = SEEDS + zlib.crc32(name.encode()) % SEEDS
        score = (lambda i: len(world.followers[i])) if seeds.by == "degree" else (lambda i: 0)
        order = sorted(range(world.n), key=lambda i: (-score(i), world.luck.uniform("TRAIT", 0, i, which)))
    return [i for i in order if world.owned[i] < 0][:seeds.count]


def ball(world, centre, count):
    """Return people around a centre, breadth first."""
    reached = [centre]
    for person in reached:
        for follower, _, _ in world.followers[person]:
            if follower not in reached:
                reached.append(follower)
    return reached[:count]


def give_to_seeds(world, name, seeds):
    """Let the seeds own the product."""
    b = world.brand_names.index(seeds.brand)
    brand = world.brands[b]
    for i in choose_seeds(world, name, seeds):
        row = len(world.conversions)
        world.owned[i], world.owned_since[i], world.bought_now[i], world.aware[i][b] = b, 0, 1, 1
        world.times_bought[i][b], world.adopted_at[i][b], world.decided_at[i][b] = 1, 0, 0
        world.last_purchase[i][b] = row
        world.conversions.append({"step": 0, "person": i, "brand": b, "kind": SEED, "price": 0.0,
                                  "margin": brand.unit_margin - brand.price, "parent": NONE})
        credit_gift(world, row)
