"""The one place that knows Numba.

``kernel`` compiles a function of arrays and numbers to machine code, lazily, for the types it is called
with.  Compiled code is cached on disk in a folder named after the content of all source files that hold
kernels and the versions of Numba and Python: Numba's own cache does not notice a change in a called
function that lives in another file.  Processes may compile at the same time: see ``OneFilePerSignature``.
With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python.

Kernels take arrays and numbers, outputs last, return nothing unless they are small device functions,
use explicit loops, draw by address only, and never use ``fastmath``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numba
from numba.core.caching import IndexDataCacheFile

DAYS_KEPT = 30
"""Compiled code of other sources, or of another Numba, is kept for so long after it was last added to."""


def _cache_folder() -> Path:
    """Return the folder for compiled kernels: it changes whenever a file with kernels, or Numba, changes."""
    root = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for source in sorted(root.rglob("*.py")):
        text = source.read_bytes()
        if b"@kernel" in text:
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


class OneFilePerSignature(IndexDataCacheFile):
    """The files of one kernel: an index, and for every signature a file whose name follows from the signature.

    Numba numbers the files instead.  It writes each under a temporary name and renames it, so none is ever half
    written; but two processes that compile the same kernel for different types take the same number, and the index of
    one then names the code of the other.  Here the worst is that an entry is missing, and compiled again.
    """

    def save(self, key, data) -> None:
        """Keep what was compiled for ``key``: first the code, then the index that names it."""
        name = self._data_name_pattern.format(number=int(hashlib.sha256(repr(key).encode()).hexdigest()[:12], 16))
        self._save_data(name, data)
        self._save_index(self._load_index() | {key: name})


def kernel(function):
    """Compile ``function`` lazily, cached on disk, releasing the interpreter lock while it runs."""
    compiled = numba.njit(function, cache=True, nogil=True, fastmath=False)
    if not numba.config.DISABLE_JIT:
        compiled._cache._cache_file.__class__ = OneFilePerSignature
    return compiled


def is_cold() -> bool:
    """Tell whether no kernel has been compiled yet for these sources (a first run will take longer)."""
    return not numba.config.DISABLE_JIT and not any(CACHE.rglob("*.nbi"))


def compiled_files(folder: Path | None = None) -> list[str]:
    """Return the names of the files of compiled code, sorted."""
    return sorted(path.name for path in (folder or CACHE).rglob("*.nb[ic]"))


def remove_old(now: float | None = None) -> int:
    """Remove compiled code of other sources that nobody has added to for ``DAYS_KEPT`` days; return how many folders.

    Whoever still uses them compiles again; a folder that is not named like ours is left alone.
    """
    oldest, removed = (time.time() if now is None else now) - DAYS_KEPT * 86400, 0
    for folder in CACHE.parent.iterdir():
        if folder == CACHE or not re.fullmatch("[0-9a-f]{16}", folder.name) or not folder.is_dir():
            continue
        if max(path.stat().st_mtime for path in (folder, *folder.rglob("*"))) < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
