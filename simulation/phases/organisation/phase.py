"""Organisation: feedback finds its unit, is worked on, and processes improve.

    triage   a seen complaint, praise or idea is taken up with probability ``handled_share``
    route    to the unit that owns the process as read with probability ``routing_accuracy``, else to another
             unit, all alike; a unit that does not own the true process sends it on after ``bounce_delay``
    relay    an employee who reads a complaint or idea about the own brand on the feed carries it with
             probability ``relay`` straight to the right unit, past triage; one ticket per review
    work     ``servers`` in continuous time, first come or widest reach first; outside tickets Poisson(inflow)
    effect   complaint: (failure - floor) x (1 - fix_effect / customers);  idea: (ceiling - quality) x
             (1 - idea_effect strength);  praise: none.  From the start of step floor(finish) + 1 + lead_time
    money    (failure - floor) x exp(-money so far / spend_scale), composed with the above

A complaint mends only where there is something to mend: one read into 4 or 5 stars has no effect.

Reads   owned, employer, observed, posts, reads
Writes  improved_quality, improved_failure, organisations, orders (taken away), tickets, costs
Draws   TICKET_HANDLED, TICKET_ROUTE, TICKET_ROUTE_WRONG, TICKET_ARRIVAL, TICKET_SERVICE (brand, review
        key), RELAY (employee, review key), INFLOW, INFLOW_SERVICE (number and unit, step)
Source  queue: Erlang (1917); money: Rust, Zahorik & Keiningham (1995); ideas: Bayus (2013)
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import FEED, CostItem, Route, TicketKind
from simulation.ledger.tables import rows_at
from simulation.numerics.heap import select
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import Stream
from simulation.world.back_office import (
    IGNORED,
    TICKET,
    UNHEARD,
    BackOffice,
    Queue,
    poisson_quantile,
)
from simulation.world.state import NONE
from simulation.world.tickets import fill_exponential, new_tickets

READS = ("owned", "employer", "observed", "posts", "reads")
WRITES = ("improved_quality", "improved_failure", "organisations", "orders", "tickets", "costs")
STREAMS = ("RELAY", "TICKET_HANDLED", "TICKET_ROUTE", "TICKET_ROUTE_WRONG", "TICKET_ARRIVAL",
           "TICKET_SERVICE", "INFLOW", "INFLOW_SERVICE")


def organisation(state, params, draws, step):
    """File, route, work and improve, brand by brand."""
    if not state.organisations:
        state.organisations = initial_organisations(state, params)
    posts = state.ledger.posts
    new = rows_at(posts, step)
    new = new[posts["generation"][new] == 0]
    carried = relayed(state, params, draws, step)
    for b, brand in enumerate(params.brands.values()):
        office, rules = state.organisations[b], brand.organisation
        office.note(new[posts["brand"][new] == b], UNHEARD)
        if state.observed:
            office.note(state.observed[b].seen_posts, IGNORED)
        take_relayed(state, draws, rules, b, carried[posts["brand"][carried] == b], step)
        if state.observed and rules.handled_share > 0.0:
            take_seen(state, draws, rules, b, step)
        take_outside(draws, rules, office, step)
        work(state, rules, b, step)
        improve(state, rules, b, step)


def initial_organisations(state, params):
    """Return the back office of each brand: empty queues, nothing improved."""
    offices, first, first_unit = [], 0, 0
    for brand in params.brands.values():
        units, names = brand.organisation.units, list(brand.processes)
        owner = np.full(state.k + 1, NONE)
        for u, unit in reversed(list(enumerate(units.values()))):
            owner[[first + names.index(name) for name in unit.processes]] = u
        processes = list(brand.processes.values())
        offices.append(BackOffice(
            units=tuple(units), first_unit=first_unit, owner=owner, processes=first + np.arange(len(names)),
            queues=[Queue(unit.servers, unit.order == "reach") for unit in units.values()],
            avoidable=np.array([max(p.failure_rate - p.failure_floor, 0.0) for p in processes]),
            missing=np.array([max(p.quality_ceiling - p.quality, 0.0) for p in processes]),
            scale=np.array([p.spend_scale for p in processes]), spent=np.zeros(len(names)),
            kept_failure=np.ones(len(names)), kept_missing=np.ones(len(names))))
        first, first_unit = first + len(names), first_unit + len(units)
    return offices


def relayed(state, params, draws, step):
    """Return the rows of the reviews (r,) that employees of their brand carry to a unit in this step."""
    chance = np.array([brand.organisation.relay for brand in params.brands.values()])
    if not chance.any():
        return np.empty(0, np.int64)
    posts, reads = state.ledger.posts, state.ledger.reads
    new = rows_at(reads, step)
    reader, root, n = np.empty_like(new), np.empty_like(new), np.zeros(1, np.int64)
    r, p = reads.arrays, posts.arrays
    _fill_at_work(new, r.reader, r.channel, r.post, FEED, state.employer, p.root, p.brand, p.stars,
                  p.idea, reader, root, n)
    reader, root = reader[: n[0]], root[: n[0]]
    luck = draws.pair_uniforms(Stream.RELAY, reader, posts["key"][root])
    return np.unique(root[luck < chance[state.employer[reader]]])


@kernel
def _fill_at_work(new, reader, channel, post, feed, employer, root, brand, stars, idea, out_reader, out_root, n):
    """Write who of a brand's employees read on the feed a complaint or idea about it, and which review that was."""
    k = 0
    for r in new:
        own = employer[reader[r]]
        if own < 0 or channel[r] != feed:
            continue
        p = root[post[r]]
        if brand[p] == own and (stars[p] <= 2 or idea[p] > 0.0):
            out_reader[k], out_root[k] = reader[r], p
            k += 1
    n[0] = k


