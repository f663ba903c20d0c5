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
    HEIGHT,
    PALE,
    brand_style,
    brands_shown,
    new_figure,
    place,
    styled,
    text_part,
)
from experiments.figures.words import percent, pretty, when


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
    grid = fig.add_gridspec(1, len(points), left=0.015, right=0.985, wspace=0.03,
                            bottom=(0.42 + 0.215 * min(results.state.b, 3)) / HEIGHT)
    for i, step in enumerate(points):
        ax = fig.add_subplot(grid[i])
        draw_moment(ax, results, at, pairs, owned[step][people])
        ax.set_title(when(results, step), loc="center")
        name_shares(ax, results, owned[step], len(points))
    return fig


def finding(results, owned: np.ndarray) -> str:
    """Say whether buyers sit together: the share of buyers at the other end of a buyer's ties, and of all ties."""
    ties, buyers = results.state.ties, owned >= 0
    end = when(results, results.state.step)
    if not buyers.any():
        return f"Nobody has bought anything by {end}"
    if len(ties) == 0 or not buyers[ties.targets].any():
        why = "" if len(ties) else "; this market has no fixed ties"
        return f"By {end}, {percent(buyers.mean())} of people have bought{why}"
    anybody = buyers[ties.sources()].mean()
    buyer = buyers[ties.sources()][buyers[ties.targets]].mean()
    how = "are spread evenly" if buyer < 1.05 * anybody else "sit together"
    return f"Buyers {how}: {percent(buyer)} of a buyer's contacts have bought, {percent(anybody)} of anybody's"


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


def name_shares(ax, results, owned: np.ndarray, panels: int) -> None:
    """Write under a moment what share of all people (drawn or not) bought which brand last."""
    brands = list(results.params.brands)
    tall = ax.get_position().height * HEIGHT
    for row, brand in enumerate(brands_shown(results, 3)):
        share = float((owned == brands.index(brand)).mean())
        words = f"{pretty(brand, 12 if panels > 3 else 28)} {percent(share)}"
        place(ax, [text_part(words, brand_style(results, brand)[0], "bold")], 4, x=0.5, y=-0.205 * row / tall,
              loc="upper center")
