"""Acceleration against expansion (Libai, Muller & Peres 2013): where the value of a seeding programme comes from."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, blank_figure, key, number_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, is_positive, lies_within

PAGE = Page(
    title="Acceleration against expansion",
    question="A firm gives its product to some people. Does it gain customers whom it would not have had (expansion), "
             "or the same customers sooner (acceleration)?",
    prediction="Alone in its market it gains time: nearly everybody would have bought anyway. Against a rival it gains "
               "customers. Well-connected seeds gain more than random ones.",
    design="3,000 people, 30 periods, on a small world or a network with hubs; one brand, or two alike; 30 seeds, by "
           "lot or those with most ties, or none. Worlds with and without the programme share all luck: every "
           "customer is compared with themselves. An adoption is worth 1, discounted by 10 % a period; seeds count.",
    mind="Expansion above a tenth of the gain in a monopoly, below a half in a duopoly, or random seeds that do as "
         "well as hubs.",
    limits="Chances of adoption (.005 by advertising, .05 per contact and period) lie in the middle of the ranges "
           "reported of the paper at second hand; its twelve empirical networks, churn and falling profits are left "
           "out, and its magnitudes were not at hand: only the ordering is held against it. The rival does not answer.",
    sources=("libai2013",))
FAST = False

NETWORKS = {"watts_strogatz": "small world", "barabasi_albert": "scale-free network"}
MARKETS = {"monopoly": "monopoly", "retail": "duopoly"}
PROGRAMMES = {"none": {"population.seeds.first.count": 0}, "random": {},
              "hubs": {"population.seeds.first.by": "degree"}}
DISCOUNT = 0.10


def cells(full: bool) -> list[Cell]:
    """Return every network and market without a programme, with random seeds and with hubs as seeds."""
    return [Cell(f"{network} {market} {programme}",
                 ("experiment=replicate/acceleration", f"network={network}", f"market={market}"), values,
                 range(1, 31 if full else 6))
            for network in NETWORKS for market in MARKETS for programme, values in PROGRAMMES.items()]


def measure(model) -> np.ndarray:
    """Return the discounted worth of every person as a customer of the first brand (n,), 0 for others."""
    bought = model.state.adopted_at[:, 0]
    return np.where(bought >= 0, (1 + DISCOUNT) ** -np.maximum(bought, 0.0), 0.0)


def gains(found: dict, network: str, market: str, programme: str) -> dict[str, np.ndarray]:
    """Return gain, acceleration and expansion as shares of the worth without the programme, per run (runs,)."""
    before = np.array(found[f"{network} {market} none"])
    after = np.array(found[f"{network} {market} {programme}"])
    anyway = (before > 0) & (after > 0)
    worth, gain = before.sum(axis=1), (after - before).sum(axis=1)
    acceleration = np.where(anyway, after - before, 0.0).sum(axis=1)
    return {"gain": gain / worth, "acceleration": acceleration / worth, "expansion": (gain - acceleration) / worth}


def judge(found: dict) -> list[Claim]:
    """Claim which source prevails in which market, and that hubs gain more than random seeds."""
    claims = []
    for market, source, low, text in (("monopoly", "acceleration", 0.9, "alone in the market"),
                                      ("retail", "expansion", 0.5, "against a rival")):
        for network, words in NETWORKS.items():
            for programme in ("random", "hubs"):
                of = gains(found, network, market, programme)
                seeds = "hubs as seeds" if programme == "hubs" else "random seeds"
                claims.append(lies_within(f"{text}, {words}, {seeds}: share of {source} in the gain", low, 1.0,
                                          of[source] / of["gain"], "{:.2f}"))
    for market, words in MARKETS.items():
        for network, where in NETWORKS.items():
            more = gains(found, network, market, "hubs")["gain"] - gains(found, network, market, "random")["gain"]
            claims.append(is_positive(f"{words}, {where}: hubs gain more than random seeds, share of value",
                                      "more", more, "{:+.2f}"))
    return claims


@styled
def draw(found: dict) -> Figure:
    """Return the gain of every programme as bars, parted into acceleration and expansion."""
    fig = blank_figure("Alone in its market a seeding firm wins time, against a rival it wins customers",
                       "Gain in the discounted number of customers over the world without a programme. Scales differ",
                       "3,000 people, 30 periods, 30 seeds, paired runs; whiskers: 95 % interval of the mean gain · "
                       "after Libai, Muller & Peres (2013)")
    grid = fig.add_gridspec(1, 2, wspace=0.16)
    colours = {"acceleration": BRAND_COLOURS[4], "expansion": BRAND_COLOURS[1]}
    for i, (market, words) in enumerate(MARKETS.items()):
        ax = fig.add_subplot(grid[i])
        bars = [gains(found, network, market, programme) for network in NETWORKS for programme in ("random", "hubs")]
        at, low = np.array([0, 1, 2.4, 3.4]), np.zeros(4)
        for source, colour in colours.items():
            share = 100 * np.array([bar[source].mean() for bar in bars])
            ax.bar(at, share, 0.78, low, color=colour)
            low = low + share
        error = [196 * bar["gain"].std(ddof=1) / bar["gain"].size ** 0.5 for bar in bars]
        ax.errorbar(at, low, error, fmt="none", color="#222222", linewidth=1.2, capsize=3)
        ax.set_xticks(at, ["random", "hubs"] * 2)
        for x, network in zip((0.5, 2.9), NETWORKS.values(), strict=True):
            ax.text(x, -0.14, network, transform=ax.get_xaxis_transform(), ha="center", fontweight="bold")
        ax.set_title(words.capitalize())
        number_axis(ax.yaxis)
        if i == 0:
            ax.set_ylabel("gain, %")
            key(ax, list(colours.items()), x=0.02, y=0.97, loc="upper left")
        ax.set_ylim(bottom=0)
    return fig
