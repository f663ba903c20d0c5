"""Ladder: people on the rungs of loyalty over time, upward rungs above the line, downward rungs below it."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.frames import series
from experiments.figures.style import (
    INK,
    RUNG_COLOURS,
    RUNG_INK,
    brand_title,
    brands_shown,
    empty_figure,
    label_ends,
    new_figure,
    number_axis,
    styled,
    time_axis,
)
from experiments.figures.words import brief, listed, number, pretty, several

UP, DOWN = ("customer", "client", "advocate"), ("detractor", "rejecter", "lapsed")
"""From the line outwards."""


@styled
def draw(results) -> Figure:
    """Return the figure."""
    counts = {rung: series(results, f"n_{rung}") for rung in RUNG_COLOURS}
    if counts["customer"].empty:
        return empty_figure(results, "Ladder of loyalty", "not recorded: metrics.rungs")
    brands = brands_shown(results, 3)
    fig = new_figure(results, finding(results, counts, brands),
                     "People on each rung: above the line with the brand, below it against it or gone. "
                     + outside(results, counts, brands))
    grid = fig.add_gridspec(1, len(brands), wspace=0.14, right=0.855)
    panels = []
    for i, brand in enumerate(brands):
        ax = fig.add_subplot(grid[i], sharey=panels[0] if panels else None)
        draw_panel(ax, results, counts, brand)
        ax.tick_params(labelleft=i == 0)
        time_axis(ax, results, ticks=max(3, 8 // len(brands)))
        brand_title(ax, results, brand, width=36 - 5 * len(brands))
        panels.append(ax)
    make_room(panels[0], counts, brands)
    number_axis(panels[0].yaxis, 7)
    panels[0].set_ylabel("people")
    label_rungs(panels[-1], counts, brands[-1])
    return fig


def finding(results, counts: dict, brands: list[str]) -> str:
    """Say how advocates compare with detractors at the end."""
    ends = [(brief(brands)(b), counts["advocate"][b].iloc[-1], counts["detractor"][b].iloc[-1]) for b in brands]
    name, advocates, detractors = ends[0]
    first = f"{name} ends with {several(advocates, 'advocate')} against {several(detractors, 'detractor')}"
    return listed([first] + [f"{name} with {number(up)} against {number(down)}" for name, up, down in ends[1:]])


def draw_panel(ax, results, counts: dict, brand: str) -> None:
    """Stack the rungs of one brand outwards from the line."""
    steps = counts["customer"].index.to_numpy()
    for rungs, sign in ((UP, 1.0), (DOWN, -1.0)):
        base = np.zeros(steps.size)
        for rung in rungs:
            values = sign * counts[rung][brand].to_numpy()
            ax.fill_between(steps, base, base + values, color=RUNG_COLOURS[rung], linewidth=0, label=rung)
            base = base + values
            ax.plot(steps, base, color="white", linewidth=0.7)
    ax.axhline(0.0, color=INK, linewidth=1.2)


def make_room(ax, counts: dict, brands: list[str]) -> None:
    """Set the scale of all panels from the largest stacks."""
    top = max(sum(counts[rung][b] for rung in UP).max() for b in brands)
    bottom = max(sum(counts[rung][b] for rung in DOWN).max() for b in brands)
    size = max(top + bottom, 4.0)
    ax.set_ylim(-bottom - 0.05 * size, max(top, size - bottom) + 0.05 * size)


def label_rungs(ax, counts: dict, brand: str) -> None:
    """Name the rungs at the right of the last panel, in order."""
    entries = []
    for rungs, sign in ((UP, 1.0), (DOWN, -1.0)):
        base = 0.0
        for rung in rungs:
            value = counts[rung][brand].iloc[-1]
            entries.append((sign * (base + value / 2), rung, rung))
            base += value
    label_ends(ax, [(y, text, RUNG_INK[rung]) for y, text, rung in entries])


def outside(results, counts: dict, brands: list[str]) -> str:
    """Say how many people at the end are on no rung that is drawn."""
    ends = [f"{number(counts['prospect'][b].iloc[-1])} prospects and {number(counts['unaware'][b].iloc[-1])} unaware "
            f"({pretty(b, 18 if len(brands) < 3 else 12)})" for b in brands]
    return "Not drawn at the end: " + ", ".join(ends)
