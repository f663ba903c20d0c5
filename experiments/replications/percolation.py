"""The independent cascade is bond percolation: size, chance and threshold of outbreaks (Newman 2002)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.figure import Figure
from scipy.special import lambertw

from experiments.figures.style import BRAND_COLOURS, GREY, INK, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds
from simulation.statistics import wilson

PAGE = Page(
    title="Word of mouth as percolation",
    question="If every buyer tries once to convince each acquaintance and succeeds with chance q, when does one "
             "buyer's word spread through the market, and how far?",
    prediction="The ties that would succeed form a random subnetwork; a buyer reaches the cluster around them. On a "
               "random network with mean degree z there is a giant cluster only if R = q z is above 1. Its share S "
               "= 1 - exp(-R S) is both the size of an outbreak and its chance. A share s of first buyers leads to S "
               "= 1 - (1 - s) exp(-R S).",
    design="10,000 people, mean degree 4 on a fresh network per run, rule cascade with one attempt per tie and no "
           "advertising; an outbreak reaches more than 10 %. In one world of 2,000 people the same luck is met by 40 "
           "different first buyers.",
    mind="A size or a frequency more than 5 standard errors from the theory, or two first buyers in one world "
         "whose buyers overlap without being the same.",
    limits="The theory is for infinitely many people; close to R = 1 finite markets blur it, and no point between .8 "
           "and 1.2 is judged for one first buyer. Clustered networks need other formulas.",
    sources=("kempe2003", "newman2002", "erdos1959"))
FAST = True

DEGREE, PEOPLE, OUTBREAK, SEED = 4.0, 10_000, 0.1, 0.01
BELOW, ABOVE = (0.4, 0.8), (1.2, 1.4, 1.6, 2.0, 2.4, 2.8, 3.2)
SOME = (0.4, 0.8, 1.0, 1.2, 1.6, 2.0, 2.8)
"""Values of R for the cells with many first buyers."""
WORLD, STARTS = 2_000, range(0, 2_000, 50)


def cells(full: bool) -> list[Cell]:
    """Return one first buyer, and 1 % of them, by R; and one world with many different first buyers."""
    preset, runs = ("experiment=replicate/percolation",), 80 if full else 20
    alone = (*BELOW, *ABOVE) if full else (0.4, 0.8, 1.4, 2.0, 2.8)
    out = [Cell(f"R={r}", preset, {"adoption.q": r / DEGREE}, range(1, 1 + runs)) for r in alone]
    out += [Cell(f"R={r}, many", preset, {"adoption.q": r / DEGREE, "population.seeds.start.count":
                 round(SEED * PEOPLE)}, range(1, 1 + (20 if full else 5))) for r in SOME]
    world = {"adoption.q": 1.3 / DEGREE, "population.size": WORLD, "population.seeds.start.by": "list"}
    return out + [Cell(f"from {i}", preset, world | {"population.seeds.start.people": [str(i)]}) for i in STARTS]


def measure(model) -> np.ndarray:
    """Return who has bought, eight people to a byte."""
    return np.packbits(model.state.adopted_at[:, 0] >= 0)


def shares(found: dict, name: str) -> np.ndarray:
    """Return the share of buyers in every run of a cell."""
    return np.array([np.unpackbits(bits).sum() / PEOPLE for bits in found[name]])


def final_size(r, seed: float = 0.0):
    """Return the share S = 1 - (1 - seed) exp(-r S) that buys in the end; without a seed that of an outbreak."""
    r = np.asarray(r, float)
    return np.maximum(1 + lambertw(-(1 - seed) * r * np.exp(-r)).real / r, 0.0)


def judge(found: dict) -> list[Claim]:
    """Compare size and chance of outbreaks, what small seeds bring, and the clusters of one world."""
    above = [r for r in ABOVE if f"R={r}" in found]
    size, often = {}, {}
    for r in above:
        x, s = shares(found, f"R={r}"), float(final_size(r))
        large = x[x > OUTBREAK]
        size[r] = abs(large.mean() - s) / (large.std(ddof=1) / large.size ** 0.5)
        often[r] = abs((x > OUTBREAK).mean() - s) / (s * (1 - s) / x.size) ** 0.5
    named = ", ".join(f"{r:g}" for r in above)
    return [
        worst_of(f"above the threshold (R = {named}) outbreaks have the size S", size),
        worst_of("and one buyer starts one with chance S", often),
        below_threshold(found), many_first_buyers(found), one_percolation(found)]


def worst_of(text: str, off: dict) -> Claim:
    """Claim that all deviations, in standard errors, are at most 5."""
    worst = max(off, key=off.get)
    return holds(text, "at most 5 standard errors away", f"{off[worst]:.1f} standard errors at most (R = {worst:g})",
                 off[worst] <= 5)


def below_threshold(found: dict) -> Claim:
    """Claim that below the threshold nobody starts an outbreak."""
    runs = np.concatenate([shares(found, f"R={r}") for r in BELOW])
    return holds(f"below the threshold (R = {BELOW[0]:g} and {BELOW[1]:g}) one buyer starts none",
                 "no outbreak for R <= 1", f"{(runs > OUTBREAK).sum()} outbreaks in {runs.size} runs",
                 bool((runs <= OUTBREAK).all()))


def many_first_buyers(found: dict) -> Claim:
    """Claim that the final size after a seed of 1 % follows its formula through the threshold."""
    off = {}
    for r in SOME:
        x = shares(found, f"R={r}, many")
        error = x.std(ddof=1) / x.size ** 0.5
        off[r] = abs(x.mean() - float(final_size(r, SEED))) / max(error, 1 / PEOPLE)
    return worst_of("with 1 % of first buyers the final size follows its formula, also at R = 1", off)


def one_percolation(found: dict) -> Claim:
    """Claim that what different first buyers reach in one world are clusters: the same, or without overlap."""
    reached = [found[f"from {i}"][0] for i in STARTS]
    pairs = list(combinations(reached, 2))
    same = sum(np.array_equal(a, b) for a, b in pairs)
    apart = sum(not (a & b).any() for a, b in pairs)
    return holds(f"in one world, what {len(reached)} different first buyers reach is the same or does not overlap",
                 f"all {len(pairs)} pairs", f"{same} the same, {apart} without overlap, "
                 f"{len(pairs) - same - apart} else", same + apart == len(pairs) and 0 < same < len(pairs))


@styled
def draw(found: dict) -> Figure:
    """Return size and chance of outbreaks against R, and the size with 1 % of first buyers."""
    fig = blank_figure("Below one convinced acquaintance per buyer nothing spreads; above, the size of an outbreak is "
                       "also its chance", "Lines: theory. Points: simulation with 10,000 people. Bars: 95 % "
                       "intervals", "Every tie is tried once; random network, 4 acquaintances on average · Newman "
                       "(2002), Kempe, Kleinberg & Tardos (2003)")
    ax, r = fig.add_subplot(), np.linspace(0.01, 3.5, 700)
    ax.plot(r, final_size(r), color=INK, linewidth=1.6)
    ax.plot(r, final_size(r, SEED), color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
    ax.axvline(1.0, color=GREY, linewidth=1.0, linestyle=(0, (2, 2)))
    ax.text(0.98, 0.62, "threshold", color=GREY, ha="right")
    at = [r for r in (*BELOW, *ABOVE) if f"R={r}" in found]
    runs = [shares(found, f"R={r}") for r in at]
    often = np.array([(x > OUTBREAK).mean() for x in runs])
    ends = np.array([wilson((x > OUTBREAK).sum(), x.size) for x in runs])
    ax.errorbar(at, often, yerr=np.abs(ends.T - often), fmt="s", color=BRAND_COLOURS[1], markersize=10,
                markerfacecolor="white", markeredgewidth=1.6, elinewidth=1.6, zorder=2,
                label="one first buyer: chance of an outbreak")
    ax.plot(at, [x[x > OUTBREAK].mean() if (x > OUTBREAK).any() else np.nan for x in runs], "o",
            color=BRAND_COLOURS[0], markersize=7, label="one first buyer: size of an outbreak")
    ax.plot(SOME, [shares(found, f"R={r}, many").mean() for r in SOME], "^", color=BRAND_COLOURS[2], markersize=7,
            label="1 % of first buyers: size")
    ax.legend(frameon=False, loc="lower right", handletextpad=0.2)
    ax.set(xlabel="R: acquaintances convinced by a buyer, if none had bought", xlim=(0, 3.5), ylim=(-0.02, 1.02),
           title="share of people")
    percent_axis(ax.yaxis)
    return fig
