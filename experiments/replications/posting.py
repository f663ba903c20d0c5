"""Anderson (1998): who talks about an experience, as an asymmetric U, in the default market."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, GREY, PALE, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds

PAGE = Page(
    title="Who talks: an asymmetric U",
    question="Do the dissatisfied post most, the delighted more than the merely content, although no rule says so of "
             "satisfaction as such?",
    prediction="The share of experiences that are posted is highest among the worst, lowest in the upper middle and "
               "rises again among the best, to less than among the worst. Where everybody posts, there is no U.",
    design="The default market with nobody acting (10,000 people, two brands, 104 weeks, six motives); experiences "
           "and posts counted by tenth of how the experience was felt. The same with the motive everybody and without "
           "employees, who never rate their own brand.",
    mind="A run with its minimum elsewhere than between .7 and .8, its maximum elsewhere than below .1, or with the "
         "best tenth posting more than half as often as the worst.",
    limits="The default values were chosen with this shape among their targets (docs/decisions/0007): that it holds on "
           "fresh seeds shows that it is stable, not that it was foretold. The source measures word of mouth among "
           "customers in Sweden and the United States, on scales of its own, and finds the surplus of the "
           "dissatisfied smaller than commonly thought; only the shape is claimed here.",
    sources=("anderson1998", "hennigthurau2004"),
)
FAST = True
LOWEST, MARGIN = 7, 5.0
"""The tenth from .7 to .8; standard errors by which a curve must turn to count as turning."""


def cells(full: bool) -> list[Cell]:
    """Return the default market, and the one in which everybody posts."""
    return [Cell("six motives", ("experiment=replicate/posting",), {}, range(201, 201 + (20 if full else 5))),
            Cell("everybody", ("experiment=replicate/posting", "motives=everybody"),
                 {"steps": 52, "population.employee_share": 0.0}, range(201, 201 + (5 if full else 1)))]


def measure(model) -> np.ndarray:
    """Return experiences, and those posted, by tenth of how they were felt, (2, 10)."""
    return model.results.recorder.posting


def judge(found: dict) -> list[Claim]:
    """Check the shape in every run."""
    rates = np.array([posted / met for met, posted in found["six motives"]])
    runs, top, low = len(rates), rates[:, 9] / rates[:, 0], rates[:, 9] / rates[:, LOWEST]
    met, posted = np.sum(found["six motives"], axis=0)
    fair = np.concatenate([posted[0] / met[0] for posted, met in ((run[1:], run[:1]) for run in found["everybody"])])
    least, most = (rates.argmin(axis=1) == LOWEST).sum(), (rates.argmax(axis=1) == 0).sum()
    wrong = turns(met, posted)
    return [
        holds("posting is lowest in the upper middle, between .7 and .8", "every run", f"{least} of {runs} runs",
              least == runs),
        holds("posting is highest at the bottom, below .1", "every run", f"{most} of {runs} runs", most == runs),
        holds("it rises again: the best tenth posts more than the lowest", "above 1 in every run",
              f"{low.min():.1f} to {low.max():.1f} times as often", bool((low > 1).all())),
        holds("the U is asymmetric: the best tenth posts less than half as often as the worst",
              "below .5 in every run", f"{top.min():.2f} to {top.max():.2f} times", bool((top < 0.5).all())),
        holds("there is no other turn: down to the lowest, up from there", "none by 5 standard errors",
              f"{wrong} of 9", wrong == 0),
        holds("where everybody posts, the U is gone", "1 in every tenth", f"{fair.min():.3f} to {fair.max():.3f}",
              bool(fair.min() == 1.0 == fair.max()))]


def turns(met: np.ndarray, posted: np.ndarray) -> int:
    """Return how many steps from tenth to tenth go against the U by more than 5 standard errors."""
    rate = posted / met
    step, error = np.diff(rate), np.sqrt((rate * (1 - rate) / met)[1:] + (rate * (1 - rate) / met)[:-1])
    against = np.where(np.arange(9) < LOWEST, step, -step)
    return int((against > MARGIN * error).sum())


@styled
def draw(found: dict) -> Figure:
    """Return the share posted by tenth, and the distributions of experiences and of posts."""
    fig = blank_figure("The worst experiences are posted most often, the best more often than the merely good",
                       "Left: each dot is a run, the line their mean. Right: all runs together",
                       "The default market: 10,000 people, two brands, 104 weeks · shape after Anderson (1998)")
    left, right = fig.add_gridspec(1, 2, wspace=0.24).subplots()
    at, runs = np.arange(10) / 10 + 0.05, np.array(found["six motives"])
    rates = runs[:, 1] / runs[:, 0]
    left.plot(at, rates.T, "o", color=BRAND_COLOURS[0], alpha=0.35, markersize=5, markeredgewidth=0)
    left.plot(at, runs[:, 1].sum(axis=0) / runs[:, 0].sum(axis=0), color=BRAND_COLOURS[0])
    left.set_title("experiences that are posted", pad=8)
    left.set_ylim(0, None)
    met, posted = runs.sum(axis=0)
    right.bar(at - 0.021, met / met.sum(), width=0.042, color=PALE, label="experiences")
    right.bar(at + 0.021, posted / posted.sum(), width=0.042, color=BRAND_COLOURS[0], label="posts")
    right.set_title("share of all", pad=8)
    right.legend(frameon=False, loc="upper left")
    for ax in (left, right):
        ax.set_xlim(0, 1)
        ax.set_xlabel("how the experience was felt (0 worst, 1 best)")
        percent_axis(ax.yaxis)
    left.axvspan(0.7, 0.8, color=PALE, alpha=0.5, linewidth=0, zorder=0)
    left.text(0.75, left.get_ylim()[1] * 0.6, "lowest", color=GREY, ha="center")
    return fig
