"""Author activity: how many authors post once, and how unequal they are (Gini of posts per author)."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.empirical.data import is_odd, table
from experiments.empirical.findings import Check, Finding, close, nearest
from experiments.empirical.values import activity
from experiments.study.cells import Cell, run_cells
from simulation.statistics import gini

PATTERN = "author activity"
SETS = {"ciaodvd": ("ciaodvd/ratings", "user"), "airline_tweets": ("airline_tweets_2015/tweets", "author")}
MARKETS = {"ciaodvd": ("scenario=baseline",), "airline_tweets": ("scenario=baseline", "market=airline")}
OFTEN = {"ciaodvd": ("occasions a week (processes.product.when.rate)", 0.12, 0.25, 0.5),
         "airline_tweets": ("weeks between trips (repurchase_interval)", 26, 12, 8, 5)}
"""What brings occasions to post: its name, its default, and other values."""
SPREAD = (0.8, 1.3, 1.8, 2.5, 3.5)
SEEDS, GRID_SEEDS, PEOPLE = range(411, 414), (502,), 3000
NEAR = 0.1
"""Relative difference up to which a mean number of posts is close."""


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return by set the share of authors who post once, and the Gini coefficient of posts per author."""
    return {name: tuple(activity_of(posts_by(data, name))[:2]) for name in SETS}


def posts_by(data: Path, name: str) -> pd.Series:
    """Return the number of posts by author."""
    file, column = SETS[name]
    return table(data, file).groupby(column).size()


def activity_of(posts: np.ndarray) -> np.ndarray:
    """Return share of authors with one post, Gini coefficient and mean of their posts, (3,)."""
    posts = np.asarray(posts)
    return np.array([(posts == 1).mean(), gini(posts), posts.mean()])


def measure(model) -> np.ndarray:
    """Return posts per author of those who post, (authors,)."""
    posts = model.state.ledger.posts
    count = np.bincount(posts["author"][posts["generation"] == 0].astype(np.int64))
    return count[count > 0]


def grid(name: str) -> list[Cell]:
    """Return the worlds to choose from, in a market of 3,000 people."""
    what, *values = OFTEN[name]
    return [Cell(f"population.activity_log_sd {sd:g} (activity_max 100, mean kept), {what} {often:g}", MARKETS[name],
                 activity(sd) | occasions(name, often) | {"population.size": PEOPLE}, GRID_SEEDS)
            for sd, often in product(SPREAD, values)]


def occasions(name: str, often: float) -> dict[str, float]:
    """Return values that make people meet processes so often."""
    if name == "airline_tweets":
        return {"adoption.repurchase_interval": often}
    return {f"brands.{brand}.processes.product.when.rate": often for brand in ("alpha", "beta")}


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default markets on all authors, the chosen ones on authors with an even number."""
    out = []
    for name in SETS:
        posts, points = posts_by(data, name), {cell.name: cell for cell in grid(name)}
        odd = is_odd(posts.index)
        found = run_cells([Cell("default", MARKETS[name], {}, SEEDS), *points.values()], measure, mapped)
        ours = {point: activity_of(np.concatenate(runs)) for point, runs in found.items()}
        best = nearest(activity_of(posts[odd])[:2], {point: ours[point][:2] for point in points})
        fresh = run_cells([Cell(best, MARKETS[name], points[best].values, SEEDS)], measure, mapped)[best]
        out += [compare(name, "default", "nothing", activity_of(posts), ours["default"]),
                compare(name, "calibrated", best, activity_of(posts[~odd]), activity_of(np.concatenate(fresh)))]
    return out


def compare(data: str, world: str, how: str, theirs: np.ndarray, ours: np.ndarray) -> Finding:
    """Compare the share of single posts, the inequality, and the mean, on which nothing was chosen."""
    mean = Check("mean posts of an author (nothing chosen on it)", f"{theirs[2]:.2f}", f"{ours[2]:.2f}",
                 bool(abs(ours[2] / theirs[2] - 1) <= NEAR))
    return Finding(PATTERN, data, world, how, (
        close("share of authors with one post", theirs[0], ours[0]),
        close("Gini coefficient of posts per author", theirs[1], ours[1]), mean))
