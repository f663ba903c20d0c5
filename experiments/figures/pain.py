"""Pain: which processes hurt customers, which ones the brand hears about, and how often each process fails.

Above, each process's share of the brand's pain over the whole run: true (shortfalls of expectation felt) and as
heard (predicted readers of seen complaints).  The two have different units, so only shares compare.  Below, the
failure rate of each process over time: a repair or a crisis shows as a step.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import (
    GREY,
    INK,
    PALE,
    brand_style,
    brand_title,
    brands_shown,
    empty_figure,
    key,
    label_ends,
    new_figure,
    percent_axis,
    styled,
    time_axis,
)
from experiments.figures.words import brief, listed, percent, pretty

MOST = 5
"""Processes with bars of their own; the rest is put together."""
REST = " others"
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 1.5, 1.5, 1.5)))


@styled
def draw(results) -> Figure:
    """Return the figure."""
    table = results.processes
    if table.empty:
        return empty_figure(results, "Pain by process", "no step done: no process delivered anything")
    brands = brands_shown(results, 3)
    shares = {brand: pain_shares(table, brand) for brand in brands}
    if not any(share["pain"].notna().any() for share in shares.values()):
        return empty_figure(results, "No customer felt any shortfall", "no experience fell short of its expectation")
    fig = new_figure(results, finding(shares),
                     "Each process's share of the brand's pain over the whole run; below, how often it fails")
    fig.subplots_adjust(top=fig.subplotpars.top - 0.055)
    grid = fig.add_gridspec(2, len(brands), height_ratios=(1.65, 1), hspace=0.42,
                            wspace=0.55 if len(brands) < 3 else 0.72, left=0.16 if len(brands) < 3 else 0.15,
                            right=0.85 if len(brands) == 1 else 0.9 if len(brands) == 2 else 0.893)
    lower, highest = None, table[table["brand"].isin(brands)]["failure_rate"].max()
    for i, brand in enumerate(brands):
        upper = fig.add_subplot(grid[0, i])
        draw_bars(upper, results, brand, shares[brand], len(brands))
        lower = fig.add_subplot(grid[1, i], sharey=lower)
        lower.set_ylim(0.0, max(1.12 * highest, 0.02))
        draw_failures(lower, results, table[table["brand"] == brand], brand, len(brands))
        lower.tick_params(labelleft=i == 0)
        if i == 0:
            key(upper, [("felt by customers", GREY), ("as the brand hears it", GREY, True)], y=1.19)
            lower.set_ylabel("failure rate")
    percent_axis(lower.yaxis, 3)
    return fig


def pain_shares(table: pd.DataFrame, brand: str) -> pd.DataFrame:
    """Return each process's share of the brand's pain, true and as seen (columns pain, pain_seen), largest first.

    Shares are nan where there was none; what goes beyond MOST processes stands in one last row.
    """
    rows = table[table["brand"] == brand]
    total = rows.groupby("process", sort=False)[["pain", "pain_seen"]].sum()
    total = total.sort_values("pain", ascending=False, kind="stable")
    if len(total) > MOST:
        rest = total.iloc[MOST - 1:]
        total = pd.concat([total.iloc[:MOST - 1], rest.sum().to_frame(f"{len(rest)}{REST}").T])
    return total / total.sum().where(total.sum() > 0)


def named(share: pd.DataFrame) -> list[str]:
    """Return the processes that have a row of their own."""
    return [process for process in share.index if not str(process).endswith(REST)]


def finding(shares: dict) -> str:
    """Say what hurts most and, where a brand is clearly wrong about a process, about which."""
    brand, share = next((brand, share) for brand, share in shares.items() if share["pain"].notna().any())
    worst = share["pain"][list(named(share))].idxmax()
    text = f"{pretty(worst, 20)} causes {percent(share.loc[worst, 'pain'])} of {brief(shares)(brand)}'s pain"
    gaps = {(b, p): s.loc[p, "pain_seen"] - s.loc[p, "pain"] for b, s in shares.items() for p in named(s)}
    gaps = {at: gap for at, gap in gaps.items() if np.isfinite(gap)}
    if not gaps:
        return f"{text}, and no brand sees any of it"
    (b, process), gap = max(gaps.items(), key=lambda item: abs(item[1]))
    if abs(gap) < 0.05:
        return f"{text}; {listed([brief(shares)(b) for b in shares])} hear each process within 5 points of the truth"
    seen, true = shares[b].loc[process, ["pain_seen", "pain"]]
    return f"{text}; {brief(shares)(b)} hears {pretty(process, 20)} as {percent(seen)}, the truth is {percent(true)}"


def draw_bars(ax, results, brand: str, share: pd.DataFrame, panels: int) -> None:
    """Draw the paired bars of one brand."""
    colour, _ = brand_style(results, brand)
    at, width = np.arange(len(share)), 0.36
    true, seen = share["pain"].fillna(0.0), share["pain_seen"].fillna(0.0)
    ax.barh(at - width / 2, true, width, color=colour, edgecolor=colour, label="true")
    ax.barh(at + width / 2, seen, width, facecolor="white", edgecolor=colour, hatch="////", label="seen")
    longest = max(true.max(), seen.max(), 1e-9)
    for y, a, b in zip(at, true, seen, strict=True):
        words = percent(a) if abs(a - b) < 0.005 else f"{100 * a:.0f} / {100 * b:.0f} %"
        ax.text(max(a, b) + 0.025 * longest, y, words, va="center", fontsize=12)
    ax.set_yticks(at, [pretty(name, 13 if panels > 2 else 18) for name in share.index])
    ax.tick_params(axis="y", length=0)
    ax.invert_yaxis()
    ax.set_xlim(0.0, (1.02, 1.32, 1.75)[panels - 1] * longest)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    brand_title(ax, results, brand, width=24 if panels < 3 else 17)


def draw_failures(ax, results, rows: pd.DataFrame, brand: str, panels: int) -> None:
    """Draw the failure rate of each process of one brand; those that changed stand out and are named."""
    rates = rows.pivot(index="step", columns="process", values="failure_rate")
    change = (rates.max() - rates.min()).sort_values(ascending=False, kind="stable")
    moved = list(change[change > 0.005].index[:3])
    named = moved or list(rates.iloc[-1].sort_values(ascending=False, kind="stable").index[:2])
    colour, _ = brand_style(results, brand)
    for process in rates:
        ax.plot(rates.index, rates[process], color=PALE, linewidth=1.4, zorder=1, label=f"other {process}")
    labels = []
    for i, process in enumerate(named):
        look = colour if moved else GREY
        ax.plot(rates.index, rates[process], color=look, linestyle=DASHES[i], linewidth=2.0, label=process)
        labels.append((rates[process].iloc[-1], pretty(process, 10), look if moved else INK))
    time_axis(ax, results, ticks=max(3, 8 // panels))
    label_ends(ax, labels, bold=False)
