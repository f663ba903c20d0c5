"""Comparison of an engine's state with the reference's world, row by row: a list of what differs."""

from __future__ import annotations

import numpy as np

from simulation.world.state import COLUMNS

FIXED = ("sum_evaluation", "sum_shortfall")
BOOKKEEPING = ("newest_read",)          # a row number that only speeds the engine up
TABLES = {
    "posts": ("step author sharer brand process stars motive incentivised key root parent generation purchase failed"
              " readers helpful", "valence idea quality gap evaluation"),
    "reads": ("reader post step channel", "weight gain strength"),
    "conversions": ("step person brand kind parent", "price margin"),
    "credits": ("conversion stage source channel post sharer author", "share"),
    "lost": ("step person brand post author", "sales"),
    "tickets": ("brand kind post process unit route effective", "arrival start finish"),
    "costs": ("step brand item", "amount")}


def differences(state, world):
    """Return one line per column or table in which engine and reference differ."""
    return columns_that_differ(state, world) + knowledge_that_differs(state, world) + tables_that_differ(state, world)


def knowledge_that_differs(state, world):
    """Compare what each brand knows."""
    found = []
    for b, theirs in enumerate(state.observed):            # empty until the first listening
        ours = world.known[b]
        pairs = {
            "pain": (theirs.pain, list(ours.pain.values())), "volume": (theirs.volume, list(ours.volume.values())),
            "mood": ([theirs.negative, theirs.neutral, theirs.positive], list(ours.mood.values())),
            "voice": ([theirs.voice, theirs.voice_all], [ours.voice, ours.voice_all]),
            "nps": ([theirs.nps_estimated], [ours.nps]), "money": ([theirs.money], [world.money[b]]),
            "expert_score": (theirs.expert_score, ours.expert_score)}
        for name in ("post", "sentiment", "process", "author", "reach"):
            seen = theirs.seen_posts if name == "post" else getattr(theirs, f"seen_{name}")
            pairs[f"seen {name}"] = (seen, [item[name] for item in ours.seen])
        for name, (engine, reference) in pairs.items():
            if len(engine) != len(reference) or not np.all(close(engine, reference)):
                found.append(f"brand {b} {name}: engine {list(engine)}, reference {list(reference)}")
    return found


def columns_that_differ(state, world):
    """Compare every column of the engine: codes and counts exactly, floats to 1e-6."""
    found = []
    for column in (column for column in COLUMNS if column.name not in BOOKKEEPING):
        theirs, ours = getattr(state, column.name), np.array(getattr(world, column.name), dtype=float)
        scale = 2.0**32 if column.name in FIXED else 1.0
        theirs = theirs / scale if scale > 1.0 else theirs
        exact = column.dtype[0] in "iu" and column.unit != "2^-32"
        equal = theirs == ours if exact else close(theirs, ours, column.unit == "2^-32" and scale == 1.0)
        if not np.all(equal):
            place = tuple(int(x) for x in np.argwhere(~equal)[0])
            found.append(f"{column.name}{list(place)}: engine {theirs[place]!r}, reference {ours[place]!r}, "
                         f"{int(np.sum(~equal))} places")
    return found


def close(theirs, ours, counts_of_fixed_point=False):
    """Return where two float arrays agree to 1e-6; sums of fixed point to a few units in the last place."""
    absolute = 64.0 if counts_of_fixed_point else 1e-7
    return np.isclose(np.asarray(theirs, float), np.asarray(ours, float), rtol=1e-6, atol=absolute, equal_nan=True)


def tables_that_differ(state, world):
    """Compare the tables; posts and conversions in order, the others as sets of rows."""
    found = []
    for name, (exact, floats) in TABLES.items():
        exact, floats = exact.split(), floats.split()
        theirs = engine_rows(getattr(state.ledger, name), exact + floats)
        ours = [tuple(row[column] for column in exact + floats) for row in getattr(world, name)]
        if name not in ("posts", "conversions"):
            theirs, ours = sorted(theirs, key=by_number), sorted(ours, key=by_number)
        found += rows_that_differ(name, exact, theirs, ours)
    return found


def by_number(row):
    """Return a row for sorting: nan stands first."""
    return tuple(-1.0 if x != x else x for x in row)


def engine_rows(table, names):
    """Return the rows of an engine table as tuples of Python numbers."""
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def equal(x, y):
    """Tell whether two floats agree to 1e-6, or are both nan."""
    return abs(x - y) <= 1e-7 + 1e-6 * abs(y) or (x != x and y != y)


def rows_that_differ(name, exact, theirs, ours):
    """Return the first row that differs, if any."""
    found = [f"{name}: engine has {len(theirs)} rows, reference {len(ours)}"] if len(theirs) != len(ours) else []
    for row, (engine, reference) in enumerate(zip(theirs, ours, strict=False)):
        same = engine[:len(exact)] == reference[:len(exact)] and all(
            map(equal, engine[len(exact):], reference[len(exact):]))
        if not same:
            return [*found, f"{name} row {row} {exact}: engine {engine}, reference {reference}"]
    return found