def take_relayed(state, draws, rules, b, rows, step):
    """Make tickets of relayed reviews that are none yet; employees know the true process."""
    if rows.size == 0:
        return
    office, posts = state.organisations[b], state.ledger.posts
    fresh = (office.fate[rows] != TICKET) & (office.owner[posts["process"][rows]] >= 0)
    rows = rows[fresh]
    kinds = np.where(posts["idea"][rows] > 0, TicketKind.IDEA, TicketKind.COMPLAINT)
    open_tickets(state, draws, rules, b, rows, kinds, np.full(rows.size, Route.RELAY), step)


def take_seen(state, draws, rules, b, step):
    """Triage and route what the brand saw in this step and nobody carried already."""
    office, posts, observed = state.organisations[b], state.ledger.posts, state.observed[b]
    rows, idea = observed.seen_posts, posts["idea"][observed.seen_posts] > 0
    right, first = office.owner[posts["process"][rows]], office.owner[observed.seen_process]
    item = (idea | (observed.seen_sentiment != 0)) & (office.fate[rows] != TICKET)
    item &= (right >= 0) & (first >= 0)
    me, keys = np.full(rows.size, b), posts["key"][rows]
    item &= draws.pair_uniforms(Stream.TICKET_HANDLED, me, keys) < rules.handled_share
    kinds = np.where(observed.seen_sentiment < 0, TicketKind.COMPLAINT, TicketKind.PRAISE)
    kinds = np.where(idea, TicketKind.IDEA, kinds)
    units = len(office.queues)
    if units > 1:
        astray = draws.pair_uniforms(Stream.TICKET_ROUTE, me, keys) >= rules.routing_accuracy
        luck = draws.pair_uniforms(Stream.TICKET_ROUTE_WRONG, me, keys)
        first = np.where(astray, (first + 1 + (luck * (units - 1)).astype(np.int64)) % units, first)
    routes = np.where(first == right, Route.RIGHT, Route.WRONG)
    open_tickets(state, draws, rules, b, rows[item], kinds[item], routes[item], step)


