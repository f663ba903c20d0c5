"""What brand teams do, by the docstrings of phases/decision.py and policies/*.py."""

from __future__ import annotations

import math
import zlib

from .luck import f4
from .world import NONE

INVEST, ANSWER, SEED, ADVERTISE, OFFER, INTRODUCE, TICKET = range(7)


class Account:
    """The account of one policy of a brand."""

    def __init__(self, brand, name, policy):
        self.brand, self.policy = brand, policy
        self.address = zlib.crc32(name.encode())        # the name is brand/policy
        self.spent, self.process = 0.0, NONE


def decision(world):
    """Clear the messages and ask every active account."""
    clear(world)
    world.gifts = {}
    for b, brand in enumerate(world.brands):
        world.money[b] += brand.budget
        for account in world.accounts[b]:
            policy = account.policy
            active = policy.start <= world.step and (policy.stop == "end" or world.step <= policy.stop)
            if active and policy.kind != "none":
                ACT[policy.kind](world, b, account, policy)
    for i, offers in world.gifts.items():
        world.seeded[i] = min(offers)[1]


def clear(world):
    """Take back the messages of the step before; an engagement stands."""
    world.seeded = [NONE] * world.n
    world.recovered = [[0.0] * len(world.brands) for _ in range(world.n)]
    for b in range(len(world.brands)):
        world.campaign[b], world.offer[b] = 0.0, 0.0
        world.posting_negative[b] = world.posting_positive[b] = 1.0


def luck_of(world, account, row):
    """Return the lot that breaks ties."""
    return world.luck.uniform("POLICY", world.step, row, account.address)


def affordable(count, cost, budget):
    """Return how many units the budget pays for."""
    return count if cost <= 0.0 else min(count, int(budget / cost + 1e-9))


def pay(world, account, item, amount):
    """Take money and write it down."""
    world.money[account.brand] -= amount
    account.spent += amount
    if amount > 0.0:
        world.costs.append({"step": world.step, "brand": account.brand, "item": item, "amount": amount})


def invest(world, account, process, money, lead):
    """Put money into a process."""
    if money > 0.0:
        pay(world, account, INVEST, money)
        world.orders.append({"process": process, "money": money, "effective": world.step + 1 + lead})


def fix_named(world, b, account, policy):
    """Invest in the named process until the limit."""
    limit = math.inf if policy.limit == "unlimited" else policy.limit - account.spent
    [process] = [process.row for process in world.processes_of(b) if process.name == policy.process]
    invest(world, account, process, min(policy.spend, limit, world.money[b]), policy.lead_time)


def fix_worst(world, b, account, policy):
    """Invest in the process that seems to hurt most; look again every so many steps since the start."""
    money = min(policy.spend, world.money[b])
    if money <= 0.0:
        return
    if account.process < 0 or (world.step - policy.start) % policy.review_every == 0:
        account.process = worst(world, b, account, policy)
    if account.process >= 0:
        invest(world, account, account.process, money, policy.lead_time)


def worst(world, b, account, policy):
    """Return the process that hurts most among those seen often enough, or none."""
    know = world.known[b]
    known = [k for k in know.pain if know.volume[k] >= policy.min_volume and know.pain[k] > 0.0]
    return min(known, key=lambda k: (-know.pain[k], luck_of(world, account, k)), default=NONE)


def recover(world, b, account, policy):
    """Answer seen complaints whose author is known."""
    complaints = [item for item in world.known[b].seen if item["sentiment"] < 0]
    known = [item for item in complaints if item["author"] >= 0]
    known.sort(key=lambda item: (-item["reach"], luck_of(world, account, item["author"])))
    known = known[:affordable(min(policy.per_step, len(known)), policy.cost_per_answer, world.money[b])]
    if not known:
        return
    pay(world, account, ANSWER, len(known) * policy.cost_per_answer)
    for item in known:
        world.recovered[item["author"]][b] = f4(policy.lift)
    share = len(known) / len(complaints)
    world.posting_negative[b] *= 1.0 + (policy.negative_posting - 1.0) * share
    world.posting_positive[b] *= 1.0 + (policy.positive_posting - 1.0) * share


def seed(world, b, account, policy):
    """Give the product to chosen people, once."""
    if world.step != policy.start:
        return
    score = {"influencers": lambda i: len(world.followers[i]), "random": lambda i: 0,
             "experts": lambda i: world.known[b].expert_score[i]}[policy.by]
    order = sorted(range(world.n), key=lambda i: (-score(i), luck_of(world, account, i)))
    chosen = order[:affordable(policy.count, policy.cost_per_seed, world.money[b])]
    if chosen:
        pay(world, account, SEED, len(chosen) * policy.cost_per_seed)
    for i in chosen:
        world.engaged[i][b] = f4(policy.incentive)
        world.gifts.setdefault(i, []).append((luck_of(world, account, i), b))


def advertise(world, b, account, policy):
    """Raise the advertising rate of the next step."""
    price = policy.cost_per_person_reached * world.n
    amount = policy.amount if price * policy.amount <= world.money[b] else world.money[b] / price
    if amount > 0.0:
        pay(world, account, ADVERTISE, price * amount)
        world.campaign[b] += amount


def incentivise(world, b, account, policy):
    """Offer every customer an incentive."""
    customers = sum(1 for i in range(world.n) if world.owned[i] == b)
    cost = customers * policy.cost_per_customer
    if customers and cost <= world.money[b]:
        pay(world, account, OFFER, cost)
        world.offer[b] = policy.strength


ACT = {"fix_named": fix_named, "fix_worst": fix_worst, "recover": recover, "seed": seed, "advertise": advertise,
       "incentivise": incentivise}
