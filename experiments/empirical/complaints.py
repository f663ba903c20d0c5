"""Processes blamed: which of ten processes of an airline its critics name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from experiments.empirical.data import is_odd, table
from experiments.empirical.findings import CLOSE, Check, Finding, nearest, percents
from experiments.empirical.values import processes
from experiments.study.cells import Cell, run_cells
from simulation.config.compose import compose

PATTERN = "process blamed"
REASONS = {
    "customer_service": "Customer Service Issue", "late_flight": "Late Flight", "cannot_tell": "Can't Tell",
    "cancelled_flight": "Cancelled Flight", "lost_luggage": "Lost Luggage", "bad_flight": "Bad Flight",
    "flight_booking": "Flight Booking Problems", "flight_attendants": "Flight Attendant Complaints",
    "long_lines": "longlines", "damaged_luggage": "Damaged Luggage"}
MARKET = ("scenario=baseline", "market=airline")
SEEDS, GRID_SEEDS = range(421, 425), range(504, 506)
SERVICE = (1.0, 0.9, 0.8, 0.7, 0.6)
ORDERED = 0.9
"""Rank correlation from which on two orders agree."""
WORST_TWO = 2
"""Most stars of a complaint."""


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return the share of each process among the reasons given, in the order of REASONS."""
    return {"airline_tweets": tuple(blamed(table(data, "airline_tweets_2015/tweets")))}


def blamed(tweets: pd.DataFrame) -> np.ndarray:
    """Return the share of each process among the reasons given, (10,)."""
    named = tweets["negative_reason"].value_counts()
    count = named.reindex(list(REASONS.values())).to_numpy(float)
    return count / named.sum()


def measure(model) -> np.ndarray:
    """Return complaints of one or two stars by process, and the number of all reviews, (11,)."""
    posts = model.state.ledger.posts
    original = posts["generation"] == 0
    bad = original & (posts["stars"] <= WORST_TWO) & (posts["process"] >= 0)
    names = [name for brand in model.params.brands.values() for name in brand.processes]
    named = np.bincount(posts["process"][bad].astype(np.int64), minlength=len(names))
    by_name = [sum(int(n) for n, name in zip(named, names, strict=True) if name == reason) for reason in REASONS]
    return np.array([*by_name, int(original.sum())])


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default on all tweets, the rate chosen for customer service on authors with an even number."""
    tweets, config = table(data, "airline_tweets_2015/tweets"), compose(*MARKET)
    odd = is_odd(tweets["author"])
    rates = processes(config, "failure_rate", lambda _, rate: rate)
    points = {name_of(factor): served(config, factor) for factor in SERVICE}
    equal = dict.fromkeys(rates, float(np.mean(list(rates.values()))))
    counts = {name: np.sum(runs, axis=0) for name, runs in run_cells(
        [Cell("default", MARKET, {}, SEEDS), Cell("equal", MARKET, equal, SEEDS),
         *(Cell(name, MARKET, values, GRID_SEEDS) for name, values in points.items())], measure, mapped).items()}
    best = nearest(blamed(tweets[odd]), {name: share(counts[name]) for name in points})
    fresh = np.sum(run_cells([Cell(best, MARKET, points[best], SEEDS)], measure, mapped)[best], axis=0)
    return [compare("default", "nothing; its failure rates were once set by these tweets", tweets, counts["default"]),
            compare("calibrated", best, tweets[~odd], fresh),
            compare("all processes fail alike", f"every failure_rate {equal[next(iter(equal))]:.3f}", tweets,
                    counts["equal"])]


def name_of(factor: float) -> str:
    """Return what is set at a point of the grid."""
    return f"failure_rate of customer_service x {factor:g}"


def served(config: dict, factor: float) -> dict[str, float]:
    """Return failure rates of which that of customer service is multiplied."""
    return processes(config, "failure_rate", lambda name, rate: rate * (factor if name == "customer_service" else 1.0))


def share(counts: np.ndarray) -> np.ndarray:
    """Return the share of each process among complaints (11,), (10,)."""
    return counts[:-1] / counts[:-1].sum()


def compare(world: str, how: str, tweets: pd.DataFrame, counts: np.ndarray) -> Finding:
    """Compare the order of the processes blamed, every share, and (not judged) how much is negative at all."""
    theirs, ours = blamed(tweets), share(counts)
    alike, far = float(spearmanr(theirs, ours)[0]), float(np.abs(theirs - ours).max())
    negative = float((tweets["sentiment"] == "negative").mean())
    return Finding(PATTERN, "airline_tweets", world, how, (
        Check("order of the ten processes (rank correlation)", f"at least {ORDERED:g}", f"{alike:.2f}",
              alike >= ORDERED),
        Check("every share is close", percents(theirs), f"{percents(ours)}; {100 * far:.1f} points at most",
              far <= CLOSE),
        Check("share of posts that are negative", f"{negative:.3f}", f"{counts[:-1].sum() / counts[-1]:.3f}", None)))
