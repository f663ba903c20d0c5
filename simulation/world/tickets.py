"""Tickets: pieces of work for the business units, and how long they take."""

from __future__ import annotations

import math

import numpy as np

from simulation.numerics.jit import kernel

RECORD = np.dtype([
    ("first", "f8"), ("second", "f8"),    # its place in the heap it is in
    ("key", "u8"), ("service", "f8"),     # identity; steps of work
    ("reach", "f8"), ("rank", "f8"),      # predicted readers; what decides when it is served
    ("strength", "f8"),                   # 1 for a complaint with something to mend, the strength of an idea, else 0
    ("arrival", "f8"), ("start", "f8"), ("finish", "f8"),   # steps, nan until they happen
    ("row", "i4"), ("process", "i2"),     # its ledger row, -1 = none; true process
    ("kind", "i1"), ("side", "i1")])      # TicketKind, -1 = from outside; -1 = from outside, else 0
"""One ticket: a piece of work.  Tickets are structured arrays (r,) of this type, and are copied, not shared."""


def new_tickets(keys: np.ndarray, service, reach=0.0, kind=-1, process=-1, strength=0.0, row=-1) -> np.ndarray:
    """Return tickets (r,) with these ``keys`` (r,); the rest (r,) or one for all; their times are nan."""
    tickets = np.empty(len(keys), RECORD)
    for name, values in (("key", keys), ("service", service), ("reach", reach), ("kind", kind), ("process", process),
                         ("strength", strength), ("row", row), ("side", np.minimum(kind, 0))):
        tickets[name] = values
    for name in ("arrival", "start", "finish"):
        tickets[name] = math.nan
    return tickets


@kernel
def fill_exponential(mean, luck, out):
    """Write the exponential times (r,) of ``mean`` (r,), by inverse transform of ``luck`` (r,), in the unit of mean."""
    for j in range(luck.size):
        out[j] = -mean[j] * math.log1p(-luck[j])
