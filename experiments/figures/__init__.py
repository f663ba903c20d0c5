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
    figures = {name: import_module(module) for name, module in FIGURES.items()}
    wanted = [name for name, figure in figures.items() if getattr(figure, "applies", lambda _: True)(results)]
    for name in wanted:
        save(figures[name].draw(results), folder / f"{name}.png")
    return [folder / f"{name}.png" for name in wanted]


def save(fig, path: Path) -> None:
    """Write one figure as PNG, without a trace of when or by what it was made."""
    import matplotlib

    from experiments.figures.style import DPI, RC
    with matplotlib.rc_context(RC):
        fig.savefig(path, dpi=DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
