"""The ceiling of any pool: the same runs in plain processes side by side, none of which knows of the others.

What they lose against one process that runs alone is the machine's: caches, memory and clock that cores share, and
what each has to import.
"""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.clock import timed

PACKAGES = ("numpy", "numba")


def measure(settings: dict) -> dict:
    """Return the seconds of ``settings['runs']`` runs, divided among ``settings['processes']``; raises if one fails."""
    processes = settings["processes"]
    share = settings | {"runs": settings["runs"] // processes, "workers": 1}
    command = [sys.executable, "-m", "benchmarks.child", "benchmarks.engine.sweep", json.dumps(share)]
    found: dict = {"runs": share["runs"] * processes}
    with timed(found, "seconds"):
        running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(processes)]
        codes = [process.wait() for process in running]
    if any(codes):
        raise RuntimeError(f"a process ended with code {max(codes)}")
    return found
