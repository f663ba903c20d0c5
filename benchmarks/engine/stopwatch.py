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
    pipeline.STEP = tuple(_clocked(phase, after) for phase in phases)
    try:
        yield
    finally:
        pipeline.STEP = phases


def _clocked(phase: Callable, after: Callable[[str, float], None]) -> Callable:
    @functools.wraps(phase)
    def run(*args):
        started = time.perf_counter()
        phase(*args)
        after(phase.__name__, time.perf_counter() - started)
    return run
