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
    _count(state.adopted_at, state.owned, state.bought_now, state.since, state.considering, state.step, *counted)
    names = ("new_customers", "cum_customers", "n_owners", "new_sales", "n_considering")
    return (dict(zip(names, counted.astype(float), strict=True))
            | triggers(state, sales, this_step(sales, state.step)))


@kernel
def _count(adopted_at, owned, bought_now, since, considering, step, new, ever, owners, sales, considered):
    for i in range(owned.size):
        for b in range(new.size):
            new[b] += adopted_at[i, b] == step
            ever[b] += adopted_at[i, b] >= 0
            considered[b] += considering[i, b]
        if owned[i] >= 0:
            owners[owned[i]] += 1
            if bought_now[i] and since[i] == step:
                sales[owned[i]] += 1


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
