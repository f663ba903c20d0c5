"""What is kept of a run: the figures of its summary, and what it spent; of a world, one tidy frame.

    worth          what customers are worth to the brand, discounted: net present value before policies and tickets
    spent          what policies cost, in currency of the day
    spent_<name>   the same by policy
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.tasks.compare.measure import kpis, numbers
from simulation.ledger.codes import CostItem


def measure(model) -> dict:
    """Return the figures of every brand of one finished run."""
    summary = model.results.summary
    return {"kpi": {name: numbers(summary[name]) | spending(model, b, list(brand.policies))
                    for b, (name, brand) in enumerate(model.params.brands.items())}}


def spending(model, b: int, policies: list[str]) -> dict[str, float]:
    """Return what customers are worth to a brand and what its policies cost."""
    costs, decisions = model.state.ledger.costs, model.state.ledger.decisions
    paid = (costs["brand"] == b) & (costs["item"] != CostItem.TICKET)
    mine = decisions["brand"] == b
    parts = np.bincount(decisions["policy"][mine], decisions["cost"][mine], minlength=len(policies))
    return {"worth": float(model.recorder.books.value[:, b].sum()), "spent": float(costs["amount"][paid].sum()),
            **{f"spent_{name}": float(part) for name, part in zip(policies, parts, strict=True)}}


def condense(found: dict[str, dict]) -> pd.DataFrame:
    """Return the figures of a world: columns what, scenario, brand, name, step, value."""
    return pd.concat([kpis(name, run) for name, run in found.items()], ignore_index=True)
