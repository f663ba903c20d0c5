"""Talk of the Network (Goldenberg, Libai & Muller 2001): which ties speed the spread, and when."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from scipy.stats import qmc

from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, blank_figure, label_ends, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, Verdict, holds
from simulation.statistics import adoption_curve

PAGE = Page(
    title="Talk of the Network",
    question="Which speeds the spread of a product more: advertising, strong ties inside cliques, or weak ties across "
             "them? And does that change as the product spreads?",
    prediction="Advertising matters early and fades. The effect of strong ties falls as the personal network shrinks. "
               "The headline: weak ties matter at least as much as strong ones in all stages.",
    design="3,000 people in cliques; numbers of strong and weak ties and three chances vary over the published ranges "
           "in a Latin hypercube; periods until 16, 50 and 95 % have bought are regressed on the five parameters. "
           "Standard errors by bootstrap.",
    mind="A standardised coefficient of advertising that does not shrink from 16 to 95 %, or strong ties as "
         "influential in small cliques as in large ones.",
    limits="The ranges are those of two public re-implementations. A Latin hypercube of 300 points replaces the grid "
           "of 7^5 runs. Coefficients depend on how wide the ranges are: per unit of its chance a weak tie does more "
           "than a strong one, but its chance varies over a sixth of the range. The headline can thus be read both "
           "ways; a published NetLogo re-implementation finds weak ties a third to a half as important, too.",
    sources=("goldenberg2001", "granovetter1973"))
FAST = False

RANGES = {"strong ties": (5, 29), "weak ties": (5, 29), "advertising": (0.0005, 0.01), "weak chance": (0.005, 0.015),
          "strong chance": (0.01, 0.07)}
STAGES = (0.16, 0.50, 0.95)
ADVERTISING, WEAK_CHANCE, STRONG_CHANCE, STRONG = 2, 3, 4, 0
TIES = (0, 1, 3, 4)
RESAMPLES = 400


def design(points: int) -> np.ndarray:
    """Return the parameters of all runs (points, 5); numbers of ties are whole, no weak tie is the stronger one."""
    low, high = np.array(list(RANGES.values())).T
    low[:2], high[:2] = low[:2] - 0.5, high[:2] + 0.5
    sample = qmc.scale(qmc.LatinHypercube(5, seed=1).random(points), low, high)
    sample[:, :2] = np.clip(np.round(sample[:, :2]), 5, 29)
    sample[:, WEAK_CHANCE] = np.minimum(sample[:, WEAK_CHANCE], sample[:, STRONG_CHANCE])
    return sample


def cells(full: bool) -> list[Cell]:
    """Return one world per point of the design, each with luck of its own."""
    points = design(300 if full else 40).tolist()
    return [Cell(f"point {i}", ("experiment=replicate/talk_of_the_network",), {
        "network.clique_size": int(strong) + 1, "network.meetings.weak": int(weak), "adoption.p": advertising,
        "network.meetings.strength": weak_chance / strong_chance, "adoption.q": strong_chance}, (i + 1,))
        for i, (strong, weak, advertising, weak_chance, strong_chance) in enumerate(points)]


def measure(model) -> list[int]:
    """Return the periods until 16, 50 and 95 % have bought."""
    curve = adoption_curve(model.state.adopted_at[:, 0], model.tick) / model.state.n
    return [int(np.searchsorted(curve, share)) for share in STAGES]


def table(found: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return parameters (runs, 5) and periods (runs, 3)."""
    periods = np.array([runs[0] for runs in found.values()], float)
    return design(len(periods)), periods


