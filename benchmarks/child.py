"""One measurement: ``python -m benchmarks.child MODULE SETTINGS`` runs ``MODULE.measure`` and prints JSON.

Memory, imports and compiled code belong to this process alone.  A package that is not installed is an answer
(``missing``), not an error.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.clock import timed
from benchmarks.graphs import digest

try:
    import resource
except ImportError:      # Windows has no such module
    resource = None

MARK = "benchmark: "
OURS = ("benchmarks", "experiments", "simulation")


def peak_mb() -> float:
    """Return the largest memory of this process so far, in MB (2^20 bytes; nan where the system does not tell).

    On Linux ``ru_maxrss`` of a new process begins at what its parent held; VmHWM is the same mark without that.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    if resource is None:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 ** 2)


def limit_memory(gigabytes: float | None) -> None:
    """Let this process fail, rather than the machine, when it wants more than so many GB."""
    if gigabytes and resource is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (int(gigabytes * 2 ** 30),) * 2)


def versions_of(packages: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of Python and of some packages."""
    out = {"python": platform.python_version()}
    for name in packages:
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            out[name] = "not installed"
    return out


def measured(module: str, settings: dict) -> dict:
    """Return what the module found, what it cost, and in which surroundings."""
    found: dict = {}
    limit_memory(settings.get("memory_gb"))
    try:
        with timed(found, "import"):
            work = importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = error.name.partition(".")[0]
        if package in OURS:
            raise
        return {"missing": package}
    found["import_mb"] = peak_mb()
    found |= work.measure(settings)
    found.setdefault("peak_mb", peak_mb())
    if "graph" in settings:
        found["graph"] = digest(settings["graph"])
    return found | {"versions": versions_of(work.PACKAGES), "load": os.getloadavg()[0]}


if __name__ == "__main__":
    print(MARK + json.dumps(measured(sys.argv[1], json.loads(sys.argv[2]))))
