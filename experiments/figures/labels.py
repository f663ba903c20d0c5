"""Names beside points: where each stands so that it covers no other name, no point and no line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.transforms import Bbox

from experiments.figures.style import INK, TEXT

AROUND = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
"""Directions in which a name may stand from its point, the best first."""
REACHES = (9, 18, 30, 44)
"""How far away, in points of 1/72 inch."""


def label_points(ax, points: Sequence[tuple[float, float]], names: Sequence[str], obstacles: Sequence[Bbox] = (),
                 colours: Sequence[str] = (), size: float = TEXT - 1) -> None:
    """Write a name beside each point (x, y), in data units, where it hides as little as possible.

    ``obstacles`` are boxes in data units that names should not cover.  Call it when all else is drawn.
    """
    figure = ax.get_figure()
    figure.draw_without_rendering()    # the limits of the axes stand from here on
    renderer = figure.canvas.get_renderer()
    taken = [Bbox(ax.transData.transform(box)).padded(4) for box in obstacles]
    spots = ax.transData.transform(np.asarray(points, float))
    taken += [Bbox.from_extents(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    inside = ax.get_window_extent(renderer)
    for (x, y), name, colour in zip(points, names, colours or [INK] * len(names), strict=True):
        text = ax.annotate(name, (x, y), (0, 0), textcoords="offset points", fontsize=size, color=colour)
        best = min(places(), key=lambda place: cost(set_place(text, place, renderer), taken, inside, place))
        taken.append(set_place(text, best, renderer))
        if max(abs(best[0]), abs(best[1])) > REACHES[1]:
            ax.annotate("", (x, y), best, textcoords="offset points", arrowprops={
                "arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 5, "shrinkA": 0})


def places() -> list[tuple[float, float]]:
    """Return all offsets (points) to try, near ones first."""
    return [(dx * reach, dy * reach) for reach in REACHES for dx, dy in AROUND]


def set_place(text, place: tuple[float, float], renderer) -> Bbox:
    """Move a name to an offset, aligned away from its point, and return the box it covers (pixels)."""
    dx, dy = place
    text.set_position(place)
    text.set_ha("left" if dx > 0 else "right" if dx < 0 else "center")
    text.set_va("bottom" if dy > 0 else "top" if dy < 0 else "center")
    return text.get_window_extent(renderer)


def cost(box: Bbox, taken: Sequence[Bbox], inside: Bbox, place: tuple[float, float]) -> float:
    """Return how bad a place is: what it covers (pixels squared), what sticks out, and a little for the distance."""
    covered = sum(area(Bbox.intersection(box, other)) for other in taken)
    within = Bbox.intersection(box, inside)
    return covered + 4.0 * (box.width * box.height - area(within)) + 2.0 * float(np.hypot(*place))


def area(box: Bbox | None) -> float:
    """Return the area of a box, 0 of none."""
    return 0.0 if box is None else float(box.width * box.height)
