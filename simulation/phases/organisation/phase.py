"""Organisation: feedback finds its unit, is worked on, and processes improve.

    file     a seen complaint, praise or idea is taken up with probability ``handled_share``; an
             employee who reads a complaint or idea about their brand on the feed carries it with
             probability ``relay`` to the right unit, past triage; one ticket per review
    route    to the unit that owns the process as read with probability ``routing_accuracy``, else
             to another unit, all alike; a unit that does not own the true process sends it on
             after ``bounce_delay``
    work     ``servers`` in continuous time, first come or widest reach first; outside tickets
             Poisson(inflow)
    improve  complaint: (failure - floor) x (1 - fix_effect / customers);  praise: none;
             idea: (ceiling - quality) x (1 - idea_effect strength);
             money: (failure - floor) x exp(-money so far / spend_scale), composed with the above;
             tickets act from the start of step floor(finish) + 1 + lead_time

A complaint mends only where there is something to mend: one read into 4 or 5 stars has no effect.

Each line is a file of this room, rules above kernels; ``offices`` is the state at step 0.

Reads   owned, employer, observed, posts, reads
Writes  improved_quality, improved_failure, organisations, orders (taken away), tickets, costs
Draws   TICKET_HANDLED, TICKET_ROUTE, TICKET_ROUTE_WRONG, TICKET_ARRIVAL, TICKET_SERVICE (brand,
        review key), RELAY (employee, review key), INFLOW, INFLOW_SERVICE (number and unit, step)
Source  queue: Erlang (1917); money: Rust, Zahorik & Keiningham (1995); ideas: Bayus (2013)
Twin    tests/reference/office.py: organisation
"""

from __future__ import annotations

from simulation.ledger.tables import rows_at
from simulation.phases.organisation.filing import file, note_fates, relayed_reviews
from simulation.phases.organisation.improving import improve
from simulation.phases.organisation.offices import initial_organisations
from simulation.phases.organisation.routing import route
from simulation.phases.organisation.working import take_outside_tickets, work

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
    relayed = relayed_reviews(state, params, draws, step)
    for b, brand in enumerate(params.brands.values()):
        rules = brand.organisation
        note_fates(state, b, new[posts["brand"][new] == b])
        feedback = file(state, draws, rules, b, relayed[posts["brand"][relayed] == b])
        route(state, draws, rules, b, feedback, step)
        take_outside_tickets(draws, rules, state.organisations[b], step)
        work(state, rules, b, step)
        improve(state, rules, b, step)
