"""Route: to which unit a piece of feedback goes, when it arrives there, and how much work it is.

    unit     astray with probability 1 - ``routing_accuracy``: another unit than the one meant
    joins    arrival, uniform within the step; + ``bounce_delay`` where the unit was wrong
    service  - mean ln(1 - u), or fixed
    strength 1 for a complaint with something to mend (1 to 3 stars), that of an idea, else 0

Twin    tests/reference/office.py: take_seen, open_ticket
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Route, TicketKind
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import Stream, fill_uniforms_of_reader
from simulation.world.state import NONE
from simulation.world.tickets import fill_exponential, new_tickets

ROUTE = int(Stream.TICKET_ROUTE)
ROUTE_WRONG = int(Stream.TICKET_ROUTE_WRONG)

COMPLAINT = int(TicketKind.COMPLAINT)
IDEA = int(TicketKind.IDEA)
RIGHT = int(Route.RIGHT)
WRONG = int(Route.WRONG)
RELAY = int(Route.RELAY)

Reviews = namedtuple("Reviews", "key process stars idea")   # of the feedback (r,)
Routed = namedtuple("Routed", "unit route strength")        # of the tickets (r,)


def route(state, draws, rules, b, feedback, step):
    """Make one ticket of each piece of feedback and send it to the owner of its true process."""
    if feedback.rows.size == 0:
        return
    posts = state.ledger.posts
    reviews = Reviews(*(posts[name][feedback.rows] for name in Reviews._fields))
    routed = find_routes(state.organisations[b], draws, rules, b, feedback, reviews)
    me = np.full(feedback.rows.size, b)
    arrival = step + draws.pair_uniforms(Stream.TICKET_ARRIVAL, me, reviews.key)
    u = draws.pair_uniforms(Stream.TICKET_SERVICE, me, reviews.key)
    where = state.ledger.tickets.append({
        "brand": b, "kind": feedback.kind, "post": feedback.rows, "process": reviews.process,
        "unit": routed.unit, "route": routed.route, "arrival": arrival, "start": np.nan,
        "finish": np.nan, "effective": NONE})
    tickets = new_tickets(
        reviews.key, service_times(rules, routed.unit, u), author_reach(state, b, feedback.rows),
        feedback.kind, reviews.process, routed.strength, np.arange(where.start, where.stop))
    joins = joins_at(arrival, routed.route, rules.bounce_delay)
    state.organisations[b].transit.push(tickets, joins)


# -- rules --------------------------------------------------------------------------------------

@inlined
def another_unit(unit, u, units):
    """Return one of the other units, all alike."""
    return (unit + 1 + np.int64(u * (units - 1))) % units


@inlined
def mending_strength(kind, stars, idea):
    """Return how much a ticket can mend: nothing where there is nothing to mend."""
    complaint = 1.0 if kind == COMPLAINT and stars <= 3 else 0.0
    return np.float64(idea) if kind == IDEA else complaint


def joins_at(arrival, routes, bounce_delay):
    """Return when tickets (r,) join the queue of the right unit: later after a wrong one."""
    return np.where(routes == WRONG, arrival + bounce_delay, arrival)


# -- tickets ------------------------------------------------------------------------------------

def find_routes(office, draws, rules, b, feedback, reviews):
    """Return unit, route and strength of each ticket (r,)."""
    r = feedback.rows.size
    routed = Routed(np.empty(r, np.int64), np.empty(r, np.int64), np.empty(r))
    _route(feedback, reviews, office.owner, len(office.queues), rules.routing_accuracy, draws.seed,
           b, routed)
    return routed


def author_reach(state, b, rows):
    """Return the followers (r,) of the authors of these reviews, 0 where nobody listens."""
    if not state.observed:
        return np.zeros(rows.size)
    return state.observed[b].followers[state.ledger.posts["author"][rows]]


def service_times(rules, unit, u):
    """Return the work (r,) on tickets of these units (r,) in steps: exponential, or fixed."""
    units = list(rules.units.values())
    mean = np.array([one.service_time for one in units])[unit]
    is_fixed = np.array([one.service == "fixed" for one in units])[unit]
    out = np.empty(len(u))
    fill_exponential(mean, u, out)
    return np.where(is_fixed, mean, out)


# -- kernels ------------------------------------------------------------------------------------

@kernel
def _route(feedback, reviews, owner, units, accuracy, seed, brand, out):
    """Write the owner of the true process, how a ticket comes to it, and its strength (r,)."""
    process_read = feedback.process
    process = reviews.process
    # draw
    u = np.empty(process.size)
    which = np.empty(process.size)
    fill_uniforms_of_reader(seed, ROUTE, brand, reviews.key, u)
    fill_uniforms_of_reader(seed, ROUTE_WRONG, brand, reviews.key, which)
    for j in range(process.size):
        # apply: where it is sent, and where it belongs
        unit = owner[process_read[j]]
        right = owner[process[j]]
        if units > 1 and u[j] >= accuracy:
            unit = another_unit(unit, which[j], units)
        # write
        route_of_seen = RIGHT if unit == right else WRONG
        out.route[j] = RELAY if feedback.is_relayed[j] else route_of_seen
        out.unit[j] = right
        out.strength[j] = mending_strength(feedback.kind[j], reviews.stars[j], reviews.idea[j])
