"""What the machine allows: copying, reads and writes at random places, and draws; every time above is made of these.

    copy    GB/s of a copy far beyond any cache, bytes read and written
    read    ns per float64 read at a random place of so many MB, places known beforehand (a column of a million people
            takes 8 MB)
    write   ns per float64 added to at a random place, likewise
    draw    ns per number drawn in blocks: the same luck as in the model
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.engine.profile import copy_bandwidth
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BATCH, fill_uniforms_between

PACKAGES = ("numpy", "numba")
PLACES, MEGABYTES, DRAWS = 1_000_000, (8, 80), 2_000 * BATCH


def measure(settings: dict) -> dict:
    """Return the best of some trials of each, in ns, and the copy in GB/s."""
    found = {"copy": copy_bandwidth() / 1e9, "draw": best_of(5, draw_blocks, DRAWS)}
    for megabytes in MEGABYTES:
        column = np.ones(megabytes * 125_000)       # zeros would be one page, shown many times
        places = np.random.default_rng(1).integers(0, column.size, PLACES)
        found[f"read_{megabytes}"] = best_of(5, read_at, PLACES, column, places)
        found[f"write_{megabytes}"] = best_of(5, write_at, PLACES, column, places)
    return found | {"seconds": found["read_8"] * 1e-9}


def best_of(trials: int, work, times: int, *arguments) -> float:
    """Return the ns that one of ``times`` takes, best of some trials after the first."""
    seconds = []
    for _ in range(trials + 1):
        started = time.perf_counter()
        work(*arguments)
        seconds.append(time.perf_counter() - started)
    return 1e9 * min(seconds[1:]) / times


def draw_blocks() -> None:
    """Draw ``DRAWS`` numbers, a block at a time."""
    out = np.empty(BATCH)
    for start in range(0, DRAWS, BATCH):
        fill_uniforms_between(np.uint64(1), 1, 1, start, start + BATCH, 0, out)


@kernel
def read_at(column, places):
    """Return the sum of what stands at some places."""
    total = 0.0
    for k in range(places.size):
        total += column[places[k]]
    return total


@kernel
def write_at(column, places):
    """Add 1 at some places."""
    for k in range(places.size):
        column[places[k]] += 1.0
