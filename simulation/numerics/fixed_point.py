"""Fixed point: whole numbers of 2^-32, in which sums over messages are kept.

    fixed      round(value 2^32), to even where two are equally near; int64
    value      fixed / 2^32

Sums of whole numbers are the same in any order; sums of floating-point numbers are not.
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined

FIXED_ONE = 4294967296.0
"""One, in fixed point."""


@inlined
def fixed_point(value):
    """round(value 2^32)."""
    return np.int64(round(value * FIXED_ONE))


@inlined
def from_fixed_point(fixed):
    """fixed / 2^32."""
    return fixed / FIXED_ONE
