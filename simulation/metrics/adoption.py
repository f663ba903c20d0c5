"""Adoption: who owns, who ever bought, and what triggered the purchases of this step's new customers."""

from __future__ import annotations

import numpy as np

from simulation.credit import ADVERTISING, CHANCE, DUE, NEIGHBOURS, OLDER, REVIEW, SEED, TRIGGER
from simulation.jit import kernel
from simulation.metrics.base import this_step

UNITS = {
    "new_customers": "people", "cum_customers": "people", "n_owners": "people", "new_sales": "purchases",
    "new_by_advertising": "people", "new_by_reviews": "people", "new_by_neighbours": "people",
    "new_by_seeding": "people", "new_by_other": "people", "n_considering": "people",
}


def measure(state, params) -> dict[str, np.ndarray]:
    """Count customers, and new customers by trigger."""
    sales = state.ledger.conversions
    counted = np.zeros((5, state.b), np.int64)
    for b in range(state.b):
        _count(state.adopted_at[:, b], state.owned, state.bought_now, state.since, state.considering[:, b], b,
               state.step, counted[:, b])
    names = ("new_customers", "cum_customers", "n_owners", "new_sales", "n_considering")
    return (dict(zip(names, counted.astype(float), strict=True))
            | triggers(state, sales, this_step(sales, state.step)))


@kernel
def _count(adopted_at, owned, bought_now, since, considering, b, step, out):
    new, ever, owners, sales, considered = 0, 0, 0, 0, 0
    for i in range(owned.size):
        new += adopted_at[i] == step
        ever += adopted_at[i] >= 0
        considered += considering[i]
        owners += owned[i] == b
        sales += (owned[i] == b) & (bought_now[i] > 0) & (since[i] == step)
    out[0], out[1], out[2], out[3], out[4] = new, ever, owners, sales, considered


def triggers(state, sales, rows) -> dict[str, np.ndarray]:
    """Return new customers of this step by what triggered their purchase (credits of stage 'trigger').

    The five add up to ``new_customers``; nan where the ledger keeps no credits.
    """
    if state.ledger.level == "none":
        return {name: np.full(state.b, np.nan) for name in UNITS if name.startswith("new_by_")}
    credits = state.ledger.credits
    first = np.searchsorted(credits["conversion"], rows.start)
    conversion = credits["conversion"][first:]
    person, brand = sales["person"][conversion], sales["brand"][conversion]
    counts = (credits["stage"][first:] == TRIGGER) & (state.adopted_at[person, brand] == state.step)
    source, share = credits["source"][first:], credits["share"][first:]

    def total(*sources):
        some = counts & np.isin(source, sources)
        return np.bincount(brand[some], weights=share[some], minlength=state.b).astype(float)

    return {"new_by_advertising": total(ADVERTISING), "new_by_reviews": total(REVIEW, OLDER),
            "new_by_neighbours": total(NEIGHBOURS), "new_by_seeding": total(SEED), "new_by_other": total(DUE, CHANCE)}
