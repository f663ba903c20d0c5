"""The one place that knows Numba.

``kernel`` compiles a function of arrays and numbers to machine code, lazily, for the types it is
called with.  Compiled code is cached on disk in a folder named after the content of all source
files that hold kernels and the versions of Numba and Python: Numba's own cache does not notice a
change in a called function that lives in another file.  Processes may compile at the same time: see
``save_by_signature``. With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python.  Numba
itself is imported with the first kernel that is called: it takes most of a second, which checking
parameters does not need.

Kernels take arrays and numbers, outputs last, return nothing unless they are small device
functions, use explicit loops, draw by address only, and never use ``fastmath``.  The one exception
are kernels that build networks: they draw from the ``Generator`` of their builder, in order.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from functools import cached_property, update_wrapper
from importlib.metadata import version
from pathlib import Path
from types import MethodType

DAYS_KEPT = 30
"""Compiled code of other sources, or of another Numba, is kept for so long
after it was last added to.
"""


def _cache_folder() -> Path:
    """Return the folder for compiled kernels: it changes whenever a file with kernels, or Numba,
    changes.
    """
    root = Path(__file__).parents[1]
    digest = hashlib.sha256(f"{version('numba')} {sys.version}".encode())
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


class Kernel:
    """A function that is compiled when it is first called, or when a compiled function calls it."""

    def __init__(self, function, inline: bool = False):
        update_wrapper(self, function)
        self.function, self.inline = function, inline

    @cached_property
    def compiled(self):
        """Return the function as Numba has it."""
        return compiled(self.function, self.inline)

    def __call__(self, *arguments):
        return self.compiled(*arguments)

    @property
    def _numba_type_(self):
        """Return what Numba asks an object for that a compiled function calls."""
        return self.compiled._numba_type_


def kernel(function) -> Kernel:
    """Compile ``function`` lazily, cached on disk, releasing the interpreter lock while it runs."""
    return Kernel(function)


def inlined(function) -> Kernel:
    """Compile ``function`` into every kernel that calls it:
    a plain loop around it then does several rows at once.
    """
    return Kernel(function, inline=True)


def compiled(function, inline: bool):
    """Return ``function`` compiled by Numba, or itself where compilation is switched off."""
    import numba

    numba.config.CACHE_DIR = str(CACHE)
    dispatcher = numba.njit(function, cache=True, nogil=True, fastmath=False, forceinline=inline)
    if is_compiling():
        files = dispatcher._cache._cache_file
        files.save = MethodType(save_by_signature, files)
    return dispatcher


def save_by_signature(files, key, data) -> None:
    """Keep what was compiled for ``key`` among the files of one kernel: first the code,
    then the index that names it.

    The name of the code follows from the key.  Numba numbers the files instead; it writes each
    under a temporary name and renames it, so none is ever half written, but two processes that
    compile the same kernel for different types take the same number, and the index of one then
    names the code of the other.  Here the worst is that an entry is missing, and compiled again.
    """
    number = int(hashlib.sha256(repr(key).encode()).hexdigest()[:12], 16)
    name = files._data_name(number)
    files._save_data(name, data)
    files._save_index(files._load_index() | {key: name})


def is_compiling() -> bool:
    """Tell whether kernels are compiled, and not run as plain Python."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


def is_cold() -> bool:
    """Tell whether no kernel has been compiled yet for these sources (a
    first run will take longer).
    """
    return is_compiling() and not any(CACHE.rglob("*.nbi"))


def compiled_files(folder: Path | None = None) -> list[str]:
    """Return the names of the files of compiled code, sorted."""
    return sorted(path.name for path in (folder or CACHE).rglob("*.nb[ic]"))


def remove_old(now: float | None = None) -> int:
    """Remove compiled code of other sources that nobody has added to for ``DAYS_KEPT`` days;
    return how many folders.

    A process that still uses them compiles again; folders with other names are left alone.
    """
    oldest, removed = (time.time() if now is None else now) - DAYS_KEPT * 86400, 0
    for folder in CACHE.parent.iterdir():
        if folder == CACHE or not re.fullmatch("[0-9a-f]{16}", folder.name) or not folder.is_dir():
            continue
        if max(path.stat().st_mtime for path in (folder, *folder.rglob("*"))) < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
