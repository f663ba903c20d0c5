"""What must add up in every world, whatever the parameters: people, flows, credit, feedback, money."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.world.back_office import feedback_census
from simulation.world.state import N_RUNGS

from .worlds import MANY, contact_markets, markets, steps_of


def census_of(state):
    """Return people by brand and rung, (b, rungs)."""
    return np.stack([np.bincount(state.rung[:, b], minlength=N_RUNGS) for b in range(state.b)])


def by_step(table, steps, column, brands):
    """Return the sum of ``column`` by brand and step of a ledger table, (steps + 1, brands)."""
    total = np.zeros((steps + 1, len(brands)))
    np.add.at(total, (table["step"], [brands.index(name) for name in table["brand"]]), table[column])
    return total


def metric(results, name):
    """Return a metric by step and brand, (steps + 1, b)."""
    return np.array([values[name] for _, values in results.recorder.series])


@MANY
@given(st.one_of(markets(), contact_markets()))
def test_everybody_has_one_rung_per_brand_and_one_product_at_most_and_nothing_comes_from_nowhere(changes):
    rungs, bought = None, None
    for model in steps_of(changes):
        state, now = model.state, census_of(model.state)
        assert (now.sum(axis=1) == state.n).all()
        owners = np.flatnonzero(state.owned >= 0)
        assert (state.times_bought[owners, state.owned[owners]] >= 1).all()
        assert np.array_equal(state.adopted_at >= 0, state.times_bought > 0)
        if state.step:
            assert np.array_equal(state.flows.sum(axis=2), rungs) and np.array_equal(state.flows.sum(axis=1), now)
            new = (state.times_bought - bought).sum(axis=1)
            assert np.array_equal(new, state.bought_now) and (new <= 1).all()
        rungs = now
        bought = state.times_bought.copy() if state.step else np.zeros_like(state.times_bought)   # seeds buy in step 1
    sold = by_step(model.results.ledger["conversions"].assign(one=1), state.step, "one", list(model.params.brands))
    assert np.array_equal(sold.sum(axis=0), state.times_bought.sum(axis=0))
    check_credits(model.results.ledger)


def check_credits(ledger):
    """The credits of a sale sum to one in each of the two stages."""
    sales, credits = ledger["conversions"], ledger["credits"]
    assert (credits["share"] >= 0).all()
    for stage in ("trigger", "persuasion"):
        part = credits[credits["stage"] == stage]
        total = part.groupby("conversion")["share"].sum().reindex(sales["conversion"], fill_value=0.0)
        assert np.allclose(total, 1.0, rtol=0, atol=1e-9)


def check_feedback(state):
    """Every review is fixed, open, misrouted, ignored or unheard."""
    posts = state.ledger.posts
    written = np.bincount(posts["brand"][posts["generation"][:] == 0], minlength=state.b)
    assert [sum(feedback_census(state, b).values()) for b in range(state.b)] == written.tolist()


def check_profit(model):
    """Profit is margin less policies, tickets and experiences, as the tables say."""
    results, brands, steps = model.results, list(model.params.brands), model.state.step
    processes = results.processes
    unit_cost = [model.params.brands[b].processes[p].unit_cost
                 for b, p in zip(processes["brand"], processes["process"], strict=True)]
    spent = (by_step(results.ledger["costs"], steps, "amount", brands)
             + by_step(processes.assign(paid=unit_cost * processes["n_met"]), steps, "paid", brands))
    sales = results.ledger["conversions"]
    margin = by_step(sales, steps, "margin", brands)
    for name, expected in (("revenue", by_step(sales, steps, "price", brands)), ("margin", margin), ("cost", spent),
                           ("profit", margin - spent)):
        assert np.allclose(metric(results, name), expected, rtol=1e-12, atol=1e-9), name


def check_budget(model):
    """Policies never spend more than initial_budget and budget have brought so far."""
    brands, steps, costs = list(model.params.brands), model.state.step, model.results.ledger["costs"]
    spent = by_step(costs[costs["item"] != "ticket"], steps, "amount", brands).cumsum(axis=0)
    first, rise = ([getattr(model.params.brands[name], key) for name in brands]
                   for key in ("initial_budget", "budget"))
    brought = first + np.arange(steps + 1)[:, None] * rise
    assert (spent <= brought * (1 + 1e-12) + 1e-9).all()


@MANY
@given(markets())
def test_money_credit_and_feedback_add_up_and_no_policy_spends_what_it_has_not(changes):
    for model in steps_of(changes):
        if model.tick:
            check_feedback(model.state)
    check_credits(model.results.ledger)
    check_profit(model)
    check_budget(model)
    reviews = metric(model.results, "n_reviews").sum()
    assert reviews == (model.results.ledger["reviews"]["generation"] == 0).sum()
