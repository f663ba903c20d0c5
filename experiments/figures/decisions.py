"""Decisions: what each brand team saw, what it did, when, and what it cost; and how the repaired process fared."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.frames import decisions_by_step, edges
from experiments.figures.style import (
    GREY,
    HEIGHT,
    INK,
    brand_style,
    empty_figure,
    label_ends,
    new_figure,
    percent_axis,
    styled,
    time_axis,
)
from experiments.figures.words import each_step, listed, number, percent, pretty, several, when

GAP = 0.36
"""Inches between two panels, for a line of words."""
LANES = 5
"""Policies drawn, the most expensive ones."""
REPAIRS = 3
"""Repaired processes drawn, those with most money."""
WORDS = {"invest": "repaired", "answer": "answers", "seed": "gifts", "advertise": "advertising", "offer": "offers",
         "introduce": "introductions"}


def applies(results) -> bool:
    """Tell whether anything was decided."""
    return len(results.ledger["decisions"]) > 0


@styled
def draw(results) -> Figure:
    """Return the figure."""
    if not applies(results):
        return empty_figure(results, "Nobody decided anything", "no decisions in this run")
    table = decisions_by_step(results)
    repairs = repairs_of(table)
    fig = new_figure(results, finding(results, table, repairs),
                     f"Money spent {each_step(results)} by policy, each to its own scale, "
                     "with what the team saw first")
    lanes = lanes_of(table)
    rows, high = len(lanes) + bool(repairs), HEIGHT * (fig.subplotpars.top - fig.subplotpars.bottom)
    grid = fig.add_gridspec(rows, 1, hspace=GAP * rows / (high - GAP * (rows - 1)), left=0.085, right=0.73,
                            height_ratios=[1.0] * len(lanes) + [0.9 + 0.55 * len(lanes)] * bool(repairs))
    for i, lane in enumerate(lanes):
        ax = fig.add_subplot(grid[i])
        draw_lane(ax, results, *lane)
        time_axis(ax, results, label=not repairs and i == len(lanes) - 1)
        ax.tick_params(labelbottom=not repairs and i == len(lanes) - 1)
    if repairs:
        draw_repairs(fig.add_subplot(grid[len(lanes)]), results, repairs)
    return fig


def lanes_of(table: pd.DataFrame) -> list[tuple]:
    """Return (brand, policy, its rows) of the most expensive policies, in the order of the table."""
    lanes = [(*names, rows) for names, rows in table.groupby(["brand", "policy"])]
    kept = sorted(range(len(lanes)), key=lambda i: -lanes[i][2]["cost"].sum())[:LANES]
    return [lanes[i] for i in sorted(kept)]


def repairs_of(table: pd.DataFrame) -> list[tuple]:
    """Return (brand, process, its investments) of the processes with most money, most first."""
    rows = table[table["action"] == "invest"]
    found = [(*names, group) for names, group in rows.groupby(["brand", "process"])]
    return sorted(found, key=lambda item: -item[2]["cost"].sum())[:REPAIRS]


def money(results, amount: float) -> str:
    """Return an amount with its currency."""
    return f"{results.params.value.currency} {amount:,.0f}"


def failure(results, brand: str, process: str) -> pd.Series:
    """Return the failure rate of a process by step."""
    rows = results.processes
    rows = rows[(rows["brand"] == brand) & (rows["process"] == process)]
    return rows.set_index("step")["failure_rate"]


def finding(results, table: pd.DataFrame, repairs: list[tuple]) -> str:
    """Say what the largest repair cost and did, or what was spent in all."""
    if not repairs:
        spent = table.groupby("brand", sort=False)["cost"].sum()
        return listed([f"{pretty(brand)} spent {money(results, cost)}" for brand, cost in spent.items()])
    brand, process, rows = repairs[0]
    rate = failure(results, brand, process)
    before, after = rate.loc[rows["step"].min()], rate.iloc[-1]
    peak = f" (at worst {percent(rate.max())})" if rate.max() > max(before, after) + 0.005 else ""
    verb = "fell" if after < before else "rose" if after > before else "stayed"
    change = f"{verb} from {percent(before)} to {percent(after)}" if verb != "stayed" else f"stayed at {percent(after)}"
    return (f"{pretty(brand)} spent {money(results, rows['cost'].sum())} on {pretty(process)}: "
            f"its failure rate {change}{peak}")


def draw_lane(ax, results, brand: str, policy: str, rows: pd.DataFrame) -> None:
    """Draw what one policy spent per step, what it saw first, and what it cost in all."""
    colour, _ = brand_style(results, brand)
    spent = rows.groupby("step")["cost"].sum().reindex(np.arange(1, results.state.step + 1)).fillna(0.0)
    ax.stairs(spent.to_numpy(), edges(results), fill=True, color=colour, alpha=0.8, label=f"{brand}/{policy}")
    ax.set_ylim(0.0, max(1.05 * spent.max(), 1e-9))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    first = rows.sort_values("step", kind="stable").iloc[0]
    ax.text(0.0, 1.06, f"{pretty(brand, 18)} · {pretty(policy, 20)}", transform=ax.transAxes, color=colour,
            fontweight="bold", va="bottom")
    ax.text(1.0, 1.06, saw(results, first), transform=ax.transAxes, color=INK, va="bottom", ha="right")
    ax.text(1.02, 0.5, f"{money(results, spent.sum())}\n{done(rows)}", transform=ax.transAxes, va="center")


def saw(results, first: pd.Series) -> str:
    """Return when a policy acted first and the proof point it acted on."""
    start = when(results, first["step"])
    if first["action"] == "invest":
        return f"{start}: saw {number(round(first['volume']))} reviews of {pretty(first['process'], 18)}"
    if first["action"] == "answer":
        return f"{start}: saw {several(round(first['volume']), 'complaint')}"
    return f"from {start}"


def done(rows: pd.DataFrame) -> str:
    """Return what a policy did, in a few words."""
    action = rows["action"].iloc[0]
    if action == "invest":
        return "on " + listed([pretty(p, 14) for p in rows["process"].unique()][:2])
    if action in ("answer", "seed"):
        return f"{int(rows['people'].sum()):,} {WORDS[action]}"
    return f"{several(rows['step'].nunique(), 'time')} {WORDS[action]}"


def owner(results, brand: str) -> str:
    """Return whose process it is, where there are several brands."""
    return f"{pretty(brand, 10)}: " if results.state.b > 1 else ""


def draw_repairs(ax, results, repairs: list[tuple]) -> None:
    """Draw the failure rate of the repaired processes, with the start of each repair and of its effect."""
    labels, highest = [], 0.0
    for i, (brand, process, rows) in enumerate(repairs):
        colour, marker = brand_style(results, brand)
        rate = failure(results, brand, process)
        ax.plot(rate.index, rate, color=colour, linestyle=("-", (0, (5, 2)), (0, (1.5, 1.5)))[i],
                label=f"{brand}/{process}")
        start, effect = int(rows["step"].min()), int(rows["effective"].min())
        for step, face in ((start, "white"), (effect, colour)):
            if step in rate.index:
                ax.plot([step], [rate.loc[step]], marker=marker, markersize=9, markerfacecolor=face,
                        markeredgecolor=colour, markeredgewidth=1.8)
        labels.append((rate.iloc[-1], f"{owner(results, brand)}{pretty(process, 12)} {percent(rate.iloc[-1])}", colour))
        highest = max(highest, rate.max())
    ax.set_ylim(0.0, max(1.15 * highest, 0.02))
    percent_axis(ax.yaxis, 3)
    ax.text(0.0, 1.04, "Failure rate of what was repaired", transform=ax.transAxes, fontweight="bold", va="bottom")
    ax.text(1.0, 1.04, "open: first decision; filled: first effect", transform=ax.transAxes, color=GREY,
            va="bottom", ha="right")
    time_axis(ax, results)
    label_ends(ax, labels, bold=False)
