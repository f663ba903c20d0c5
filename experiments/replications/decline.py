"""Li & Hitt (2008): ratings fall over time because those who will like a product buy it first."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from scipy.special import expit

from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, INK, blank_figure, label_ends, number_axis, styled
from experiments.replications.j_shape import NODES, STARS, TASTE, WEIGHTS, felt, posting
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds, is_positive

PAGE = Page(
    title="Ratings decline as later buyers arrive",
    question="Do ratings of an unchanged product fall over time because its early buyers are those who like it most?",
    prediction="If people know part of their taste before they buy, the mean rating falls with the order of purchase, "
               "and ever more slowly (a convex curve); if they do not, it stays level. Both curves follow from an "
               "integral over the tastes of those who have not bought yet.",
    design="The product of the page on the J of star ratings. In every step everybody who has not bought decides, and "
           "buys with the chance logistic(1.5 taste - 3), taste in its standard deviations; 24 steps. Three worlds: "
           "taste known and everybody rates; taste known and extremes rate; taste unknown, the same average chance "
           "to buy.",
    mind="A mean rating that leaves the integral by more than 5 standard errors in any step; a fall where tastes are "
         "not known.",
    limits="Not every fall of ratings is self-selection: readers with wrong expectations and a growing number of "
           "ratings lower them too (not modelled here), and a share of products in the source shows no decline. "
           "Tastes and chances are ours; the source estimates curves for books.",
    sources=("li2008", "hu2017"),
)
FAST = True
GAP, SCALE, STEPS = 0.5, 1 / 6, 24
"""Taste at which a purchase is even odds and scale of luck, in quality; steps with decisions."""
WORLDS = {"taste known": (True, "everybody"), "taste known, extremes rate": (True, "polarity"),
          "taste unknown": (False, "everybody")}


def cells(full: bool) -> list[Cell]:
    """Return the three worlds; without known taste people buy as often on average in the first step."""
    out = []
    for name, (known, motive) in WORLDS.items():
        first = float(WEIGHTS @ expit((TASTE * NODES - GAP) / SCALE) / WEIGHTS.sum())
        values = {} if known else {"adoption.taste_known": 0.0,
                                   "population.reservation_mean": 0.5 + SCALE * float(np.log(1 / first - 1))}
        out.append(Cell(name, ("experiment=replicate/decline", f"motives={motive}"), values,
                        range(1, 1 + (20 if full else 5))))
    return out


def measure(model) -> np.ndarray:
    """Return the number of reviews by step of purchase and stars, (24, 5)."""
    posts = model.state.ledger.posts
    counts = np.zeros((STEPS, 5), np.int64)
    np.add.at(counts, (posts["step"] - 2, posts["stars"].astype(np.int64) - 1), 1)
    return counts


def expected(name: str) -> np.ndarray:
    """Return the shares of one to five stars by step of purchase, (24, 5)."""
    known, motive = WORLDS[name]
    chance = expit((TASTE * NODES - GAP) / SCALE) if known else 0.1
    left = WEIGHTS[None, :] * (1 - chance) ** np.arange(STEPS)[:, None] * chance
    p = left @ felt()
    if motive == "polarity":
        p = p * posting(STARS)
    return p / p.sum(axis=1, keepdims=True)


def judge(found: dict) -> list[Claim]:
    """Compare all steps with the integral, and the shapes of the curves."""
    known, unknown = (np.array(found[name]) for name in ("taste known", "taste unknown"))
    fall, level = thirds(known), thirds(unknown)
    far = {name: farthest(np.sum(found[name], axis=0), expected(name)) for name in WORLDS}
    drift = level[:, 0] - level[:, 2]
    error = drift.std(ddof=1) / len(drift) ** 0.5
    curve = expected("taste known") @ STARS
    return [
        is_positive("taste known: the first third of the time is rated above the last", "above 0 stars",
                    fall[:, 0] - fall[:, 2]),
        is_positive("the fall is convex: more is lost from the first third to the second than from there to the last",
                    "above 0 stars", fall[:, 0] - 2 * fall[:, 1] + fall[:, 2]),
        holds("the integral itself falls and is convex at every step",
              "all differences below 0, all second differences above 0",
              f"from {curve[0]:.2f} to {curve[-1]:.2f} stars",
              bool((np.diff(curve) < 0).all() and (np.diff(curve, 2) > 0).all())),
        holds("taste unknown: ratings stay level", "0 stars within 5 standard errors",
              f"{drift.mean():+.3f} ({drift.mean() - 1.96 * error:+.3f} to {drift.mean() + 1.96 * error:+.3f})",
              bool(abs(drift.mean()) <= 5 * error)),
        *(holds(f"{name}: the mean of every step follows the integral", "at most 5 standard errors away",
                f"{worst:.1f} standard errors at most in {STEPS} steps", worst <= 5.0) for name, worst in far.items())]


def thirds(runs: np.ndarray) -> np.ndarray:
    """Return the mean rating in the first, second and last third of the steps of each run, (runs, 3)."""
    parts = runs.reshape(len(runs), 3, STEPS // 3, 5)
    means = parts @ STARS / parts.sum(axis=3)
    return means.mean(axis=2)


def farthest(counts: np.ndarray, shares: np.ndarray) -> float:
    """Return how many standard errors the mean rating of a step (24, 5) is away from theory at most."""
    mean = shares @ STARS
    error = np.sqrt((shares @ STARS ** 2 - mean ** 2) / counts.sum(axis=1))
    return float(np.abs((counts @ STARS / counts.sum(axis=1) - mean) / error).max())


@styled
def draw(found: dict) -> Figure:
    """Return the mean rating by step of purchase: integrals as lines, the simulation as points."""
    fig = blank_figure("Ratings of an unchanged product fall because those who will like it buy it first",
                       "Lines: integral over tastes. Points: mean of the simulation, with 95 % intervals",
                       "One product, everybody decides anew in every step, nobody reads · after Li & Hitt (2008)")
    fig.subplots_adjust(right=0.76)
    ax = fig.add_subplot()
    steps = np.arange(1, STEPS + 1)
    for i, name in enumerate(WORLDS):
        counts, shares = np.sum(found[name], axis=0), expected(name)
        n, mean = counts.sum(axis=1), counts @ STARS / counts.sum(axis=1)
        error = np.sqrt((counts @ STARS ** 2 / n - mean ** 2) / n)
        ax.plot(steps, shares @ STARS, color=INK, linewidth=1.4)
        ax.errorbar(steps, mean, 1.96 * error, color=BRAND_COLOURS[i], marker=BRAND_MARKERS[i], linestyle="none",
                    markersize=5, elinewidth=1.2)
    ax.set_xlim(0.5, STEPS + 0.5)
    ax.set_xlabel("step of the purchase")
    ax.set_ylabel("mean rating in stars")
    number_axis(ax.xaxis)
    label_ends(ax, [(float((expected(name) @ STARS)[-1]), name.replace(", ", ",\n"), BRAND_COLOURS[i])
                    for i, name in enumerate(WORLDS)])
    return fig
