"""Provenance: everything needed to repeat a run, in ``manifest.json``."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from simulation.world.ties import Ties

PACKAGES = ("grapevine-sim", "mesa", "numpy", "numba", "networkx", "scipy", "pandas", "pyarrow",
            "pydantic", "hydra-core")
CHUNK = 2**18
"""Rows hashed at a time: a column in which all ties are alike is never written out."""


def versions() -> dict[str, str]:
    """Return the versions of Python and of every package that can change a number."""
    out = {"python": platform.python_version(), "platform": platform.platform()}
    for name in PACKAGES:
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            out[name] = "not installed"
    return out


def commit() -> str:
    """Return the commit of this checkout, with '+changes' if it was edited;
    'unknown' outside a checkout.
    """
    folder = Path(__file__).parents[1]
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True,
                              text=True, timeout=10)
        dirty = subprocess.run(["git", "status", "--porcelain", "."], cwd=folder,
                               capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    if head.returncode:
        return "unknown"
    return head.stdout.strip() + ("+changes" if dirty.stdout.strip() else "")


def network_hash(ties: Ties) -> str:
    """Return a hash of the ties: generators may change between versions of networkx."""
    digest = hashlib.sha256()
    columns = (ties.offsets.__getitem__, ties.targets.__getitem__,
               partial(ties.at, ties.strength_of), partial(ties.at, ties.visibility_of),
               ties.kind.__getitem__)
    for column, size in zip(columns, (ties.n + 1, *4 * [len(ties)]), strict=True):
        for start in range(0, size, CHUNK):
            digest.update(np.ascontiguousarray(column(slice(start, start + CHUNK))))
    return digest.hexdigest()
