"""What the search found, in plain words."""

from __future__ import annotations

import pandas as pd

from experiments.figures.words import listed, number, percent, pretty
from experiments.tasks.compare.words import LESS_IS_BETTER, amount, pretty_kpi
from experiments.tasks.frontier.cells import NOTHING
from experiments.tasks.frontier.words import aligned
from experiments.tasks.optimise.splits import KEEP, Bounds

SMALL = 0.005
"""Shares below this are not worth a word."""


def console(market, table: pd.DataFrame, bounds: Bounds) -> str:
    """Return what the console says: the best split, or the front, in the worlds of the search and in new ones."""
    task, params = market.task, market.params
    head = (f"{task.brand} has {number(task.budget)} {params.value.currency} to divide; {len(table)} splits in "
            f"{task.replicates} worlds of {market.people:,} people and {params.steps} steps, each against {NOTHING} in "
            f"the same world (95 % intervals)")
    if task.against:
        return "\n".join([head, "", *aligned(front_rows(market, table, bounds)), "", front_said(task)])
    top = table[table["chosen"]].iloc[0]
    return "\n".join([head, "", *best_said(market, top, bounds), *single_said(task, table, bounds)])


def best_said(market, top: pd.Series, bounds: Bounds) -> list[str]:
    """Return the best split with its interval, and what it does in new worlds."""
    task, currency = market.task, market.params.value.currency
    figure = task.rank_by
    return [f"Best: {split_said(top, bounds, task.budget, currency)}.",
            f"It spends {number(round(top['spent']))} {currency} and changes {pretty_kpi(figure)} by "
            f"{effect_said(top, figure)}.",
            f"In {task.replicates} new worlds, which did not choose it, by {effect_said(top, f'new_{figure}')}."]


def single_said(task, table: pd.DataFrame, bounds: Bounds) -> list[str]:
    """Return the best split that gives everything to one use, if one was tried: what dividing is worth."""
    spending = bounds.uses[:-1]
    alone = table[(table[[f"share_{use}" for use in spending]] > 1.0 - 1e-9).any(axis=1)]
    if alone.empty:
        return []
    sign = -1.0 if task.rank_by in LESS_IS_BETTER else 1.0
    top = alone.loc[(sign * alone[task.rank_by]).idxmax()]
    use = max(spending, key=lambda use: top[f"share_{use}"])
    return [f"All the money in {pretty(use)}, the best single use, changes it by {effect_said(top, task.rank_by)}."]


def front_rows(market, table: pd.DataFrame, bounds: Bounds) -> list[list[str]]:
    """Return the front as cells of text, with a head."""
    task = market.task
    head = ["split", "spent", *(pretty_kpi(name) for name in task.figures),
            *(f"{pretty_kpi(name)} in new worlds" for name in task.figures)]
    return [head] + [[split_in_short(line, bounds), number(round(line["spent"])),
                      *(effect_said(line, name) for name in task.figures),
                      *(amount(line[f"new_{name}"]) for name in task.figures)]
                     for _, line in front(table, task).iterrows()]


def front(table: pd.DataFrame, task) -> pd.DataFrame:
    """Return the chosen trials, the best in the first figure first."""
    return table[table["chosen"]].sort_values(task.rank_by, ascending=task.rank_by in LESS_IS_BETTER, kind="stable")


def front_said(task) -> str:
    """Return what the front is."""
    return (f"None of these is better than another in both {pretty_kpi(task.rank_by)} and "
            f"{pretty_kpi(task.against)} in the worlds of the search.")


def split_said(line: pd.Series, bounds: Bounds, budget: float, currency: str) -> str:
    """Return '64 % into advertise (9,600 EUR) and 20 % into seed (3,000 EUR), 16 % kept (2,400 EUR)'."""
    def of(use: str) -> str:
        return f"({number(round(budget * line[f'share_{use}']))} {currency})"

    parts = [f"{percent(line[f'share_{use}'])} into {pretty(use)} {of(use)}" for use in given(line, bounds)]
    kept = f"{percent(line[f'share_{KEEP}'])} kept {of(KEEP)}" if line[f"share_{KEEP}"] >= SMALL else ""
    return ", ".join(part for part in (listed(parts) if parts else "", kept) if part)


def split_in_short(line: pd.Series, bounds: Bounds) -> str:
    """Return '64 % advertise, 20 % seed', the largest first; what is missing is kept."""
    return ", ".join(f"{percent(line[f'share_{use}'])} {pretty(use)}" for use in given(line, bounds)) or "all kept"


def given(line: pd.Series, bounds: Bounds) -> list[str]:
    """Return the uses with a share worth a word, the largest first."""
    uses = [use for use in bounds.uses if use != KEEP and line[f"share_{use}"] >= SMALL]
    return sorted(uses, key=lambda use: -line[f"share_{use}"])


def effect_said(line: pd.Series, name: str) -> str:
    """Return '+9,943 (+7,383 to +12,503)'."""
    return f"{amount(line[name])} ({amount(line[f'{name}_low'])} to {amount(line[f'{name}_high'])})"
