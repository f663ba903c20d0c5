"""A sweep of runs of the default size on one worker process or several, as every study of the project runs them.

Nothing is warm: the workers start, import and load their compiled kernels while the clock runs.
"""

from __future__ import annotations

from benchmarks.clock import timed
from experiments.study.workers import get_ready, pool

PACKAGES = ("numpy", "numba", "distributed")
RATE = "brands.alpha.processes.delivery.failure_rate"


def measure(settings: dict) -> dict:
    """Return the seconds of ``settings['runs']`` runs on ``settings['workers']`` processes, from pool to pool's end."""
    get_ready(settings["workers"])      # as the command does: before the engine is imported
    from experiments.study.cells import run_cells

    words = (f"population.size={settings['people']}", f"steps={settings['steps']}")
    found: dict = {"runs": settings["runs"], "workers": settings["workers"]}
    with timed(found, "seconds"), pool(settings["workers"]) as mapped:
        with timed(found, "start_up"):
            list(mapped(abs, [-1] * settings["workers"]))
        bought = run_cells(cells(settings["runs"], words), buyers, mapped)
    return found | {"buyers": sum(values[0] for values in bought.values())}


def cells(runs: int, words: tuple[str, ...]) -> list:
    """Return one cell per run: delivery fails more and more often."""
    from experiments.study.cells import Cell

    return [Cell(f"{i}", words, {RATE: 0.02 + 0.2 * i / runs}) for i in range(runs)]


def buyers(model) -> int:
    """Return how many people bought."""
    return int((model.state.adopted_at >= 0).any(axis=1).sum())
