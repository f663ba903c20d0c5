"""Checked mode: holds every phase to what it declares, and the ladder to its census.

A phase may ask only for columns in its READS and WRITES, and may change only its WRITES.  After each step the
flows between rungs must lead from the census before to the census after.  Slow; tests and ``debug=tiny`` use it.
"""

from __future__ import annotations

import sys

import numpy as np

from simulation.pipeline import phases_of
from simulation.world.state import COLUMNS, N_RUNGS, State

NAMES = frozenset(column.name for column in COLUMNS)


class PromiseBroken(AssertionError):
    """A phase touched a column that it does not declare, or the books do not add up."""


class Watched:
    """A state that remembers which columns were asked for."""

    def __init__(self, state: State):
        object.__setattr__(self, "inner", state)
        object.__setattr__(self, "asked", set())

    def __getattr__(self, name):
        if name in NAMES:
            self.asked.add(name)
        return getattr(self.inner, name)

    def __setattr__(self, name, value):
        if name in NAMES:
            raise PromiseBroken(f"{name}: columns are written in place, never rebound")
        setattr(self.inner, name, value)


def run_step_checked(state: State, params, draws, step: int) -> None:
    """Advance the world by one step, as ``pipeline.run_step`` does, and raise PromiseBroken at the first breach."""
    state.step = step
    census_before = census(state)
    for phase in phases_of(params):
        check_phase(phase, state, params, draws, step)
    if "ladder" not in params.without:
        check_flows(state, census_before)


def check_phase(phase, state: State, params, draws, step: int) -> None:
    """Run one phase and compare what it did with what it declares."""
    module = sys.modules[phase.__module__]
    before = {name: getattr(state, name).copy() for name in NAMES - set(module.WRITES)}
    watched = Watched(state)
    phase(watched, params, draws, step)
    undeclared = watched.asked - set(module.READS) - set(module.WRITES)
    if undeclared:
        raise PromiseBroken(f"{phase.__name__} asks for {sorted(undeclared)} without declaring it")
    for name, column in before.items():
        if not np.array_equal(column, getattr(state, name), equal_nan=column.dtype.kind == "f"):
            raise PromiseBroken(f"{phase.__name__} changes {name}, which belongs to another phase")


def census(state: State) -> np.ndarray:
    """Return people by brand and rung, int64 (b, rungs)."""
    return np.stack([np.bincount(state.rung[:, b], minlength=N_RUNGS) for b in range(state.b)])


def check_flows(state: State, before: np.ndarray) -> None:
    """Raise PromiseBroken unless the flows lead from the census before to the census now."""
    if not np.array_equal(state.flows.sum(axis=2), before):
        raise PromiseBroken("flows between rungs do not start from the census before")
    if not np.array_equal(state.flows.sum(axis=1), census(state)):
        raise PromiseBroken("flows between rungs do not end in the census now")
