"""Figures of a comparison: differences over time, effects side by side, and from one profit to the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures.style import (
    BRAND_COLOURS,
    GREY,
    INK,
    blank_figure,
    narrow,
    styled,
)
from experiments.figures.words import pretty, step_word
from experiments.tasks.compare.measure import CLASSES, CURVES
from experiments.tasks.compare.words import amount, pretty_kpi, tone

GAIN, LOSS = "#01574F", "#7A4405"
COLOURS = {"gain": GAIN, "loss": LOSS, "even": "#9A9A9A"}
CLASS_WORDS = {"expanded": "new customers", "accelerated": "earlier customers", "same": "customers as before",
               "delayed": "later customers", "lost": "customers lost", "costs": "policies\nand tickets"}


def source(task, scenarios: dict, worlds: int) -> str:
    """Return brand, worlds, people and length of the study."""
    params = next(iter(scenarios.values())).params
    return (f"Grapevine · {task.brand} · {worlds} worlds, each with and without the change · "
            f"{params.population.size:,} people · {params.steps} {step_word(params)}s · network {params.network.kind}")


@styled
def draw_curves(task, scenarios: dict, curves: pd.DataFrame, worlds: int) -> Figure:
    """Return the mean paired difference of three curves over time, with its 95 % interval around zero."""
    first, *others = scenarios
    params = scenarios[first].params
    mine = curves[curves["brand"] == task.brand]
    fig = blank_figure(f"When the difference to {pretty(first)} comes",
                       "Mean of the paired differences; band: 95 % interval at each step",
                       source(task, scenarios, worlds), height=4.2 + 0.2 * len(others))
    grid = fig.add_gridspec(1, 3, wspace=0.46)
    for i, (metric, words) in enumerate(CURVES.items()):
        ax = narrow(fig.add_subplot(grid[i]), 0.98)
        ax.axhline(0.0, color=GREY, linewidth=0.9)
        for name, colour in zip(others, colours(others), strict=True):
            line = mine[(mine["scenario"] == name) & (mine["metric"] == metric)].sort_values("step")
            ax.plot(line["step"], line["difference"], color=colour, linewidth=2.0)
            ax.fill_between(line["step"], line["low"], line["high"], color=colour, alpha=0.18, linewidth=0)
        unit = f" ({params.value.currency})" if metric == "npv" else ""
        ax.set_title(words + unit, fontsize=11, fontweight="normal")
        ax.set_xlabel(step_word(params))
        ax.margins(x=0)
        signed_axis(ax.yaxis, 6)
    for row, (name, colour) in enumerate(zip(others, colours(others), strict=True)):
        fig.text(0.97, 0.985 - 0.055 * row, pretty(name), color=colour, ha="right", va="top", fontweight="bold")
    return fig


@styled
def draw_effects(task, scenarios: dict, effects: pd.DataFrame, worlds: int) -> Figure:
    """Return the effects of every scenario on the ranking figure and on the sales and the score, as bars around 0."""
    mine = effects[effects["brand"] == task.brand].sort_values("rank", ascending=False, kind="stable")
    kpis = list(dict.fromkeys((task.rank_by, "sales", "nps")))
    names = list(mine["scenario"].unique())
    fig = blank_figure(f"What each scenario changes, against {pretty(next(iter(scenarios)))}",
                       "Mean of the paired differences; line: 95 % interval",
                       source(task, scenarios, worlds), height=2.6 + 0.5 * len(names))
    grid = fig.add_gridspec(1, len(kpis), wspace=0.24, left=0.23)
    for i, kpi in enumerate(kpis):
        ax = fig.add_subplot(grid[i])
        rows = mine[mine["kpi"] == kpi].set_index("scenario").loc[names]
        value = rows["difference"].to_numpy()
        ax.barh(range(len(names)), value, color=[COLOURS[tone(row, kpi)] for _, row in rows.iterrows()], height=0.55)
        ax.hlines(range(len(names)), rows["low"], rows["high"], color=INK, linewidth=1.6)
        ax.axvline(0.0, color=INK, linewidth=0.9)
        ax.set_yticks(range(len(names)), [pretty(name, 24) for name in names] if i == 0 else [])
        ax.tick_params(left=False)
        ax.spines["left"].set_visible(False)
        unit = rows["unit"].iloc[0].replace("currency", next(iter(scenarios.values())).params.value.currency)
        ax.set_title(f"{pretty_kpi(kpi)} ({unit})", fontsize=11, fontweight="normal")
        signed_axis(ax.xaxis, 3)
    return fig


@styled
def draw_worth(task, scenarios: dict, worth: pd.DataFrame, worlds: int) -> Figure:
    """Return, per scenario, the steps from the net present value of the first scenario to its own."""
    first, *others = scenarios
    currency = scenarios[first].params.value.currency
    fig = blank_figure("Where the change of net present value comes from",
                       f"By what the change did to a customer's first purchase, against {pretty(first)} ({currency})",
                       source(task, scenarios, worlds), height=1.7 + 2.5 * len(others))
    grid = fig.add_gridspec(len(others), 1, hspace=0.62)
    for i, name in enumerate(others):
        ax = fig.add_subplot(grid[i])
        mine = worth[(worth["scenario"] == name) & (worth["brand"] == task.brand)].set_index("class")
        waterfall(ax, mine, i == len(others) - 1)
        ax.set_title(pretty(name), fontsize=12)
    return fig


def waterfall(ax, mine: pd.DataFrame, labelled: bool) -> None:
    """Draw the classes and the costs as steps from 0 to the total."""
    names = [*CLASSES, "costs"]
    values = mine.loc[names, "value"].to_numpy()
    ends = np.cumsum(values)
    for x, (value, end) in enumerate(zip(values, ends, strict=True)):
        ax.bar(x, value, bottom=end - value, color=GAIN if value >= 0 else LOSS, width=0.62)
        ax.plot([x - 0.31, x + 1.31], [end, end], color=GREY, linewidth=0.8)
    total = mine.loc["total"]
    ax.bar(len(names), total["value"], color="#4D4D4D", width=0.62)
    ax.vlines(len(names), total["low"], total["high"], color=INK, linewidth=1.6)
    top = max(ends.max(), total["high"], 0.0)
    low = min(ends.min(), total["low"], 0.0)
    room = 0.16 * (top - low or 1.0)
    ax.set_ylim(low - room, top + room)
    for x, (value, end) in enumerate(zip([*values, total["value"]], [*ends, total["high"]], strict=True)):
        ax.annotate(amount(value), (x, max(end, end - value, 0) if x < len(names) else max(end, 0)), (0, 3),
                    textcoords="offset points", ha="center", va="bottom", fontsize=10)
    ax.axhline(0.0, color=INK, linewidth=0.9)
    words = [CLASS_WORDS[name].replace(" ", "\n", 1) if " " in CLASS_WORDS[name] and "\n" not in CLASS_WORDS[name]
             else CLASS_WORDS[name] for name in names]
    ax.set_xticks(range(len(names) + 1), [*words, "all"] if labelled else [""] * (len(names) + 1), fontsize=10)
    ax.tick_params(bottom=False)
    signed_axis(ax.yaxis, 4)


def signed_axis(axis, ticks: int) -> None:
    """Write the ticks of an axis of differences with their signs."""
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda x, _: amount(x)))


def colours(names: list[str]) -> list[str]:
    """Return one colour per scenario, told apart by colour-blind readers too."""
    return [BRAND_COLOURS[i % len(BRAND_COLOURS)] for i in range(len(names))]
