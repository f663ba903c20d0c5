"""What the money bought, in plain words: the table on the console, the finding, and how far it hangs on prices."""

from __future__ import annotations

import pandas as pd

from experiments.figures.words import listed, number, pretty
from experiments.tasks.compare.words import amount, rounded
from experiments.tasks.frontier.cells import ALL, NONE, NOTHING
from simulation.statistics.paired import PairedEffect

COLUMNS = ("spent", "customers' worth", "net present value", "detractors")


def console(market, table: pd.DataFrame, held: pd.DataFrame, leads: PairedEffect | None) -> str:
    """Return what the console says: the options at the assumed prices, best first, and how far the ranking holds."""
    task, params = market.task, market.params
    worlds = int(table["worlds"].max())
    head = (f"{task.brand} has {number(task.budget)} {params.value.currency} to spend; {worlds} worlds of "
            f"{market.people:,} people and {params.steps} steps, each option against {NOTHING} in the same world "
            f"(95 % intervals)")
    return "\n".join([head, "", *aligned(rows(table, params.value.currency)), "", *standing(table, leads),
                      *robust(table, held)])


def rows(table: pd.DataFrame, currency: str) -> list[list[str]]:
    """Return the options at the assumed prices as cells of text, with a head."""
    out = [["", "option", *(f"{word}, {currency}" for word in COLUMNS[:3]), COLUMNS[3], ""]]
    for line in base(table).itertuples():
        note = f"dominated by {pretty(line.dominated_by)}" if line.dominated else ""
        out.append([f"{line.rank}.", pretty(line.option, 40), spent(line), *(
            f"{amount(getattr(line, name))} ({amount(getattr(line, f'{name}_low'))} to "
            f"{amount(getattr(line, f'{name}_high'))})" for name in ("worth", "npv", "detractors")), note])
    return out


def base(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows at the assumed prices, best first."""
    return table[table["scaled"] == NONE].sort_values("rank", kind="stable")


def spent(line) -> str:
    """Return what was spent, and what was given where that is more."""
    paid = number(round(line.spent))
    return paid if abs(line.spent - line.given) < 0.5 else f"{paid} of {number(round(line.given))}"


def aligned(lines: list[list[str]]) -> list[str]:
    """Return lines of cells in columns."""
    wide = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)).rstrip() for line in lines]


def headline(table: pd.DataFrame, currency: str) -> str:
    """Return the finding: which option is best, and by how much."""
    best = base(table).iloc[0]
    name = pretty(best["option"], 40)
    if best["npv_low"] > 0:
        return (f"{name.capitalize()} comes first: {about(best['npv'])} {currency} gained for "
                f"{about(best['spent'])} {currency} spent")
    if best["npv_high"] >= 0:
        return f"No option is surely worth its money; {name} comes nearest"
    return f"No option is worth its money; {name} loses least"


def about(value: float) -> str:
    """Return a number with three digits that matter, as a title needs it."""
    return number(float(f"{value:.3g}"))


def standing(table: pd.DataFrame, leads: PairedEffect | None) -> list[str]:
    """Return how sure it is that the best option is ahead of the second."""
    if leads is None:
        return []
    first, second = (pretty(name, 40) for name in base(table)["option"].iloc[:2])
    text = f"{number(rounded(leads.difference))} (95 %: {amount(leads.low)} to {amount(leads.high)})"
    sure = "surely" if leads.low > 0 else "not surely"
    return [f"{first.capitalize()} is {sure} ahead of {second}: by {text} of net present value."]


def robust(table: pd.DataFrame, held: pd.DataFrame) -> list[str]:
    """Return over which prices the best option stays first: what never matters in one sentence, then use by use."""
    best = pretty(base(table)["option"].iloc[0], 40).capitalize()
    whole = (held["low"] == held["tried_low"]) & (held["high"] == held["tried_high"])
    said = [f"{best} {bounded(line)}." for line in held[~whole].itertuples()]
    if whole.any():
        span = "from {:g} to {:g} times as assumed".format(*held[["tried_low", "tried_high"]].iloc[0])
        what = ("at every price that was tried, one use at a time and all together" if whole.all() else
                f"whatever {listed([costs(scaled) for scaled in held.loc[whole, 'scaled']])} cost")
        said.append(f"{best} stays first {what}: {span}.")
    return said


def costs(scaled: str) -> str:
    """Return the name of a use, or 'all uses together'."""
    return "all uses together" if scaled == ALL else pretty(scaled)


def bounded(line) -> str:
    """Return 'stays first for costs of repair from 0.5 to 1 times as assumed; at 2 times seed is first'."""
    span = "no other than assumed" if line.low == line.high else f"from {line.low:g} to {line.high:g} times as assumed"
    outside = [f"at {at:g} times {pretty(name, 40)} is first"
               for at, name in ((line.below_at, line.below), (line.above_at, line.above)) if name]
    return "; ".join([f"stays first for costs of {costs(line.scaled)} {span}", *outside])
