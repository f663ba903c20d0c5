"""Bass on a circle (Fibich & Gibori 2010), and the bounds on diffusion for every network (Fibich & Levin 2023)."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, GREY, INK, PALE, blank_figure, percent_axis, styled
from experiments.replications.bass import recursion
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds
from simulation.statistics import adoption_curve

PAGE = Page(
    title="Bass on a circle, and the slowest and fastest network",
    question="How much slower is diffusion where people see one or two neighbours only, and how slow or fast can it "
             "be on any network?",
    prediction="On a circle the share of buyers is 1 - exp(-(p + q) t + q (1 - exp(-p t)) / p), whether people see "
               "one neighbour (q) or two (q / 2 each). With the share of in-neighbours times q, no network in which "
               "everybody sees somebody is slower than separate pairs or faster than the infinite complete one.",
    design="Rule bass, p = .03 and q = .38 a year. A circle of 5,000 people in tenths of a year, against the exact "
           "law of the discrete process and against the closed form; 15 networks (8 in the fast tier) in whole "
           "years against the two bounds, counting people who see somebody.",
    mind="A circle that leaves its discrete law, or a network beyond a bound, by more than 5 standard errors.",
    limits="The published results are for continuous time. The bounds hold for steps of any length: two linked "
           "people have both not bought with probability at most (1 - p)^(2 t), advertising alone, and at least the "
           "product of their own, since every purchase helps every other. The theorem is for people alike; networks "
           "with time-varying contacts are not covered.",
    sources=("fibich2010", "fibich2023", "sultan1990"))
FAST = True

P, Q, TENTH, YEARS = 0.03, 0.38, 0.1, 25
RINGS = {"one-sided": "one_sided", "two-sided": "two_sided"}
NETWORKS = {
    "pairs": "two_node", "row": "path", "circle": "ring", "star": "star", "karate club": "karate",
    "cliques": "cliques_fixed", "torus": "torus", "small world": "watts_strogatz", "communities": "communities",
    "blocks": "stochastic_block", "random": "erdos_renyi", "preferential": "barabasi_albert",
    "preferential, triangles": "holme_kim", "power law": "configuration", "complete": "complete",
}
"""Names in the figure and kinds of ``configs/network``."""
FEW = ("pairs", "circle", "star", "torus", "small world", "random", "preferential", "complete")
"""Those of the fast tier."""
PEOPLE = {"complete": 400, "star": 100, "karate club": 34, "one-sided": 5000, "two-sided": 5000}
"""Fewer where a network costs much or is given, or where one person decides all; 1,600 on the others."""


def cells(full: bool) -> list[Cell]:
    """Return the two circles in tenths of a year, and every network in years."""
    runs, preset = (60, 60) if full else (14, 10), "experiment=replicate/ring"
    out = [Cell(name, (preset,), {"network.sides": sides}, range(1, 1 + runs[0])) for name, sides in RINGS.items()]
    for name in NETWORKS if full else FEW:
        kind = NETWORKS[name]
        values = {"adoption.p": P, "adoption.q": Q, "step_days": 365, "steps": YEARS,
                  "population.size": PEOPLE.get(name, 1600)}
        more = 6 if kind in ("star", "karate") else 1
        out.append(Cell(name, (preset, f"network={kind}"), values, range(1, 1 + more * runs[1])))
    return out


def measure(model) -> np.ndarray:
    """Return the share of buyers after 0, 1, 2, ... steps among people who see somebody."""
    bought = model.state.adopted_at[model.state.ties.in_degree() > 0, 0]
    return adoption_curve(bought, model.tick) / bought.size


def one_sided(p: float, q: float, steps: int) -> np.ndarray:
    """Return the exact share of buyers on a long one-sided circle after 0, 1, ... steps.

    That k people in a row have not bought has probability (1 - p)^((k - 1) t) S(t), so S' = (1 - p) S (1 - q +
    q (1 - p)^t).
    """
    alone = (1 - p) ** np.arange(steps)
    return 1 - np.concatenate([[1.0], np.cumprod((1 - p) * (1 - q + q * alone))])


def two_sided(p: float, q: float, steps: int) -> np.ndarray:
    """Return the same where everybody sees both neighbours, q / 2 each.

    k >= 2 in a row: (1 - p)^((k - 2) t) S2(t) with S2' = (1 - p)^2 S2 (1 - q/2 + q/2 (1 - p)^t)^2; one person:
    S' = (1 - p)((1 - q) S + q S2).
    """
    alone = (1 - p) ** np.arange(steps)
    both = np.concatenate([[1.0], np.cumprod(((1 - p) * (1 - q / 2 + q / 2 * alone)) ** 2)])
    return iterate(p, q, both[:-1])


def iterate(p: float, q: float, both: np.ndarray) -> np.ndarray:
    """Return the share of buyers from the chance ``both`` (steps,) that a person and a neighbour have not bought."""
    still = [1.0]
    for joint in both:
        still.append((1 - p) * ((1 - q) * still[-1] + q * joint))
    return 1 - np.array(still)


def pairs(p: float, q: float, steps: int) -> np.ndarray:
    """Return the share of buyers where people live in pairs: no network is slower."""
    return iterate(p, q, (1 - p) ** (2 * np.arange(steps)))


def complete(p: float, q: float, steps: int) -> np.ndarray:
    """Return the share of buyers where everybody sees infinitely many: no network is faster."""
    return recursion(p, q, steps)[0]


def closed_form(p: float, q: float, t: np.ndarray) -> np.ndarray:
    """Return the share of buyers on a circle at times ``t`` in continuous time (Fibich & Gibori 2010)."""
    return 1 - np.exp(-(p + q) * t + q * (1 - np.exp(-p * t)) / p)


def mean_and_error(found: dict, name: str, law: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard error of the curves of a cell from the first step on.

    The error is at least that of independent people who follow ``law``: few runs may happen to agree.
    """
    runs = np.asarray(found[name])[:, 1:]
    least = law * (1 - law) / PEOPLE.get(name, 1600)
    return runs.mean(axis=0), np.sqrt(np.maximum(runs.var(axis=0, ddof=1), least) / len(runs))


