"""The figure of an audit: every channel a panel, every method a bar, the knock-out the yardstick."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures.style import FAINT, GREY, INK, PALE, TRIGGER_COLOURS, blank_figure, styled
from experiments.figures.words import percent
from experiments.tasks.audit.measure import KNOCKOUT, METHODS
from experiments.tasks.audit.tables import channels_used, in_shares
from experiments.tasks.audit.words import TITLES, headline, scope
from experiments.tasks.compare.figures import GAIN, LOSS

COLOURS = {"advertising": "#D9A441", "feed": TRIGGER_COLOURS["word of mouth"], "site": TRIGGER_COLOURS["neighbours"],
           "gifts": "#7D7D7D", "experience": "#35978F", "rest": PALE}
INKS = COLOURS | {"advertising": "#966A10", "site": "#7C58A8", "gifts": GREY, "experience": "#217F77", "rest": GREY}
"""The same for words, dark enough to be read."""
PLACES = {"last touch": 8.6, "first touch": 7.6, "linear": 6.6, "time decay": 5.6, "survey": 4.3, "holdout test": 3.0,
          "ledger (consider)": 1.7, "ledger (choose)": 0.7}
"""Height of each method, with room between touches, questions, tests and the ledger."""

NOTE = ("Bar: share of sales that a method gives to the channel. Line: share gone without the channel, with its 95 % "
        "interval. Number: points too much (+) or too little (\u2212), bold where that is sure.")


@styled
def draw_audit(task, params, table: pd.DataFrame, worlds: int) -> Figure:
    """Return one panel per channel: bars of what each method gives to it, across the line of the knock-out."""
    used, shares = channels_used(table), in_shares(table)
    fig = blank_figure(headline(shares, used, task.brand), NOTE,
                       f"Grapevine · scenario {params.name} · {scope(task, params, table, worlds)}", height=6.6)
    top = fig.subplotpars.top - 0.035
    grid = fig.add_gridspec(1, len(used) + 1, wspace=0.14, left=0.165, right=0.985, bottom=0.105, top=top)
    limits = limits_of(shares, used)
    for i, channel in enumerate([*used, "rest"]):
        ax = fig.add_subplot(grid[i])
        prepare(ax, channel, limits, labelled=i == 0)
        if channel == "rest":
            draw_rest(ax, shares)
        else:
            draw_channel(ax, shares.xs(channel, level="channel"), channel, limits)
    return fig


def limits_of(shares: pd.DataFrame, used: list[str]) -> tuple[float, float]:
    """Return the least and the largest share that is shown, to a whole 5 %; all panels have one scale."""
    shown = shares.loc[shares.index.get_level_values("channel").isin([*used, "none", "unknown"]), "sales"]
    return min(np.floor(20 * shown.min() + 1e-9) / 20, 0.0), max(np.ceil(20 * shown.max() - 1e-9) / 20, 0.05)


def prepare(ax, channel: str, limits: tuple[float, float], labelled: bool) -> None:
    """Give a panel its title, its scale, with room for the numbers at the right, and the names of the methods."""
    low, high = limits
    ax.set_xlim(low - 0.03 * (high - low), high + 0.52 * (high - low))
    ax.set_ylim(0.1, 9.85)
    ax.set_yticks(list(PLACES.values()), list(PLACES) if labelled else [""] * len(PLACES))
    ax.tick_params(left=False, pad=2)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(low, high)
    ax.xaxis.set_major_locator(MaxNLocator(2, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:.0f} %" if low <= x <= 1.001 * high else ""))
    ax.tick_params(axis="x", labelsize=10)
    title = "credited\nto nobody" if channel == "rest" else TITLES[channel].replace(" ", "\n", 1)
    ax.text(0.0, 10.0, title, color=INKS[channel], fontsize=12, fontweight="bold",
            linespacing=1.1, va="bottom", ha="left")


def draw_channel(ax, mine: pd.DataFrame, channel: str, limits: tuple[float, float]) -> None:
    """Draw the bars of a channel, and the knock-out across them."""
    truth = mine.loc[KNOCKOUT]
    edge = 0.03 * (limits[1] - limits[0])
    ax.fill_betweenx([0.1, 9.15], *truth[["low", "high"]].clip(limits[0] - edge, limits[1] + edge), color=FAINT,
                     linewidth=0, zorder=0)
    for method, y in PLACES.items():
        if method in mine.index and mine.loc[method, "sales"] == mine.loc[method, "sales"]:
            ax.barh(y, mine.loc[method, "sales"], color=COLOURS[channel], height=0.72, zorder=1)
            write_error(ax, y, mine.loc[method], limits)
    ax.vlines(0.0, 0.1, 9.15, color=GREY, linewidth=0.8, zorder=1)
    ax.vlines(truth["sales"], 0.1, 9.15, color=INK, linewidth=2.2, zorder=2)
    ax.text(truth["sales"], 9.25, percent(truth["sales"]).replace("-", "\u2212"), ha="center", va="bottom",
            fontweight="bold", fontsize=11)


def write_error(ax, y: float, found: pd.Series, limits: tuple[float, float]) -> None:
    """Write at the right of a panel by how many points a method errs, in colour where that is sure."""
    sure, value = found["error_low"] > 0 or found["error_high"] < 0, 100 * found["error"]
    text = "0" if abs(value) < 0.5 else f"{value:+.0f}".replace("-", "\u2212")
    ax.text(limits[1] + 0.5 * (limits[1] - limits[0]), y, text, ha="right", va="center", fontsize=11,
            color=GREY if not sure or text == "0" else LOSS if value > 0 else GAIN,
            fontweight="bold" if sure and text != "0" else "normal")


def draw_rest(ax, shares: pd.DataFrame) -> None:
    """Draw what each method gives to no channel: no touch, not known, not tested, luck and what was believed before."""
    ax.vlines(0.0, 0.1, 9.15, color=GREY, linewidth=0.8)
    for method in METHODS:
        share = shares.loc[method, "sales"].reindex(["none", "unknown"]).sum()
        ax.barh(PLACES[method], share, color=COLOURS["rest"], height=0.72)
        if share >= 0.005:
            ax.text(share, PLACES[method], f" {100 * share:.0f}", va="center", fontsize=11, color=GREY)
