"""Figures of the frontier: what each option gains and whom it angers, and how much of that hangs on its price."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from experiments.figures.labels import label_points
from experiments.figures.style import GREY, INK, PALE, blank_figure, spread, styled
from experiments.figures.words import number, pretty, step_word
from experiments.tasks.compare.figures import signed_axis
from experiments.tasks.frontier.cells import ALL, NONE, NOTHING
from experiments.tasks.frontier.effects import efficient
from experiments.tasks.frontier.words import base, costs, headline

BEST, OTHER = "#01574F", "#0072B2"


def source(market, table: pd.DataFrame) -> str:
    """Return brand, money, worlds, people and length of the study."""
    task, params = market.task, market.params
    return (f"Grapevine · {task.brand} · {number(task.budget)} {params.value.currency} each · "
            f"{int(table['worlds'].max())} worlds, each with and without · {market.people:,} people · {params.steps} "
            f"{step_word(params)}s · network {params.network.kind}")


@styled
def draw_frontier(market, table: pd.DataFrame) -> Figure:
    """Return the options by change of detractors and of net present value, with 95 % intervals as crosses."""
    rows, currency = base(table), market.params.value.currency
    fig = blank_figure(headline(table, currency), f"Each option is given the same money; change against {NOTHING}, "
                       f"mean and 95 % interval. Hollow: dominated by another option",
                       source(market, table), height=6.4)
    ax = fig.add_subplot()
    fig.subplots_adjust(left=0.115)
    ax.axhline(0.0, color=PALE, linewidth=0.9, zorder=0)
    ax.axvline(0.0, color=PALE, linewidth=0.9, zorder=0)
    line_of_best = efficient(rows)
    ax.plot(line_of_best["detractors"], line_of_best["npv"], color=PALE, linewidth=5, alpha=0.6, zorder=1)
    for line in rows.itertuples():
        colour = colour_of(line)
        ax.plot([line.detractors_low, line.detractors_high], [line.npv] * 2, color=colour, linewidth=1.3, alpha=0.7)
        ax.plot([line.detractors] * 2, [line.npv_low, line.npv_high], color=colour, linewidth=1.3, alpha=0.7)
        ax.plot(line.detractors, line.npv, "o", color=colour, markersize=10, markeredgewidth=2, zorder=3,
                markerfacecolor="white" if line.dominated else colour)
    ax.plot(0.0, 0.0, "D", color=GREY, markersize=7, zorder=3)
    ax.margins(0.1)
    ax.text(0.012, 0.985, "\u2196 better", transform=ax.transAxes, ha="left", va="top", color=GREY)
    ax.set_xlabel("detractors at the end (fewer to the left)")
    ax.set_ylabel(f"net present value ({currency})")
    signed_axis(ax.xaxis, 7)
    signed_axis(ax.yaxis, 6)
    names = [*(pretty(name, 40) for name in rows["option"]), NOTHING]
    points = [*zip(rows["detractors"], rows["npv"], strict=True), (0.0, 0.0)]
    colours = [*(GREY if line.dominated else colour_of(line) for line in rows.itertuples()), GREY]
    label_points(ax, points, names, [*crosses(rows), *along(line_of_best)], colours)
    return fig


def colour_of(line) -> str:
    """Return the colour of an option: the best by net present value stands out."""
    return BEST if line.rank == 1 else OTHER


def crosses(rows: pd.DataFrame) -> list[Bbox]:
    """Return the boxes of the arms of all crosses, in data units."""
    flat = [Bbox([[line.detractors_low, line.npv], [line.detractors_high, line.npv]]) for line in rows.itertuples()]
    tall = [Bbox([[line.detractors, line.npv_low], [line.detractors, line.npv_high]]) for line in rows.itertuples()]
    return [*flat, *tall, Bbox([[0.0, 0.0], [0.0, 0.0]])]


def along(corners: pd.DataFrame) -> list[Bbox]:
    """Return small boxes along a line through some points, in data units."""
    x, y = (np.interp(np.linspace(0, 1, 60), np.linspace(0, 1, len(corners)), corners[name])
            for name in ("detractors", "npv"))
    return [Bbox([point, point]) for point in zip(x, y, strict=True)]


@styled
def draw_ranking(market, table: pd.DataFrame, held: pd.DataFrame) -> Figure:
    """Return the change of net present value per option at all prices tried, its own prices changed together."""
    rows, currency = base(table).iloc[::-1], market.params.value.currency
    fig = blank_figure(ranking_title(rows, held), "Change of net present value when what an option buys costs so many "
                       "times what is assumed; line: 95 % interval at 1", source(market, table),
                       height=2.2 + 0.52 * len(rows))
    ax = fig.add_subplot()
    fig.subplots_adjust(left=0.27)
    ax.axvline(0.0, color=INK, linewidth=0.9, zorder=0)
    ax.axvline(rows["npv"].iloc[-1], color=BEST, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    for y, line in enumerate(rows.itertuples()):
        draw_prices(ax, y, line, at_prices(table, line.option))
    ax.set_yticks(range(len(rows)), [pretty(name, 30) for name in rows["option"]])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.tick_params(left=False)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"net present value ({currency})")
    signed_axis(ax.xaxis, 7)
    for y, option in enumerate(rows["option"]):
        name_prices(ax, y, at_prices(table, option))
    return fig


def at_prices(table: pd.DataFrame, option: str) -> pd.Series:
    """Return the change of net present value of an option by multiple of all prices."""
    mine = table[(table["option"] == option) & table["scaled"].isin([NONE, ALL])]
    return mine.set_index("scale")["npv"].sort_index()


def draw_prices(ax, y: int, line, values: pd.Series) -> None:
    """Draw one option: a dot per multiple, the assumed price filled, and its interval."""
    colour = colour_of(line)
    ax.plot([values.min(), values.max()], [y, y], color=colour, alpha=0.3, linewidth=7, zorder=1)
    ax.plot([line.npv_low, line.npv_high], [y, y], color=colour, linewidth=1.6, zorder=2)
    for scale, value in values.items():
        ax.plot(value, y, "o", color=colour, markersize=9 if scale == 1.0 else 6, zorder=3,
                markerfacecolor=colour if scale == 1.0 else "white")


def name_prices(ax, y: int, values: pd.Series) -> None:
    """Write the multiple over each dot of an option, or one text over all where they stand too close."""
    low, high = ax.get_xlim()
    values = values.sort_values()
    names = [f"{scale:g}" for scale in values.index]
    sizes = [(0.010 + 0.010 * len(name)) * (high - low) for name in names]
    places = spread(list(values), sizes, low, high)
    if values.max() - values.min() < 0.6 * sum(sizes) and len(names) > 1:
        names, places = [f"{min(values.index):g} to {max(values.index):g}"], [values.mean()]
    for x, name in zip(places, names, strict=True):
        ax.annotate(name, (x, y), (0, 9), textcoords="offset points", ha="center", fontsize=9.5, color=GREY,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})


def ranking_title(rows: pd.DataFrame, held: pd.DataFrame) -> str:
    """Return whether the best option stays first at all prices tried, or what ends it."""
    name = pretty(rows["option"].iloc[-1], 40).capitalize()
    ends = [(line.scaled, at) for line in held.itertuples()
            for other, at in ((line.below, line.below_at), (line.above, line.above_at)) if other]
    if held.empty:
        return f"{name} comes first"
    if not ends:
        return f"{name} stays first at every price that was tried"
    if len(ends) == 1:
        return f"{name} comes first until costs of {costs(ends[0][0])} are {ends[0][1]:g} times as assumed"
    return f"{name} comes first at the assumed prices, but not at all that were tried"
