"""From worlds to the table: paired effects of every option at every price, ranks, and what is dominated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.tasks.frontier.cells import NONE, NOTHING, Cell
from simulation.statistics import paired_effect
from simulation.statistics.paired import PairedEffect

OUTCOMES = ("worth", "npv", "detractors")
"""Figures of the table, each as a mean paired difference to doing nothing, with its 95 % interval."""


def frontier_table(worlds: pd.DataFrame, cells: list[Cell], task) -> pd.DataFrame:
    """Return one row per option and set of prices: money given and spent, effects, rank, and whether it is dominated.

    ``given`` and ``spent`` (mean over worlds) in currency; ``worth``, ``npv``, ``detractors`` are differences to doing
    nothing; ``rank`` by npv and ``dominated_by`` among the options at the same prices.
    """
    wide = figures_of(worlds, task.brand)
    table = pd.DataFrame([row(wide, cell, task) for cell in cells])
    groups = [judged(group) for _, group in table.groupby(["scaled", "scale"], sort=False)]
    return pd.concat(groups, ignore_index=True)


def figures_of(worlds: pd.DataFrame, brand: str) -> pd.DataFrame:
    """Return the figures of a brand by (figure, world) and, as columns, by variant."""
    return worlds[worlds["brand"] == brand].pivot(index=["name", "seed"], columns="scenario", values="value")


def row(wide: pd.DataFrame, cell: Cell, task) -> dict:
    """Return the row of one option at one set of prices."""
    effects = {name: paired_effect(wide.loc[name, NOTHING], wide.loc[name, cell.run]) for name in OUTCOMES}
    out = {"option": cell.option, "scaled": cell.scaled, "scale": cell.scale, "worlds": effects["npv"].pairs,
           "given": task.budget * sum(task.options[cell.option].values()),
           "spent": float(wide.loc["spent", cell.run].mean())}
    for name, effect in effects.items():
        out |= {name: effect.difference, f"{name}_low": effect.low, f"{name}_high": effect.high}
    return out | {"probability_positive": effects["npv"].probability_positive,
                  "worlds_positive": effects["npv"].worlds_positive}


def judged(group: pd.DataFrame) -> pd.DataFrame:
    """Return the options at one set of prices, the best first, with rank and what dominates them."""
    rank = group["npv"].rank(ascending=False, method="min").astype(int)
    by = dominated_by(group["option"].tolist(), group["npv"].to_numpy(), group["detractors"].to_numpy())
    return group.assign(rank=rank, dominated=[name != "" for name in by], dominated_by=by).sort_values(
        "rank", kind="stable")


def dominated_by(names: list[str], npv: np.ndarray, detractors: np.ndarray) -> list[str]:
    """Return for each option (k,) another that is at least as good in both by the means and better in one, or ''.

    Doing nothing is one of the others: it changes neither.  Of several the one with the largest npv is named.
    """
    others, gains, angry = [NOTHING, *names], np.append(0.0, npv), np.append(0.0, detractors)
    found = []
    for gain, many in zip(npv, detractors, strict=True):
        better = (gains >= gain) & (angry <= many) & ((gains > gain) | (angry < many))
        found.append(others[int(np.argmax(np.where(better, gains, -np.inf)))] if better.any() else "")
    return found


def efficient(group: pd.DataFrame) -> pd.DataFrame:
    """Return detractors and npv of what nothing dominates, doing nothing among it, fewest detractors first."""
    points = pd.concat([pd.DataFrame({"option": [NOTHING], "npv": 0.0, "detractors": 0.0}), group], ignore_index=True)
    by = dominated_by(points["option"].tolist(), points["npv"].to_numpy(), points["detractors"].to_numpy())
    kept = points.loc[[name == "" for name in by], ["detractors", "npv"]]
    return kept.sort_values(["detractors", "npv"], ignore_index=True)


def ranges(table: pd.DataFrame) -> pd.DataFrame:
    """Return over which multiples of the prices of each use the best option stays first.

    Columns scaled, low, high (the range around 1 in which it does, among the multiples tried), tried_low, tried_high;
    below and above: who is first at the next multiples outside, below_at and above_at ('' and nan: none was tried).
    """
    first = table[table["rank"] == 1].groupby(["scaled", "scale"], sort=False)["option"].first()
    best, rows = first.loc[(NONE, 1.0)], []
    for scaled in (name for name in table["scaled"].unique() if name != NONE):
        by = first[scaled].to_dict() | {1.0: best}
        scales = sorted(by)
        low = high = scales.index(1.0)
        while low > 0 and by[scales[low - 1]] == best:
            low -= 1
        while high < len(scales) - 1 and by[scales[high + 1]] == best:
            high += 1
        under, over = ([None, *scales][low], [*scales, None][high + 1])
        rows.append((scaled, scales[low], scales[high], scales[0], scales[-1], by.get(under, ""), by.get(over, ""),
                     under, over))
    return pd.DataFrame(rows, columns=["scaled", "low", "high", "tried_low", "tried_high", "below", "above",
                                       "below_at", "above_at"])


def lead(worlds: pd.DataFrame, cells: list[Cell], task) -> PairedEffect | None:
    """Return by how much npv the best option leads the second at the assumed prices; None where there is one option."""
    wide = figures_of(worlds, task.brand).loc["npv"]
    base = [cell for cell in cells if cell.scaled == NONE]
    order = sorted(base, key=lambda cell: -wide[cell.run].mean())
    return paired_effect(wide[order[1].run], wide[order[0].run]) if len(order) > 1 else None


