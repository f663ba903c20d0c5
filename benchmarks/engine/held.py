"""Bytes held: what the columns and the ties take, counted from the arrays themselves."""

from __future__ import annotations

import sys

import numpy as np


def bytes_held(state) -> dict:
    """Return bytes per person (columns, row pointers, ids) and per directed tie."""
    people = sum(of_length(vars(part), {state.n, state.n + 1}) for part in (state, state.ties))
    ties = of_length(vars(state.ties), {len(state.ties)})
    return {"bytes_per_person": people / state.n, "bytes_per_tie": ties / max(len(state.ties), 1)}


def of_length(parts: dict, lengths: set[int]) -> int:
    """Return the bytes of all arrays and lists among ``parts`` whose first axis has one of some lengths.

    Views of one memory count once; an array that repeats a single value (stride 0) takes no memory per row.
    """
    total, seen = 0, set()
    for part in parts.values():
        if isinstance(part, np.ndarray) and part.ndim and part.shape[0] in lengths:
            address = part.__array_interface__["data"][0]
            total += 0 if address in seen or part.strides[0] == 0 else part.nbytes
            seen.add(address)
        elif isinstance(part, list) and len(part) in lengths:
            total += sys.getsizeof(part) + sum(sys.getsizeof(item) for item in part)
    return total
