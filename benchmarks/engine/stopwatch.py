"""Time per phase of an ordinary model: each phase of the pipeline is wrapped by a clock, nothing else changes."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from simulation import pipeline


@contextmanager
def watched(after: Callable[[str, float], None]) -> Iterator[None]:
    """Call ``after(name of the phase, seconds)`` whenever a phase ends, as long as the block lasts."""
    phases = pipeline.STEP
    pipeline.STEP = tuple(clocked(phase, phase.__name__, after) for phase in phases)
    try:
        yield
    finally:
        pipeline.STEP = phases


def clocked(work: Callable, name: str, after: Callable[[str, float], None]) -> Callable:
    """Return ``work`` with a clock around it."""
    @functools.wraps(work)
    def run(*args):
        started = time.perf_counter()
        work(*args)
        after(name, time.perf_counter() - started)
    return run
