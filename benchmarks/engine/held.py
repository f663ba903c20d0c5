"""Bytes held: what the columns and the ties take, counted from the arrays themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np


def bytes_held(model) -> dict:
    """Return bytes per person and per directed tie.

    Of people: columns, row pointers and ids, also of ties added in the run; what brands observe of them, the books of
    what they are worth, and the numbers by which Mesa's sets of agents know them.
    """
    state, roster, books = model.state, model.roster, model.recorder.books
    owners = (state, state.ties, state.added, *state.observed, *([books] if books else []))
    parts = [part for owner in owners for part in vars(owner).values()]
    handles = roster.here.nbytes + sum(agents.numbers.nbytes for agents in roster.by_type.values())
    return {"bytes_per_person": (sum(sizes(parts, {state.n, state.n + 1})) + handles) / state.n,
            "bytes_per_tie": sum(sizes(vars(state.ties).values(), {len(state.ties)})) / max(len(state.ties), 1)}


def sizes(parts, lengths: set[int]) -> Iterator[int]:
    """Yield the bytes of all arrays and lists among ``parts`` whose first axis has one of some lengths.

    What is held twice counts once; an array that repeats one value (stride 0) takes no memory per row.
    """
    seen = set()
    for part in parts:
        if not isinstance(part, np.ndarray | list) or getattr(part, "ndim", 1) == 0 or len(part) not in lengths:
            continue
        place = part.__array_interface__["data"][0] if isinstance(part, np.ndarray) else id(part)
        if place not in seen:
            seen.add(place)
            yield bytes_of(part)


def bytes_of(part: np.ndarray | list) -> int:
    """Return the bytes of an array, or of a list and of everything in it."""
    if isinstance(part, np.ndarray):
        return part.nbytes if part.strides[0] else 0
    return sys.getsizeof(part) + sum(sys.getsizeof(item) for item in part)
