"""The machine, the checkout and the hour: what a time means nothing without."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

from experiments.study.workers import workers_of
from simulation.output.provenance import commit, versions


def machine() -> dict:
    """Return what is known of this machine and of this moment."""
    return {"cpu": cpu_model(), "cores": workers_of("auto"), "memory_gb": memory_gb(), "system": platform.platform(),
            "date": time.strftime("%Y-%m-%d %H:%M:%S %z"), "load": list(os.getloadavg()), "commit": commit(),
            "versions": versions()}


def cpu_model() -> str:
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def memory_gb() -> float:
    """Return the memory of the machine in GB (2^30 bytes), nan where the system does not tell."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30, 1)
    except (AttributeError, ValueError, OSError):
        return float("nan")
