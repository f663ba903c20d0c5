"""Influentials and the easily influenced (Watts & Dodds 2007): who starts global cascades?"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from scipy.stats import poisson

from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, GREY, INK, blank_figure, percent_axis, styled
from experiments.replications.watts import PHI, K, neighbour
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds
from simulation.statistics import wilson
from simulation.world.state import Role

PAGE = Page(
    title="Influentials against the easily influenced",
    question="Do the tenth of people with most neighbours start larger cascades than others, in proportion to their "
             "neighbours?",
    prediction="They do, but by less than their direct reach. A buyer with k neighbours starts a global cascade with "
               "chance 1 - (1 - v)^k, v the chance that a neighbour belongs to the giant cluster of people whom one "
               "buyer convinces: concave in k. Without such a cluster even the best connected start none.",
    design="2,500 people, Poisson degrees, threshold .18 for all, one random first buyer per run on a fresh network; "
           "mean size of cascades from the tenth with most neighbours over that of the others (the multiplier), "
           "against the ratio of their numbers of neighbours. And the best connected person of all, where the "
           "threshold is .26.",
    mind="A multiplier at or above the ratio of neighbours inside the cascade window, or one more than 5 standard "
         "errors from the derived one.",
    limits="The source uses 10,000 people. Only the undirected random network of its base case and single first "
           "buyers are repeated, not its hyperinfluentials or other rules. Towards the upper edge of the window (5.76) "
           "the multiplier rises to the ratio of neighbours, and beyond it rare cascades in finite markets depend on "
           "well-connected starters, as the source itself notes of exceptions.",
    sources=("watts2007", "watts2002"))
FAST = False

TOP = 0.1
DEGREES = (1.5, 2.0, 3.0, 4.0, 5.0)
HARD, HARD_DEGREE = 0.26, 3.0


def cells(full: bool) -> list[Cell]:
    """Return one first buyer by mean degree, and the best connected one where nobody is easily convinced."""
    preset, runs = ("experiment=replicate/influentials",), 900 if full else 400
    out = [Cell(f"z={z}", preset, {"network.mean_degree": z}, range(1, 1 + runs)) for z in DEGREES]
    best = {"network.mean_degree": HARD_DEGREE, "population.seeds.start.by": "degree"}
    return [*out, Cell("best, easy", preset, best, range(1, 61)),
            Cell("best, hard", preset, best | {"population.threshold_mean": HARD}, range(1, 61))]


def measure(model) -> tuple[float, float, bool, float]:
    """Return share of buyers, neighbours of the first, whether they are of the top tenth, and their ratio."""
    state = model.state
    first, degree, top = state.adopted_at[:, 0] == 0, state.ties.out_degree(), state.role == Role.INFLUENCER
    return ((state.adopted_at[:, 0] >= 0).mean(), degree[first][0], bool(top[first][0]),
            degree[top].mean() / degree[~top].mean())


def top_share() -> dict:
    """Return by mean degree the share, by degree K, of the people with k neighbours who are in the top tenth."""
    out = {}
    for z in np.round(np.arange(1.2, 5.76, 0.05), 2).tolist() + list(DEGREES):
        above = poisson.sf(K, z)
        out[z] = np.clip((TOP - above) / poisson.pmf(K, z), 0.0, 1.0)
    return out


def ratios(z: float, top: np.ndarray) -> tuple[float, float]:
    """Return (multiplier, ratio of neighbours) of the top tenth against the others, by the theory."""
    p, start = poisson.pmf(K, z), 1 - (1 - neighbour(z)) ** K
    both = [((top * p) @ x / TOP) / (((1 - top) * p) @ x / (1 - TOP)) for x in (start, K)]
    return both[0], both[1]


def multiplier(runs: list) -> tuple[float, float]:
    """Return the ratio of mean cascades, top tenth over others, and the standard error of its logarithm."""
    size, top = np.array([run[0] for run in runs]), np.array([run[2] for run in runs])
    one, other = size[top], size[~top]
    error = (one.var(ddof=1) / one.size / one.mean() ** 2 + other.var(ddof=1) / other.size / other.mean() ** 2) ** 0.5
    return one.mean() / other.mean(), error


def judge(found: dict) -> list[Claim]:
    """Compare multipliers with the ratio of neighbours and with the theory; and what the best connected achieve."""
    share, off, room, words = top_share(), {}, {}, []
    for z in DEGREES:
        ours, error = multiplier(found[f"z={z}"])
        reach = np.mean([run[3] for run in found[f"z={z}"]])
        off[z] = abs(np.log(ours / ratios(z, share[z])[0])) / error
        room[z] = np.log(reach / ours) / error
        words.append(f"{ours:.2f} of {reach:.2f}")
    worst, least = max(off, key=off.get), min(room, key=room.get)
    named = ", ".join(f"{z:g}" for z in DEGREES)
    sizes = {name: np.array([run[0] for run in found[f"best, {name}"]]) > TOP for name in ("easy", "hard")}
    return [
        holds(f"the top tenth start larger cascades, but by less than their neighbours (z = {named})",
              "multiplier below the ratio of neighbours",
              f"{', '.join(words)}; at least {room[least]:.1f} standard errors below (z = {least:g})",
              room[least] > 5),
        holds("the multiplier is the derived one", "at most 5 standard errors away",
              f"{off[worst]:.1f} standard errors at most (z = {worst:g})", off[worst] <= 5),
        holds(f"where nobody is easily convinced (threshold {HARD}) even the best connected starts no global cascade",
              f"none at z = {HARD_DEGREE:g}", f"{sizes['hard'].sum()} of {sizes['hard'].size} runs "
              f"({sizes['easy'].sum()} of {sizes['easy'].size} at threshold {PHI})",
              not sizes["hard"].any() and bool(sizes["easy"].mean() > 0.5))]


@styled
def draw(found: dict) -> Figure:
    """Return multiplier against the ratio of neighbours, and chance of a cascade against neighbours."""
    fig = blank_figure("The best connected start more cascades than others, but fewer than their reach suggests",
                       "Lines: theory for infinitely many people. Points: simulation, 95 % intervals",
                       "2,500 people; everybody buys once 18 % of neighbours have bought · Watts & Dodds (2007)")
    grid = fig.add_gridspec(1, 2, wspace=0.26)
    draw_multiplier(fig.add_subplot(grid[0]), found)
    draw_chance(fig.add_subplot(grid[1]), found)
    return fig


def draw_multiplier(ax, found: dict) -> None:
    """Draw the multiplier and the ratio of neighbours against the mean degree."""
    theory = {z: ratios(z, top) for z, top in sorted(top_share().items())}
    ax.plot(list(theory), [x[1] for x in theory.values()], color=GREY, linewidth=1.6, linestyle=(0, (4, 2)))
    ax.plot(list(theory), [x[0] for x in theory.values()], color=INK, linewidth=1.6)
    ours = np.array([multiplier(found[f"z={z}"]) for z in DEGREES])
    reach = ours[:, 0] * np.abs(np.exp(1.96 * np.outer([-1, 1], ours[:, 1])) - 1)
    ax.errorbar(DEGREES, ours[:, 0], yerr=reach, fmt="o", color=BRAND_COLOURS[0], markersize=7, elinewidth=1.6)
    ax.axhline(1.0, color=GREY, linewidth=0.8, linestyle=(0, (1, 2)))
    ax.text(2.3, 2.75, "neighbours", color=GREY)
    ax.text(2.55, 1.42, "cascades", color=BRAND_COLOURS[0], fontweight="bold")
    ax.text(1.2, 0.93, "as others", color=GREY, va="top")
    ax.set(title="top tenth, times the others", xlabel="mean number of neighbours", ylim=(0.75, 3.6))


def draw_chance(ax, found: dict) -> None:
    """Draw the chance of a global cascade against the neighbours of the first buyer."""
    for z, colour, marker in zip((1.5, 3.0, 5.0), BRAND_COLOURS[1:], BRAND_MARKERS[1:], strict=False):
        runs = found[f"z={z}"]
        degree, large = np.array([run[1] for run in runs]), np.array([run[0] > TOP for run in runs])
        known = [k for k in range(12) if (degree == k).sum() >= 8]
        ends = np.array([wilson(large[degree == k].sum(), (degree == k).sum()) for k in known])
        often = np.array([large[degree == k].mean() for k in known])
        ax.plot(K[:12], 1 - (1 - neighbour(z)) ** K[:12], color=INK, linewidth=1.4)
        ax.errorbar(known, often, yerr=np.abs(ends.T - often), fmt=marker, color=colour, markersize=6.5,
                    elinewidth=1.4, label=f"mean {z:g}")
    ax.legend(frameon=False, loc="lower right", handletextpad=0.2)
    ax.set(title="chance of a global cascade", xlabel="neighbours of the first buyer", ylim=(-0.02, 1.03),
           xlim=(-0.4, 11.4))
    percent_axis(ax.yaxis)
