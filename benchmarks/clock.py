"""Stopwatch: wall and processor time of a block, written into a dictionary of numbers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(found: dict, name: str) -> Iterator[None]:
    """Add the wall time (s) of the block to ``found[name]`` and its processor time to ``found[name_cpu]``."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    found[name] = found.get(name, 0.0) + time.perf_counter() - wall
    found[f"{name}_cpu"] = found.get(f"{name}_cpu", 0.0) + time.process_time() - processor
