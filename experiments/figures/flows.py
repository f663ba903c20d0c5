"""Flows: where the people of each rung come from and go to, drawn as ribbons between points in time.

Heights are people; what leaves a column arrives at the next.  People who stay unaware or prospects are most of
a market and do not move: they are named, not drawn; of them only those who come and go are.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from experiments.figures.frames import RUNGS, flow_matrices, moves_between, time_points
from experiments.figures.style import (
    GREY,
    RUNG_COLOURS,
    RUNG_INK,
    brand_title,
    brands_shown,
    empty_figure,
    label_ends,
    new_figure,
    styled,
)
from experiments.figures.words import brief, number, percent, step_word, when

OUTSIDE = "unaware or prospect"
NODES = ("detractor", "rejecter", "lapsed", OUTSIDE, "customer", "client", "advocate")
"""From the bottom to the top of every column."""
BAR = 0.13


@styled
def draw(results) -> Figure:
    """Return the figure."""
    brands = brands_shown(results, 3)
    if results.flows.empty:
        return empty_figure(results, "Flows between rungs", "no ladder in this run, or no step done")
    points = time_points(results.state.step, 4 if len(brands) < 3 else 2)
    fig = new_figure(results, finding(results, brands),
                     "Heights are people; ribbons have the colour of the rung they lead to. Moves are joined over the "
                     f"{step_word(results.params)}s as if the people on a rung were alike")
    grid = fig.add_gridspec(1, len(brands), left=0.02, right=0.98, wspace=0.04, bottom=0.125)
    moves = {b: moves_of(flow_matrices(results, b), points) for b in brands}
    high = max(size.sum() for m in moves.values() for size in columns(m)) or 1.0
    gap = 0.025 * high
    top = max((stack(size, gap) + size).max() for m in moves.values() for size in columns(m))
    for i, brand in enumerate(brands):
        ax = fig.add_subplot(grid[i])
        ax.set_xlim(-0.06, (len(points) - 1 + BAR) * (1.22, 1.5, 1.85)[len(brands) - 1])
        ax.set_ylim(0, max(top, high))
        draw_panel(ax, results, moves[brand], points, high)
        name_nodes(ax, flow_matrices(results, brand)[-1].sum(axis=0), moves[brand], gap)
        brand_title(ax, results, brand, width=36 - 5 * len(brands))
    return fig


def finding(results, brands: list[str]) -> str:
    """Say what became of those who ever bought."""
    parts = []
    for brand in brands:
        end = dict(zip(RUNGS, flow_matrices(results, brand)[-1].sum(axis=0), strict=True))
        buyers = sum(end[rung] for rung in ("customer", "client", "advocate", "detractor", "lapsed"))
        if buyers:
            parts.append((brief(brands)(brand), end["advocate"] / buyers, (end["detractor"] + end["lapsed"]) / buyers))
    if not parts:
        return "Nobody bought: all flows stay between unaware, prospect and rejecter"
    name, up, down = parts[0]
    first = f"Of the buyers of {name} {percent(up)} end as advocates, {percent(down)} against it or gone"
    return first + "".join(f"; {name} {percent(up)} and {percent(down)}" for name, up, down in parts[1:])


def moves_of(steps: np.ndarray, points: list[int]) -> list[np.ndarray]:
    """Return the moves among the nodes of the picture between each two points in time, (7, 7) each."""
    return [merged(moves_between(steps, a, b)) for a, b in pairwise(points)]


def draw_panel(ax, results, moves: list[np.ndarray], points: list[int], high: float) -> None:
    """Draw the columns of one brand and the ribbons between them."""
    sizes = columns(moves)
    bottoms = [stack(size, gap=0.025 * high) for size in sizes]
    for j, moved in enumerate(moves):
        for node, left, right, height in ribbons(moved, bottoms[j], bottoms[j + 1]):
            ax.add_artist(ribbon(j + BAR, j + 1, left, right, height, colour_of(node)))
    for j, (size, bottom) in enumerate(zip(sizes, bottoms, strict=True)):
        for k in np.flatnonzero(size):
            ax.add_artist(Rectangle((j, bottom[k]), BAR, size[k], facecolor=colour_of(k), edgecolor=GREY,
                                   linewidth=0.4, gid=f"{NODES[k]}@{points[j]}"))
        last = j == len(points) - 1
        ax.text(j + BAR / 2, -0.03 * high, when(results, points[j]) if last else str(points[j]), va="top", ha="center")
    ax.set_axis_off()


def merged(moved: np.ndarray) -> np.ndarray:
    """Return the moves among the nodes of the picture, (7, 7), without those who stay outside."""
    at = [NODES.index(rung) if rung in NODES else NODES.index(OUTSIDE) for rung in RUNGS]
    out = np.zeros((len(NODES), len(NODES)))
    np.add.at(out, np.ix_(at, at), moved)
    out[NODES.index(OUTSIDE), NODES.index(OUTSIDE)] = 0.0
    return out


def columns(moves: list[np.ndarray]) -> list[np.ndarray]:
    """Return the people on the nodes of each column; outside stand those who just left it or came back."""
    gone = [m.sum(axis=1) for m in moves] + [np.zeros(len(NODES))]
    come = [np.zeros(len(NODES))] + [m.sum(axis=0) for m in moves]
    return [np.maximum(out, into) for out, into in zip(gone, come, strict=True)]


def colour_of(node: int) -> str:
    """Return the colour of a node."""
    return RUNG_COLOURS.get(NODES[node], RUNG_COLOURS["prospect"])


def name_nodes(ax, end: np.ndarray, moves: list[np.ndarray], gap: float) -> None:
    """Write the rungs and their people beside the last column, and who is outside at the end."""
    people, size = dict(zip(RUNGS, end, strict=True)), columns(moves)[-1]
    middle = stack(size, gap) + size / 2
    entries = [(middle[k], f"{name} {number(people[name])}", RUNG_INK[name]) for k, name in enumerate(NODES)
               if name != OUTSIDE and people[name] > 0]
    outside = f"prospect {number(people['prospect'])}\nunaware {number(people['unaware'])}"
    entries.append((middle[NODES.index(OUTSIDE)], outside, GREY))
    low, high = ax.get_xlim()
    label_ends(ax, entries, x=(len(moves) + BAR + 0.06 - low) / (high - low), bold=False,
               low_edge=0.0)


def stack(size: np.ndarray, gap: float) -> np.ndarray:
    """Return the lower edge of each node of a column, (7,), from the bottom to the top."""
    tall = size + gap * (size > 0)
    tall[NODES.index(OUTSIDE)] = size[NODES.index(OUTSIDE)] + 2 * gap
    return np.cumsum(tall) - tall


def ribbons(moved: np.ndarray, left: np.ndarray, right: np.ndarray):
    """Yield (node it leads to, lower edge at the left, lower edge at the right, height) of every ribbon."""
    starts = left[:, None] + np.cumsum(moved, axis=1) - moved
    ends = right[None, :] + np.cumsum(moved, axis=0) - moved
    for a, b in zip(*np.nonzero(moved), strict=True):
        yield int(b), starts[a, b], ends[a, b], moved[a, b]


def ribbon(x0: float, x1: float, y0: float, y1: float, height: float, colour: str) -> PathPatch:
    """Return one ribbon of constant height between two columns."""
    middle = (x0 + x1) / 2
    corners = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 + height), (middle, y1 + height),
               (middle, y0 + height), (x0, y0 + height), (x0, y0)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), facecolor=colour, alpha=0.62, linewidth=0, gid="ribbon")
