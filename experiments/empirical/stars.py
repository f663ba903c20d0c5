"""Star histograms: shares of one to five stars, rising from one to five in both sets (no J)."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.empirical.data import is_odd, table
from experiments.empirical.findings import CLOSE, Check, Finding, nearest, percents
from experiments.empirical.values import processes
from experiments.study.cells import Cell, run_cells
from simulation.config.compose import compose

PATTERN = "star histogram"
SETS = {"womens_clothing": "womens_clothing/reviews", "ciaodvd": "ciaodvd/ratings"}
MARKET = ("scenario=baseline",)
SEEDS, GRID_SEEDS, FEWER = range(401, 404), (501,), 5000
OFTEN, QUALITY, TALK = (1.0, 0.5), (0.22, 0.4, 0.5, 0.6), (0.03, 0.1, 0.3)
"""Failure rates times, quality of a failure, and level of the motive to take part; the first of each is the default."""
TASTE = {"population.taste_sd": 0.1, "adoption.taste_known": 1.0}


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return the shares of one to five stars by set."""
    return {name: tuple(shares(table(data, file)["rating"])) for name, file in SETS.items()}


def shares(stars: pd.Series) -> np.ndarray:
    """Return the shares of one to five stars, (5,)."""
    return np.bincount(stars, minlength=6)[1:] / len(stars)


def measure(model) -> np.ndarray:
    """Return the number of reviews with one to five stars, (5,)."""
    posts = model.state.ledger.posts
    return np.bincount(posts["stars"][posts["generation"] == 0], minlength=6)[1:]


def cells() -> list[Cell]:
    """Return the default market, the grid to choose from, and a market of tastes without failures."""
    config = compose(*MARKET)
    grid = [Cell(name_of(*point), MARKET, world(config, *point) | {"population.size": FEWER}, GRID_SEEDS)
            for point in product(OFTEN, QUALITY, TALK)]
    return [Cell("default", MARKET, {}, SEEDS), *grid,
            Cell("tastes", MARKET, world(config, 0.0, QUALITY[0], TALK[0]) | TASTE, SEEDS)]


def name_of(often: float, quality: float, talk: float) -> str:
    """Return what is set at a point of the grid."""
    return (f"failure rates x {often:g}, every failure_quality {quality:g}, "
            f"motives.social_benefits.level {talk:g}")


def world(config: dict, often: float, quality: float, talk: float) -> dict[str, float]:
    """Return the values of a point of the grid."""
    return (processes(config, "failure_rate", lambda _, rate: rate * often)
            | processes(config, "failure_quality", lambda *_: quality) | {"motives.social_benefits.level": talk})


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default market and that of tastes on all reviews, the chosen ones on items with an even number."""
    first = cells()
    counts = {name: np.sum(runs, axis=0) for name, runs in run_cells(first, measure, mapped).items()}
    ours = {name: n / n.sum() for name, n in counts.items()}
    grid = {cell.name: cell for cell in first if cell.name not in ("default", "tastes")}
    out = []
    for name, file in SETS.items():
        reviews = table(data, file)
        odd = is_odd(reviews["item"])
        best = nearest(shares(reviews["rating"][odd]), {point: ours[point] for point in grid})
        cell = Cell(best, MARKET, dict(grid[best].values) | {"population.size": 10_000}, SEEDS)
        fresh = np.sum(run_cells([cell], measure, mapped)[best], axis=0)
        out += [compare(name, "default", "nothing", shares(reviews["rating"]), ours["default"]),
                compare(name, "calibrated", best, shares(reviews["rating"][~odd]), fresh / fresh.sum()),
                compare(name, "selection of buyers alone", "failure rates 0, taste_sd .1, taste_known 1",
                        shares(reviews["rating"]), ours["tastes"])]
    return out


def compare(data: str, kind: str, how: str, theirs: np.ndarray, ours: np.ndarray) -> Finding:
    """Compare two histograms: their order, and every share."""
    far = float(np.abs(theirs - ours).max())
    return Finding(PATTERN, data, kind, how, (
        Check("shares rise from one to five stars", percents(theirs), percents(ours), bool((np.diff(ours) > 0).all())),
        Check("every share is close", f"at most {100 * CLOSE:g} points", f"{100 * far:.1f} points at most",
              far <= CLOSE)))
