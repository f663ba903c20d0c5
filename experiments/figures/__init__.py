"""Figures of a run: one file per figure, each a function ``draw(results) -> matplotlib.figure.Figure``.

    from experiments.figures import write_figures
    write_figures(model.results, Path("figures"))

A figure shows what stands in the tables of ``results``; its title is a sentence computed from them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

FIGURES = {name: f"experiments.figures.{name}" for name in
           ("adoption", "ladder", "flows", "nps", "stars", "pain", "reproduction", "network", "decisions")}
"""Name of each figure -> its module, imported when it is drawn."""


def write_figures(results, folder: Path) -> list[Path]:
    """Draw all figures that apply to this run into ``folder`` as PNG; return the paths in order.

    The bytes depend on the run and on the versions of matplotlib and its libraries alone.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, module in FIGURES.items():
        figure = import_module(module)
        if not getattr(figure, "applies", lambda _: True)(results):
            continue
        path = folder / f"{name}.png"
        save(figure.draw(results), path)
        paths.append(path)
    return paths


def save(fig, path: Path) -> None:
    """Write one figure as PNG, without a trace of when or by what it was made."""
    import matplotlib

    from experiments.figures.style import DPI, RC
    with matplotlib.rc_context(RC):
        fig.savefig(path, dpi=DPI, metadata={"Software": None})
