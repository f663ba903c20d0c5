"""Figures of a search: what came of every share of every use, or the front of two figures."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, FAINT, GREY, PALE, blank_figure, key, percent_axis, styled
from experiments.figures.words import listed, number, percent, pretty, step_word
from experiments.tasks.compare.figures import signed_axis
from experiments.tasks.compare.words import LESS_IS_BETTER, pretty_kpi
from experiments.tasks.frontier.cells import NOTHING
from experiments.tasks.frontier.words import about
from experiments.tasks.optimise.splits import KEEP, Bounds
from experiments.tasks.optimise.words import front, given
from simulation.output.summary import UNITS

BEST, OTHER, FRONT = "#01574F", "#0072B2", "#333333"
MOST_NAMES = 8
"""So many splits of a front get a number, evenly chosen."""


def source(market, table: pd.DataFrame) -> str:
    """Return brand, money, trials, worlds, people and length of the study."""
    task, params = market.task, market.params
    return (f"Grapevine · {task.brand} · {number(task.budget)} {params.value.currency} · {len(table)} splits, each in "
            f"the same {task.replicates} worlds · {market.people:,} people · {params.steps} {step_word(params)}s")


def axis_words(figure: str, currency: str) -> str:
    """Return a figure with its unit, and which way is better where less is."""
    unit = UNITS[figure].replace("currency", currency)
    return f"{pretty_kpi(figure)} ({unit})" + (", fewer is better" if figure in LESS_IS_BETTER else "")


@styled
def draw_shares(market, table: pd.DataFrame, bounds: Bounds) -> Figure:
    """Return one panel per use: the figure that ranks by the share the use got, a dot per split, the best one large."""
    figure, best = market.task.rank_by, table[table["chosen"]].iloc[0]
    uses = bounds.uses
    rows = -(-len(uses) // 3)
    fig = blank_figure(title(market, best, bounds), f"Change of {axis_words(figure, market.params.value.currency)} "
                       f"against {NOTHING}, by share of the money; one dot per split tried, the best one large",
                       source(market, table), height=2.2 + 2.2 * rows)
    grid = fig.add_gridspec(rows, 3, wspace=0.2, hspace=0.45)
    for at, use in enumerate(uses):
        ax = fig.add_subplot(grid[at // 3, at % 3])
        ax.axhline(0.0, color=PALE, linewidth=0.9, zorder=0)
        ax.plot(table[f"share_{use}"], table[figure], "o", color=OTHER, alpha=0.45, markersize=5, markeredgewidth=0)
        ax.vlines(best[f"share_{use}"], best[f"{figure}_low"], best[f"{figure}_high"], color=BEST, linewidth=1.6)
        ax.plot(best[f"share_{use}"], best[figure], "o", color=BEST, markersize=10)
        ax.set_title(f"{'kept' if use == KEEP else pretty(use)}: {percent(best[f'share_{use}'])}", fontsize=12)
        ax.set_xlim(-0.04, 1.04)
        percent_axis(ax.xaxis, 3)
        signed_axis(ax.yaxis, 5)
        ax.tick_params(labelleft=at % 3 == 0)
    return fig


def title(market, best: pd.Series, bounds: Bounds) -> str:
    """Return the best split and what it gains in new worlds."""
    task = market.task
    parts = [f"{percent(best[f'share_{use}'])} into {pretty(use)}" for use in given(best, bounds)[:3]]
    gain = best[f"new_{task.rank_by}"]
    unit = f" {market.params.value.currency}" if UNITS[task.rank_by] == "currency" else ""
    sign = "+" if gain > 0 else "\u2212"
    return (f"Best split: {listed(parts) if parts else 'all money kept'}; {sign}{about(abs(gain))}{unit} of "
            f"{pretty_kpi(task.rank_by)}")


@styled
def draw_front(market, table: pd.DataFrame, bounds: Bounds) -> Figure:
    """Return all splits by the two figures, the front of those that no other beats, and how these divide the money."""
    (first, second), best = market.task.figures, front(table, market.task)
    some = best.iloc[evenly(len(best), MOST_NAMES)]
    fig = blank_figure(f"No split beats these {len(best)} in both {pretty_kpi(first)} and {pretty_kpi(second)}",
                       f"Left: change against {NOTHING}, one dot per split tried, 95 % intervals of those with a "
                       f"number. Right: how these divide the money", source(market, table), height=6.2)
    left, right = (fig.add_subplot(part) for part in fig.add_gridspec(1, 2, width_ratios=(1.25, 1), wspace=0.16,
                                                                            left=0.125))
    draw_points(left, table, best, some, market)
    draw_bars(right, some, bounds)
    return fig


def evenly(count: int, most: int) -> list[int]:
    """Return at most so many of ``count`` places, the first and the last among them."""
    shown = min(count, most)
    return sorted({round(place * (count - 1) / max(shown - 1, 1)) for place in range(shown)})


def draw_points(ax, table: pd.DataFrame, best: pd.DataFrame, some: pd.DataFrame, market) -> None:
    """Draw all splits, and the front as a line with numbers."""
    (first, second), currency = market.task.figures, market.params.value.currency
    ax.axhline(0.0, color=PALE, linewidth=0.9, zorder=0)
    ax.axvline(0.0, color=PALE, linewidth=0.9, zorder=0)
    ax.plot(table[second], table[first], "o", color=GREY, alpha=0.4, markersize=5, markeredgewidth=0)
    ax.plot(best[second], best[first], "o-", color=FRONT, markersize=5, linewidth=1.4)
    ax.hlines(some[first], some[f"{second}_low"], some[f"{second}_high"], color=FRONT, linewidth=1.0, alpha=0.4)
    ax.vlines(some[second], some[f"{first}_low"], some[f"{first}_high"], color=FRONT, linewidth=1.0, alpha=0.4)
    for place, (x, y) in enumerate(zip(some[second], some[first], strict=True), 1):
        ax.plot(x, y, "o", color=FRONT, markersize=15, zorder=4)
        ax.annotate(f"{place}", (x, y), ha="center", va="center_baseline", color="white", fontsize=9.5,
                    fontweight="bold", zorder=5)
    ax.set_xlabel(axis_words(second, currency))
    ax.set_ylabel(axis_words(first, currency))
    signed_axis(ax.xaxis, 6)
    signed_axis(ax.yaxis, 6)


def draw_bars(ax, some: pd.DataFrame, bounds: Bounds) -> None:
    """Draw the shares of each numbered split as one bar, and the key above."""
    left = pd.Series(0.0, some.index)
    colours = dict(zip(bounds.uses, [*BRAND_COLOURS[:len(bounds.uses) - 1], FAINT], strict=True))
    for use, colour in colours.items():
        width = some[f"share_{use}"]
        ax.barh(range(len(some)), width, left=left, color=colour, height=0.62)
        left = left + width
    ax.set_yticks(range(len(some)), [f"{place}" for place in range(1, len(some) + 1)], fontweight="bold", color=FRONT)
    ax.tick_params(left=False)
    ax.spines["left"].set_visible(False)
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xlabel("share of the money")
    percent_axis(ax.xaxis, 4)
    key(ax, [("kept" if use == KEEP else pretty(use), colour) for use, colour in colours.items()], x=1.0,
        loc="lower right")
