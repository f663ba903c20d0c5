"""Customer value: what every customer has been worth to every brand so far.

    value_ib = sum over steps t of (margins of i's purchases of b - unit costs of what
    b did for i) / (1 + r)^years(t)

Gifts count with their (negative) margin.  What a brand spends on nobody in particular (policies,
tickets) stands in the costs of the ledger: net present value of b = sum over i of
value_ib - discounted costs of b.

Source  customer lifetime value, realised instead of expected: Kumar et al. (2010)
"""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import this_step
from simulation.numerics.jit import kernel


def discount(params, step: int | np.ndarray) -> float | np.ndarray:
    """Return what money of a step is worth at step 0."""
    return (1.0 + params.value.discount_rate) ** -(step * params.step_days / 365.25)


class Books:
    """One account per person and brand, float64 (n, b), in currency of step 0."""

    def __init__(self, params):
        self.params = params
        counts = [len(brand.processes) for brand in params.brands.values()]
        self.first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.costs = np.array([p.unit_cost for brand in params.brands.values()
                               for p in brand.processes.values()])
        self.value = None

    def observe(self, state) -> None:
        """Enter the purchases and the services of the present step."""
        if self.value is None:
            self.value = np.zeros((state.n, state.b))
        worth, sales = discount(self.params, state.step), state.ledger.conversions
        sold = this_step(sales, state.step)
        buyers, brands = sales["person"][sold], sales["brand"][sold].astype(np.int64)
        np.add.at(self.value, (buyers, brands), worth * sales["margin"][sold])
        if self.costs.any():
            _serve(state.processes_met, state.owned, self.first, self.costs, worth, self.value)


@kernel
def _serve(met, owned, first, costs, worth, value):
    for i in range(met.size):
        if met[i]:
            b, cost = owned[i], 0.0
            for k in range(first[b], first[b + 1]):
                cost += costs[k] * ((met[i] >> np.uint32(k - first[b])) & np.uint32(1))
            value[i, b] -= worth * cost
