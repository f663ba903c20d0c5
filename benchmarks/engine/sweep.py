"""A sweep of runs of the default size on one worker process or several, as every study of the project runs them."""

from __future__ import annotations

from benchmarks.clock import timed
from experiments.study import Cell, run_cells
from experiments.workers import pool

PACKAGES = ("numpy", "numba", "distributed")
RATE = "brands.alpha.processes.delivery.failure_rate"


def measure(settings: dict) -> dict:
    """Return the seconds of ``settings['runs']`` runs on ``settings['workers']`` processes that are already up."""
    words = (f"population.size={settings['people']}", f"steps={settings['steps']}")
    found: dict = {"runs": settings["runs"], "workers": settings["workers"]}
    with timed(found, "start_up"):
        workers = pool(settings["workers"])
        mapped = workers.__enter__()
        run_cells(cells(4 * settings["workers"], ("population.size=200", "steps=30")), buyers, mapped)
    with timed(found, "seconds"):
        bought = run_cells(cells(settings["runs"], words), buyers, mapped)
    workers.__exit__(None, None, None)
    return found | {"buyers": sum(values[0] for values in bought.values())}


def cells(runs: int, words: tuple[str, ...]) -> list[Cell]:
    """Return one cell per run: delivery fails more and more often."""
    return [Cell(f"{i}", words, {RATE: 0.02 + 0.2 * i / runs}) for i in range(runs)]


def buyers(model) -> int:
    """Return how many people bought."""
    return int((model.state.adopted_at >= 0).any(axis=1).sum())