def judge(found: dict) -> list[Claim]:
    """Compare the circles with their laws, and every network with the bounds."""
    claims, laws = [], {"one-sided": one_sided, "two-sided": two_sided}
    steps = np.shape(found["one-sided"])[1] - 1
    exact = {name: law(P * TENTH, Q * TENTH, steps)[1:] for name, law in laws.items()}
    limit = closed_form(P, Q, TENTH * np.arange(1, steps + 1))
    for name, law in exact.items():
        mean, error = mean_and_error(found, name, law)
        worst = (np.abs(mean - law) / error).max()
        claims.append(holds(f"the {name} circle follows its exact discrete law at every step",
                            "at most 5 standard errors away", f"{worst:.1f} standard errors at most", worst <= 5))
        bias, gap = np.abs(law - limit), np.abs(mean - limit)
        claims.append(holds(f"in tenths of a year the {name} circle stays near the closed form",
                            f"within the bias of the step (at most {bias.max():.4f} of the market) and 5 standard "
                            "errors", f"{gap.max():.4f} away at most", bool((gap <= bias + 5 * error).all())))
    return [*claims, same_speed(found, exact), *within_bounds(found)]


def same_speed(found: dict, exact: dict) -> Claim:
    """Claim that both circles are equally fast, but for the bias of the step."""
    (one, error_one), (two, error_two) = (mean_and_error(found, name, exact[name]) for name in RINGS)
    gap, bias = np.abs(one - two), np.abs(exact["one-sided"] - exact["two-sided"])
    agrees = (gap <= bias + 5 * np.hypot(error_one, error_two)).all()
    return holds("one or two neighbours make no difference", f"0 (the step alone makes up to {bias.max():.4f})",
                 f"{gap.max():.4f} of the market at most", bool(agrees))


