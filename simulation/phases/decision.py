"""Decision: what the brand teams do about what they observed.

    money_b  = initial_budget_b at the start, += budget_b in every step, -= what policies cost
    the active policies are asked in config order, each with the money that is left
    what they decide becomes messages, which act from the next step (orders after a lead time):

    campaign  = min(1, sum of amounts)       offer = the largest amount
    recovered = 1 - product (1 - amount)     engaged = the largest amount so far
    posting_negative, posting_positive = products of the factors of all answers

Messages that nobody renews are gone after one step; an engagement (``engaged``) stands for good.
Where two brands seed the same person in the same step, a draw decides whose product they take.

Reads   ties
Writes  campaign, seeded, offer, engaged, recovered, posting_negative, posting_positive, observed
        (money, books, answered, gifted), orders, added, decisions, costs
Draws   POLICY (person or process; policy)
Source  each policy names its own
Twin    tests/reference/deciding.py: decision
"""

from __future__ import annotations

import zlib

import numpy as np

from simulation.numerics.randomness import Stream
from simulation.policies.base import Act
from simulation.world.back_office import Order
from simulation.world.observed import Book, no_rows
from simulation.world.state import NONE
from simulation.world.ties import both_ways, build_ties

READS = ("ties",)
WRITES = ("campaign", "seeded", "offer", "engaged", "recovered", "posting_negative",
          "posting_positive", "observed", "orders", "added", "decisions", "costs")
STREAMS = ("POLICY",)

INTRODUCED = 3
"""Kind of a tie that a brand introduced."""


def decision(state, params, draws, step):
    """Clear the messages, ask every active policy, pay, log, and send what was decided."""
    if not state.observed:
        return
    clear(state)
    gifts = []
    pairs = []
    for b, (name, brand) in enumerate(params.brands.items()):
        observed = state.observed[b]
        observed.money += brand.budget
        for code, (policy_name, policy) in enumerate(brand.policies.items()):
            if not policy.is_active(step):
                continue
            for action in ask(observed, policy, f"{name}/{policy_name}", draws, step):
                log(state.ledger, observed, code, action, step)
                send(state, observed, action, step)
                if action.act == Act.SEED:
                    gifts.append((action.people, b, observed.book.address))
                if action.act == Act.INTRODUCE:
                    pairs.append((action.people, action.others, action.amount))
    give(state, gifts, draws, step)
    introduce(state, pairs)


# -- rules: of numbers, or of arrays element by element -----------------------------------------

def money_left(money, cost):
    """Return the money after a policy; rounding never makes a debt."""
    return max(0.0, money - cost)


def recovered_by(recovered, lift):
    """Return the share of the missing satisfaction regained: an answer regains part of the rest."""
    return 1.0 - (1.0 - recovered) * (1.0 - lift)


def reached_by(campaign, amount):
    """Return the added probability of an advertisement per person, with one more campaign."""
    return min(1.0, campaign + amount)


def effective_step(step, lead):
    """Return the step from whose start on a decision acts."""
    return step + 1 + lead


# -- messages, money and records ----------------------------------------------------------------

def clear(state):
    """Reset the messages of the last step, touching only the people it wrote to."""
    state.campaign[:] = 0.0
    state.offer[:] = 0.0
    state.posting_negative[:] = 1.0
    state.posting_positive[:] = 1.0
    nobody = no_rows()
    for observed in state.observed:
        state.recovered[observed.answered, observed.brand] = 0.0
        state.seeded[observed.gifted] = NONE
        observed.answered = nobody
        observed.gifted = nobody


def ask(observed, policy, name, draws, step):
    """Return the actions of one policy, paid from the brand's money and entered in its book."""
    book = observed.books.setdefault(name, Book(address=zlib.crc32(name.encode())))
    observed.book = book
    actions = policy.decide(observed, observed.money, draws, step)
    cost = sum(action.cost for action in actions)
    observed.money = money_left(observed.money, cost)
    book.spent += cost
    invested_in = (action.process for action in actions if action.act == Act.INVEST)
    book.process = next(invested_in, book.process)
    return actions


def log(ledger, observed, code, action, step):
    """Append the decision with its proof points and its cost: gifts and answers by person."""
    is_personal = action.act in (Act.SEED, Act.ANSWER)
    people = action.people if is_personal else np.array([NONE])
    when = {"step": step, "brand": observed.brand}
    ledger.decisions.append(when | {
        "policy": code, "action": int(action.act), "process": action.process, "person": people,
        "amount": action.amount, "cost": action.cost / people.size,
        "effective": effective_step(step, action.lead), "seen": observed.voice,
        "volume": action.volume, "pain": action.pain})
    ledger.costs.append(when | {"item": int(action.act), "amount": action.cost})


def send(state, observed, action, step):
    """Write the messages of one action."""
    b = observed.brand
    people = action.people
    if action.act == Act.INVEST:
        due = effective_step(step, action.lead)
        state.orders.append(Order(b, action.process, action.cost, due))
    elif action.act == Act.ANSWER:
        state.recovered[people, b] = recovered_by(state.recovered[people, b], action.amount)
        state.posting_negative[b] *= action.negative
        state.posting_positive[b] *= action.positive
        observed.answered = np.union1d(observed.answered, people)
    elif action.act == Act.SEED:
        state.engaged[people, b] = np.maximum(state.engaged[people, b], action.amount)
        observed.gifted = np.union1d(observed.gifted, people)
    elif action.act == Act.ADVERTISE:
        state.campaign[b] = reached_by(state.campaign[b], action.amount)
    elif action.act == Act.OFFER:
        state.offer[b] = max(state.offer[b], action.amount)


def give(state, gifts, draws, step):
    """Write whose product seeded people take: one draw per policy and person, the lowest wins."""
    if not gifts:
        return
    people = np.concatenate([people for people, _, _ in gifts])
    brands = np.concatenate([np.full(people.size, b) for people, b, _ in gifts])
    u = np.concatenate([draws.uniforms(Stream.POLICY, step, people, address)
                        for people, _, address in gifts])
    order = np.lexsort((u, people))
    _, first = np.unique(people[order], return_index=True)
    state.seeded[people[order[first]]] = brands[order[first]]


def introduce(state, pairs):
    """Add the new ties, both ways and fully visible, to the overlay of added ties."""
    if not pairs:
        return
    people = np.concatenate([people for people, _, _ in pairs])
    others = np.concatenate([others for _, others, _ in pairs])
    strength = np.concatenate([np.full(people.size, strength) for people, _, strength in pairs])
    source, target = both_ways(people, others)
    columns = {"strength": np.tile(strength, 2), "visibility": np.ones(source.size),
               "kind": np.full(source.size, INTRODUCED)}
    old = state.added
    if old is not None:
        source = np.concatenate([old.sources(), source])
        target = np.concatenate([old.targets, target])
        columns = {name: np.concatenate([getattr(old, name), new]) for name, new in columns.items()}
    state.added = build_ties(state.n, source, target, community=state.ties.community,
                             ids=state.ties.ids, **columns)
