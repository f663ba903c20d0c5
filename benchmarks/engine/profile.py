"""Where a step's time goes: seconds of each phase in the middle of the campaign, and the bytes it has to touch.

The estimate of bytes counts every column that a phase declares (READS, WRITES) once, whole; for exposure also what
each message looks at along its tie and of its reader, for the phases that follow readings the readings.  It leaves
out temporary arrays, which is the point: time over (bytes / copy bandwidth) says how far a phase is from the memory
limit.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from statistics import median

import numpy as np

from benchmarks.engine.market import load_kernels
from benchmarks.engine.stopwatch import clocked, watched
from benchmarks.engine.worlds import MARKET, params_of
from simulation import WordOfMouthModel
from simulation.pipeline import STEP
from simulation.world.state import COLUMNS

PACKAGES = ("numpy", "numba")
LINK, READER = 4 + 4 + 4, 8 + 4
"""Bytes of a message: target, strength and visibility of its tie; belief and susceptibility of its reader."""


def measure(settings: dict) -> dict:
    """Run half the campaign of the full model, then time ``settings['watch']`` steps phase by phase."""
    load_kernels(MARKET)
    values = {"population.size": settings["people"], "steps": settings["steps"]}
    model = WordOfMouthModel(params_of(MARKET, values))
    while model.tick < settings["steps"] // 2:
        model.step()
    bandwidth = copy_bandwidth()
    seconds, work = watch(model, settings["watch"])
    touched = {phase.__name__: bytes_touched(phase, model.state, work) for phase in STEP}
    touched |= {"recorder": 0, "rest": 0}
    rows = [{"phase": name, "seconds": median(seconds[name]), "best": min(seconds[name]), "bytes": touched[name]}
            for name in touched]
    return {"seconds": sum(row["seconds"] for row in rows), "phases": rows, "work": work, "bandwidth": bandwidth,
            "step": model.tick, "people": model.state.n, "ties": len(model.state.ties)}


def watch(model, steps: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Return the seconds of each phase, the recorder and the rest of each step, and the mean work of a step."""
    seconds, work = defaultdict(list), defaultdict(float)

    def note(name: str, took: float) -> None:
        seconds[name].append(took)

    model.recorder.observe = clocked(model.recorder.observe, "recorder", note)
    with watched(note):
        for _ in range(steps):
            started = time.perf_counter()
            model.step()
            whole = time.perf_counter() - started
            seconds["rest"].append(whole - sum(took[-1] for name, took in seconds.items() if name != "rest"))
            for name, count in work_of_step(model.state).items():
                work[name] += count / steps
    return seconds, dict(work)


def work_of_step(state) -> dict[str, int]:
    """Return what happened in the step that has just ended."""
    posts, reads = state.ledger.posts, state.ledger.reads
    sharers = posts["sharer"][state.first_post:]
    return {"posts": sharers.size, "messages": int(state.ties.out_degree()[sharers].sum()),
            "reads": len(reads) - state.first_read, "experiences": int(state.n_met.sum()),
            "considering": int(np.count_nonzero(state.considering)), "buyers": int(np.count_nonzero(state.bought_now)),
            "owners": int(np.count_nonzero(state.owned >= 0))}


def bytes_touched(phase, state, work: dict[str, float]) -> int:
    """Return an estimate of the bytes that a phase must move in a step."""
    module = sys.modules[phase.__module__]
    touched = {*module.READS, *module.WRITES} & {column.name for column in COLUMNS}
    total = sum(getattr(state, name).nbytes for name in touched)
    if phase.__name__ == "exposure":
        total += work["messages"] * (LINK + READER) + 2 * work["reads"] * row_bytes(state.ledger.reads)
    if phase.__name__ == "review":
        total += work["posts"] * row_bytes(state.ledger.posts)
    return int(total)


def row_bytes(table) -> int:
    """Return the bytes of one row of a table of the ledger."""
    return sum(column.itemsize for column in table.arrays)


def copy_bandwidth(megabytes: int = 256) -> float:
    """Return the bytes per second that a copy reads and writes, best of five, far beyond any cache."""
    source = np.ones(megabytes * 2 ** 17)
    target, best = np.empty_like(source), float("inf")
    for _ in range(6):      # the first touches the pages
        started = time.perf_counter()
        np.copyto(target, source)
        best = min(best, time.perf_counter() - started)
    return 2 * source.nbytes / best