def coefficients(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return standardised coefficients of least squares (parameters, stages)."""
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), (y - y.mean(axis=0)) / y.std(axis=0)
    return np.linalg.lstsq(x, y, rcond=None)[0]


def resampled(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return standardised coefficients of bootstrap samples (samples, parameters, stages)."""
    rows = np.random.default_rng(1).integers(0, len(x), (RESAMPLES, len(x)))
    return np.array([coefficients(x[row], y[row]) for row in rows])


def strong_effect(x: np.ndarray, y: np.ndarray, small: bool) -> np.ndarray:
    """Return bootstrap effects of the strong chance on T95, in small or in large cliques (samples,)."""
    some = (x[:, STRONG] <= 17) == small
    return resampled(x[some], y[some])[:, STRONG_CHANCE, 2]


def judge(found: dict) -> list[Claim]:
    """Compare the effect of advertising, strong and weak ties over the stages."""
    x, y = table(found)
    point, boot = coefficients(x, y), np.abs(resampled(x, y))
    fade, rise = boot[:, ADVERTISING, 0] - boot[:, ADVERTISING, 2], boot[:, TIES, 2] - boot[:, TIES, 0]
    in_large, in_small = strong_effect(x, y, False), strong_effect(x, y, True)
    weak, strong = point[WEAK_CHANCE, 2] / x[:, WEAK_CHANCE].std(), point[STRONG_CHANCE, 2] / x[:, STRONG_CHANCE].std()
    one = [f"{value:.2f}" for value in point[ADVERTISING]]
    return [
        holds("advertising fades: standardised coefficient at 16, 50 and 95 %", "shrinking, by 5 standard errors",
              f"{', '.join(one)} ({errors(fade):.0f} standard errors)",
              errors(fade) > 5 and all(np.diff(np.abs(point[ADVERTISING])) < 0)),
        holds("ties gain: sum of the absolute coefficients of the four parameters of ties, 95 % over 16 %",
              "larger, by 5 standard errors", f"{rise.sum(axis=1).mean():+.2f} ({errors(rise.sum(axis=1)):.0f} "
              "standard errors)", errors(rise.sum(axis=1)) > 5),
        holds("strong ties do less in small cliques: coefficient of their chance at 95 %, up to 17 strong ties and "
              "above", "smaller, by 3 standard errors",
              f"{in_small.mean():.2f} and {in_large.mean():.2f} ({separation(in_large, in_small):.1f} standard errors)",
              separation(in_large, in_small) > 3),
        holds("headline: weak ties at least as influential as strong, standardised coefficients at 16, 50 and 95 %",
              "weak at least strong", headline(point),
              bool((np.abs(point[[1, WEAK_CHANCE]]) >= np.abs(point[[STRONG, STRONG_CHANCE]])).all()),
              Verdict.CONTESTED),
        holds("per unit of its chance a weak tie does more than a strong one, at 95 %", "the headline read otherwise",
              f"{weak / strong:.1f} times", weak / strong > 1)]


def errors(samples: np.ndarray) -> float:
    """Return a bootstrapped quantity in units of its standard error."""
    return float(samples.mean() / samples.std(ddof=1))


def separation(large: np.ndarray, small: np.ndarray) -> float:
    """Return how much larger (in size) the first of two bootstrapped effects is, in standard errors."""
    gap = abs(large.mean()) - abs(small.mean())
    return float(gap / np.hypot(large.std(ddof=1), small.std(ddof=1)))


def headline(point: np.ndarray) -> str:
    """Return the coefficients of weak and strong ties in words."""
    def row(name, of):
        return f"{name} " + ", ".join(f"{value:.2f}" for value in point[of])
    return "; ".join((row("weak ties: number", 1), row("chance", WEAK_CHANCE), row("strong: number", STRONG),
                      row("chance", STRONG_CHANCE)))


@styled
def draw(found: dict) -> Figure:
    """Return the size of every coefficient by stage, with 95 % intervals."""
    fig = blank_figure("Advertising starts the spread and fades; ties take over, strong ones more than weak ones",
                       "Size of standardised coefficients on the time until 16, 50 and 95 % have bought (all negative: "
                       "faster)", "3,000 people in cliques · ranges of Goldenberg, Libai & Muller (2001), Latin "
                       "hypercube · bars: 95 % intervals by bootstrap")
    x, y = table(found)
    point, boot = -coefficients(x, y), -resampled(x, y)
    names = ("number of strong ties", "number of weak ties", "advertising", "chance of a weak tie",
             "chance of a strong tie")
    colours = (BRAND_COLOURS[1], BRAND_COLOURS[0], BRAND_COLOURS[2], BRAND_COLOURS[4], BRAND_COLOURS[5])
    ax = fig.add_subplot(fig.add_gridspec(1, 1, right=0.72)[0])
    for i, colour in enumerate(colours):
        low, high = np.percentile(boot[:, i], (2.5, 97.5), axis=0)
        at = np.arange(3) + 0.03 * (i - 2)
        ax.errorbar(at, point[i], [point[i] - low, high - point[i]], color=colour, marker=BRAND_MARKERS[i],
                    markersize=7, linewidth=1.6, capsize=3, elinewidth=1)
    ax.set(xticks=range(3), xlim=(-0.2, 2.2), xticklabels=[f"{100 * share:.0f} % have bought" for share in STAGES],
           ylim=(0, None), ylabel="standardised coefficient")
    label_ends(ax, list(zip(point[:, 2], names, colours, strict=True)))
    return fig
