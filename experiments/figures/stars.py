"""Stars: how the reviews of each brand fall on one to five stars."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.frames import series
from experiments.figures.style import (
    GREY,
    INK,
    TEXT,
    brand_style,
    brand_title,
    brands_shown,
    empty_figure,
    new_figure,
    percent_axis,
    styled,
)
from experiments.figures.words import percent, pretty, several

STARS = np.arange(1, 6)


@styled
def draw(results) -> Figure:
    """Return the figure."""
    if series(results, "n_stars_1").empty:
        return empty_figure(results, "Stars", "not recorded: metrics.reviews")
    brands = brands_shown(results, 3)
    counts = {b: np.array([series(results, f"n_stars_{s}")[b].sum() for s in STARS]) for b in brands}
    if not any(count.sum() for count in counts.values()):
        return empty_figure(results, "Nobody wrote a review", "no reviews in this run")
    fig = new_figure(results, finding(counts), "Share of the brand's reviews (re-shares left out), over the whole run")
    grid = fig.add_gridspec(1, len(brands), wspace=0.1)
    first = None
    for i, brand in enumerate(brands):
        ax = fig.add_subplot(grid[i], sharey=first)
        first = first or ax
        draw_panel(ax, results, brand, counts[brand], len(brands))
        ax.tick_params(labelleft=i == 0)
    first.set_ylim(0, 1.25 * max((c / max(c.sum(), 1)).max() for c in counts.values()))
    percent_axis(first.yaxis)
    return fig


def finding(counts: dict) -> str:
    """Say whether the reviews have the shape of a J, and for whom."""
    brand, count = max(counts.items(), key=lambda item: item[1].sum())
    share = count / count.sum()
    text = f"{percent(share[4])} of {pretty(brand)}'s reviews give five stars, {percent(share[0])} give one"
    if share[4] == share.max() and share[0] > max(share[1], share[2]) and share[1:3].sum() < 0.2:
        text += ", few lie between"
    return text


def draw_panel(ax, results, brand: str, count: np.ndarray, panels: int) -> None:
    """Draw the histogram of one brand, its shares, and its mean."""
    total = count.sum()
    brand_title(ax, results, brand, width=36 - 5 * panels)
    ax.set_xlabel(f"stars ({several(total, 'review')})")
    ax.set_xlim(0.4, 5.6)
    ax.set_xticks(STARS)
    ax.tick_params(axis="x", length=0)
    if total == 0:
        ax.text(3, 0.1, "no reviews", ha="center", color=GREY)
        return
    colour, _ = brand_style(results, brand)
    share = count / total
    bars = ax.bar(STARS, share, width=0.72, color=colour, label=brand)
    ax.bar_label(bars, [percent(s) for s in share], padding=3, fontsize=TEXT, fontweight="bold",
                 bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})
    mean = float(share @ STARS)
    ax.axvline(mean, ymax=0.9, color=INK, linewidth=1.2, linestyle=(0, (2, 2)), zorder=0)
    ax.text(mean, 0.905, f"mean {mean:.1f}", transform=ax.get_xaxis_transform(), ha="center", va="bottom")
