"""Seeding (Kempe, Kleinberg & Tardos 2003): greedy choice, hubs, central people and chance as seeds."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, INK, blank_figure, styled
from experiments.study import seeding
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, equals, holds, is_positive, lies_within

PAGE = Page(
    title="Whom to give the product first",
    question="Twenty people get the product for nothing. How many buy in the end if the twenty are chosen greedily, by "
             "number of ties, by distance to everybody, or by lot?",
    prediction="Greedy choice reaches at least 1 - 1/e = 63 % of the best possible. On a network with hubs people "
               "with most ties do about as well as greedy choice, central people a little worse, random people far "
               "worse.",
    design="Independent cascades: each tie is tried once. Greedy choice works on 500 draws of all ties of its own; its "
           "seeds go into the engine as a list; all rules meet the same luck; lots are drawn anew in each run. The "
           "bound: random networks of 12 people, every draw of the ties and every set of three seeds. The karate club "
           "checks the engine against draws of the ties.",
    mind="Greedy choice below 63 % of the optimum anywhere, a spread in the engine that differs from that over draws "
         "of the ties, or another order of the rules.",
    limits="Kempe et al. found greedy choice 18 % better than most ties, on a co-authorship network; with hubs but "
           "without communities it has nothing to gain (Stonedahl et al. 2010 find the same of random, small-world and "
           "scale-free networks). Seeds accept, and hubs persuade as anybody does (Hinz et al. 2011 look into that).",
    sources=("hinz2011", "kempe2003", "leskovec2007", "stonedahl2010"))
FAST = False

SEEDS, CHANCE, DRAWS = 20, 0.05, 500
KARATE = {"33": (33,), "0": (0,), "0 and 33": (0, 33)}
KARATE_CHANCE, KARATE_DRAWS = 0.1, 40_000
SMALL, SMALL_SEEDS, SMALL_CHANCE = 12, 3, 0.3
BOUND = 1 - 1 / np.e
RULES = {"greedy": "greedy choice", "degree": "most ties", "distance": "nearest to all", "lot": "by lot"}
PRESET = ("experiment=replicate/seeding",)
CLUB = (*PRESET, "network=karate")


@cache
def chosen() -> dict[str, dict]:
    """Return what each rule of choice puts into the config of the market."""
    ties = seeding.ties_of(*PRESET)
    return {"greedy": given(ties, seeding.greedy(seeding.sample_worlds(ties, CHANCE, DRAWS, seed=1), SEEDS)),
            "degree": {"population.seeds.first.by": "degree"},
            "distance": given(ties, seeding.by_distance(ties, SEEDS)),
            "lot": {"population.seeds.first.by": "random"}}


def cells(full: bool) -> list[Cell]:
    """Return the market under four rules, the karate club under three choices, and small networks."""
    out = [Cell(rule, PRESET, values, range(1, 301 if full else 11)) for rule, values in chosen().items()]
    ties = seeding.ties_of(*CLUB)
    out += [Cell(f"karate {name}", CLUB, given(ties, people) | {"adoption.q": KARATE_CHANCE},
                 range(1, 2001 if full else 11)) for name, people in KARATE.items()]
    return [*out, Cell("small", (*PRESET, "network=erdos_renyi", "network.mean_degree=2"), {
        "population.size": SMALL, "network.seed": "run", "population.seeds.first.count": SMALL_SEEDS,
        "adoption.q": SMALL_CHANCE}, range(1, 31 if full else 4))]


def given(ties, people) -> dict:
    """Return the values of the config that make these rows the seeds."""
    return {"population.seeds.first.by": "list", "population.seeds.first.count": len(people),
            "population.seeds.first.people": [ties.ids[row] for row in people]}


def measure(model) -> dict:
    """Return how many bought, and, where people are few, what greedy choice reaches of the optimum."""
    ratio = np.nan
    if model.state.n <= SMALL and len(model.state.ties) <= 2 * seeding.MOST_EXACT:
        worlds = seeding.all_worlds(model.state.ties, SMALL_CHANCE)
        best = seeding.spread(worlds, seeding.best(worlds, SMALL_SEEDS))
        ratio = seeding.spread(worlds, seeding.greedy(worlds, SMALL_SEEDS)) / best
    return {"bought": int((model.state.adopted_at[:, 0] >= 0).sum()), "ratio": ratio}


def bought(runs: list[dict]) -> np.ndarray:
    """Return the buyers of each run (runs,)."""
    return np.array([run["bought"] for run in runs], float)


def judge(found: dict) -> list[Claim]:
    """Compare the bound, the karate club, and the order of the rules."""
    ratio = np.array([run["ratio"] for run in found["small"]])
    ratio = ratio[~np.isnan(ratio)]
    claims = [holds(f"greedy choice over the best of all sets, on {ratio.size} random networks of {SMALL} people",
                    f"{BOUND:.3f} and more, on each", f"{ratio.min():.3f} at least", bool(ratio.min() >= BOUND))]
    worlds = seeding.sample_worlds(seeding.ties_of(*CLUB), KARATE_CHANCE, KARATE_DRAWS, seed=2)
    for name, people in KARATE.items():
        values = bought(found[f"karate {name}"])
        luck = 5 * values.std(ddof=1) / KARATE_DRAWS ** 0.5
        claims.append(equals(f"karate club, each tie with chance .1: buyers from seed {name}, against "
                             f"{KARATE_DRAWS:,} draws of the ties", seeding.spread(worlds, people), values, luck,
                             "{:.2f}"))
    runs = {rule: bought(found[rule]) for rule in RULES}
    return [*claims,
            lies_within("greedy choice is as good as most ties: buyers over buyers", 0.97, 1.1,
                        runs["greedy"] / runs["degree"].mean()),
            is_positive("most ties beat distance: buyers", "more", runs["degree"] - runs["distance"], "{:+.1f}"),
            is_positive("distance beats the lot: buyers", "more", runs["distance"] - runs["lot"], "{:+.1f}")]


@styled
def draw(found: dict) -> Figure:
    """Return buyers by rule, and the greedy share of the optimum on small networks over its bound."""
    fig = blank_figure("On a network with hubs the people with most ties are as good as any choice",
                       "Left: points are single runs, marks are means. Right: each point is a network of 12 people",
                       "1,000 people, power law with triangles, chance .05 a tie · independent cascades of Kempe, "
                       "Kleinberg & Tardos (2003)")
    grid = fig.add_gridspec(1, 2, wspace=0.3, width_ratios=(1.7, 1), left=0.15)
    ax, luck = fig.add_subplot(grid[0]), np.random.default_rng(1)
    for i, rule in enumerate(RULES):
        values = bought(found[rule])
        ax.plot(values, i + luck.uniform(-0.26, 0.26, values.size), "o", color=BRAND_COLOURS[i], markersize=3,
                alpha=0.35, markeredgewidth=0)
        ax.plot([values.mean()] * 2, [i - 0.36, i + 0.36], color=INK, linewidth=2)
        ax.text(values.mean(), i - 0.4, f"{values.mean():.0f}", ha="center", va="bottom", fontweight="bold")
    ax.set_yticks(range(len(RULES)), RULES.values())
    ax.set(ylim=(3.6, -0.75), xlabel="people who bought in the end", title="20 seeds among 1,000", xlim=(0, None))
    ratio = np.sort([run["ratio"] for run in found["small"] if not np.isnan(run["ratio"])])
    ax = fig.add_subplot(grid[1])
    ax.axhline(BOUND, color=INK, linewidth=1.6)
    ax.text(ratio.size, BOUND - 0.008, "bound: 1 - 1/e", ha="right", va="top")
    ax.plot(np.arange(1, ratio.size + 1), ratio, "o", color=BRAND_COLOURS[0], markersize=5)
    ax.set(ylim=(0.58, 1.02), xlabel="networks, by ratio", title="Greedy over optimum")
    return fig
