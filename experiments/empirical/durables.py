"""Bass curves: yearly sales of durables, and the coefficients p, q, m that describe them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.empirical.data import table
from experiments.empirical.findings import Check, Finding
from experiments.study.cells import Cell, run_cells
from simulation.statistics import adoption_curve, fit_bass

PATTERN = "Bass curves of durables"
PRODUCTS = {"room_air_conditioners": "room air conditioners", "color_televisions": "colour televisions",
            "clothes_dryers": "clothes dryers"}
MARKET, BASS = ("scenario=baseline",), ("experiment=replicate/bass",)
SEEDS, PEOPLE, PARTS = range(601, 604), 10_000, 10
"""Steps are tenths of a year, as a whole year lags behind the curve."""
GOOD, NEAR = 0.9, 0.1
"""Share of variance from which on a curve fits; relative difference up to which sales and coefficients are close."""


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return p, q and m (thousands) by product, by least squares on yearly sales."""
    return {f"bass_classic, {title}": tuple(coefficients(sales(data, name))) for name, title in PRODUCTS.items()}


def sales(data: Path, product: str) -> np.ndarray:
    """Return yearly sales in thousands."""
    series = table(data, "bass_classic/adoption_series")
    return series.loc[series["product"] == product, "adoptions"].to_numpy()


def coefficients(yearly: np.ndarray) -> np.ndarray:
    """Return p, q and m, (3,)."""
    fit = fit_bass(np.cumsum(yearly), on="increments")
    return np.array([fit.p, fit.q, fit.m])


def measure(model) -> np.ndarray:
    """Return the share of people who buy first in each year, (years,)."""
    steps = np.diff(adoption_curve(model.state.adopted_at[:, 0], model.tick))
    return steps.reshape(-1, PARTS).sum(axis=1) / model.state.n


def ratio(model) -> float:
    """Return q / p of the curve of the default market, mean of its brands; it does not depend on the unit of time."""
    summary = model.results.summary
    return float(np.mean([summary[brand]["bass_q"] / summary[brand]["bass_p"] for brand in model.params.brands]))


def cell(name: str, years: int, p: float, q: float) -> Cell:
    """Return a market of everybody, with p and q per year."""
    return Cell(name, BASS, {"adoption.p": p / PARTS, "adoption.q": q / PARTS, "steps": PARTS * years,
                             "population.size": PEOPLE}, SEEDS)


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default market, the default rule bass, and p and q chosen up to the year of the peak."""
    market = np.mean(run_cells([Cell("default", MARKET, {}, SEEDS)], ratio, mapped)["default"])
    out = []
    for name, title in PRODUCTS.items():
        yearly = sales(data, name)
        cut, years = int(yearly.argmax()) + 1, yearly.size
        whole, early = coefficients(yearly), coefficients(yearly[:cut])
        runs = {kind: np.mean(found, axis=0) for kind, found in run_cells(
            [cell("rule", years, 0.03, 0.38), cell("whole", years, *whole[:2]), cell("early", years, *early[:2])],
            measure, mapped).items()}
        out += [shape_of_default(title, whole, float(market)), rule(title, yearly, runs["rule"]),
                forecast(title, yearly, cut, early, runs["early"]), refit(title, yearly, whole, runs["whole"])]
    return out


def shape_of_default(title: str, whole: np.ndarray, market: float) -> Finding:
    """Compare how much imitation exceeds innovation in the default market, whose people read reviews."""
    theirs = whole[1] / whole[0]
    return Finding(PATTERN, title, "default", "nothing", (
        Check("q / p of the adoption curve (close: within half and double)", f"{theirs:.0f}", f"{market:.0f}",
              bool(0.5 <= market / theirs <= 2.0)),))


def rule(title: str, yearly: np.ndarray, ours: np.ndarray) -> Finding:
    """Compare the default p and q of the rule bass, with the m that fits best."""
    m = float(yearly @ ours / (ours @ ours))
    return Finding(PATTERN, title, "default of the rule bass", "p .03, q .38 per year; m fitted",
                   (peak(yearly, ours), variance(yearly, m * ours)))


def forecast(title: str, yearly: np.ndarray, cut: int, early: np.ndarray, ours: np.ndarray) -> Finding:
    """Compare sales after the peak with the p, q and m of the years up to it."""
    p, q, m = early
    theirs, expected = float(yearly[cut:].sum()), float(m * ours[cut:].sum())
    return Finding(PATTERN, title, "calibrated", f"p {p:.4f}, q {q:.3f}, m {m:.0f} from the first {cut} years", (
        variance(yearly[:cut], m * ours[:cut], "variance explained up to the peak (chosen on it)"),
        Check("sales of all later years, thousands", f"{theirs:.0f}", f"{expected:.0f}",
              bool(abs(expected / theirs - 1) <= NEAR))))


def refit(title: str, yearly: np.ndarray, whole: np.ndarray, ours: np.ndarray) -> Finding:
    """Compare the whole curve with the p, q and m of all years, and ask whether a fit gives them back."""
    back = coefficients(ours)
    far = float(np.abs(np.array([*back[:2], back[2] * whole[2]]) / whole - 1).max())
    return Finding(PATTERN, title, "calibrated on all years", "p {:.4f}, q {:.3f}, m {:.0f}".format(*whole), (
        peak(yearly, ours), variance(yearly, whole[2] * ours),
        Check("p, q, m fitted to the engine's curve", " / ".join(f"{x:.3g}" for x in whole),
              f"{100 * far:.0f} % off at most", far <= NEAR)))


def peak(yearly: np.ndarray, ours: np.ndarray) -> Check:
    """Compare the year of the largest sales."""
    years = int(yearly.argmax()) + 1, int(ours.argmax()) + 1
    return Check("year of the peak, within one year", *map(str, years), abs(years[0] - years[1]) <= 1)


def variance(yearly: np.ndarray, ours: np.ndarray, text: str = "variance of yearly sales explained") -> Check:
    """Return how well a curve describes yearly sales."""
    explained = 1.0 - float(((yearly - ours) ** 2).sum() / ((yearly - yearly.mean()) ** 2).sum())
    return Check(text, f"at least {GOOD:g}", f"{explained:.2f}", explained >= GOOD)
