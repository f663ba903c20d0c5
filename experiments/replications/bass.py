"""Bass (1969) as an agent-based model (Rand & Rust 2011): eleven products, theory over simulation."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import GREY, INK, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, Verdict, holds
from simulation.statistics import adoption_curve, bass_curve, fit_bass

PAGE = Page(
    title="Bass curves of eleven durables",
    question="Do independent people who buy by advertising (p) or by the share of buyers around them (q) add up to "
             "the curve that Bass derived for the whole market?",
    prediction="In steps of a year the mean follows N' = N + (1 - (1 - p)(1 - q N/m))(m - N) exactly; in ever "
               "shorter steps it follows Bass's closed form, with its peak at ln(q/p)/(p + q) years.",
    design="10,000 people of whom everybody sees everybody, no reviews, rule bass; p and q of eleven products as "
           "published; whole years against the recursion, tenths of a year against the closed form.",
    mind="A mean that leaves the recursion by more than 5 standard errors for any product at any year.",
    limits="The published peak years were read from tables; the closed form needs short steps: in steps of a year "
           "the rule lags behind it by up to 7 points of market share.",
    sources=("bass1969", "rand2011", "sultan1990"))
FAST = True

PRODUCTS = {
    "electric refrigerators": (0.002617, 0.21566, 20.1), "home freezers": (0.018119, 0.17110, 11.6),
    "black and white television": (0.027877, 0.25105, 7.8), "water softeners": (0.017703, 0.29695, 8.9),
    "room air conditioners": (0.010399, 0.41861, 8.6), "clothes dryers": (0.017206, 0.35688, 8.1),
    "power lawnmowers": (0.0091837, 0.33790, 10.3), "electric bed coverings": (0.005876, 0.24387, 14.9),
    "automatic coffee makers": (0.017135, 0.30145, 9.0), "steam irons": (0.028632, 0.32791, 6.8),
    "record players": (0.024796, 0.65410, 4.8),
}
"""p and q per year and the published year of the peak, Bass (1969)."""
PEOPLE, SHARE_OF_A_YEAR = 10_000, 0.1


def cells(full: bool) -> list[Cell]:
    """Return two worlds per product: steps of a year, and of a tenth of it."""
    runs, preset = (30, 6) if full else (8, 2), ("experiment=replicate/bass",)
    out = []
    for product, (p, q, peak) in PRODUCTS.items():
        years = int(2.2 * peak) + 5
        out.append(Cell(f"{product}, years", preset, {"adoption.p": p, "adoption.q": q, "steps": years},
                        range(1, 1 + runs[0])))
        out.append(Cell(f"{product}, tenths", preset, {
            "adoption.p": p * SHARE_OF_A_YEAR, "adoption.q": q * SHARE_OF_A_YEAR, "step_days": 36.5,
            "steps": round(years / SHARE_OF_A_YEAR)}, range(1, 1 + max(runs[1], runs_that_place_the_peak(p, q)))))
    return out


def runs_that_place_the_peak(p: float, q: float, years: float = 0.12) -> int:
    """Return after how many runs the luck of the first buyers moves the peak by a standard error of ``years``.

    They come at rate ``p m`` while contact multiplies them by e in 1/q years: one run is early or late by
    ``1 / sqrt(p q m)`` years.
    """
    return math.ceil(1 / (p * q * PEOPLE * years**2))


def measure(model) -> np.ndarray:
    """Return the share of people who have bought after 0, 1, 2, ... steps."""
    return adoption_curve(model.state.adopted_at[:, 0], model.tick) / model.state.n


def recursion(p: float, q: float, steps: int, people: int = PEOPLE) -> tuple[np.ndarray, np.ndarray]:
    """Return expected share of buyers after 0, 1, ... steps where advertising and contact act alone, and its sd.

    The mean follows x' = f(x) = x + h (1 - x) with h = 1 - (1 - p)(1 - q x); the luck of a step, h (1 - h)(1 - x)
    / people, is carried on by f'(x) squared.
    """
    share, variance = np.zeros(steps + 1), np.zeros(steps + 1)
    for t in range(steps):
        x = share[t]
        hazard, slope = 1 - (1 - p) * (1 - q * x), q * (1 - p)
        share[t + 1] = x + hazard * (1 - x)
        variance[t + 1] = (1 + slope * (1 - x) - hazard) ** 2 * variance[t] + hazard * (1 - hazard) * (1 - x) / people
    return share, np.sqrt(variance)


def judge(found: dict) -> list[Claim]:
    """Compare every product with the recursion, the closed form and the published year of its peak."""
    years, tenths, gap, bias, agrees, late = 0.0, 0.0, 0.0, 0.0, True, {}
    for product, (p, q, peak) in PRODUCTS.items():
        years = max(years, farthest(found[f"{product}, years"], p, q))
        runs = np.array(found[f"{product}, tenths"])
        tenths = max(tenths, farthest(runs, p * SHARE_OF_A_YEAR, q * SHARE_OF_A_YEAR))
        curve, mean = bass_curve(SHARE_OF_A_YEAR * np.arange(runs.shape[1]), p, q, 1.0), runs.mean(axis=0)
        expected, sd = recursion(p * SHARE_OF_A_YEAR, q * SHARE_OF_A_YEAR, mean.size - 1)
        gap, bias = max(gap, np.abs(mean - curve).max()), max(bias, np.abs(expected - curve).max())
        agrees &= (np.abs(mean - curve) <= np.abs(expected - curve) + 5 * sd / len(runs) ** 0.5).all()
        fit = fit_bass(PEOPLE * mean[1:])
        late[product] = SHARE_OF_A_YEAR * np.log(fit.q / fit.p) / (fit.p + fit.q) - peak
    worst = max(late, key=lambda product: abs(late[product]))
    return [
        holds("in steps of a year the mean follows the discrete recursion, at every year of every product",
              "at most 5 standard errors away", f"{years:.1f} standard errors at most", years <= 5.0),
        holds("in steps of a tenth as well", "at most 5 standard errors away",
              f"{tenths:.1f} standard errors at most", tenths <= 5.0),
        holds("in steps of a tenth it stays near the closed form",
              f"within the bias of the step (at most {bias:.3f} of the market) and 5 standard errors",
              f"{gap:.3f} away at most", bool(agrees)),
        holds("sales peak within half a year of the published year",
              "4.8 (record players) to 20.1 years (refrigerators)",
              f"{late[worst]:+.2f} years at most ({worst})", abs(late[worst]) <= 0.5, Verdict.PART)]


def farthest(runs, p: float, q: float) -> float:
    """Return how many standard errors the mean of runs (runs, steps + 1) is away from the recursion, at most."""
    runs = np.asarray(runs)
    expected, sd = recursion(p, q, runs.shape[1] - 1)
    return float((np.abs(runs.mean(axis=0) - expected)[1:] / (sd[1:] / len(runs) ** 0.5)).max())


@styled
def draw(found: dict) -> Figure:
    """Return small multiples: closed form as a line, simulation as points, the published peak as a mark."""
    fig = blank_figure("Eleven durables: people who react to advertising and to each other add up to Bass's curve",
                       "Line: closed form. Points: mean of the simulation, in tenths of a year. Mark: published peak",
                       "Share of 10,000 people who have bought, by year · p and q of Bass (1969)")
    grid = fig.add_gridspec(3, 4, hspace=0.62, wspace=0.16)
    for i, (product, (p, q, peak)) in enumerate(PRODUCTS.items()):
        ax = fig.add_subplot(grid[i // 4, i % 4])
        mean = np.array(found[f"{product}, tenths"]).mean(axis=0)
        t = SHARE_OF_A_YEAR * np.arange(mean.size)
        ax.plot(t, bass_curve(t, p, q, 1.0), color=INK, linewidth=1.4)
        ax.plot(t[::20], mean[::20], "o", color="#0072B2", markersize=4.5)
        ax.axvline(peak, color=GREY, linewidth=1.0, linestyle=(0, (3, 2)))
        ax.set_title(product, fontsize=10.5, fontweight="normal")
        ax.tick_params(labelsize=9.5)
        ax.set_ylim(0, 1.04)
        percent_axis(ax.yaxis, 3)
        ax.tick_params(labelleft=i % 4 == 0)
    return fig
