"""Net promoter score: the true one of all owners, and the one that each brand reads out of its reviews.

Decisions of the brand teams stand under the time axis.
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures.frames import decisions_by_step, series
from experiments.figures.style import (
    GREY,
    INK,
    brand_style,
    brands_shown,
    empty_figure,
    label_ends,
    narrow,
    new_figure,
    styled,
    time_axis,
)
from experiments.figures.words import brief, listed, number, pretty, signed

ENOUGH = 20
"""Owners from whom on a score of owners is more than noise."""


@styled
def draw(results) -> Figure:
    """Return the figure."""
    true, seen = series(results, "nps"), series(results, "nps_estimated")
    if true.empty:
        return empty_figure(results, "Net promoter score", "not recorded: metrics.nps")
    brands = brands_shown(results, 3)
    owners, enough = owners_of(results, true)
    true, seen = true.where(owners >= enough), seen.where(owners >= enough)
    if not true[brands].notna().any(axis=None):
        return empty_figure(results, "Net promoter score", "nobody owns anything: there is no score")
    fig = new_figure(results, finding(true, seen, brands),
                     "Net promoter score: solid, of all owners; dashed, as the brand reads it from reviews"
                     + (f" (from {enough} owners on)" if enough > 1 else ""))
    acts = acts_of(results, brands)
    grid = fig.add_gridspec(2, 1, height_ratios=(1, 0.075 * max(len(acts), 1)), hspace=0.12)
    ax = narrow(fig.add_subplot(grid[0] if acts else grid[:]), 0.76)
    draw_scores(ax, results, true, seen, brands)
    if acts:
        ax.set_xlabel("")
        ax.tick_params(labelbottom=False)
        draw_acts(narrow(fig.add_subplot(grid[1]), 0.76), results, acts)
    return fig


def owners_of(results, like) -> tuple:
    """Return the number of owners (step x brand), and how many are needed for a score to be drawn."""
    owners = series(results, "n_owners")
    if owners.empty:
        return like.notna().astype(float), 1
    return owners.reindex(like.index), ENOUGH if owners.max().max() >= ENOUGH else 1


def finding(true, seen, brands: list[str]) -> str:
    """Say how far the brands are wrong about themselves in the last half of the run."""
    half = true.index[-1] / 2
    gaps = (seen - true)[true.index >= half].mean()
    known = [(brief(brands)(b), gaps[b]) for b in brands if np.isfinite(gaps[b])]
    if not known:
        return "No brand has seen a review: the net promoter score is known to nobody"
    if all(abs(gap) < 3 for _, gap in known):
        return f"{listed([name for name, _ in known])} read their net promoter score right within 3 points"
    name, gap = known[0]
    first = f"{name} reads its net promoter score {number(round(abs(gap)))} points too {direction(gap)}"
    return listed([first, *(f"{name} {number(round(abs(gap)))} too {direction(gap)}" for name, gap in known[1:])])


def direction(gap: float) -> str:
    """Return the word for the sign of an error."""
    return "high" if gap > 0 else "low"


def draw_scores(ax, results, true, seen, brands: list[str]) -> None:
    """Draw both scores of each brand and shade the gap."""
    labels = []
    ax.axhline(0.0, color=GREY, linewidth=0.8)
    ax.grid(axis="y")
    for brand in brands:
        colour, marker = brand_style(results, brand)
        t, y, z = true.index.to_numpy(), true[brand].to_numpy(), seen[brand].to_numpy()
        ax.fill_between(t, y, z, color=colour, alpha=0.13, linewidth=0)
        ax.plot(t, y, color=colour, marker=marker, markevery=max(1, len(t) // 8), markersize=6.5, label=brand)
        ax.plot(t, z, color=colour, linestyle=(0, (3.5, 2)), linewidth=2.0, label=f"seen {brand}")
        labels.append((y[-1], f"{pretty(brand, 16)} {signed(y[-1])}", colour))
        labels.append((z[-1], f"{pretty(brand, 11)} reads {signed(z[-1])}", colour))
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))
    ax.set_ylabel("points")
    time_axis(ax, results)
    label_ends(ax, labels, bold=False)


def acts_of(results, brands: list[str]) -> list[tuple]:
    """Return (brand, policy, steps) of everything that was decided, at most six rows."""
    table = decisions_by_step(results)
    table = table[table["brand"].isin(brands)]
    return [(*names, np.unique(rows["step"])) for names, rows in table.groupby(["brand", "policy"])][:6]


def draw_acts(ax, results, acts: list[tuple]) -> None:
    """Mark the decisions under the time axis, one row per policy."""
    for row, (brand, policy, steps) in enumerate(acts):
        colour, _ = brand_style(results, brand)
        ax.plot(steps, np.full(steps.size, -row), linestyle="none", marker="|", markersize=10, markeredgewidth=2.2,
                color=colour)
        ax.text(1.015, -row, f"{pretty(policy, 20)}", transform=ax.get_yaxis_transform(), va="center", color=colour)
    ax.set_ylim(0.6 - len(acts), 0.6)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.text(-0.012, 0.5, "decisions", transform=ax.transAxes, ha="right", va="center", color=INK)
    time_axis(ax, results)