def within_bounds(found: dict) -> list[Claim]:
    """Claim that pairs lie on the lower bound, and every network between both."""
    slow, fast = pairs(P, Q, YEARS)[1:], complete(P, Q, YEARS)[1:]
    mean, error = mean_and_error(found, "pairs", slow)
    worst = (np.abs(mean - slow) / error).max()
    beyond = {}
    names = [name for name in NETWORKS if name in found]
    for name in names:
        below, above = (sign * (mean - bound) / error for sign, bound in ((-1, slow), (1, fast))
                        for mean, error in [mean_and_error(found, name, bound)])
        beyond[name] = max(below.max(), above.max())
    most = max(beyond, key=beyond.get)
    return [
        holds("people in pairs follow the law of pairs", "at most 5 standard errors away",
              f"{worst:.1f} standard errors at most", worst <= 5),
        holds(f"each of {len(names)} networks lies between pairs and the infinite complete network in every year",
              "at most 5 standard errors beyond", f"{beyond[most]:.1f} standard errors beyond at most ({most})",
              beyond[most] <= 5)]


@styled
def draw(found: dict) -> Figure:
    """Return the circles over the closed form, and all networks between the bounds."""
    slow, fast = pairs(P, Q, YEARS), complete(P, Q, YEARS)
    year = int(np.argmax(fast - slow))
    fig = blank_figure("Circles follow the closed form, and every network lies between separate pairs and a "
                       "complete one",
                       "Lines: theory. Points: mean of the simulation. Bars: 95 % intervals, where wider than a point",
                       "Rule bass, p = .03, q = .38 a year · Fibich & Gibori (2010), Fibich & Levin (2023)",
                       height=6.2)
    grid = fig.add_gridspec(1, 2, wspace=0.62, width_ratios=(1.0, 0.92))
    draw_circles(fig.add_subplot(grid[0]), found)
    draw_networks(fig.add_subplot(grid[1]), found, slow[year], fast[year], year)
    return fig


def draw_circles(ax, found: dict) -> None:
    """Draw the closed form as a line and both circles as points."""
    t = TENTH * np.arange(np.shape(found["one-sided"])[1])
    ax.plot(t, closed_form(P, Q, t), color=INK, linewidth=1.6)
    ax.plot(t, complete(P / 100, Q / 100, 100 * int(t[-1]))[::10], color=PALE, linewidth=1.6)
    ax.text(11.3, 0.95, "complete network", color=GREY, ha="right", va="center")
    for (name, runs), colour, marker, first in zip([(name, found[name]) for name in RINGS], BRAND_COLOURS, "os",
                                                   (10, 20), strict=False):
        mean = np.mean(runs, axis=0)
        ax.plot(t[first::20], mean[first::20], marker, color=colour, markersize=6, label=f"{name} circle")
    ax.legend(frameon=False, loc="lower right", handletextpad=0.2)
    ax.set(xlabel="year", ylim=(0, 1.02), xlim=(0, t[-1] + 0.4), title="share of people who have bought")
    percent_axis(ax.yaxis)


def draw_networks(ax, found: dict, slow: float, fast: float, year: int) -> None:
    """Draw every network as a point between the two bounds, the slowest at the bottom."""
    shares = {name: np.asarray(found[name])[:, year] for name in NETWORKS if name in found}
    order = sorted(shares, key=lambda name: shares[name].mean())
    mean = [shares[name].mean() for name in order]
    reach = [1.96 * shares[name].std(ddof=1) / len(shares[name]) ** 0.5 for name in order]
    ax.axvspan(slow, fast, color="#F3F3F3", zorder=0)
    ax.axvline(slow, color=INK, linewidth=1.6)
    ax.axvline(fast, color=INK, linewidth=1.6)
    ax.errorbar(mean, range(len(order)), xerr=reach, fmt="o", color=BRAND_COLOURS[2], markersize=6, elinewidth=1.6)
    ax.set_yticks(range(len(order)), order)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set(title=f"bought by year {year}", xlabel="slowest possible … fastest possible",
           xlim=(slow - 0.03, fast + 0.03))
    percent_axis(ax.xaxis, 4)
