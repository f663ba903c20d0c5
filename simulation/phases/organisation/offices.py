"""The back office of each brand at step 0."""

from __future__ import annotations

import numpy as np

from simulation.world.back_office import BackOffice, Queue
from simulation.world.state import NONE


def initial_organisations(state, params):
    """Return the back office of each brand: empty queues, nothing improved."""
    offices = []
    first_process = 0
    first_unit = 0
    for brand in params.brands.values():
        offices.append(initial_office(brand, first_process, first_unit, state.k))
        first_process += len(brand.processes)
        first_unit += len(brand.organisation.units)
    return offices


def initial_office(brand, first_process, first_unit, k):
    """Return the back office of one brand; its processes and units start at these numbers."""
    units = brand.organisation.units
    processes = list(brand.processes.values())
    p = len(processes)
    return BackOffice(
        units=tuple(units),
        queues=[Queue(unit.servers, unit.order == "reach") for unit in units.values()],
        first_unit=first_unit,
        processes=first_process + np.arange(p),
        owner=owners(units, list(brand.processes), first_process, k),
        avoidable=np.array([max(p.failure_rate - p.failure_floor, 0.0) for p in processes]),
        missing=np.array([max(p.quality_ceiling - p.quality, 0.0) for p in processes]),
        scale=np.array([p.spend_scale for p in processes]),
        spent=np.zeros(p),
        kept_failure=np.ones(p),
        kept_missing=np.ones(p))


def owners(units, names, first_process, k):
    """Return the unit that owns each process, -1 = none, (k + 1,); the last is for no process.

    Where several units claim a process, the first of the config owns it.
    """
    owner = np.full(k + 1, NONE)
    for u, unit in reversed(list(enumerate(units.values()))):
        owner[[first_process + names.index(name) for name in unit.processes]] = u
    return owner
