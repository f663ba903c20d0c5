"""The page of an audit: one HTML file to be mailed, with the figure inside and every definition."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from experiments.figures.words import number, percent, pretty, several
from experiments.page import pictures, write_page
from experiments.tasks.audit.channels import NAMES
from experiments.tasks.audit.figures import draw_audit
from experiments.tasks.audit.measure import KNOCKOUT, METHODS
from experiments.tasks.audit.tables import channels_used, in_shares
from experiments.tasks.audit.words import TITLES, remarks, scope, sentences, span

TEMPLATE = Path(__file__).parent / "report.html.j2"


def write_report(task, params, table: pd.DataFrame, worlds: pd.DataFrame, folder: Path) -> Path:
    """Write the figure and ``report.html`` into the folder; return the path of the page."""
    used, shares, seeds = channels_used(table), in_shares(table), worlds["seed"]
    drawn = pictures({"audit": draw_audit(task, params, table, seeds.nunique())}, folder)
    said = [*sentences(shares, used), *remarks(shares, task)]
    values = {
        "title": f"How wrong would attribution be? The sales of {task.brand}", "task": task, "pictures": drawn,
        "scope": scope(task, params, table, seeds.nunique()), "sentences": said, "seeds": seeds, "titles": TITLES,
        "columns": [name for name in NAMES if name in used or name in ("none", "unknown")],
        "rows": [(method, shares.loc[method].to_dict("index")) for method in (KNOCKOUT, *METHODS)]}
    filters = {"percent": percent, "number": number, "points": points, "tone": tone, "span": span,
               "steps": lambda count: several(count, "step")}
    return write_page(TEMPLATE, values, filters, (pretty(params.name), params), folder)


def points(error: float) -> str:
    """Return an error in points of percent, with its sign and one decimal."""
    text = f"{100 * error:+.1f}".replace("-", "\u2212")
    return "0" if text[1:] == "0.0" else text


def tone(found: dict) -> str:
    """Return loss for too much, gain for too little, even where the interval of the error holds zero."""
    if not (found["error_low"] > 0 or found["error_high"] < 0) or points(found["error"]) == "0":
        return "even"
    return "loss" if found["error"] > 0 else "gain"