def open_tickets(state, draws, rules, b, rows, kinds, routes, step):
    """Make one ticket of each review and send it on its way to the owner of the true process."""
    if rows.size == 0:
        return
    office, posts, tickets = state.organisations[b], state.ledger.posts, state.ledger.tickets
    office.note(rows, TICKET)
    me, keys = np.full(rows.size, b), posts["key"][rows]
    arrival = step + draws.pair_uniforms(Stream.TICKET_ARRIVAL, me, keys)
    luck = draws.pair_uniforms(Stream.TICKET_SERVICE, me, keys)
    process = posts["process"][rows]
    units = office.owner[process]
    to_mend = (kinds == TicketKind.COMPLAINT) & (posts["stars"][rows] <= 3)
    strength = np.where(kinds == TicketKind.IDEA, posts["idea"][rows], to_mend)
    reach = state.observed[b].followers[posts["author"][rows]] if state.observed else np.zeros(rows.size)
    where = tickets.append({"brand": b, "kind": kinds, "post": rows, "process": process, "unit": units,
                            "route": routes, "arrival": arrival, "start": np.nan, "finish": np.nan,
                            "effective": NONE})
    made = new_tickets(keys, service_times(rules, units, luck), reach, kinds, process, strength,
                       np.arange(where.start, where.stop))
    office.transit.push(made, np.where(routes == Route.WRONG, arrival + rules.bounce_delay, arrival))


def service_times(rules, units, luck):
    """Return the work (r,) on tickets of ``units`` (r,) in steps: exponential by inverse transform, or fixed."""
    mean = np.array([unit.service_time for unit in rules.units.values()])[units]
    fixed = np.array([unit.service == "fixed" for unit in rules.units.values()])[units]
    out = np.empty(len(luck))
    fill_exponential(mean, luck, out)
    return np.where(fixed, mean, out)


def take_outside(draws, rules, office, step):
    """Let tickets from outside arrive, Poisson(inflow) per unit; they only keep the servers busy."""
    for u, unit in enumerate(rules.units.values()):
        if unit.inflow == 0.0:
            continue
        number = office.first_unit + u
        count = int(poisson_quantile(unit.inflow, draws.uniforms(Stream.INFLOW, step, [number], 0)[0]))
        rows = np.arange(count)
        arrival = step + draws.uniforms(Stream.INFLOW, step, rows, 1 + number)
        luck = draws.uniforms(Stream.INFLOW_SERVICE, step, rows, number)
        keys = (-(step << 32) - 1 - rows).astype(np.uint64)  # counted down from the top, apart from those of reviews
        office.queues[u].arrive(new_tickets(keys, service_times(rules, np.full(count, u), luck)), arrival)


def work(state, rules, b, step):
    """Advance all queues to the end of the step; fill in what happened, and pay for finished tickets."""
    office, tickets = state.organisations[b], state.ledger.tickets.arrays
    office.arrive(office.transit.take_before(step + 1))
    started, finished = (select(some, some["row"] >= 0) for some in office.advance(step + 1.0))
    tickets.start[started["row"]] = started["start"]
    if finished.size == 0:
        return
    effective = np.floor(finished["finish"]) + 1 + rules.lead_time
    tickets.finish[finished["row"]], tickets.effective[finished["row"]] = finished["finish"], effective
    office.due.push(finished, effective)
    office.n_fixed += finished.size
    if rules.ticket_cost > 0.0:
        state.ledger.costs.append({"step": step, "brand": b, "item": CostItem.TICKET,
                                   "amount": finished.size * rules.ticket_cost})


def improve(state, rules, b, step):
    """Apply what acts from the start of the next step: finished tickets and orders."""
    office, next_step = state.organisations[b], step + 1
    orders = [order for order in state.orders if order.brand == b and order.effective <= next_step]
    done = office.due.take_before(next_step + 1)
    if not orders and done.size == 0:
        return
    state.orders = [order for order in state.orders if order not in orders]
    first = office.processes[0]
    for order in orders:
        office.spent[order.process - first] += order.money
    customers = max(int(np.count_nonzero(state.owned == b)), 1)
    process, strength = done["process"] - first, done["strength"]
    mends = done["kind"] == TicketKind.COMPLAINT
    is_idea = done["kind"] == TicketKind.IDEA
    mended = np.minimum(1.0, rules.fix_effect * strength[mends] / customers)
    # one after the other, in order: the last digit of a product depends on it
    np.multiply.at(office.kept_failure, process[mends], 1.0 - mended)
    np.multiply.at(office.kept_missing, process[is_idea], 1.0 - rules.idea_effect * strength[is_idea])
    kept = office.kept_failure * np.exp(-office.spent / office.scale)
    state.improved_failure[office.processes] = office.avoidable * (1.0 - kept)
    state.improved_quality[office.processes] = office.missing * (1.0 - office.kept_missing)
