"""Improve: what finished tickets and money do to the processes.

    failure  above the floor: x (1 - fix_effect / customers) for each complaint,
             x exp(-money / spend_scale)
    quality  missing to the ceiling: x (1 - idea_effect strength) for each idea

Twin    tests/reference/office.py: improve
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import TicketKind

COMPLAINT = int(TicketKind.COMPLAINT)
IDEA = int(TicketKind.IDEA)


def improve(state, rules, b, step):
    """Apply what acts from the start of the next step: finished tickets and orders."""
    office = state.organisations[b]
    next_step = step + 1
    orders = [order for order in state.orders if order.brand == b and order.effective <= next_step]
    done = office.due.take_before(next_step + 1)
    if not orders and done.size == 0:
        return
    state.orders = [order for order in state.orders if order not in orders]
    first = office.processes[0]
    for order in orders:
        office.spent[order.process - first] += order.money
    customers = max(int(np.count_nonzero(state.owned == b)), 1)
    apply_tickets(office, done, rules, customers)
    kept_failure = office.kept_failure * kept_by_money(office.spent, office.scale)
    state.improved_failure[office.processes] = improvement(office.avoidable, kept_failure)
    state.improved_quality[office.processes] = improvement(office.missing, office.kept_missing)


def apply_tickets(office, done, rules, customers):
    """Multiply in the finished tickets (r,), in their order: the last digit depends on it."""
    process = done["process"] - office.processes[0]
    strength = done["strength"]
    mends = done["kind"] == COMPLAINT
    raises = done["kind"] == IDEA
    kept_failure = kept_by_complaint(strength[mends], rules.fix_effect, customers)
    kept_missing = kept_by_idea(strength[raises], rules.idea_effect)
    np.multiply.at(office.kept_failure, process[mends], kept_failure)
    np.multiply.at(office.kept_missing, process[raises], kept_missing)


# -- rules: of arrays, element by element -------------------------------------------------------

def kept_by_complaint(strength, fix_effect, customers):
    """Return the share of the avoidable failures that each worked complaint (r,) leaves."""
    return 1.0 - np.minimum(1.0, fix_effect * strength / customers)


def kept_by_idea(strength, idea_effect):
    """Return the share of the missing quality that each worked idea (r,) leaves."""
    return 1.0 - idea_effect * strength


def kept_by_money(spent, scale):
    """Return the share (p,) of the avoidable failures that money leaves: diminishing returns."""
    return np.exp(-spent / scale)


def improvement(possible, kept):
    """Return how far processes (p,) are improved: what was possible, less the share kept."""
    return possible * (1.0 - kept)
