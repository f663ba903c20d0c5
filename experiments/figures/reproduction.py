"""Reproduction: how many purchases one buyer's reviews cause, by the time of the buyer's first purchase.

Above 1 word of mouth would feed itself; below 1 it multiplies what other triggers bring.  Purchases caused are
the trigger shares of others' purchases that go to the buyer's own reviews, re-shares of them included.
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.frames import moving_mean
from experiments.figures.style import (
    GREY,
    INK,
    PALE,
    brand_style,
    brands_shown,
    empty_figure,
    label_ends,
    narrow,
    new_figure,
    number_axis,
    styled,
    time_axis,
)
from experiments.figures.words import CREDIT, brief, listed, number, pretty, step_word
from simulation.statistics.influence import caused_purchases, reproduction_by_cohort


@styled
def draw(results) -> Figure:
    """Return the figure."""
    state = results.state
    if results.params.output.ledger == "none":
        return empty_figure(results, "Reproduction of word of mouth", "not recorded: output.ledger=none")
    if not (state.adopted_at >= 0).any():
        return empty_figure(results, "Reproduction of word of mouth", "nobody bought, so nobody caused a purchase")
    brands = brands_shown(results, 3)
    caused = caused_purchases(state.ledger, state.n, state.b)
    rate, buyers = reproduction_by_cohort(caused, state.adopted_at, state.step)
    total = np.nan_to_num(rate) * buyers
    reach = max(1, round(state.step / 26))
    unit = step_word(results.params)
    fig = new_figure(results, finding(results, total, buyers, brands),
                     f"Purchases that a buyer's reviews trigger, by {unit} of first purchase (mean of {2 * reach + 1} "
                     f"{unit}s, weighted by buyers); the last buyers have had little time to cause any", CREDIT)
    grid = fig.add_gridspec(2, 1, height_ratios=(3.2, 1), hspace=0.14)
    upper, lower = narrow(fig.add_subplot(grid[0]), 0.8), narrow(fig.add_subplot(grid[1]), 0.8)
    draw_rates(upper, results, total, buyers, brands, reach)
    draw_buyers(lower, results, buyers, brands)
    return fig


def overall(results, total: np.ndarray, buyers: np.ndarray, brand: str) -> float:
    """Return the purchases caused per buyer of a brand over the whole run."""
    b = list(results.params.brands).index(brand)
    return total[:, b].sum() / buyers[:, b].sum() if buyers[:, b].any() else float("nan")


def finding(results, total: np.ndarray, buyers: np.ndarray, brands: list[str]) -> str:
    """Say the value over all buyers."""
    values = [(brief(brands)(b), overall(results, total, buyers, b)) for b in brands]
    name, value = next((pair for pair in values if np.isfinite(pair[1])), values[0])
    others = [f"{n} {v:.2f}" for n, v in values if n != name and np.isfinite(v)]
    return f"A buyer of {name} brings {value:.2f} further purchases by word of mouth" + (
        f", of {listed(others)}" if others else "")


def draw_rates(ax, results, total: np.ndarray, buyers: np.ndarray, brands: list[str], reach: int) -> None:
    """Draw the smoothed rate of each brand, and the line at one."""
    steps, labels, highest = np.arange(results.state.step + 1), [], 1.0
    for brand in brands:
        b = list(results.params.brands).index(brand)
        smooth = moving_mean(total[:, b], buyers[:, b], reach)
        if not np.isfinite(smooth).any():
            continue
        colour, marker = brand_style(results, brand)
        ax.plot(steps, smooth, color=colour, marker=marker, markersize=6.5, markevery=max(1, len(steps) // 8),
                label=brand)
        highest = max(highest, np.nanmax(smooth))
        last = smooth[np.flatnonzero(np.isfinite(smooth))[-1]]
        labels.append((last, f"{pretty(brand, 16)}\n{overall(results, total, buyers, brand):.2f} overall", colour))
    ax.axhline(1.0, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.set_ylim(0.0, 1.1 * highest)
    number_axis(ax.yaxis, 5, whole=False)
    ax.set_ylabel("purchases\nper buyer")
    time_axis(ax, results, label=False)
    ax.tick_params(labelbottom=False)
    label_ends(ax, [*labels, (1.0, "1 = feeds itself", GREY)], bold=False)


def draw_buyers(ax, results, buyers: np.ndarray, brands: list[str]) -> None:
    """Draw how many people bought for the first time in each step, all drawn brands together."""
    at = [list(results.params.brands).index(brand) for brand in brands]
    count = buyers[:, at].sum(axis=1)
    ax.stairs(count, np.arange(count.size + 1) - 0.5, fill=True, color=PALE, label="buyers")
    ax.set_ylabel("first-time\nbuyers")
    number_axis(ax.yaxis, 2)
    time_axis(ax, results)
    ax.text(1.019, 0.5, f"{number(count.sum())} in all", transform=ax.transAxes, color=GREY, va="center")
