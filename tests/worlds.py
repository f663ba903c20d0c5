"""Worlds that tests look at: models by overrides, people compared bit by bit, summaries by scenario and seed."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np

from simulation import WordOfMouthModel, load_params
from simulation.statistics.influence import caused_purchases
from simulation.world.state import COLUMNS, Rung

ROW_NUMBERS = {"newest_read", "last_purchase"}
"""Columns that hold positions in tables: they may differ between worlds in which the same things happen."""


CONTACTS = ("scenario=baseline", "~brands.beta", "output.ledger=none",
            "without=[events,experience,review,exposure,belief,ladder,listening,decision,organisation]",
            "metrics={adoption: true, rungs: false, nps: false, reviews: false, beliefs: false, money: false, "
            "feedback: false}")
"""One brand, and of the step only advertising and conversion."""

@cache
def params_of(*overrides: str):
    """Return parameters; composing them takes longer than many a run."""
    return load_params(*overrides)


def run(*overrides: str, seed: int = 1) -> WordOfMouthModel:
    """Return a model that has run to its end."""
    model = WordOfMouthModel(load_params("output.ledger=conversions", *overrides), seed=seed)
    model.run()
    return model


def same_people(a, b, n: int) -> np.ndarray:
    """Tell for each of the first ``n`` people whether all of their columns are equal, bit for bit, (n,)."""
    same = np.ones(n, bool)
    for column in COLUMNS:
        if column.axes[0] == "n" and column.name not in ROW_NUMBERS:
            x, y = getattr(a, column.name)[:n], getattr(b, column.name)[:n]
            if column.axes == "nm":     # a world may have one motive more
                x, y = (weights[:, :min(a.m, b.m)] for weights in (x, y))
            equal = (x == y) | ((x != x) & (y != y))
            same &= equal if equal.ndim == 1 else equal.all(axis=1)
    return same


@cache
def summaries(scenario: str, seeds: tuple[int, ...], *overrides: str) -> tuple[dict, ...]:
    """Return the summaries of one scenario for several seeds, computed on two processes, once per session."""
    return tuple(workers().map(summary_of, [(scenario, seed, overrides) for seed in seeds]))


@cache
def workers() -> ProcessPoolExecutor:
    """Return the two processes of this session: importing the engine takes longer than many a run."""
    return ProcessPoolExecutor(max_workers=2)


def summary_of(job: tuple[str, int, tuple[str, ...]]) -> dict:
    """Return one summary, with the tables that the pattern tests need beside it."""
    scenario, seed, overrides = job
    model = run(f"scenario={scenario}", *overrides, seed=seed)
    results = model.results
    series = results.recorder.timeseries()
    wide = {name: frame.pivot(index="step", columns="brand", values="value").to_numpy()
            for name, frame in series.groupby("metric")}
    return results.summary | {"series": wide, "posting": model.recorder.posting.copy(), "stars": stars_of(model),
                              "early_reproduction": early_reproduction(model),
                              "one_star_after_failure": one_star_after_failure(model),
                              "served_detractors": served_detractors(model)}


def stars_of(model) -> np.ndarray:
    """Return the shares of one to five stars among all reviews, (5,)."""
    posts = model.state.ledger.posts
    original = posts["generation"] == 0
    return np.bincount(posts["stars"][original], minlength=6)[1:] / original.sum()


def served_detractors(model, since: int = 17) -> float:
    """Return the share of detractors among alpha's customers who bought at step ``owned_since`` or later."""
    served = (model.state.owned == 0) & (model.state.owned_since >= since)
    return float((model.state.rung[served, 0] == Rung.DETRACTOR).mean())


def early_reproduction(model, steps: int = 20) -> float:
    """Return the purchases caused per buyer among those who bought in the first ``steps`` steps."""
    caused = caused_purchases(model.state.ledger, model.state.n, model.state.b)
    early = (model.state.adopted_at >= 0) & (model.state.adopted_at <= steps)
    return float(caused[early].mean())


def one_star_after_failure(model) -> float:
    """Return the share of one-star reviews that name a process which had failed."""
    posts = model.state.ledger.posts
    worst = (posts["generation"] == 0) & (posts["stars"] == 1)
    return float(posts["failed"][worst].mean())
