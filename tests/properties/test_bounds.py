"""Every column stays within the range that it declares, and every table within the meaning of its words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.world.state import COLUMNS, N_RUNGS, Role, Silence, Stance

from .worlds import MANY, contact_markets, markets, steps_of

CODES = {"Role": (0, max(Role)), "Stance": (0, max(Stance)), "Silence": (0, max(Silence)),
         "Rung": (0, N_RUNGS - 1), "0, 1": (0, 1),
         "-1, 0 .. 10": (-1, 10), "fixed point": (-np.inf, np.inf), "processes met": (0, 2**32 - 1)}


def limits(column, state):
    """Return the least and the largest value that the declared range of a column allows."""
    units = max(len(office.units) for office in state.organisations) if state.organisations else np.inf
    tables = {"conversions": state.ledger.conversions.n, "reads": state.ledger.reads.n}
    names = {"b-1": state.b - 1, "k-1": state.k - 1, "u-1": units - 1, "step": state.step, "n": state.n,
             "inf": np.inf, "-inf": -np.inf}
    if column.range in CODES:
        return CODES[column.range]
    if column.range in tables:
        return -1, tables[column.range] - 1
    ends = column.range.removesuffix(" or nan").strip("[]()").replace(" .. ", ", ").split(", ")
    return tuple(float(names.get(end, end)) for end in ends)


def check_columns(state):
    """Every column lies within its declared range."""
    for column in COLUMNS:
        low, high = limits(column, state)
        values = getattr(state, column.name)
        values = values[~np.isnan(values)] if column.initial != column.initial else values
        assert ((values >= low) & (values <= high)).all(), (column.name, state.step)


def check_tables(model):
    """Reviews have one to five stars; shares and chances lie between none and all; counts are not negative."""
    results = model.results
    reviews, credits = results.ledger["reviews"], results.ledger["credits"]
    assert reviews["stars"].isin([1, 2, 3, 4, 5]).all() and reviews["valence"].between(0, 1).all()
    assert reviews["generation"].between(0, model.params.feed.generations).all()
    assert credits["share"].between(0, 1 + 1e-12).all() and (results.ledger["lost_sales"]["sales"] > 0).all()


def check_metrics(model):
    """Metrics stay within the meaning of their words."""
    rows = [values for _, values in model.recorder.series]
    values = {name: np.array([row[name] for row in rows], float).ravel() for name in rows[0]}
    shares = ("mean_belief", "share_aware", "share_negative", "share_of_voice", "mean_satisfaction", "polarisation")
    limits = dict.fromkeys(shares, (0, 1 + 1e-12)) | {"mean_stars": (1, 5), "nps": (-100, 100),
                                                      "nps_estimated": (-100, 100), "mean_advocacy": (-1, 1)}
    limits |= {name: (0, np.inf) for name in values if name.startswith(("n_", "new_", "cum_", "sd_"))}
    for name, (low, high) in limits.items():
        known = values[name][~np.isnan(values[name])]
        assert ((known >= low) & (known <= high)).all(), name


@MANY
@given(st.one_of(markets(), contact_markets()))
def test_columns_reviews_credits_and_metrics_stay_within_their_ranges(changes):
    for model in steps_of(changes):
        check_columns(model.state)
    check_tables(model)
    check_metrics(model)
