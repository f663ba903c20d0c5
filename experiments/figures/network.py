"""Network: who owns what at four points in time, on the ties along which they talk.

Large markets are shown by a sample.  Ownership in the past is read from the purchases (the latest one counts),
so people who have left a brand without buying another still carry its colour.
"""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from experiments.figures.frames import owned_at, time_points
from experiments.figures.layout import people_drawn, positions, ties_among
from experiments.figures.style import (
    GREY,
    PALE,
    TEXT,
    brand_style,
    new_figure,
    place,
    styled,
    text_part,
)
from experiments.figures.words import percent, pretty, several, when


@styled
def draw(results) -> Figure:
    """Return the figure."""
    ties = results.state.ties
    people, who = people_drawn(ties)
    pairs = ties_among(ties, people)
    at = positions(pairs, ties.community[people])
    points = [step for step in time_points(results.state.step, 4) if step > 0] or [0]
    owned = {step: owned_at(results, step) for step in points}
    fig = new_figure(results, finding(results, owned[points[-1]]),
                     f"Drawn: {who}. Colour: brand bought last (leaving is not shown); grey: bought nothing yet")
    grid = fig.add_gridspec(1, len(points), left=0.015, right=0.985, wspace=0.03, bottom=0.115)
    for i, step in enumerate(points):
        ax = fig.add_subplot(grid[i])
        draw_moment(ax, results, at, pairs, owned[step][people])
        ax.set_title(when(results, step))
        name_shares(ax, results, owned[step], len(points), i == 0)
    return fig


def finding(results, owned: np.ndarray) -> str:
    """Say whether buyers sit together: the share of buyers among a buyer's contacts, against all people's."""
    ties, buyers = results.state.ties, owned >= 0
    share = buyers.mean()
    if not buyers.any():
        return f"Nobody had bought anything by {when(results, results.state.step)}"
    seen = buyers[ties.sources()] if len(ties) else buyers[:0]
    start = f"By {when(results, results.state.step)} {percent(share)} have bought"
    if not len(ties) or not buyers[ties.targets].any():
        return f"{start}; nobody has fixed ties here" if not len(ties) else start
    around, others = seen[buyers[ties.targets]].mean(), share
    if buyers.all():
        return "Everybody has bought"
    if around < 1.05 * others:
        return f"{start}, evenly over the network: {percent(around)} of a buyer's contacts"
    return f"{start}, but {percent(around)} of a buyer's contacts: buyers sit together"


def draw_moment(ax, results, at: np.ndarray, pairs: np.ndarray, owned: np.ndarray) -> None:
    """Draw ties and people at one point in time."""
    ax.add_collection(LineCollection(at[pairs], colors=GREY, linewidths=0.5, alpha=0.22 if len(pairs) > 300 else 0.5))
    size = float(np.clip(5200 / max(len(at), 1), 14, 60))
    none = owned < 0
    ax.scatter(*at[none].T, s=0.55 * size, color=PALE, edgecolors="white", linewidths=0.4, zorder=2, label="none")
    for b, brand in enumerate(results.params.brands):
        mine = owned == b
        if mine.any():
            colour, marker = brand_style(results, brand)
            ax.scatter(*at[mine].T, s=1.35 * size, color=colour, marker=marker, edgecolors="white", linewidths=0.5,
                       zorder=3, label=brand)
    ax.set_axis_off()
    ax.set_xlim(-1.06, 1.06)
    ax.set_ylim(-1.06, 1.06)


def name_shares(ax, results, owned: np.ndarray, panels: int, first: bool) -> None:
    """Write under a moment what share of all people (drawn or not) bought which brand last."""
    brands = list(results.params.brands)[:3]
    for row, brand in enumerate(brands):
        share = float((owned == list(results.params.brands).index(brand)).mean())
        words = f"{pretty(brand, 19)} {percent(share)}"
        place(ax, [text_part(words, brand_style(results, brand)[0], "bold", TEXT)], 4, x=0.5, y=-0.01 - 0.065 * row,
              loc="upper center")
    return several, panels, first
