"""Structural virality (Goel, Anderson, Hofman & Watts 2016): shapes of cascades, and how rare large ones are."""

from __future__ import annotations

import networkx as nx
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.polynomial.polynomial import polyval

from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, GREY, INK, blank_figure, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, equals, holds
from simulation.statistics import cascades_of

PAGE = Page(
    title="Structural virality: broadcast, chain, and the rarity of large cascades",
    question="Does the engine keep who had it from whom, so that a broadcast and a chain of the same size can be told "
             "apart? And how large do cascades of posts become when each causes less than one more?",
    prediction="The mean distance of two people in a cascade is 2(n - 1)/n for a broadcast and (n + 1)/3 for a chain. "
               "With R0 re-shares per post the mean size is 1/(1 - R0); nearly all cascades stay tiny, and the size "
               "follows that of a branching process.",
    design="One customer's review makes everybody buy who reads it, on a star, a path and random trees: the cascade "
           "of purchases must be the network. Then 20,000 people with power-law numbers of followers (exponent 2.3, "
           "3 to 1,000) post once each, and followers pass posts on, up to 20 generations.",
    mind="A tree whose mean distance is not that of its network, or a distribution of sizes that leaves that of the "
         "branching process by more than 5 standard errors and the stated bias.",
    limits="Followers are random people: real ones know each other, and real cascades compete for attention. Rates of "
           "re-sharing on Twitter are far lower (Bakshy et al. 2011: mean size 1.14). Cascades meet "
           "themselves now and then in 20,000 people, which the branching process ignores (the stated bias).",
    sources=("bakshy2011", "goel2016"))
FAST = True

SHAPES = {"path": lambda n: (n + 1) / 3, "star": lambda n: 2 * (n - 1) / n}
SIZES = (2, 3, 5, 10, 20, 35, 50)
RATES = (0.4, 0.6, 0.8)
"""R0: re-shares that a post causes."""
PEOPLE, EXPONENT, LEAST, MOST, GENERATIONS, LARGE = 20_000, 2.3, 3, 1_000, 20, 50
"""As in the preset; a cascade of LARGE posts counts as large."""


def cells(full: bool) -> list[Cell]:
    """Return small networks that one cascade fills, and markets in which everybody's post may be passed on."""
    out = []
    for shape in SHAPES:
        words = ("experiment=replicate/virality_shapes", f"network={shape}")
        out += [Cell(f"{shape} {n}", words, {"population.size": n}, (1, 2, 3)) for n in SIZES]
    words = ("experiment=replicate/virality_shapes", "network=barabasi_albert", "network.ties_each=1")
    out.append(Cell("trees", words, {"population.size": 200}, range(1, 11)))
    return out + [Cell(f"R0 {rate}", ("experiment=replicate/virality",), {"feed.reshare": rate / moment(1)},
                       range(1, 21 if full else 7)) for rate in (RATES if full else (0.6,))]


def measure(model) -> dict:
    """Return the largest tree of purchases, and all trees of posts: counts by size, and (size, virality) from 10 on."""
    sold = cascades_of(model.state.ledger.conversions["parent"])
    posts = cascades_of(model.state.ledger.posts["parent"])
    some = posts["size"] >= 10
    return {"people": model.state.n, "size": sold["size"].max(), "virality": sold["structural_virality"].max(),
            "distance": mean_distance(model.state.ties) if model.state.n <= 500 else np.nan,
            "sizes": np.bincount(posts["size"]),
            "trees": np.stack([posts["size"][some], posts["structural_virality"][some]])}


def mean_distance(ties) -> float:
    """Return the mean distance between two people on the network, by NetworkX."""
    return nx.average_shortest_path_length(nx.Graph(zip(ties.sources().tolist(), ties.targets.tolist(), strict=True)))


def followers() -> tuple[np.ndarray, np.ndarray]:
    """Return possible numbers of followers (k,) and their probabilities."""
    support = np.arange(LEAST, MOST + 1)
    weight = support ** -EXPONENT
    return support, weight / weight.sum()


def moment(power: int) -> float:
    """Return a moment of the number of followers."""
    support, chance = followers()
    return float((chance * support ** power).sum())


