"""The page of a comparison: one HTML file to be mailed, with figures inside and every assumption listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from experiments.figures.words import number, percent, pretty
from experiments.own_pages.reference_words import SUMMARY
from experiments.page import pictures, write_page
from experiments.page.assumptions import flat, text
from experiments.tasks.compare.figures import draw_curves, draw_effects, draw_worth
from experiments.tasks.compare.words import SHOWN, amount, headline, pretty_kpi, sentences, tone
from simulation.output.summary import UNITS

TEMPLATE = Path(__file__).parent / "report.html.j2"
FIGURES = {"effects": draw_effects, "curves": draw_curves, "worth": draw_worth}


def write_report(task, scenarios: dict, tables: dict[str, pd.DataFrame], covered: dict[str, float],
                 folder: Path) -> Path:
    """Write figures and ``report.html`` into the folder; return the path of the page."""
    worlds = tables["runs"]["seed"].nunique()
    drawn = pictures({name: draw(task, scenarios, tables[name], worlds) for name, draw in FIGURES.items()}, folder)
    filters = {"amount": amount, "pretty": pretty, "percent": percent, "number": number, "pretty_kpi": pretty_kpi,
               "tone": tone}
    name, first = next((name, scenario.params) for name, scenario in scenarios.items())
    effects = tables["effects"][tables["effects"]["brand"] == task.brand]
    values = {
        "title": headline(effects, task, scenarios), "task": task, "scenarios": scenarios, "worlds": worlds,
        "sentences": sentences(task, tables["effects"], first.value.currency), "rows": rows_of(effects),
        "pictures": drawn, "params": first, "currency": first.value.currency, "covered": covered,
        "order": list(effects.sort_values("rank", kind="stable")["scenario"].unique()), "meanings": SUMMARY,
        "worth": worth_of(tables["worth"], task.brand), "rivals": rivals(tables["effects"], task),
        "changes": changes(scenarios), "seeds": tables["runs"]["seed"]}
    return write_page(TEMPLATE, values, filters, (pretty(name), first), folder)


def rows_of(effects: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures shown on the page, each with its effects by scenario."""
    return [{"kpi": kpi, "unit": UNITS[kpi], "effects": effects[effects["kpi"] == kpi].set_index("scenario")
             .to_dict("index")} for kpi in SHOWN]


def worth_of(worth: pd.DataFrame, brand: str) -> dict[str, dict]:
    """Return the classes of customers by scenario."""
    mine = worth[worth["brand"] == brand]
    return {name: rows.set_index("class").to_dict("index") for name, rows in mine.groupby("scenario", sort=False)}


def rivals(effects: pd.DataFrame, task) -> list[dict]:
    """Return what the changes do to the other brands: their ranking figure and their sales."""
    others = effects[(effects["brand"] != task.brand) & effects["kpi"].isin([task.rank_by, "sales"])]
    return others.to_dict("records")


def changes(scenarios: dict) -> dict[str, list[tuple[str, str, str]]]:
    """Return, per scenario, the parameters that differ from the first: path, there, here."""
    first, *others = scenarios.values()
    before = flat(first.params.model_dump(mode="json"))
    out = {}
    for scenario in others:
        after = flat(scenario.params.model_dump(mode="json"))
        paths = [path for path in dict.fromkeys([*before, *after]) if before.get(path) != after.get(path)]
        rows = [(path, text(before.get(path)), text(after.get(path))) for path in paths if path != "name"]
        out[scenario.name] = [row for row in rows if row[1] != row[2]]
    return out
