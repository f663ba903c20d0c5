"""Threshold cascades: the window of Watts (2002) and the size of the seed (Gleeson & Cahalane 2007)."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import brentq
from scipy.stats import binom, poisson

from experiments.figures.style import BRAND_COLOURS, INK, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds
from simulation.statistics import wilson

PAGE = Page(
    title="The cascade window",
    question="When does one buyer set off a cascade through the whole market, if people buy once 18 % of those "
             "around them have bought?",
    prediction="On a random network only for mean degrees z in a window: from where the people whom one neighbour "
               "suffices form a giant cluster, sum over k <= 1/.18 of k (k - 1) p_k = z, to where they cease to. "
               "The chance is that of a neighbour in that cluster; the size, and what larger seeds do, follow the "
               "recursion of Gleeson & Cahalane.",
    design="10,000 people, Poisson degrees, rule threshold with one threshold for all; one random first buyer on a "
           "fresh network per run (a cascade counts as global above 10 %), and seeds of .1 to 4 % of the people.",
    mind="Inside the window, a frequency more than 5 standard errors from the theory or a size more than .005 from "
         "it; any global cascade clearly outside.",
    limits="The theory is for infinitely many people. With 10,000 the upper edge at 5.76 is blurred: at z = 5.5 "
           "cascades are more frequent than derived, and at z = 6 some still happen; both are shown and not judged, "
           "nor are seeds within 30 % of the size at which the recursion jumps.",
    sources=("watts2002", "gleeson2007"))
FAST = True

PHI, PEOPLE, GLOBAL = 0.18, 10_000, 0.1
K = np.arange(80)
"""Degrees; the chance of more is below 1e-30 for all mean degrees used."""
EASY = (K > 0) & (K * PHI <= 1)
"""Degrees with which one buyer is enough."""
INSIDE = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
OUTSIDE = (0.8, 6.5)
BLURRED = (5.5, 6.0)
DENSE = (7.0, 8.0, 9.0)
SEEDS = (10, 20, 40, 70, 100, 140, 200, 400)


def cells(full: bool) -> list[Cell]:
    """Return one cell per mean degree with one first buyer, and per mean degree and size of the seed."""
    preset = ("experiment=replicate/watts",)
    alone = INSIDE + OUTSIDE + BLURRED if full else (2.0, 4.0, 5.0, 0.8, 6.5)
    runs = {z: (80 if full else 20) if z not in OUTSIDE else (50 if full else 8) for z in alone}
    out = [Cell(f"z={z}", preset, {"network.mean_degree": z}, range(1, 1 + runs[z])) for z in alone]
    return out + [Cell(f"z={z}, {count}", preset, {"network.mean_degree": z, "population.seeds.start.count": count},
                       range(1, 1 + (4 if full else 2))) for z in (DENSE if full else DENSE[1:2]) for count in SEEDS]


def measure(model) -> float:
    """Return the share of people who have bought."""
    return float((model.state.adopted_at[:, 0] >= 0).mean())


def enough(q: float, others: np.ndarray) -> np.ndarray:
    """Return for each degree the chance that PHI of the neighbours have bought, if ``others`` do with chance q."""
    return np.where(K > 0, binom.sf(np.ceil(PHI * K - 1e-9) - 1, others, q), 0.0)


def final_size(z: float, seed: float) -> float:
    """Return the share of buyers in the end where a share ``seed`` bought at first (Gleeson & Cahalane 2007).

    q <- seed + (1 - seed) sum of k p_k / z P(Bin(k - 1, q) >= PHI k), up to the first fixed point.
    """
    p, q = poisson.pmf(K, z), seed
    for _ in range(100_000):
        before, q = q, seed + (1 - seed) * (K * p / z) @ enough(q, np.maximum(K - 1, 0))
        if q - before < 1e-11:
            break
    return float(seed + (1 - seed) * p @ enough(q, K))


def neighbour(z: float) -> float:
    """Return the chance v that a neighbour belongs to the giant cluster of people for whom one buyer is enough.

    v = sum over k <= 1 / PHI of k p_k / z (1 - (1 - v)^(k - 1)), the largest solution.
    """
    weight, v = EASY * K * poisson.pmf(K, z) / z, 1.0
    for _ in range(100_000):
        before, v = v, float(weight @ (1 - (1 - v) ** np.maximum(K - 1, 0)))
        if before - v < 1e-11:
            break
    return v


def chance(z: float) -> float:
    """Return the chance that one random buyer starts a global cascade."""
    return float(1 - poisson.pmf(K, z) @ (1 - neighbour(z)) ** K)


def window() -> tuple[float, float]:
    """Return the mean degrees between which one buyer may start a global cascade."""
    def surplus(z: float) -> float:
        return float((EASY * K * (K - 1) * poisson.pmf(K, z)).sum() - z)

    return brentq(surplus, 0.5, 2.0), brentq(surplus, 3.0, 8.0)


def critical_seed(z: float) -> float:
    """Return the share of first buyers at which the final size jumps, to within 1 %."""
    low, high = 1e-5, 0.2
    while high / low > 1.01:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if final_size(z, middle) > 0.5 else (middle, high)
    return high


def judge(found: dict) -> list[Claim]:
    """Compare chance and size of cascades inside the window, their absence outside, and the effect of seeds."""
    inside = [z for z in INSIDE if f"z={z}" in found]
    off, wide, seen = {}, {}, ""
    for z in inside:
        shares, expected = np.array(found[f"z={z}"]), chance(z)
        off[z] = abs((shares > GLOBAL).mean() - expected) / (expected * (1 - expected) / shares.size) ** 0.5
        large = shares[shares > GLOBAL]
        error = large.std(ddof=1) / large.size ** 0.5
        wide[z] = abs(large.mean() - final_size(z, 1e-9)), 0.005 + 5 * error
    worst, largest = max(off, key=off.get), max(wide, key=lambda z: wide[z][0] / wide[z][1])
    seen = ", ".join(f"{z:g}" for z in inside)
    none = sum(int((np.array(found[f"z={z}"]) > GLOBAL).sum()) for z in OUTSIDE)
    runs = sum(len(found[f"z={z}"]) for z in OUTSIDE)
    low, high = window()
    return [
        holds(f"inside the window (z = {seen}) one buyer starts a global cascade as often as derived",
              "at most 5 standard errors away", f"{off[worst]:.1f} standard errors at most (z = {worst:g})",
              off[worst] <= 5),
        holds("and the global cascades have the derived size", "within .005 and 5 standard errors",
              f"{wide[largest][0]:.4f} away (z = {largest:g})", all(gap <= room for gap, room in wide.values())),
        holds(f"outside the window (z = {OUTSIDE[0]:g} and {OUTSIDE[1]:g}) there is none",
              f"window from {low:.3f} to {high:.3f}", f"{none} global cascades in {runs} runs", none == 0),
        seeds_claim(found)]


def judged(found: dict) -> list[tuple[float, int, float]]:
    """Return (z, seed, size by the recursion) of the cells with a seed that is not close to the critical one."""
    out = []
    for z in DENSE:
        if f"z={z}, {SEEDS[0]}" in found:
            jump = critical_seed(z)
            out += [(z, count, final_size(z, count / PEOPLE)) for count in SEEDS
                    if abs(np.log(count / PEOPLE / jump)) > np.log(1.3)]
    return out


def seeds_claim(found: dict) -> Claim:
    """Claim that beyond the window the final size follows the recursion on both sides of its jump."""
    gaps = {}
    for z, count, size in judged(found):
        shares = np.array(found[f"z={z}, {count}"])
        gaps[z, count] = abs(shares.mean() - size) - 5 * shares.std(ddof=1) / shares.size ** 0.5
    z, count = max(gaps, key=gaps.get)
    jumps = ", ".join(f"{100 * critical_seed(z):.2f} % at z = {z:g}" for z in sorted({z for z, _ in gaps}))
    return holds(f"beyond the window seeds act as the recursion says, which jumps at {jumps}",
                 "within .005 and 5 standard errors, on both sides of the jump",
                 f"{max(gaps[z, count], 0):.4f} beyond 5 standard errors at most ({len(gaps)} sizes of seed)",
                 gaps[z, count] <= 0.005)


@styled
def draw(found: dict) -> Figure:
    """Return chance and size against the mean degree, and size against the seed."""
    fig = blank_figure("One buyer can start a global cascade only inside a window; beyond it a critical seed can",
                       "Lines: theory for infinitely many people. Points: simulation with 10,000, 95 % intervals",
                       "Everybody buys once 18 % of neighbours have bought · Watts (2002), Gleeson & Cahalane (2007)")
    grid = fig.add_gridspec(1, 2, wspace=0.26, width_ratios=(1.25, 1.0))
    draw_window(fig.add_subplot(grid[0]), found)
    draw_seeds(fig.add_subplot(grid[1]), found)
    return fig


def draw_window(ax, found: dict) -> None:
    """Draw chance and size of global cascades of one buyer against the mean degree."""
    low, high = window()
    z = np.linspace(low, high, 162)[1:-1]
    ax.axvspan(low, high, color="#F3F3F3", zorder=0)
    for rule in (chance, lambda x: final_size(x, 1e-9)):
        ax.plot([0.5, low, *z, high, 7], [0, 0, *map(rule, z), 0, 0], color=INK, linewidth=1.6)
    at = sorted(z for z in INSIDE + OUTSIDE + BLURRED if f"z={z}" in found)
    shares = [np.array(found[f"z={z}"]) for z in at]
    often = np.array([(x > GLOBAL).mean() for x in shares])
    ends = np.array([wilson((x > GLOBAL).sum(), x.size) for x in shares])
    ax.errorbar(at, often, yerr=np.abs(ends.T - often), fmt="s", color=BRAND_COLOURS[1], markersize=6.5,
                elinewidth=1.6, label="chance of one")
    size = [x[x > GLOBAL].mean() if (x > GLOBAL).any() else np.nan for x in shares]
    ax.plot(at, size, "o", color=BRAND_COLOURS[0], markersize=6.5, label="size, where it happens")
    ax.legend(frameon=False, loc="lower center", handletextpad=0.2, bbox_to_anchor=(0.47, 0.06))
    ax.set(title="global cascades from one buyer", xlabel="mean number of neighbours z", xlim=(0.5, 7),
           ylim=(-0.02, 1.05))
    percent_axis(ax.yaxis)


def draw_seeds(ax, found: dict) -> None:
    """Draw the final size against the seed for networks too dense for one buyer."""
    for z, colour, marker in zip(DENSE, BRAND_COLOURS[2:5], "^Dv", strict=True):
        if f"z={z}, {SEEDS[0]}" not in found:
            continue
        seed = np.geomspace(8e-4, 0.05, 120)
        ax.plot(seed, [final_size(z, x) for x in seed], color=INK, linewidth=1.4)
        for count in SEEDS:
            shares = found[f"z={z}, {count}"]
            ax.plot([count / PEOPLE] * len(shares), shares, marker, color=colour, markersize=6.5, linestyle="",
                    label=f"z = {z:g}" if count == SEEDS[0] else None)
    ax.set(title="buyers in the end, by seed", xlabel="share of people who bought first", xscale="log",
           ylim=(-0.02, 1.05))
    ax.set_xticks([0.001, 0.01, 0.04], ["0.1 %", "1 %", "4 %"])
    ax.tick_params(axis="x", which="minor", labelbottom=False)
    ax.legend(frameon=False, loc="lower right", handletextpad=0.2, bbox_to_anchor=(1.0, 0.2))
    percent_axis(ax.yaxis)
