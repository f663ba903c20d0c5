"""Hu, Pavlou & Zhang (2017): the J of star ratings, taken apart into who buys, who reports, and what fails."""

from __future__ import annotations

from itertools import product

import numpy as np
from matplotlib.figure import Figure
from scipy.special import expit, ndtr

from experiments.figures.style import BRAND_COLOURS, INK, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds, is_positive

PAGE = Page(
    title="The J of star ratings",
    question="Do two self-selections, of buyers and of those who report, turn a hill of opinions into the J of online "
             "ratings?",
    prediction="With both and with failures: five > four > one > two > three stars. If everybody rates: one hill. "
               "Buyers alone: a hill pushed to the right. Reporting alone: a U. Without failures: no J, one star is "
               "the rarest. The mean of the reviews lies above that of all experiences. The shares themselves "
               "follow from an integral over tastes.",
    design="One product, everybody decides once: 2 x 2 x 2 worlds, purchase by taste or by everybody, posting of "
           "extreme experiences or of all, 8 % failures or none. Tastes are normal with a standard deviation of one "
           "star, luck of .6 stars is added, a failure costs 2.4 stars.",
    mind="An order of the stars that differs from the one above in any world, or a share of any star that leaves the "
         "integral by more than 5 standard errors.",
    limits="The order of the stars does not tell its causes: with everybody buying, extremes reported and no failures "
           "(two of the three taken away), wide tastes alone give the same order (.186, .173, .054, .201, .385 by the "
           "integral). The numbers of the generator are ours: the source publishes shapes, not parameters. Nobody "
           "reads reviews here and expectations play no part, so ratings do not move each other.",
    sources=("hu2009", "hu2017"),
)
FAST = True
QUALITY, TASTE, LUCK, FAILED = 0.6, 0.25, 0.15, 0.0
"""Mean quality, sd of taste and of luck, quality of a failure: the values of the preset."""
FAILURE, KNOWN, SCALE = 0.08, 0.075, 0.1
"""Failure rate; taste at which a purchase is even odds; scale of luck in the choice."""
FLOOR, POSITIVE, NEGATIVE = 0.01, 0.12, 0.20
STARS = np.arange(1, 6)
CUTS = np.array([0.125, 0.375, 0.625, 0.875])
"""Qualities at which the stars change."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(120)
"""Tastes in their standard deviations, and weights, that make an integral over tastes a sum."""
WORLDS = {f"{buys}, {reports}, {fails}": (buys, reports, fails)
          for fails, reports, buys in product(("failures", "no failures"), ("all report", "extremes report"),
                                              ("all buy", "taste buys"))}
BOTH = "taste buys, extremes report, failures"
ONE_LESS = ("all buy, extremes report, failures", "taste buys, all report, failures",
            "taste buys, extremes report, no failures")


def cells(full: bool) -> list[Cell]:
    """Return the eight worlds."""
    out = []
    for name, (buys, reports, fails) in WORLDS.items():
        words = ("experiment=replicate/j_shape", *(("motives=everybody",) if reports == "all report" else ()))
        values = {"population.reservation_mean": -10.0} if buys == "all buy" else {}
        if fails == "no failures":
            values["brands.alpha.processes.product.failure_rate"] = 0.0
        out.append(Cell(name, words, values, range(1, 1 + (12 if full else 3))))
    return out


def measure(model) -> np.ndarray:
    """Return the number of reviews with one to five stars, (5,)."""
    return np.bincount(model.state.ledger.posts["stars"], minlength=6)[1:]


def shares(name: str) -> np.ndarray:
    """Return the exact shares of one to five stars in a world, (5,)."""
    buys, reports, fails = WORLDS[name]
    chance = expit((TASTE * NODES - KNOWN) / SCALE) if buys == "taste buys" else 1.0
    p = (WEIGHTS * chance) @ felt(FAILURE if fails == "failures" else 0.0)
    if reports == "extremes report":
        p = p * posting(STARS)
    return p / p.sum()


def felt(failure: float = FAILURE, cuts: np.ndarray = CUTS) -> np.ndarray:
    """Return for the taste of each node the chances of the qualities between ``cuts`` (k,), (nodes, k + 1)."""
    def between(quality: float) -> np.ndarray:
        below = ndtr((cuts - quality - TASTE * NODES[:, None]) / LUCK)
        return np.diff(np.pad(below, ((0, 0), (1, 1)), constant_values=((0, 0), (0, 1))), axis=1)
    return failure * between(FAILED) + (1 - failure) * between(QUALITY)


def posting(stars: np.ndarray) -> np.ndarray:
    """Return the chance that an experience of so many stars is reported."""
    return FLOOR + np.where(stars >= 3, POSITIVE, NEGATIVE) * ((stars - 3) / 2.0) ** 2


def judge(found: dict) -> list[Claim]:
    """Compare the shape of every world, and the shares with the integral."""
    counts = {name: np.sum(runs, axis=0) for name, runs in found.items()}
    worst = max(farthest(counts[name], shares(name)) for name in WORLDS)
    means = {name: [run @ STARS / run.sum() for run in runs] for name, runs in found.items()}
    above = np.subtract(means[BOTH], means["all buy, all report, failures"])
    kept = sum(is_j(counts[name]) for name in ONE_LESS)
    return [
        shape("both selections and failures: five > four > one > two > three", counts[BOTH], is_j),
        holds("take away any one of the three and that order is gone", "0 of 3 worlds keep it", f"{kept} of 3",
              kept == 0),
        shape("all buy and all report: one hill, its top in the middle",
              counts["all buy, all report, failures"], lambda n: is_hill(n) and n.argmax() == 2),
        shape("selection of buyers alone: one hill, pushed to four and five",
              counts["taste buys, all report, failures"], lambda n: is_hill(n) and n.argmax() >= 3),
        shape("selection of those who report alone: a U, lowest at three",
              counts["all buy, extremes report, failures"],
              lambda n: n[0] > n[1] > n[2] < n[3] < n[4]),
        shape("both selections without failures: one star is the rarest",
              counts["taste buys, extremes report, no failures"], lambda n: n.argmin() == 0),
        is_positive("reviews are better than the experiences of everybody", "above 0 stars", above),
        holds("every share in every world follows from the integral over tastes", "at most 5 standard errors away",
              f"{worst:.1f} standard errors at most in 40 shares", worst <= 5.0)]


def shape(text: str, counts: np.ndarray, agrees) -> Claim:
    """Claim a shape of the counts of one to five stars, and show their shares."""
    ours = ", ".join(f"{share:.3f}" for share in counts / counts.sum())
    return holds(text, "this order of shares", f"{ours} for one to five stars", bool(agrees(counts)))


def is_j(n: np.ndarray) -> bool:
    """Tell whether counts have the order of the J."""
    return bool(n[4] > n[3] > n[0] > n[1] > n[2])


def is_hill(n: np.ndarray) -> bool:
    """Tell whether counts rise to one top and fall from there."""
    top = n.argmax()
    return bool(np.all(np.diff(n[:top + 1]) > 0) and np.all(np.diff(n[top:]) < 0))


def farthest(counts: np.ndarray, expected: np.ndarray) -> float:
    """Return how many standard errors a share is away from theory at most."""
    error = np.sqrt(expected * (1 - expected) / counts.sum())
    return float((np.abs(counts / counts.sum() - expected) / error).max())


@styled
def draw(found: dict) -> Figure:
    """Return the eight histograms: bars of the simulation, lines of the integral."""
    fig = blank_figure("Buyers who like it, reports of extremes and failures make the J of stars: "
                       "take away one, and it changes shape",
                       "Bars: simulation. Lines: exact shares. Everybody decides once, nobody reads",
                       "Share of reviews by stars · after Hu, Pavlou & Zhang (2017), parameters ours", height=6.4)
    fig.subplots_adjust(left=0.13, top=fig.subplotpars.top - 0.04)
    axes = fig.add_gridspec(2, 4, hspace=0.5, wspace=0.12).subplots(sharey=True)
    for ax, (name, (buys, reports, _)) in zip(axes.ravel(), WORLDS.items(), strict=True):
        counts = np.sum(found[name], axis=0)
        ax.bar(STARS, counts / counts.sum(), width=0.76, color=BRAND_COLOURS[1 if name == BOTH else 0],
               alpha=1.0 if name == BOTH else 0.75)
        for star, share in zip(STARS, shares(name), strict=True):
            ax.plot([star - 0.45, star + 0.45], [share, share], color=INK, linewidth=1.8)
        ax.set_title(f"{buys},\n{reports}", fontsize=11, fontweight="bold" if name == BOTH else "normal")
        ax.set_xticks(STARS)
        ax.set_ylim(0, 0.75)
        percent_axis(ax.yaxis, 4)
    for row, words in zip(axes, ("8 % failures", "no failures"), strict=True):
        row[0].set_ylabel(words, fontweight="bold", labelpad=10)
        for ax in row:
            ax.set_xlabel("stars" if words == "no failures" else "")
    return fig
