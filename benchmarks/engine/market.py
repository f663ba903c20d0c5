"""A whole run of the model: the network built, the loop timed alone, what happened counted."""

from __future__ import annotations

from functools import cache

from benchmarks.child import peak_mb
from benchmarks.clock import timed
from benchmarks.engine import worlds
from benchmarks.engine.held import bytes_held
from simulation import WordOfMouthModel
from simulation.population import network_of

PACKAGES = ("mesa", "numpy", "numba", "networkx", "pandas")


def measure(settings: dict) -> dict:
    """Run ``settings['world']`` (a name of ``worlds``; without it the default) and return seconds, work and bytes."""
    words = getattr(worlds, settings["world"]) if settings.get("world") else ()
    load_kernels(words)
    params = worlds.params_of(words, {"population.size": settings["people"], "steps": settings["steps"]})
    found: dict = {}
    with timed(found, "network"):
        ties = network_of(params)
    with timed(found, "build"):
        model = WordOfMouthModel(params, ties=ties)
    with timed(found, "seconds"):
        model.run()
    found["peak_mb"] = peak_mb()
    return found | work_of(model) | bytes_held(model)


@cache
def load_kernels(words: tuple[str, ...]) -> None:
    """Run the same world for few people, so that compiled code is in memory before the clock starts."""
    WordOfMouthModel(worlds.params_of(words, {"population.size": 200, "steps": 30})).run()


def work_of(model) -> dict:
    """Return person-steps, reads on the feed and on the site, posts, and the share of people who bought."""
    series = model.results.timeseries
    total = series.groupby("metric")["value"].sum()
    return {"person_steps": model.state.n * model.state.step, "ties": len(model.state.ties),
            "reads": float(total.get("n_reads_feed", 0.0) + total.get("n_reads_site", 0.0)),
            "reviews": float(total.get("n_reviews", 0.0)),
            "buyers": float((model.state.adopted_at >= 0).any(axis=1).mean())}
