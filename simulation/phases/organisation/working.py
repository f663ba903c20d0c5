"""Work: tickets arrive at the units, are worked on in continuous time, and are paid for.

    outside    Poisson(inflow) tickets per unit and step, uniform within it; they keep servers busy
    effective  floor(finish) + 1 + lead_time
    cost       ticket_cost for each finished ticket

Twin    tests/reference/office.py: take_outside, work
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import CostItem
from simulation.numerics.heap import select
from simulation.numerics.randomness import Stream
from simulation.phases.organisation.routing import service_times
from simulation.world.back_office import poisson_quantile
from simulation.world.tickets import new_tickets

COST_OF_TICKET = int(CostItem.TICKET)


def take_outside_tickets(draws, rules, office, step):
    """Let tickets from outside arrive, Poisson(inflow) per unit."""
    for u, unit in enumerate(rules.units.values()):
        if unit.inflow == 0.0:
            continue
        number = office.first_unit + u
        u_number = draws.uniforms(Stream.INFLOW, step, [number], 0)[0]
        rows = np.arange(int(poisson_quantile(unit.inflow, u_number)))
        arrival = step + draws.uniforms(Stream.INFLOW, step, rows, 1 + number)
        u_service = draws.uniforms(Stream.INFLOW_SERVICE, step, rows, number)
        service = service_times(rules, np.full(rows.size, u), u_service)
        office.queues[u].arrive(new_tickets(outside_keys(rows, step), service), arrival)


def work(state, rules, b, step):
    """Advance all queues to the end of the step, record what happened, pay for finished tickets."""
    office = state.organisations[b]
    tickets = state.ledger.tickets.arrays
    office.arrive(office.transit.take_before(step + 1))
    started, finished = office.advance(step + 1.0)
    if started.size == 0 and finished.size == 0:
        return
    started = select(started, started["row"] >= 0)
    finished = select(finished, finished["row"] >= 0)
    tickets.start[started["row"]] = started["start"]
    if finished.size == 0:
        return
    effective = effective_step(finished["finish"], rules.lead_time)
    tickets.finish[finished["row"]] = finished["finish"]
    tickets.effective[finished["row"]] = effective
    office.due.push(finished, effective)
    office.n_fixed += finished.size
    if rules.ticket_cost > 0.0:
        state.ledger.costs.append({"step": step, "brand": b, "item": COST_OF_TICKET,
                                   "amount": finished.size * rules.ticket_cost})


# -- rules: of numbers, or of arrays element by element -----------------------------------------

def effective_step(finish, lead_time):
    """Return the step from whose start on a ticket finished at ``finish`` acts."""
    return np.floor(finish) + 1 + lead_time


def outside_keys(rows, step):
    """Return the identities (r,) uint64 of outside tickets, counted down from the top."""
    return (-(step << 32) - 1 - rows).astype(np.uint64)
