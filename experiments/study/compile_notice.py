"""What a first run says: it compiles, and that takes a while."""

from __future__ import annotations

import sys

from simulation.numerics.jit import is_cold


def say_if_cold() -> None:
    """Say on stderr that kernels will be compiled, where none has been yet."""
    if is_cold():
        print("Compiling the kernels that are needed here (once, up to a minute; task=warm compiles all) ...",
              file=sys.stderr)
