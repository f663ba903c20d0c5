"""The NPV of bad news (Goldenberg, Libai, Moldovan & Muller 2007): what a few disappointed customers cost."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, GREY, INK, blank_figure, number_axis, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, Verdict, holds, is_positive, lies_within

PAGE = Page(
    title="The NPV of bad news",
    question="What do a few disappointed customers cost a firm, when they and those whom they warned keep warning "
             "others? Do weak ties help, which carry praise and warnings alike?",
    prediction="With 15 % disappointed about 1,025 of 3,000 people buy in the end. Net present value falls with the "
               "share of disappointed, by 5 % and more at only 2 % of them. At 5 % some weak ties are better than "
               "none and better than many.",
    design="3,000 people in cliques of nine, eight weak ties drawn afresh every month; people are visited one after "
           "another; advertising fades by a tenth a month; a warning is twice as likely as a recommendation. Rules "
           "and outcome as re-implemented by Dawid et al. (2025). Shares of disappointed use the same luck. For weak "
           "ties a recommendation is likelier (.005 instead of .001).",
    mind="A median off by more than 4 %, a net present value that does not fall, or a best number of weak ties at "
         "either end of the range.",
    limits="The published median and quartiles are those of the re-implementation, read off a figure, not of the "
           "original article, whose tables we have not seen. Its quartiles are narrower than ours and than those of "
           "an independent program of the same rules; the range of single runs agrees.",
    sources=("goldenberg2007",))
FAST = False

MEDIAN, QUARTILES = 1025, (978, 1073)
"""Final adopters of 100 runs, as stored by the re-implementation."""
SHARES = (0.0, 0.01, 0.02, 0.05, 0.10, 0.15, 0.20)
WEAK = (0, 1, 2, 4, 8, 16, 29)
LIKELIER = 0.125
"""Strength of a weak tie where weak ties are studied: .005 / .04."""
MONTHS, DISCOUNT = 12, 0.10


def cells(full: bool) -> list[Cell]:
    """Return the published world, shares of disappointed, and numbers of weak ties."""
    preset = ("experiment=replicate/bad_news",)
    out = [Cell("published", preset, {}, range(1, 101 if full else 9))]
    out += [Cell(f"share {share}", preset, {"adoption.dissatisfied": share}, range(1, 16 if full else 4))
            for share in SHARES]
    for weak in WEAK:
        words, values = preset, {"network.meetings.weak": weak, "network.meetings.strength": LIKELIER}
        if weak == 0:
            words, values = (*preset, "meetings@network.meetings=none"), {}
        out += [Cell(f"weak {weak}, {share}", words, values | {"adoption.dissatisfied": share}, range(1, 1 + runs))
                for share, runs in ((0.05, 10 if full else 3), (0.0, 3))]
    return out


def measure(model) -> dict:
    """Return final adopters, and the present value of one unit of money per adoption."""
    bought = model.state.adopted_at[:, 0]
    bought = bought[bought >= 0]
    return {"adopters": bought.size, "value": float(((1 + DISCOUNT) ** (-bought / MONTHS)).sum())}


def adopters(runs: list[dict]) -> np.ndarray:
    """Return the final adopters of each run (runs,)."""
    return np.array([run["adopters"] for run in runs])


def value_ratios(found: dict) -> np.ndarray:
    """Return present value over that without disappointment, of the same luck, (shares, runs)."""
    value = np.array([[run["value"] for run in found[f"share {share}"]] for share in SHARES])
    return value / value[0]


def judge(found: dict) -> list[Claim]:
    """Compare the published world, the fall of value, and the two sides of weak ties."""
    ours, ratio = adopters(found["published"]), value_ratios(found)
    low, median, high = np.percentile(ours, (25, 50, 75))
    mean, at = ratio.mean(axis=1), SHARES.index(0.02)
    weak = np.array([adopters(found[f"weak {w}, 0.05"]) for w in WEAK])
    best = int(weak.mean(axis=1)[1:-1].argmax()) + 1
    return [
        holds("median of final adopters", f"{MEDIAN} (within 4 %)", f"{median:.0f}",
              abs(median / MEDIAN - 1) <= 0.04),
        holds("quartiles of final adopters; an independent program of these rules gives a standard deviation of "
              "about 100, as wide as ours", f"{QUARTILES[0]} and {QUARTILES[1]} (within 2 %)",
              f"{low:.0f} and {high:.0f} (standard deviation {ours.std(ddof=1):.0f})",
              abs(low / QUARTILES[0] - 1) <= 0.02 and abs(high / QUARTILES[1] - 1) <= 0.02, Verdict.CONTESTED),
        holds("net present value falls with the share of disappointed (1, 2, 5, 10, 15, 20 %)", "strictly falling",
              ", ".join(f"{value:.2f}" for value in mean[1:]), all(np.diff(mean) < 0)),
        lies_within("2 % disappointed cost at least 5 % of net present value: ratio", 0.0, 0.95, ratio[at]),
        is_positive(f"5 % disappointed: more buyers with {WEAK[best]} weak ties each than with {WEAK[0]}", "more",
                    weak[best] - weak[0], "{:+.0f}"),
        is_positive(f"5 % disappointed: more buyers with {WEAK[best]} weak ties each than with {WEAK[-1]}", "more",
                    weak[best] - weak[-1], "{:+.0f}")]


@styled
def draw(found: dict) -> Figure:
    """Return the published world, the fall of net present value, and adopters by weak ties."""
    lost = 1 - value_ratios(found)[SHARES.index(0.02)].mean()
    fig = blank_figure(f"Two disappointed customers in a hundred cost {100 * lost:.0f} % of the value, and weak ties "
                       "carry bad news as well",
                       "Points: single runs, and means of runs. Line and band: outcome stored with the "
                       "re-implementation",
                       "3,000 people in cliques of nine · rules of Goldenberg et al. (2007), re-implemented by Dawid "
                       "et al. (2025)")
    grid = fig.add_gridspec(1, 3, wspace=0.42, width_ratios=(0.7, 1, 1))
    draw_published(fig.add_subplot(grid[0]), adopters(found["published"]))
    draw_value(fig.add_subplot(grid[1]), value_ratios(found))
    draw_weak(fig.add_subplot(grid[2]), found)
    return fig


def draw_published(ax, ours: np.ndarray) -> None:
    """Draw final adopters of single runs with their quartiles, beside the published ones."""
    x = np.linspace(-0.3, 0.3, ours.size)[np.random.default_rng(1).permutation(ours.size)]
    ax.axhspan(*QUARTILES, color=INK, alpha=0.13, linewidth=0)
    ax.axhline(MEDIAN, color=INK, linewidth=1.6)
    ax.plot(x, ours, "o", color=BRAND_COLOURS[0], markersize=3.5, alpha=0.6, markeredgewidth=0)
    low, median, high = np.percentile(ours, (25, 50, 75))
    ax.errorbar(0.5, median, [[median - low], [high - median]], fmt="o", color=BRAND_COLOURS[0], capsize=4,
                markersize=7, linewidth=1.8)
    ax.set(xlim=(-0.45, 0.7), xticks=[], xlabel="15 % disappointed", title="Final buyers")
    number_axis(ax.yaxis)


def draw_value(ax, ratio: np.ndarray) -> None:
    """Draw net present value by share of disappointed with 95 % intervals."""
    error = 1.96 * ratio.std(axis=1, ddof=1) / ratio.shape[1] ** 0.5
    ax.errorbar(SHARES, ratio.mean(axis=1), error, fmt="o-", color=BRAND_COLOURS[1], markersize=6, linewidth=1.4,
                capsize=3)
    ax.set(ylim=(0, 1.08), xlabel="disappointed by the product", title="Net present value")
    percent_axis(ax.xaxis, 4)
    percent_axis(ax.yaxis)


def draw_weak(ax, found: dict) -> None:
    """Draw mean final adopters by number of weak ties, without and with disappointment."""
    for share, colour, marker, word in ((0.0, GREY, "s", "none disappointed"),
                                        (0.05, BRAND_COLOURS[2], "o", "5 % disappointed")):
        runs = np.array([adopters(found[f"weak {w}, {share}"]) for w in WEAK])
        error = 1.96 * runs.std(axis=1, ddof=1) / runs.shape[1] ** 0.5
        at = np.arange(len(WEAK))
        ax.errorbar(at, runs.mean(axis=1), error, fmt=f"{marker}-", color=colour, markersize=6, linewidth=1.4,
                    capsize=3)
        ax.text(at[-1] + 0.2, runs.mean(axis=1)[2:].max() + (110 if share == 0.0 else 230), word, color=colour,
                ha="right", va="bottom", fontweight="bold")
    ax.set(ylim=(0, 3450), xlabel="likelier weak ties per person", xticks=at, xticklabels=WEAK, title="Final buyers")
    number_axis(ax.yaxis)
