"""Demand by word of mouth against the price: a closed form with Lambert's W (Scholz & Woehner's mean field)."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize_scalar
from scipy.special import lambertw

from experiments.figures.style import (
    BRAND_COLOURS,
    BRAND_MARKERS,
    GREY,
    INK,
    PALE,
    blank_figure,
    number_axis,
    styled,
)
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds, is_positive
from simulation.statistics import adoption_curve

PAGE = Page(
    title="Demand when word of mouth informs",
    question="If only buyers tell others, how much does a higher price cost beyond the people who find it too high, "
             "and which price brings most?",
    prediction="Of n people h = n (1 - price) would pay. s are informed at first, and a buyer informs anybody else "
               "with chance eta = k phi / (n - 1). Each of the h - (1 - price) s others stays uninformed if D buyers "
               "all fail to tell them: h - D = (h - (1 - price) s) (1 - eta)^D, so with a = ln(1 - eta) demand is "
               "D = h - W(a (h - (1 - price) s) exp(a h)) / a. The best price lies below that of an informed market.",
    design="10,000 people, willingness to pay uniform from 0 to 1, k acquaintances on average on a random network, "
           "each told with chance phi by a buyer (rule cascade, once, price gate); 1 % informed by advertising in "
           "the first step only.",
    mind="Away from criticality, k phi (1 - price) = 1, a mean demand more than 2 % (and 5 standard errors) from the "
         "closed form.",
    limits="The formula is a mean field: it takes the number of buyers as if it were certain. Where k phi (1 - price) "
           "lies between .7 and 1.3 luck decides, and prices are shown but not judged; so is a campaign that "
           "sells too little (k = 5, phi = .2). Clustered networks inform fewer people.",
    sources=("scholz2025", "campbell2013", "corless1996"))
FAST = True

PEOPLE, INFORMED = 10_000, 100
CAMPAIGNS = {"k = 10, phi = .4": (10, 0.4), "k = 5, phi = .6": (5, 0.6), "k = 5, phi = .2": (5, 0.2)}
JUDGED = tuple(CAMPAIGNS)[:2]
"""The third sells so little that luck hides 2 %; it is only shown."""
MAIN, LOW, HIGH = "k = 5, phi = .6", 0.4, 0.5
"""Where revenue is compared: a price near the best one, and the best one where everybody is informed."""


def cells(full: bool) -> list[Cell]:
    """Return one cell per campaign and price."""
    prices, runs = (np.arange(1, 20) / 20, 14) if full else (np.arange(1, 10) / 10, 4)
    out = []
    for name, (k, phi) in CAMPAIGNS.items():
        out += [Cell(f"{name}, {price:.2f}", ("experiment=replicate/price",), {
            "network.mean_degree": k, "adoption.q": phi, "brands.alpha.price": float(price)},
            range(1, 1 + (3 * runs if name == MAIN and price in (LOW, HIGH) else runs))) for price in prices]
    return out


def measure(model) -> np.ndarray:
    """Return the number of buyers after 0, 1, 2, ... steps."""
    return adoption_curve(model.state.adopted_at[:, 0], model.tick)


def demand(name: str, price) -> np.ndarray:
    """Return demand at a price (or prices) by the closed form.

    With x = h - D: x exp(a x) = (h - first) exp(a h), so a x = W(a (h - first) exp(a h)), principal branch.
    """
    k, phi = CAMPAIGNS[name]
    h, a = PEOPLE * (1 - np.asarray(price, float)), np.log1p(-k * phi / (PEOPLE - 1))
    first = h * INFORMED / PEOPLE
    return h - lambertw(a * (h - first) * np.exp(a * h)).real / a


def rounds(name: str, price: float, steps: int) -> np.ndarray:
    """Return buyers after 0, 1, ... steps: all who are willing, not yet informed, and told by last step's buyers."""
    k, phi = CAMPAIGNS[name]
    eta, h = k * phi / (PEOPLE - 1), PEOPLE * (1 - price)
    total, new = [0.0], h * INFORMED / PEOPLE
    for _ in range(steps):
        total.append(total[-1] + new)
        new = (1 - (1 - eta) ** new) * (h - total[-1])
    return np.array(total)


def best_price(name: str) -> float:
    """Return the price with the largest revenue by the closed form."""
    return float(minimize_scalar(lambda price: -price * demand(name, price), bounds=(0.01, 0.99),
                                 method="bounded").x)


