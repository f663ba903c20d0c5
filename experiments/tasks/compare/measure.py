"""What is kept of a world: the figures of every scenario, their course, and whom a change won, lost or moved.

One tidy frame per world, with columns what, scenario, brand, name, step, value:

    kpi           name = a figure of ``summary.json``
    curve         name = a metric of ``CURVES``, or one of the user's own metrics; one row per step
    worth_people, worth_value   name = a class of ``CLASSES``: how many people, and the change of what they are worth
    worth_costs   the change of what the brand spends on nobody in particular (policies, tickets), discounted

Source  classes of people after Libai, Muller & Peres (2013)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.metrics import UNITS
from simulation.output.customer_value import discount

CURVES = {"cum_customers": "people who have bought", "nps": "net promoter score", "npv": "net present value so far"}
CLASSES = ("expanded", "accelerated", "same", "delayed", "lost")
COLUMNS = ("what", "scenario", "brand", "name", "step", "value")


def measure(model) -> dict:
    """Return the figures, the curves (steps + 1, b) and the customers (n, b) of one finished run."""
    params, results, brands = model.params, model.results, list(model.params.brands)
    series = model.recorder.series
    steps = np.array([step for step, _ in series])
    profit = np.array([values["profit"] for _, values in series]) * discount(params, steps)[:, None]
    costs = model.state.ledger.costs
    spent = np.bincount(costs["brand"], weights=costs["amount"] * discount(params, costs["step"]),
                        minlength=len(brands))
    own = [name for name in series[0][1] if name not in UNITS]
    return {"brands": brands, "kpi": {brand: numbers(results.summary[brand]) for brand in brands}, "steps": steps,
            "curve": {"cum_customers": np.array([values["cum_customers"] for _, values in series]),
                      "nps": np.array([values["nps"] for _, values in series]), "npv": np.cumsum(profit, axis=0)}
                     | {name: np.array([values[name] for _, values in series]) for name in own},
            "adopted_at": model.state.adopted_at.copy(), "value": model.recorder.books.value, "costs": spent}


def numbers(summary: dict) -> dict[str, float]:
    """Return the figures of a summary as floats, nan where one is not defined."""
    return {name: np.nan if value is None else float(value) for name, value in summary.items()}


def condense(found: dict[str, dict]) -> pd.DataFrame:
    """Return the tidy frame of a world; the first scenario is the one that others are compared with."""
    first = next(iter(found.values()))
    parts = []
    for name, run in found.items():
        parts += [kpis(name, run), curves(name, run)]
        if run is not first and run["brands"] == first["brands"]:
            parts.append(worth(name, first, run))
    return pd.concat(parts, ignore_index=True)


def kpis(scenario: str, run: dict) -> pd.DataFrame:
    """Return one row per brand and figure."""
    rows = [("kpi", scenario, brand, name, -1, value) for brand, figures in run["kpi"].items()
            for name, value in figures.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def curves(scenario: str, run: dict) -> pd.DataFrame:
    """Return one row per brand, metric and step."""
    parts = [pd.DataFrame({"what": "curve", "scenario": scenario, "brand": brand, "name": metric,
                           "step": run["steps"], "value": values[:, b]})
             for metric, values in run["curve"].items() for b, brand in enumerate(run["brands"])]
    return pd.concat(parts, ignore_index=True)


def worth(scenario: str, before: dict, after: dict) -> pd.DataFrame:
    """Return, per brand and class, how many people are in it and by how much their worth changes."""
    rows = []
    for b, brand in enumerate(before["brands"]):
        classes = class_of(before["adopted_at"][:, b], after["adopted_at"][:, b])
        change = after["value"][:, b] - before["value"][:, b]
        for code, name in enumerate(CLASSES):
            rows.append(("worth_people", scenario, brand, name, -1, float((classes == code).sum())))
            rows.append(("worth_value", scenario, brand, name, -1, float(change[classes == code].sum())))
        rows.append(("worth_costs", scenario, brand, "costs", -1, float(after["costs"][b] - before["costs"][b])))
    return pd.DataFrame(rows, columns=COLUMNS)


def class_of(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return the class (n,) of each person by the steps of the first purchase without and with a change, -1 never.

    0 expanded (buys only with it), 1 accelerated, 2 same, 3 delayed, 4 lost (buys only without it).
    """
    earlier, later = after < before, after > before
    both = (before >= 0) & (after >= 0)
    return np.select([(before < 0) & (after >= 0), both & earlier, both & later, (before >= 0) & (after < 0)],
                     [0, 1, 3, 4], 2)
