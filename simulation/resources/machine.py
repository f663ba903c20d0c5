"""What this machine has left: memory that a process may still take, and room on a disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

try:
    import resource
except ImportError:      # Windows has no such module
    resource = None

CGROUPS = Path("/sys/fs/cgroup")
GROUPS_OF_THIS_PROCESS = Path("/proc/self/cgroup")
STATUS = Path("/proc/self/status")


def peak_memory() -> float:
    """Return the most bytes that this process has used at once so far (nan
    where the system does not tell).

    On Linux ``ru_maxrss`` of a new process begins at what its parent held; VmHWM is the same mark
    without that.
    """
    if STATUS.exists():
        return 1024.0 * int(STATUS.read_text().partition("VmHWM:")[2].split()[0])
    if resource is None:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def free_memory() -> int:
    """Return the bytes that this process may use in all, with those that it uses already.

    The smallest of what the system can give, what its control groups allow (containers, batch
    systems; version 1 or 2), and the limit on its address space (``ulimit -v``).
    """
    mine = psutil.Process().memory_info()
    rooms = [psutil.virtual_memory().available, *rooms_of_groups()]
    if resource is not None:
        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        rooms += [limit - mine.vms] if limit != resource.RLIM_INFINITY else []
    return max(min(rooms), 0) + mine.rss


def rooms_of_groups(root: Path = CGROUPS,
                    membership: Path = GROUPS_OF_THIS_PROCESS) -> Iterator[int]:
    """Yield the bytes left in each control group above this process that has a
    limit (none outside Linux).
    """
    try:
        lines = membership.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            top, names = root, ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            top, names = root / "memory", ("memory.limit_in_bytes", "memory.usage_in_bytes",
                                           "total_inactive_file")
        else:
            continue
        inner = top / path.lstrip("/")
        for folder in (inner, *inner.parents):
            if folder.is_relative_to(top):
                yield from room_of_group(folder, *names)


def room_of_group(folder: Path, limit: str, used: str, reclaimable: str) -> Iterator[int]:
    """Yield the bytes left in one control group; files that are only cached
    there do not count as used.
    """
    try:
        allowed, taken = (folder / limit).read_text().strip(), int((folder / used).read_text())
        facts = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    except (OSError, ValueError):
        return
    if allowed != "max":
        yield int(allowed) - taken + int(facts.get(reclaimable, 0))


def free_disk(folder: Path) -> int:
    """Return the bytes that may still be written into ``folder``."""
    return shutil.disk_usage(folder).free