def size_law(rate: float, points: int = 8192) -> np.ndarray:
    """Return P(size = 0, 1, .. points - 1) of a branching process cut after 20 generations.

    With f the generating function of re-shares per post, that of the size is G_g(z) = z f(G_{g-1}(z)), G_0 = z;
    it is inverted by Fourier transform.  What is larger than ``points`` is folded in: less than 1e-5 for R0 = .8.
    """
    support, chance = followers()
    coefficients = np.zeros(MOST + 1)
    coefficients[support] = chance
    pass_on = rate / moment(1)
    z = np.exp(-2j * np.pi * np.arange(points // 2 + 1) / points)
    generating = z
    for _ in range(GENERATIONS):
        generating = z * polyval(1 - pass_on + pass_on * generating, coefficients)
    return np.fft.irfft(generating, points)


def judge(found: dict) -> list[Claim]:
    """Compare shapes with closed forms, sizes with the branching process, virality among rates."""
    rates = [rate for rate in RATES if f"R0 {rate}" in found]
    claims = [shape_claim(found, "star", "2(n - 1)/n"), shape_claim(found, "path", "(n + 1)/3"), tree_claim(found)]
    for rate in rates:
        claims += size_claims(found[f"R0 {rate}"], rate)
    return claims + (virality_claims(found, rates) if len(rates) > 1 else [])


def shape_claim(found: dict, shape: str, formula: str) -> Claim:
    """Claim that one cascade over a shape is the shape, from whichever seed and at every size."""
    worst = max(abs(run["virality"] - SHAPES[shape](n)) for n in SIZES for run in found[f"{shape} {n}"])
    whole = all(run["size"] == n for n in SIZES for run in found[f"{shape} {n}"])
    return holds(f"a cascade that fills a {shape} has virality {formula}, whoever begins",
                 "exact, 2 to 50 people", f"{worst:.0e} away at most", whole and worst < 1e-12)


def tree_claim(found: dict) -> Claim:
    """Claim that one cascade over a random tree has the mean distance of the tree."""
    worst = max(abs(run["virality"] - run["distance"]) for run in found["trees"])
    return holds("a cascade that fills a random tree of 200 people has the mean distance that NetworkX finds",
                 "exact", f"{worst:.0e} away at most", worst < 1e-9)


def size_claims(runs: list[dict], rate: float) -> list[Claim]:
    """Claim mean size and share of large cascades of the branching process."""
    law, sizes = size_law(rate), [run["sizes"] for run in runs]
    size = np.arange(law.size)
    mean = (1 - rate ** (GENERATIONS + 1)) / (1 - rate)
    twice = rate * moment(2) / (2 * PEOPLE * moment(1)) / (1 - rate) ** 2     # second ties of a pair are dropped
    itself = float((law * size ** 2).sum()) / (2 * PEOPLE) / (1 - rate)       # a cascade meets its own people
    lost = LARGE ** 2 / (2 * PEOPLE) / (1 - rate)
    share, beyond = law[LARGE:].sum(), law[int(np.ceil(LARGE + lost)):].sum()
    return [
        equals(f"R0 = {rate}: mean size of a cascade, 1/(1 - R0), cut after {GENERATIONS} generations", mean,
               [(np.arange(run.size) * run).sum() / run.sum() for run in sizes], twice + itself),
        equals(f"R0 = {rate}: share of cascades of {LARGE} posts and more", share,
               [run[LARGE:].sum() / run.sum() for run in sizes], share - beyond, "{:.5f}")]


def trees_of(runs: list[dict]) -> np.ndarray:
    """Return sizes and viralities (2, trees) of the cascades of at least 10 posts of several runs."""
    return np.concatenate([run["trees"] for run in runs], axis=1)


def virality_claims(found: dict, rates: list[float]) -> list[Claim]:
    """Claim what Goel et al. say of large cascades: more viral where sharing is likelier, size says little."""
    medians, correlations = [], []
    for rate in rates:
        size, virality = trees_of(found[f"R0 {rate}"])
        large = size >= LARGE
        medians.append(float(np.median(virality[large])))
        correlations.append(float(np.corrcoef(np.log(size[large]), virality[large])[0, 1]))
    given = ", ".join(f"{rate}" for rate in rates)
    return [
        holds(f"the median virality of large cascades rises with R0 ({given})", "rising, above a broadcast's 2",
              ", ".join(f"{median:.1f}" for median in medians),
              medians[0] > 2.0 and all(np.diff(medians) > 0)),
        holds("size says little of the shape of large cascades: share of the variance of virality that the logarithm "
              "of size explains", "less than half", ", ".join(f"{value ** 2:.2f}" for value in correlations),
              max(correlations) < 0.5 ** 0.5)]


@styled
def draw(found: dict) -> Figure:
    """Return closed forms of virality, sizes against the branching process, and virality by size."""
    fig = blank_figure("A chain's virality grows with its size, a broadcast's does not; and nearly all cascades "
                       "stay tiny", "Lines: closed forms; branching process. Points: simulation",
                       f"Posts of {PEOPLE:,} people with power-law followers · virality: mean distance of two people "
                       "in a cascade")
    grid = fig.add_gridspec(1, 3, wspace=0.32)
    draw_shapes(fig.add_subplot(grid[0]), found)
    rates = [rate for rate in RATES if f"R0 {rate}" in found]
    by_size, by_shape = fig.add_subplot(grid[1]), fig.add_subplot(grid[2])
    for rate in rates:
        look = {"color": BRAND_COLOURS[RATES.index(rate)], "marker": BRAND_MARKERS[RATES.index(rate)]}
        draw_sizes(by_size, found[f"R0 {rate}"], rate, look)
        size, virality = trees_of(found[f"R0 {rate}"])
        some = np.linspace(0, size.size - 1, 500).astype(int)
        by_shape.plot(size[some], virality[some], linestyle="", markersize=4, alpha=0.55, markeredgewidth=0,
                      zorder=3 - rate, **look)
    by_size.set(xscale="log", yscale="log", ylim=(3e-6, 1.6), xlim=(0.8, 4e3), xlabel="posts in a cascade",
                title="Share at least so large")
    by_size.legend(frameon=False, loc="lower left", handletextpad=0.1, borderaxespad=0.0)
    by_shape.set(xscale="log", xlabel="posts in a cascade", title="Virality by size", xlim=(9, 4e3))
    by_shape.axhline(2, color=GREY, linewidth=1.0, linestyle=(0, (3, 2)))
    by_shape.text(3.8e3, 1.9, "broadcast", ha="right", va="top", color=GREY)
    by_shape.set_ylim(bottom=1.2)
    for ax in (by_size, by_shape):
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))
    return fig


