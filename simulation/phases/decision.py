"""Decision: what the brand teams do about what they observed.

    money_b  = purse_b at the start, += budget_b in every step
    the active policies are asked in config order, each with the money that is left
    what they decide becomes messages, which act from the next step (or later: orders with a lead time)

Messages that nobody renews are gone after one step; an engagement (``engaged``) stands for good.  Where two
brands seed the same person in the same step, an addressed draw decides whose product it takes.

Reads   ties
Writes  campaign, seeded, offer, engaged, recovered, posting_negative, posting_positive, observed (money, books,
        answered, gifted), orders, added, decisions, costs
Draws   POLICY (person or process; policy)
Source  each policy names its own
"""

from __future__ import annotations

import zlib

import numpy as np

from simulation.numerics.randomness import Stream
from simulation.policies.base import Act, Book
from simulation.world.back_office import Order
from simulation.world.state import NONE
from simulation.world.ties import both_ways, build_ties

READS = ("ties",)
WRITES = ("campaign", "seeded", "offer", "engaged", "recovered", "posting_negative", "posting_positive",
          "observed", "orders", "added", "decisions", "costs")
STREAMS = ("POLICY",)

INTRODUCED = 3
"""Kind of a tie that a brand introduced."""


def decision(state, params, draws, step):
    """Clear the messages, ask every active policy, pay, log, and send what was decided."""
    if not state.observed:
        return
    clear(state)
    gifts, pairs = [], []
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


def clear(state):
    """Reset the messages of the last step, touching only the people it wrote to."""
    state.campaign[:], state.offer[:] = 0.0, 0.0
    state.posting_negative[:], state.posting_positive[:] = 1.0, 1.0
    for observed in state.observed:
        state.recovered[observed.answered, observed.brand] = 0.0
        state.seeded[observed.gifted] = NONE
        observed.answered = observed.gifted = np.empty(0, np.int64)


def ask(observed, policy, name, draws, step):
    """Return the actions of one policy, paid from the brand's money and entered in its book."""
    book = observed.books.setdefault(name, Book(address=zlib.crc32(name.encode())))
    observed.book = book
    actions = policy.decide(observed, observed.money, draws, step)
    cost = sum(action.cost for action in actions)
    observed.money = max(0.0, observed.money - cost)
    book.spent += cost
    book.process = next((action.process for action in actions if action.act == Act.INVEST), book.process)
    return actions


def log(ledger, observed, code, action, step):
    """Append the decision with its proof points, one row per person for gifts and answers, and its cost."""
    single = action.act in (Act.SEED, Act.ANSWER)
    people = action.people if single else np.array([NONE])
    when = {"step": step, "brand": observed.brand}
    ledger.decisions.append(when | {
        "policy": code, "action": int(action.act), "process": action.process, "person": people,
        "amount": action.amount, "cost": action.cost / people.size, "effective": step + 1 + action.lead,
        "seen": observed.voice, "volume": action.volume, "pain": action.pain})
    ledger.costs.append(when | {"item": int(action.act), "amount": action.cost})


def send(state, observed, action, step):
    """Write the messages of one action."""
    b, people = observed.brand, action.people
    if action.act == Act.INVEST:
        state.orders.append(Order(b, action.process, action.cost, step + 1 + action.lead))
    elif action.act == Act.ANSWER:
        missing = (1.0 - state.recovered[people, b]) * (1.0 - action.amount)
        state.recovered[people, b] = 1.0 - missing
        state.posting_negative[b] *= action.negative
        state.posting_positive[b] *= action.positive
        observed.answered = np.union1d(observed.answered, people)
    elif action.act == Act.SEED:
        state.engaged[people, b] = np.maximum(state.engaged[people, b], action.amount)
        observed.gifted = np.union1d(observed.gifted, people)
    elif action.act == Act.ADVERTISE:
        state.campaign[b] = min(1.0, state.campaign[b] + action.amount)
    elif action.act == Act.OFFER:
        state.offer[b] = max(state.offer[b], action.amount)


def give(state, gifts, draws, step):
    """Write whose product each seeded person takes: one lot per policy and person, the lowest wins."""
    if not gifts:
        return
    people = np.concatenate([people for people, _, _ in gifts])
    brands = np.concatenate([np.full(people.size, b) for people, b, _ in gifts])
    luck = np.concatenate([draws.uniforms(Stream.POLICY, step, rows, address) for rows, _, address in gifts])
    order = np.lexsort((luck, people))
    _, first = np.unique(people[order], return_index=True)
    state.seeded[people[order[first]]] = brands[order[first]]


def introduce(state, pairs):
    """Add the new ties, both ways and fully visible, to the overlay of added ties."""
    if not pairs:
        return
    people, others = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    strength = np.concatenate([np.full(pair[0].size, pair[2]) for pair in pairs])
    source, target = both_ways(people, others)
    old = state.added
    columns = {"strength": np.tile(strength, 2), "visibility": np.ones(source.size),
               "kind": np.full(source.size, INTRODUCED)}
    if old is not None:
        columns = {name: np.concatenate([getattr(old, name), values]) for name, values in columns.items()}
        source, target = np.concatenate([old.sources(), source]), np.concatenate([old.targets, target])
    state.added = build_ties(state.n, source, target, community=state.ties.community, ids=state.ties.ids,
                             **columns)
