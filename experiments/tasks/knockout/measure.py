"""What is kept of a knock-out: the figures with and without the target, and what the ledger credits to it.

For a person also the values of Kumar et al. (2010), in currency of step 0:

    CLV   customer lifetime value: what the person has been worth as a customer
    CRV   customer referral value: of the people whose purchase goes back to the person's reviews (tree of the
          ledger), type one, who would not have bought otherwise, count with their own worth; type two, who buy
          anyway, count with the acquisition cost that the brand saved
    CIV   customer influence value: net present value lost when the person falls silent
"""

from __future__ import annotations

import numpy as np

from experiments.tasks.compare.measure import numbers
from experiments.tasks.knockout.targets import Target


def measure(model, target: Target) -> dict:
    """Return what is needed of one finished run."""
    b = list(model.params.brands).index(target.brand)
    sales, i = model.state.ledger.conversions, model.state.ties.rows.get(target.name, -1)
    results = model.results
    return {"kpi": numbers(results.summary[target.brand]), "credit": target.credit(results),
            "adopted_at": model.state.adopted_at[:, b].copy(), "value": model.recorder.books.value[:, b],
            "referred": referred_by(sales, i, b) if target.kind == "person" else np.empty(0, np.int64), "row": i}


def referred_by(sales, i: int, b: int) -> np.ndarray:
    """Return the rows of the people whose first purchase of brand ``b`` goes back to a review of person ``i``."""
    parent = sales["parent"]
    mine = (parent >= 0) & (sales["brand"] == b)
    mine[mine] = sales["person"][parent[mine]] == i
    return np.unique(sales["person"][mine])


def condense(found: dict[str, dict], acquisition_cost: float, of_a_person: bool) -> dict:
    """Return {figure: (without, with)} and the ledger's credit of one world."""
    there, gone = found["as it is"], found["without"]
    out = {"kpi": {name: (gone["kpi"][name], there["kpi"][name]) for name in there["kpi"]},
           "credit": there["credit"]}
    if of_a_person:
        referred = there["referred"]
        anyway = gone["adopted_at"][referred] >= 0
        out["worth"] = {"clv": float(there["value"][there["row"]]),
                        "crv_type_one": float(there["value"][referred[~anyway]].sum()),
                        "crv_type_two": float(anyway.sum() * acquisition_cost),
                        "civ": there["kpi"]["npv"] - gone["kpi"]["npv"],
                        "referred": float(referred.size), "referred_anyway": float(anyway.sum())}
    return out
