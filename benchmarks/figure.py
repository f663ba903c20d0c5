"""The figure: cost against size on logarithmic axes, the engine and its rivals."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.found import Found
from benchmarks.races import US
from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, GREY, blank_figure, message, styled

PANELS = (("cascade", "Independent cascade", "seconds per cascade"),
          ("imitation", "Bass on a network", "seconds per step"),
          ("market", "Full model", "seconds per step"))
LOOK = {name: (BRAND_COLOURS[i], BRAND_MARKERS[i]) for i, name in
        enumerate((US, "cynetdiff", "EoN", "NDlib", "Starsim", "Mesa objects"))}


def write_figure(out: Path, found: Found, machine: dict) -> None:
    """Write ``cost.svg`` and ``cost.png``."""
    fig = draw(found, machine)
    fig.savefig(out / "cost.svg")
    fig.savefig(out / "cost.png")


@styled
def draw(found: Found, machine: dict) -> Figure:
    """Return the figure: one panel per kind of work."""
    fig = blank_figure("What a run costs, by the number of people", "One core, compiled, median of all repetitions; "
                       "the network has ten ties per person", f"Grapevine {machine['commit'][:8]} · {machine['cpu']}")
    grid = fig.add_gridspec(1, 3, wspace=0.32)
    for place, (race, title, what) in zip(grid, PANELS, strict=True):
        draw_panel(fig.add_subplot(place), found, race, title, what)
    return fig


def draw_panel(ax, found: Found, race: str, title: str, what: str) -> None:
    """Draw the lines of one race, with the name of each at its end."""
    ax.set_title(title)
    lines = {name: points(found, race, name) for name in found.contestants(race)}
    lines = {name: line for name, line in lines.items() if line}
    if not lines:
        message(ax, "not run in this session")
        return
    for name, line in lines.items():
        colour, marker = LOOK.get(name, (GREY, "o"))
        ax.plot(*zip(*line, strict=True), color=colour, marker=marker, label=name, zorder=3 if name == US else 2)
        ax.annotate(name, line[-1], xytext=(0, 7), textcoords="offset points", ha="right", color=colour)
    ax.set(xscale="log", yscale="log", xlabel="people", ylabel=what)
    ax.grid(True)


def points(found: Found, race: str, name: str) -> list[tuple[float, float]]:
    """Return (people, seconds) of a contestant; per step where the race has steps."""
    out = []
    for source in (race, "huge") if race == "market" else (race,):
        for people in found.sizes(source):
            seconds = found.median(source, people, name)
            steps = found.median(source, people, name, "person_steps")
            if seconds is not None:
                out.append((people, seconds * people / steps if steps else seconds))
    return sorted(out)
