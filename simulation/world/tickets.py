"""Tickets: pieces of work for the business units, and how long they take."""

from __future__ import annotations

import math

import numpy as np

from simulation.numerics.jit import inlined, kernel

RECORD = np.dtype([
    ("first", "f8"), ("second", "f8"),    # its place in the heap it is in
    ("key", "u8"), ("service", "f8"),     # identity; steps of work
    ("reach", "f8"), ("rank", "f8"),      # followers of the author; what decides when it is served
    ("strength", "f8"),                   # of what it can mend, see organisation
    ("arrival", "f8"), ("start", "f8"), ("finish", "f8"),   # steps, nan until they happen
    ("row", "i4"), ("process", "i2"),     # its ledger row, -1 = none; true process
    ("kind", "i1"), ("side", "i1")])      # TicketKind, -1 = from outside; -1 = from outside, else 0
"""One ticket: a piece of work.  Tickets are structured arrays (r,) of this type, never shared."""


def new_tickets(keys: np.ndarray, service, reach=0.0, kind=-1, process=-1, strength=0.0,
                row=-1) -> np.ndarray:
    """Return tickets (r,) with these ``keys`` (r,); the rest (r,) or one for all; times are nan."""
    tickets = np.empty(len(keys), RECORD)
    tickets["key"] = keys
    tickets["service"] = service
    tickets["reach"] = reach
    tickets["kind"] = kind
    tickets["process"] = process
    tickets["strength"] = strength
    tickets["row"] = row
    tickets["side"] = np.minimum(kind, 0)
    tickets["arrival"] = math.nan
    tickets["start"] = math.nan
    tickets["finish"] = math.nan
    return tickets


@inlined
def exponential_time(mean, u):
    """Return the exponential time of this mean by inverse transform, in the unit of the mean."""
    return -mean * math.log1p(-u)


@kernel
def fill_exponential(mean, u, out):
    """Write the exponential times (r,) of ``mean`` (r,) and the uniforms ``u`` (r,)."""
    for j in range(u.size):
        out[j] = exponential_time(mean[j], u[j])
