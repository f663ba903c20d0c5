"""Adoption: who owns, who ever bought, and what triggered the purchases
of this step's new customers.
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.codes import Source, Stage
from simulation.metrics.base import count_by_brand, this_step
from simulation.numerics.jit import kernel

UNITS = {"new_customers": "people", "cum_customers": "people", "n_owners": "people",
         "new_sales": "purchases", "new_by_advertising": "people", "new_by_reviews": "people",
         "new_by_neighbours": "people", "new_by_seeding": "people", "new_by_other": "people",
         "n_considering": "people"}
MEANING = {
    "new_customers": "people who own or bought the brand for the first time in this step",
    "cum_customers": "people who ever bought the brand, gifts included",
    "n_owners": "people who own the brand",
    "new_sales": "purchases of the brand in this step, gifts and repurchases included",
    "new_by_advertising": "trigger credit of advertising for the purchases of new customers",
    "new_by_reviews": "the same, of reviews read on the feed",
    "new_by_neighbours": "the same, of contacts (contact rules)",
    "new_by_seeding": "the same, of gifts",
    "new_by_other": "the same, of a repurchase that was due (switchers) and of chance",
    "n_considering": "people who consider the brand and decide in the next step",
}
SOURCE = "assumption"

CAUSES = {
    "new_by_advertising": (Source.ADVERTISING,), "new_by_reviews": (Source.REVIEW, Source.OLDER),
    "new_by_neighbours": (Source.NEIGHBOURS,), "new_by_seeding": (Source.SEED,),
    "new_by_other": (Source.DUE, Source.CHANCE, Source.EXPERIENCE, Source.CARRIED_BELIEF)}
CAUSE_OF = np.array([[source in sources for sources in CAUSES.values()].index(True)
                     for source in Source])
"""Which metric counts what, by source of a credit; experience and carried belief never trigger."""


def measure(state, params) -> dict[str, np.ndarray]:
    """Count customers, and new customers by trigger."""
    sales = state.ledger.conversions
    rows = this_step(sales, state.step)
    brands, counted = sales["brand"][rows], np.zeros((3, state.b), np.int64)
    new = state.adopted_at[sales["person"][rows], brands] == state.step
    for b in range(state.b):
        _count(state.adopted_at[:, b], state.owned, state.considering[:, b], b, counted[:, b])
    ever, owners, considered = counted.astype(float)
    return {"new_customers": count_by_brand(brands[new], state.b), "cum_customers": ever,
            "n_owners": owners, "new_sales": count_by_brand(brands, state.b),
            "n_considering": considered} | triggers(state, sales, rows)


@kernel
def _count(adopted_at, owned, considering, b, out):
    ever, owners, considered = 0, 0, 0
    for i in range(owned.size):
        ever += adopted_at[i] >= 0
        owners += owned[i] == b
        considered += considering[i]
    out[0], out[1], out[2] = ever, owners, considered


def triggers(state, sales, rows) -> dict[str, np.ndarray]:
    """Return new customers of this step by what triggered their
    purchase (credits of stage 'trigger').

    The five add up to ``new_customers``; nan where the ledger keeps no credits.
    """
    if state.ledger.level == "none":
        return {name: np.full(state.b, np.nan) for name in CAUSES}
    credits = state.ledger.credits
    # of another type the column were copied
    first = np.searchsorted(credits["conversion"], np.int32(rows.start))
    conversion = credits["conversion"][first:]
    person, brand = sales["person"][conversion], sales["brand"][conversion].astype(np.int64)
    is_new = state.adopted_at[person, brand] == state.step
    counts = (credits["stage"][first:] == Stage.TRIGGER) & is_new
    place = len(CAUSES) * brand + CAUSE_OF[credits["source"][first:]]
    total = np.bincount(place[counts], credits["share"][first:][counts], len(CAUSES) * state.b)
    return dict(zip(CAUSES, total.reshape(state.b, -1).T, strict=True))
