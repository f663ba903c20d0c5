"""Order effect: within an item, first ratings are the best; over all items, late ratings are those of popular ones."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from experiments.empirical.data import is_odd, table
from experiments.empirical.findings import Check, Finding
from experiments.study.cells import Cell, run_cells

PATTERN = "order effect"
EDGES = (0, 1, 3, 5, 10, 20, 50, np.inf)
BINS = ("1", "2-3", "4-5", "6-10", "11-20", "21-50", "later")
FEWEST, MANY, EARLY, LATE = 20, 50, 5, 20
"""Ratings an item needs; more than ``MANY`` to be compared with itself: its first EARLY, and those after LATE."""
FILMS = ("experiment=replicate/decline",)
ITEMS, PEOPLE, STEPS = 20, 600, 8
FEW, SEVERAL = 4, 8
"""Runs of each item, to choose and to judge."""
QUALITY, GAP = 0.6, 0.1
"""Mean quality of items, and how much lower people expect it (both of the preset)."""
KNOWN, SPREAD = (0.0, 0.5, 1.0), (0.125, 0.2)
"""Share of the own taste that is known before; sd of quality among items."""
STARS = 0.1
"""Stars up to which two differences are close."""


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return the mean rating by rank within items of at least FEWEST ratings, for BINS."""
    return {"movielens": tuple(by_rank(ratings(data)))}


def ratings(data: Path) -> pd.DataFrame:
    """Return item and rating in order of time."""
    frame = table(data, "movielens_latest_small/ratings")
    return frame.sort_values(["item", "time"], kind="stable")[["item", "rating"]]


def by_rank(frame: pd.DataFrame) -> np.ndarray:
    """Return the mean rating by rank within items, (7,), for a frame in order of time."""
    group = frame.groupby("item")["rating"]
    rank, size = group.cumcount() + 1, group.transform("size")
    enough = size >= FEWEST
    return frame["rating"][enough].groupby(pd.cut(rank[enough], EDGES, labels=False)).mean().to_numpy()


def declines(frame: pd.DataFrame) -> np.ndarray:
    """Return by item of more than MANY ratings the mean of its first EARLY less that after LATE, (items,)."""
    group = frame.groupby("item")["rating"]
    rank, many = group.cumcount() + 1, group.transform("size") > MANY
    early, late = (frame["rating"][many & part].groupby(frame["item"]).mean() for part in (rank <= EARLY, rank > LATE))
    return (early - late).to_numpy()


def measure(model) -> list[np.ndarray]:
    """Return the stars of each brand's reviews in the order of posting."""
    posts = model.state.ledger.posts
    original = posts["generation"] == 0
    return [posts["stars"][original & (posts["brand"] == b)].astype(float) for b in range(model.state.b)]


def framed(runs: list[list[np.ndarray]]) -> pd.DataFrame:
    """Return item and rating of every run; each brand of a run is an item of its own."""
    items = [stars for run in runs for stars in run]
    return pd.DataFrame({"item": np.repeat(np.arange(len(items)), [stars.size for stars in items]),
                         "rating": np.concatenate(items)})


def films(known: float, spread: float, first: int, runs: int = SEVERAL) -> list[Cell]:
    """Return one cell per item of unequal quality, with seeds of its own; people know its quality but for GAP."""
    quality = np.clip(QUALITY + spread * norm.ppf((np.arange(ITEMS) + 0.5) / ITEMS), GAP, 1.0)
    same = {"steps": STEPS, "population.size": PEOPLE, "adoption.taste_known": known}
    return [Cell(f"{name_of(known, spread)}, item {i}", FILMS, same | {
        "population.prior_mean": float(q) - GAP, "brands.alpha.processes.product.quality": float(q)},
        range(first + runs * i, first + runs * (i + 1))) for i, q in enumerate(quality)]


def name_of(known: float, spread: float) -> str:
    """Return what is set at a point of the grid."""
    return f"adoption.taste_known {known:g}, sd of quality among items {spread:g}"


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default market on all items, the chosen market of films on items with an even number."""
    frame = ratings(data)
    odd = is_odd(frame["item"])
    default = run_cells([Cell("default", ("scenario=baseline",), {"population.size": 1000}, range(531, 571))],
                        measure, mapped)["default"]
    points, target = {}, shape(frame[odd])
    for known, spread in product(KNOWN, SPREAD):
        points[known, spread] = shape(screened(films(known, spread, 5001, FEW), mapped))
    best = min(points, key=lambda point: float(np.abs(points[point] - target).max()))
    unknown = (0.0, best[1])
    return [compare("default", "population.size 1000; a brand is an item", frame, framed(default)),
            compare("calibrated", f"experiment=replicate/decline, {name_of(*best)}", frame[~odd],
                    screened(films(*best, 7001), mapped)),
            compare("tastes unknown", f"the same, {name_of(*unknown)}", frame[~odd],
                    screened(films(*unknown, 9001), mapped))]


def screened(cells: list[Cell], mapped) -> pd.DataFrame:
    """Return item and rating of all runs of some cells."""
    return framed([run for runs in run_cells(cells, measure, mapped).values() for run in runs])


def shape(frame: pd.DataFrame) -> np.ndarray:
    """Return the mean decline within items, and by how much late ratings of all items lie above ranks 11-20, (2,)."""
    means = by_rank(frame)
    return np.array([declines(frame).mean(), means[6] - means[4]])


def compare(world: str, how: str, theirs: pd.DataFrame, ours: pd.DataFrame) -> Finding:
    """Compare the decline within items and the rise over all items."""
    (fall, rise), (our_fall, our_rise) = shape(theirs), shape(ours)
    inside = declines(ours)
    error = inside.std(ddof=1) / inside.size**0.5
    return Finding(PATTERN, "movielens", world, how, (
        Check(f"within an item, first {EARLY} ratings less those after {LATE}, stars", f"{fall:+.2f}",
              f"{our_fall:+.2f}, se {error:.2f}", bool(abs(fall - our_fall) <= STARS)),
        Check(f"over all items, after {MANY} less ranks 11-20, stars", f"{rise:+.2f}", f"{our_rise:+.2f}",
              bool(abs(rise - our_rise) <= STARS)),
        Check(f"mean by rank {', '.join(BINS)}", " / ".join(f"{x:.2f}" for x in by_rank(theirs)),
              " / ".join(f"{x:.2f}" for x in by_rank(ours)), None)))
