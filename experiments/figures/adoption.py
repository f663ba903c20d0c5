"""Adoption: how many people ever bought each brand, the Bass curve through it, and what triggered new customers.

Above, cumulative customers as a share of people with the fitted Bass curve; below, new customers per step by
what triggered them (the trigger stage of attribution).
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.frames import edges, per_step, series
from experiments.figures.style import (
    INK,
    PALE,
    TRIGGER_COLOURS,
    brand_style,
    brand_title,
    brands_shown,
    empty_figure,
    key,
    label_ends,
    narrow,
    new_figure,
    number_axis,
    percent_axis,
    styled,
    time_axis,
)
from experiments.figures.words import (
    CREDIT,
    brief,
    each_step,
    listed,
    number,
    percent,
    pretty,
    several,
    step_word,
    when,
)
from simulation.statistics.bass_fit import BassFit, bass_curve, fit_bass

TRIGGERS = {"word of mouth": "new_by_reviews", "neighbours": "new_by_neighbours",
            "advertising": "new_by_advertising", "seeding": "new_by_seeding"}

ENOUGH = 30
"""Customers below which a fitted curve would only describe chance."""


@styled
def draw(results) -> Figure:
    """Return the figure."""
    customers = series(results, "cum_customers")
    if customers.empty:
        return empty_figure(results, "Adoption", "not recorded: metrics.adoption")
    brands = brands_shown(results, 3)
    fig = new_figure(results, finding(results, customers, brands),
                     f"People who ever bought, share of all; dashed: Bass curve (p and q {each_step(results)}, "
                     "m people)", CREDIT)
    fig.subplots_adjust(top=fig.subplotpars.top + 0.025)
    grid = fig.add_gridspec(2, 1, height_ratios=(1.75, 1), hspace=0.66)
    draw_curves(narrow(fig.add_subplot(grid[0]), 0.73), results, customers, brands)
    draw_triggers(fig, grid[1], results, brands)
    return fig


def finding(results, customers, brands: list[str]) -> str:
    """Say when each brand reached half of the customers of its run."""
    parts = []
    for brand in brands:
        curve = customers[brand].to_numpy()
        if curve[-1] <= 0:
            continue
        at = customers.index[np.argmax(curve >= 0.5 * curve[-1])]
        parts.append((brief(brands)(brand), int(curve[-1]), when(results, at)))
    if not parts:
        return f"Nobody bought in {several(results.state.step, step_word(results.params))}"
    name, total, at = parts[0]
    others = ", " + listed([f"{name} by {at}" for name, _, at in parts[1:]]) if len(parts) > 1 else ""
    return f"{name} reaches half of its {several(total, 'customer')} by {at}{others}"


def draw_curves(ax, results, customers, brands: list[str]) -> None:
    """Draw the cumulative curves, the fits over them, and what they come to."""
    n, labels = results.state.n, []
    ax.grid(axis="y")
    for brand in brands:
        colour, marker = brand_style(results, brand)
        curve = customers[brand]
        ax.plot(curve.index, curve / n, color=colour, marker=marker, markersize=6.5, label=brand,
                markevery=max(1, len(curve) // 8), clip_on=False)
        fit = fit_of(curve)
        if np.isfinite(fit.p):
            t = np.linspace(0, results.state.step, 200)
            ax.plot(t, bass_curve(t, fit.p, fit.q, fit.m) / n, color=INK, linewidth=1.3,
                    linestyle=(0, (4, 3)), label=f"bass {brand}")
        final = curve.iloc[-1] / n
        labels.append((final, f"{pretty(brand, 20)} {percent(final)}\n{fit_words(fit, n)}", colour))
    percent_axis(ax.yaxis)
    ax.set_ylim(bottom=0)
    time_axis(ax, results, label=False)
    label_ends(ax, labels, bold=False)


def fit_of(curve) -> BassFit:
    """Return the Bass fit of a curve that was recorded at every step and has ENOUGH customers, else nan."""
    whole = np.array_equal(curve.index, np.arange(len(curve)))
    return fit_bass(curve.to_numpy()[1:]) if whole and curve.iloc[-1] >= ENOUGH else BassFit()


def fit_words(fit: BassFit, n: int) -> str:
    """Return p, q and m of a fit in two lines; an m beyond the population is no forecast, and it says so."""
    if not np.isfinite(fit.p):
        return "no Bass fit"
    m = "beyond all people" if fit.m > n else number(round(fit.m))
    return f"Bass p {fit.p:.4f}, q {fit.q:.3f}\nm {m}"


def draw_triggers(fig, where, results, brands: list[str]) -> None:
    """Draw the new customers of each brand, split by trigger, one panel each on one scale."""
    grid = where.subgridspec(1, len(brands), wspace=0.14)
    recorded = results.params.output.ledger != "none"
    panels, used = [], []
    for i, brand in enumerate(brands):
        ax = fig.add_subplot(grid[i], sharey=panels[0] if panels else None)
        panels.append(ax)
        used += draw_stack(ax, results, brand, recorded)
        number_axis(ax.yaxis, 3)
        time_axis(ax, results, ticks=12 // (len(brands) + 1))
        brand_title(ax, results, brand, width=34 - 6 * len(brands))
        ax.tick_params(labelleft=i == 0)
    panels[0].set_ylim(bottom=0)
    lead = f"New customers {each_step(results)}, by trigger "
    if recorded:
        key(panels[0], [(word, TRIGGER_COLOURS[word]) for word in TRIGGERS if word in used], lead, y=1.27)
    else:
        key(panels[0], [("trigger not recorded: output.ledger=none", PALE)], f"New customers {each_step(results)} ",
            y=1.27)


def draw_stack(ax, results, brand: str, recorded: bool) -> list[str]:
    """Draw one stack, the new customers of every step by trigger; return the triggers that occurred."""
    used, base = [], np.zeros(results.state.step)
    if not recorded:
        ax.stairs(per_step(results, "new_customers", brand), edges(results), fill=True, color=PALE)
        return used
    for word, metric in TRIGGERS.items():
        values = per_step(results, metric, brand)
        if values.any():
            ax.stairs(base + values, edges(results), baseline=base, fill=True, color=TRIGGER_COLOURS[word],
                      label=word)
            used.append(word)
        base = base + values
    return used
