"""What is said when memory or the disk runs out in spite of all checks: one line, with what would fit."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from simulation.config.schema import Params
from simulation.output.results import BYTES_OF_A_VALUE
from simulation.resources.estimate import (
    estimate,
    gigabytes,
    largest,
    needed,
    rounded,
    too_large,
    values_written,
    with_people,
)
from simulation.resources.machine import free_disk, free_memory

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""A disk without space, a file larger than allowed, a quota that is used up."""
ON_THE_SAFE_SIDE = 0.7
"""Of the memory that was not enough, the part that a smaller run should be expected to need."""


def is_shortage(error: Exception) -> bool:
    """Tell whether an error is about memory or room on a disk."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in FULL)


def shortage(error: Exception, params: Params | None, folder: Path) -> str:
    """Return the line for an error that ``is_shortage``; ``params`` are None where there are none yet."""
    if isinstance(error, MemoryError):
        return out_of_memory(params, free_memory()) if params else "memory: ran out before the run began"
    size = values_written(params) * BYTES_OF_A_VALUE[params.output.tables] if params else 0
    need = f"; the tables of this run need about {gigabytes(size)}" if size else ""
    free = gigabytes(free_disk(folder))
    return (f"disk: {error.strerror or error}, writing into {folder}, whose disk has {free} free{need}; "
            f"tables that are there are whole, the run is not")


def out_of_memory(params: Params, available: float) -> str:
    """Return where a run was too large: by the estimate, or although the estimate said that it fits."""
    if needed(params) > available:
        return too_large(params, 1, available)
    aim = ON_THE_SAFE_SIDE * needed(params)
    fit = largest(lambda size: needed(with_people(params, size)), params.population.size, aim)
    fewer = f"about {rounded(fit)}" if fit else "fewer"
    ledger = "" if params.output.ledger == "none" else ", or output.ledger=none,"
    return (f"population.size: {params.population.size} people were expected to need about "
            f"{gigabytes(estimate(params).peak)}, and {gigabytes(available)} were not enough, since people here say or "
            f"buy more; {fewer}{ledger} should fit")


def lost_worlds(lost: Sequence[tuple[int, str]], worlds: int, params: Params) -> str:
    """Return the line for worlds (seed, variant) that ran out of memory while others went on."""
    which = ", ".join(f"seed {seed} in {variant!r}" for seed, variant in lost[:3]) + (", ..." if len(lost) > 3 else "")
    need = gigabytes(needed(params))
    return (f"task.workers: {len(lost)} of {worlds} worlds ran out of memory ({which}), each expected to need about "
            f"{need}; those of a study that finished are kept, and with fewer at once the same command goes on")
