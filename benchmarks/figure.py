"""The figure: cost against size on logarithmic axes, the engine and its rivals, and the bars of the full model."""

from __future__ import annotations

import math
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from benchmarks.found import Found
from benchmarks.races import FULL, US
from benchmarks.rows import ROWS
from experiments.figures.style import (
    BRAND_COLOURS,
    BRAND_MARKERS,
    FAINT,
    GREY,
    HEIGHT,
    TEXT,
    blank_figure,
    message,
    spread,
    styled,
)
from experiments.figures.words import number

PANELS = (("cascade", "A cascade"), ("imitation", "A step of Bass, on ties"),
          ("market", "A step of the full model"))
LOOK = {name: (BRAND_COLOURS[i], BRAND_MARKERS[i]) for i, name in
        enumerate((US, "cynetdiff", "EoN", "NDlib", "Starsim", "Mesa objects"))}
GUIDES = ((1e-8, "10 ns per person"), (1e-6, "1 µs"), (1e-4, "100 µs"))
Lines = dict[str, list[tuple[float, float]]]


def write_figure(out: Path, found: Found, machine: dict) -> None:
    """Write ``cost.svg`` and ``cost.png``."""
    fig = draw(found, machine)
    fig.savefig(out / "cost.svg")
    fig.savefig(out / "cost.png")


@styled
def draw(found: Found, machine: dict) -> Figure:
    """Return the figure: one panel per kind of work, all on the same axes."""
    repetitions = 1 + max((one["repetition"] for one in found.measurements), default=0)
    fig = blank_figure(finding(found), "Seconds by number of people, ten ties each; one core, kernels compiled, "
                       f"{f'median of {repetitions}' if repetitions > 1 else 'a single measurement'}",
                       f"Grapevine {machine['commit'][:8]} · {machine['cpu']} · {machine['date'][:10]}")
    grid = fig.add_gridspec(1, len(PANELS), wspace=0.1)
    lines = {race: lines_of(found, race) for race, _ in PANELS}
    limits = axes_of([point for panel in lines.values() for line in panel.values() for point in line])
    first = next((race for race in lines if lines[race]), None)
    for place, (race, title) in zip(grid, PANELS, strict=True):
        ax = fig.add_subplot(place)
        ax.set_title(title)
        if not lines[race]:
            message(ax, "not run in\nthis session")
            continue
        draw_axes(ax, limits, labelled=race == first)
        draw_guides(ax, labelled=race == first)
        draw_lines(ax, lines[race])
        if race == "market":
            draw_bars(ax)
    return fig


def finding(found: Found) -> str:
    """Say what the largest cascade costs us and the fastest rival."""
    for people in reversed(found.sizes("cascade")):
        ours, theirs = (found.median("cascade", people, name) for name in (US, "cynetdiff"))
        if ours and theirs:
            return (f"A cascade among {people:,} people takes Grapevine {duration(ours)}, "
                    f"cynetdiff {duration(theirs)}")
    return "What a run costs, by the number of people"


def lines_of(found: Found, race: str) -> Lines:
    """Return (people, seconds) by contestant; seconds are per step where the race has steps."""
    lines: Lines = {}
    for source in (race, "huge") if race == "market" else (race,):
        for name in found.contestants(source):
            for people in found.sizes(source):
                seconds = found.median(source, people, name)
                steps = found.median(source, people, name, "person_steps")
                if seconds is not None:
                    lines.setdefault(name, []).append((people, seconds * people / steps if steps else seconds))
    return lines


