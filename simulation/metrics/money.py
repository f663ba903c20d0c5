"""Money: revenue, margin, costs and profit of this step."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import this_step

UNITS = {"revenue": "currency", "margin": "currency", "cost": "currency", "profit": "currency"}
MEANING = {
    "revenue": "prices paid in this step",
    "margin": "margins of this step's sales; a gift costs its price",
    "cost": "policies, tickets and experiences paid in this step",
    "profit": "margin less cost",
}
SOURCE = "assumption"


def measure(state, params) -> dict[str, np.ndarray]:
    """Add up the books of this step; profit = margin of the sales - costs."""
    sales, costs = state.ledger.conversions, state.ledger.costs
    sold, spent = this_step(sales, state.step), this_step(costs, state.step)

    def total(table, rows, column):
        return np.bincount(table["brand"][rows], weights=table[column][rows],
                           minlength=state.b).astype(float)

    margin, cost = total(sales, sold, "margin"), total(costs, spent, "amount")
    processes = [brand.processes.values() for brand in params.brands.values()]
    unit_cost = np.array([p.unit_cost for brand in processes for p in brand])
    owner = np.repeat(np.arange(state.b), [len(brand) for brand in processes])
    cost += np.bincount(owner, weights=unit_cost * state.n_met, minlength=state.b)
    return {"revenue": total(sales, sold, "price"), "margin": margin, "cost": cost,
            "profit": margin - cost}
