"""Checked mode: hold every phase to what it declares, and the ladder to its census.

A phase may ask only for columns and parts in its READS and WRITES, and may change only its WRITES.
After each step the flows between rungs must lead from the census before to the census after.  Slow;
tests and ``debug=tiny`` use it.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import fields, is_dataclass

import numpy as np

from simulation.ledger.tables import Ledger, Table
from simulation.pipeline import phases_of
from simulation.world.state import COLUMNS, N_RUNGS, PARTS, State
from simulation.world.ties import Ties

COLUMN_NAMES = frozenset(column.name for column in COLUMNS)
PART_NAMES = frozenset(part.name for part in PARTS if not part.in_ledger)
TABLE_NAMES = frozenset(part.name for part in PARTS if part.in_ledger)
NAMES = COLUMN_NAMES | PART_NAMES | TABLE_NAMES
TIES_MADE_OF = ("offsets", "targets", "kind", "by_kind", "strength_of", "visibility_of")
"""What ties are; the rest of them is worked out when somebody asks for it."""


class PromiseBroken(AssertionError):
    """A phase touched something that it does not declare, or the books do not add up."""


class WatchedLedger:
    """A ledger that remembers which tables were asked for."""

    def __init__(self, ledger: Ledger, asked: set[str]):
        object.__setattr__(self, "inner", ledger)
        object.__setattr__(self, "asked", asked)

    def __getattr__(self, name):
        if name in TABLE_NAMES:
            self.asked.add(name)
        return getattr(self.inner, name)

    def __setattr__(self, name, value):
        if name in TABLE_NAMES:
            raise PromiseBroken(f"ledger.{name}: tables are appended to, never rebound")
        setattr(self.inner, name, value)


class Watched:
    """A state that remembers what was asked for, and which parts were bound anew."""

    def __init__(self, state: State):
        asked = set()
        for name, value in (("inner", state), ("asked", asked), ("bound", set()),
                            ("ledger", WatchedLedger(state.ledger, asked))):
            object.__setattr__(self, name, value)

    def __getattr__(self, name):
        if name in NAMES:
            self.asked.add(name)
        return getattr(self.inner, name)

    def __setattr__(self, name, value):
        if name in COLUMN_NAMES:
            raise PromiseBroken(f"{name}: columns are written in place, never rebound")
        if name not in PART_NAMES:
            raise PromiseBroken(f"{name}: is neither a column nor a part of the state; "
                                "give it an owner in world.state.PARTS")
        self.bound.add(name)
        setattr(self.inner, name, value)


def run_step_checked(state: State, params, draws, step: int) -> None:
    """Advance by one step as ``pipeline.run_step``; raise PromiseBroken at the first breach."""
    state.step = step
    census_before = census(state)
    for phase in phases_of(params):
        check_phase(phase, state, params, draws, step)
    if "ladder" not in params.without:
        check_flows(state, census_before)


def check_phase(phase, state: State, params, draws, step: int) -> None:
    """Run one phase and compare what it did with what it declares."""
    module = sys.modules[phase.__module__]
    before = {name: fingerprint(value_of(state, name)) for name in NAMES - set(module.WRITES)}
    watched = Watched(state)
    phase(watched, params, draws, step)
    undeclared = watched.asked - set(module.READS) - set(module.WRITES)
    if undeclared:
        raise PromiseBroken(f"{phase.__name__} asks for {sorted(undeclared)} without declaring it")
    changed = {name for name in before if fingerprint(value_of(state, name)) != before[name]}
    changed |= watched.bound - set(module.WRITES)
    if changed:
        raise PromiseBroken(f"{phase.__name__} changes {sorted(changed)} without declaring it: "
                            "it belongs to another phase")


def value_of(state: State, name: str):
    """Return a column or part by name."""
    return getattr(state.ledger if name in TABLE_NAMES else state, name)


def fingerprint(value) -> bytes:
    """Return a hash of everything that ``value`` holds, the same for the same contents."""
    digest = hashlib.blake2b(digest_size=16)
    for piece in pieces_of(value):
        digest.update(piece)
    return digest.digest()


def pieces_of(value):
    """Yield what ``value`` holds as bytes, level by level."""
    if isinstance(value, np.ndarray):
        yield f"{value.dtype}{value.shape}".encode()
        yield value.tobytes()
    elif isinstance(value, (list, tuple)):
        yield f"{len(value)} of".encode()
        for one in value:
            yield from pieces_of(one)
    elif isinstance(value, (set, frozenset)):
        yield from pieces_of(sorted(value))
    elif isinstance(value, dict):
        yield from pieces_of(list(value.items()))
    else:
        contents = contents_of(value)
        yield type(value).__name__.encode()
        yield from [repr(value).encode()] if contents is None else pieces_of(contents)


def contents_of(value) -> dict | None:
    """Return what an object holds by name, None where it is a plain value."""
    if isinstance(value, Table):
        return {name: value[name] for name in value.arrays._fields}
    if isinstance(value, Ties):
        return {name: getattr(value, name) for name in TIES_MADE_OF}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return getattr(value, "__dict__", None)


def census(state: State) -> np.ndarray:
    """Return people by brand and rung, int64 (b, rungs)."""
    return np.stack([np.bincount(state.rung[:, b], minlength=N_RUNGS) for b in range(state.b)])


def check_flows(state: State, before: np.ndarray) -> None:
    """Raise PromiseBroken unless the flows lead from the census before to the census now."""
    if not np.array_equal(state.flows.sum(axis=2), before):
        raise PromiseBroken("flows between rungs do not start from the census before")
    if not np.array_equal(state.flows.sum(axis=1), census(state)):
        raise PromiseBroken("flows between rungs do not end in the census now")