def draw_shapes(ax, found: dict) -> None:
    """Draw virality by size for star and path."""
    n = np.arange(2, max(SIZES) + 1)
    for shape, colour, marker in (("path", BRAND_COLOURS[4], "o"), ("star", BRAND_COLOURS[5], "s")):
        ax.plot(n, SHAPES[shape](n), color=INK, linewidth=1.4)
        ax.plot(SIZES, [found[f"{shape} {size}"][0]["virality"] for size in SIZES], marker, color=colour,
                markersize=6)
    ax.text(33, 13.6, "path", ha="right")
    ax.text(33, 2.7, "star", ha="right")
    ax.set(xlabel="people in the cascade", title="Virality of two shapes", ylim=(0, 18))


def draw_sizes(ax, runs: list[dict], rate: float, look: dict) -> None:
    """Draw the share of cascades at least so large, theory as a line."""
    law = size_law(rate)
    size = np.arange(1, law.size)
    above = law[::-1].cumsum()[::-1]
    ax.plot(size[above[1:] > 2e-6], above[1:][above[1:] > 2e-6], color=INK, linewidth=1.4)
    counts = np.zeros(max(run["sizes"].size for run in runs))
    for run in runs:
        counts[:run["sizes"].size] += run["sizes"]
    share = counts[::-1].cumsum()[::-1] / counts.sum()
    at = np.unique(np.round(np.geomspace(1, counts.size - 1, 16)).astype(int))
    ax.plot(at, share[at], linestyle="", markersize=5, label=f"R0 = {rate}", **look)
