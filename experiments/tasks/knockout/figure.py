"""The figure of a knock-out: the ledger's credit beside the causal one."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import GREY, INK, blank_figure, number_axis, styled
from experiments.figures.words import number, several, step_word
from experiments.tasks.compare.words import amount
from experiments.tasks.knockout.targets import Target
from experiments.tasks.knockout.words import name_of


@styled
def draw(target: Target, table: pd.DataFrame, worlds: int, params) -> Figure:
    """Return three bars: sales credited by the ledger in its two stages, and sales gone without the target."""
    sales = table.set_index("figure").loc["sales"]
    values = [sales["ledger_trigger"], sales["ledger_persuasion"], sales["knockout"]]
    title = (f"Without {name_of(target)} {target.brand} would have {amount(-sales['knockout'])} sales; "
             f"the ledger credits it with {number(values[0])}")
    runs = "one world" if target.of_one_world else several(worlds, "world")
    fig = blank_figure(title, "Sales of the brand; line: 95 % interval of the paired difference",
                       f"Grapevine · scenario {params.name} · {runs} · {params.population.size:,} people · "
                       f"{several(params.steps, step_word(params))}", height=4.4)
    ax = fig.add_subplot()
    ax.barh([2, 1, 0], values, color=["#A98CCB", "#5B3A8C", "#0072B2"], height=0.6)
    if sales["low"] == sales["low"]:
        ax.hlines(0, sales["low"], sales["high"], color=INK, linewidth=1.8)
    ax.axvline(0.0, color=GREY, linewidth=0.9)
    ax.set_yticks([2, 1, 0], ["ledger: made people consider", "ledger: made people choose",
                              "knock-out: gone without it"])
    ax.tick_params(left=False)
    ax.spines["left"].set_visible(False)
    fig.subplots_adjust(left=0.30)
    number_axis(ax.xaxis)
    return fig
