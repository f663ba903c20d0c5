"""Figures of a run: one file per figure, each a function ``draw(results) -> matplotlib.figure.Figure``.

    from experiments.figures import write_figures
    write_figures(model.results, Path("figures"))

A figure shows what stands in the tables of ``results``; its title is a sentence computed from them.  Figures of the
user's own come with their plug-ins (``params.FIGURES``); they may return None where a run has nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from simulation.params import ConfigError

NAMES = ("adoption", "ladder", "flows", "nps", "stars", "pain", "reproduction", "network", "decisions")
FIGURES = {name: f"experiments.figures.{name}" for name in NAMES}
"""Name of each figure -> its module, imported when it is drawn."""


def write_figures(results, folder: Path) -> list[Path]:
    """Draw all figures that apply to this run into ``folder`` as PNG; return the paths in order.

    The bytes depend on the run and on the versions of matplotlib and its libraries alone.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in figures_of(results).items():
        figure = checked(draw(results), name)
        if figure is not None:
            save(figure, folder / f"{name}.png")
            written.append(folder / f"{name}.png")
    return written


def figures_of(results) -> dict[str, Callable]:
    """Return the function ``draw`` of every figure of this run: ours that apply, then the user's own."""
    refuse_taken(results.params.FIGURES)
    modules = {name: import_module(module) for name, module in FIGURES.items()}
    ours = {name: module.draw for name, module in modules.items()
            if getattr(module, "applies", lambda _: True)(results)}
    return ours | dict(results.params.FIGURES)


def refuse_taken(names: Iterable[str]) -> None:
    """Raise ConfigError where a figure of the user's own has the name of one of ours."""
    taken = [name for name in names if name in FIGURES]
    if taken:
        raise ConfigError(f"plugins: the name of a figure must be new, got {taken[0]!r}, which is taken; taken are "
                          f"{', '.join(FIGURES)}")


def checked(figure: Any, name: str) -> Any:
    """Return what a figure's ``draw`` returned; raises ConfigError unless that is a figure, or None."""
    from matplotlib.figure import Figure

    if figure is not None and not isinstance(figure, Figure):
        raise ConfigError(f"plugins: draw(results) of the figure {name!r} must return a matplotlib Figure, or None "
                          f"where there is nothing to show, got {type(figure).__name__}")
    return figure


def save(fig, path: Path) -> None:
    """Write one figure as PNG, without a trace of when or by what it was made."""
    import matplotlib

    from experiments.figures.style import DPI, RC
    with matplotlib.rc_context(RC):
        fig.savefig(path, dpi=DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
