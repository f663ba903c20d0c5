"""The one place that knows Numba.

``kernel`` compiles a function of arrays and numbers to machine code, lazily, for the types it is called
with.  Compiled code is cached on disk in a folder named after the content of all source files that hold
kernels and the versions of Numba and Python: Numba's own cache does not notice a change in a called
function that lives in another file.  With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python.

Kernels take arrays and numbers, outputs last, return nothing unless they are small device functions,
use explicit loops, draw by address only, and never use ``fastmath``.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

import numba


def _cache_folder() -> Path:
    """Return the folder for compiled kernels: it changes whenever a file with kernels, or Numba, changes."""
    root = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for source in sorted(root.rglob("*.py")):
        text = source.read_bytes()
        if b"@kernel" in text or b"@inlined" in text:
            digest.update(text)
    base = os.environ.get("GRAPEVINE_CACHE_DIR") or Path.home() / ".cache" / "grapevine"
    return Path(base) / digest.hexdigest()[:16]


def _usable(folder: Path) -> Path:
    """Return ``folder`` if it can be written, else a folder for temporary files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="grapevine-kernels-"))


CACHE = _usable(_cache_folder())
numba.config.CACHE_DIR = str(CACHE)


def kernel(function):
    """Compile ``function`` lazily, cached on disk, releasing the interpreter lock while it runs."""
    return numba.njit(function, cache=True, nogil=True, fastmath=False)


def inlined(function):
    """Compile ``function`` into every kernel that calls it: loops around it can then do several rows at once."""
    return numba.njit(function, cache=True, nogil=True, fastmath=False, forceinline=True)


def is_cold() -> bool:
    """Tell whether no kernel has been compiled yet for these sources (a first run will take longer)."""
    return not numba.config.DISABLE_JIT and not any(CACHE.rglob("*.nbi"))