def points(found: dict, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return prices, mean demand, and its standard error, from the cells of a campaign."""
    prices = [float(cell.rsplit(", ", 1)[1]) for cell in found if cell.startswith(f"{name}, ")]
    totals = [np.array([curve[-1] for curve in found[f"{name}, {price:.2f}"]], float) for price in prices]
    return (np.array(prices), np.array([x.mean() for x in totals]),
            np.array([x.std(ddof=1) / x.size ** 0.5 for x in totals]))


def reproduction(name: str, prices: np.ndarray) -> np.ndarray:
    """Return the number of willing people whom a buyer informs at first."""
    k, phi = CAMPAIGNS[name]
    return k * phi * (1 - prices)


def judge(found: dict) -> list[Claim]:
    """Compare demand with the closed form, growth with the recursion, and revenue at two prices."""
    claims = []
    for name in JUDGED:
        prices, mean, error = points(found, name)
        clear = np.abs(reproduction(name, prices) - 1) > 0.3
        theory = demand(name, prices)
        off, luck = np.abs(mean / theory - 1), 5 * error / theory
        worst = int(np.argmax(np.where(clear, off - luck, -1)))
        claims.append(holds(
            f"demand follows the closed form ({name}; {clear.sum()} prices away from criticality)",
            "within 2 % and 5 standard errors",
            f"{100 * mean[worst] / theory[worst] - 100:+.1f} % (5 standard errors: {100 * luck[worst]:.1f} %) at "
            f"price {prices[worst]:.2f}, the closest call", bool((off - luck)[clear].max() <= 0.02)))
    return [*claims, by_rounds(found), cheaper_is_better(found)]


def by_rounds(found: dict) -> Claim:
    """Claim that buyers come round by round as the recursion says."""
    price = LOW
    runs = found[f"{MAIN}, {price:.2f}"]
    steps = max(len(curve) for curve in runs)
    curves = np.array([np.pad(curve, (0, steps - len(curve)), mode="edge") for curve in runs], float)
    gap = np.abs(curves.mean(axis=0) - rounds(MAIN, price, steps - 1)) / PEOPLE
    room = 0.02 * (1 - price) + 5 * curves.std(axis=0, ddof=1) / len(runs) ** 0.5 / PEOPLE
    return holds(f"buyers come step by step as the recursion says ({MAIN}, price {price})",
                 "within 2 % of those who would pay, and 5 standard errors", f"{100 * gap.max():.1f} % of people at "
                 "most", bool((gap <= room).all()))


def cheaper_is_better(found: dict) -> Claim:
    """Claim that a price below the best one of an informed market earns more."""
    low, high = (np.array([price * curve[-1] for curve in found[f"{MAIN}, {price:.2f}"]]) for price in (LOW, HIGH))
    return is_positive(f"a price of {LOW} earns more than {HIGH}, the best where everybody is informed ({MAIN})",
                       f"+{LOW * demand(MAIN, LOW) - HIGH * demand(MAIN, HIGH):.0f}; the best price is "
                       f"{best_price(MAIN):.2f}", low - high, "{:+.0f}")


@styled
def draw(found: dict) -> Figure:
    """Return demand and revenue against the price, closed form over simulation."""
    fig = blank_figure("Where buyers do the telling, demand collapses above a critical price, and the best price is "
                       "lower", "Lines: closed form. Points: mean of the simulation. Grey: everybody informed. Marks: "
                       "best prices", "10,000 people, 1 % informed at first; k acquaintances, each told with chance "
                       "phi · mean field of Scholz & Woehner (2025)")
    grid = fig.add_gridspec(1, 2, wspace=0.28)
    axes = [fig.add_subplot(grid[i]) for i in range(2)]
    p = np.linspace(0.0, 1.0, 400)[:-1]
    for ax, scale in zip(axes, (np.ones_like, np.asarray), strict=True):
        ax.plot(p, scale(p) * PEOPLE * (1 - p), color=PALE, linewidth=1.8)
        for name, colour, marker in zip(CAMPAIGNS, BRAND_COLOURS, BRAND_MARKERS, strict=False):
            prices, mean, _ = points(found, name)
            ax.plot(p, scale(p) * demand(name, p), color=INK, linewidth=1.4)
            ax.plot(prices, scale(prices) * mean, marker, color=colour, markersize=6.5, label=name)
        number_axis(ax.yaxis)
        ax.set(xlabel="price (share of the highest willingness to pay)", xlim=(0, 1), ylim=(0, None))
    for at, top, colour in [(x, x * demand(name, x), GREY) for name in JUDGED for x in [best_price(name)]] + [
            (0.5, 0.25 * PEOPLE, PALE)]:
        axes[1].vlines(at, 0, top, color=colour, linewidth=1.0, linestyle=(0, (3, 2)), zorder=1)
    axes[0].set_title("people who buy")
    axes[1].set_title("revenue")
    axes[0].legend(frameon=False, loc="upper right", handletextpad=0.2)
    return fig
