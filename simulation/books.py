"""Books: what every customer has been worth to every brand so far.

    value_ib = sum over steps t of (margins of i's purchases of b - unit costs of what b did for i) / (1 + r)^years(t)

Gifts count with their (negative) margin.  What a brand spends on nobody in particular (programmes, tickets) stands in
the costs of the ledger: net present value of b = sum over i of value_ib - discounted costs of b.

Source  customer lifetime value, realised instead of expected: Kumar et al. (2010)
"""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import this_step


def discount(params, step: int | np.ndarray) -> float | np.ndarray:
    """Return what money of a step is worth at step 0."""
    return (1.0 + params.value.discount_rate) ** -(step * params.step_days / 365.25)


class Books:
    """One account per person and brand, float64 (n, b), in currency of step 0."""

    def __init__(self, params):
        self.params = params
        self.costs = [np.array([p.unit_cost for p in brand.processes.values()]) for brand in params.brands.values()]
        self.value = None

    def observe(self, state) -> None:
        """Enter the purchases and the services of the present step."""
        if self.value is None:
            self.value = np.zeros((state.n, state.b))
        worth, sales = discount(self.params, state.step), state.ledger.conversions
        sold = this_step(sales, state.step)
        buyers, brands = sales["person"][sold], sales["brand"][sold].astype(np.int64)
        np.add.at(self.value, (buyers, brands), worth * sales["margin"][sold])
        served = np.flatnonzero(state.met)
        for b, costs in enumerate(self.costs):
            mine = served[state.owned[served] == b]
            bits = (state.met[mine, None] >> np.arange(costs.size, dtype=np.uint32)) & np.uint32(1)
            self.value[mine, b] -= worth * (bits @ costs)