def axes_of(points: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of people and of seconds in whole decades: people from 1e4 to 1e7 at least in full sizes."""
    people, seconds = zip(*(points or [(FULL.default, 1.0)]), strict=True)
    right = 1e7 if max(people) >= FULL.default else 1e4
    return ((min(people) / 2.5, max(right, max(people)) * 3),
            (10 ** math.floor(math.log10(min(seconds))) / 1.6, 1.6 * 10 ** math.ceil(math.log10(max(seconds)))))


def draw_axes(ax, limits, labelled: bool) -> None:
    """Give a panel the common axes, their ticks in words."""
    ax.set(xscale="log", yscale="log", xlim=limits[0], ylim=limits[1], xlabel="people")
    for axis, words in ((ax.xaxis, many), (ax.yaxis, duration)):
        axis.set_major_locator(LogLocator(10, numticks=12))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _, words=words: words(value)))
    ax.tick_params(labelleft=labelled)


def draw_guides(ax, labelled: bool) -> None:
    """Draw faint lines of equal cost per person."""
    (left, right), (low, _) = ax.get_xlim(), ax.get_ylim()
    for cost, text in GUIDES:
        ax.plot((left, right), (cost * left, cost * right), color=FAINT, linewidth=1, zorder=0, scalex=False,
                scaley=False)
        x = max(left, low / cost) * 1.25
        if labelled and x < right:
            ax.annotate(text, (x, cost * x), xytext=(0, 3), textcoords="offset points", color=GREY, fontsize=TEXT - 4,
                        rotation=angle(ax), rotation_mode="anchor")


def angle(ax) -> float:
    """Return the angle (degrees) of a line of equal cost per person on a panel."""
    box, (width, height) = ax.get_position(), ax.figure.get_size_inches()
    decades = [math.log10(high / low) for low, high in (ax.get_xlim(), ax.get_ylim())]
    return math.degrees(math.atan2(box.height * height / decades[1], box.width * width / decades[0]))


def draw_lines(ax, lines: Lines) -> None:
    """Draw a line per contestant, named at its end: behind it where it is longest, above it otherwise."""
    far = max(line[-1][0] for line in lines.values())
    behind = []
    for name, line in lines.items():
        colour, marker = LOOK.get(name, (GREY, "o"))
        ax.plot(*zip(*line, strict=True), color=colour, marker=marker, label=name, zorder=3 if name == US else 2)
        if line[-1][0] == far and far < 0.2 * ax.get_xlim()[1]:
            behind.append((name, line[-1][1], colour))
        else:
            ax.annotate(name, line[-1], xytext=(9, 9), textcoords="offset points", ha="right", color=colour,
                        fontweight="bold", fontsize=TEXT - 1)
    name_ends(ax, far, behind)


def name_ends(ax, x: float, ends: list[tuple[str, float, str]]) -> None:
    """Write names (name, seconds, colour) at the right of ``x``, moved apart where they would overlap."""
    low, high = (math.log10(limit) for limit in ax.get_ylim())
    tall = 1.2 * (TEXT - 1) / (ax.get_position().height * HEIGHT * 72)
    wanted = [(math.log10(seconds) - low) / (high - low) for _, seconds, _ in ends]
    for y, (name, _, colour) in zip(spread(wanted, [tall] * len(ends), 0.0, 1.0), ends, strict=True):
        ax.annotate(name, (x, y), xycoords=("data", "axes fraction"), xytext=(8, 0), textcoords="offset points",
                    va="center", color=colour, fontweight="bold", fontsize=TEXT - 1)


def draw_bars(ax) -> None:
    """Draw the bars of the full model from aim to accept, at the sizes for which they are meant."""
    bars = {row.key: row for row in ROWS}
    for key, people, steps, above in (("market_loop", FULL.market[-1], FULL.market_steps, False),
                                      ("huge", FULL.huge, FULL.huge_steps, True)):
        aim, accept = (bar / steps for bar in (bars[key].aim, bars[key].accept))
        if people < ax.get_xlim()[1] and accept < ax.get_ylim()[1]:
            ax.plot((people, people), (aim, accept), color=GREY, linewidth=7, alpha=0.35, solid_capstyle="butt",
                    zorder=1, scalex=False, scaley=False)
            ax.annotate("asked for", (people, accept if above else aim), xytext=(0, 5 if above else -5),
                        textcoords="offset points", ha="center", va="bottom" if above else "top", color=GREY,
                        fontsize=TEXT - 2)


def many(people: float) -> str:
    """Return a number of people in a few letters: 10k, 1M."""
    return f"{people / 1e6:g}M" if people >= 1e6 else f"{people / 1e3:g}k" if people >= 1e3 else f"{people:g}"


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.999 * size:
            return f"{number(float(f'{seconds / size:.3g}'))} {unit}"
    return f"{seconds * 1e9:.3g} ns"
