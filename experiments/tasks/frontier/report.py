"""The page of a frontier: one HTML file to be mailed, with figures inside and every assumption listed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from experiments.figures.words import number, percent, pretty
from experiments.page import pictures, write_page
from experiments.study.budget_uses import PRICES
from experiments.tasks.compare.words import amount
from experiments.tasks.frontier.cells import NOTHING
from experiments.tasks.frontier.figures import draw_frontier, draw_ranking
from experiments.tasks.frontier.words import base, headline, robust, spent, standing
from simulation.statistics.paired import PairedEffect

TEMPLATE = Path(__file__).parent / "report.html.j2"


def write_report(market, table: pd.DataFrame, held: pd.DataFrame, leads: PairedEffect | None, folder: Path) -> Path:
    """Write figures and ``report.html`` into the folder; return the path of the page."""
    drawn = pictures({"frontier": draw_frontier(market, table), "ranking": draw_ranking(market, table, held)}, folder)
    task, params = market.task, market.params
    filters = {"amount": amount, "pretty": pretty, "percent": percent, "number": number, "spent": spent}
    values = {
        "title": headline(table, params.value.currency), "task": task, "params": params, "people": market.people,
        "worlds": int(table["worlds"].max()), "options": list(base(table).itertuples()), "pictures": drawn,
        "sentences": [*standing(table, leads), *robust(table, held)], "currency": params.value.currency,
        "nothing": NOTHING, "prices": prices(table), "scales": sorted(table["scale"].unique()),
        "uses": [(use, policy, PRICES[policy.kind]) for use, policy in task.uses.items()]}
    return write_page(TEMPLATE, values, filters, (NOTHING, params), folder)


def prices(table: pd.DataFrame) -> list[tuple[str, float, list]]:
    """Return the sets of prices, each with its options, best first."""
    return [(scaled, scale, list(group.sort_values("rank", kind="stable").itertuples()))
            for (scaled, scale), group in table.groupby(["scaled", "scale"], sort=False)]
