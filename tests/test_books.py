"""What customers have been worth: margins less unit costs, discounted, person by person."""

import numpy as np
import pytest

from simulation.output.customer_value import Books, discount
from tests.phases.tiny import own, tiny
from tests.worlds import run

COSTS = ("brands.alpha.processes.product.unit_cost=3", "brands.alpha.processes.support.unit_cost=7",
         "value.discount_rate=0.1", "step_days=365.25")


def test_a_customer_is_worth_the_margins_less_the_services_discounted_by_year():
    """Margin 20 in year 2, product and support (3 + 7) in the same year: (20 - 10) / 1.1^2; nothing from the other."""
    state, params, _ = tiny(3, *COSTS)
    books, state.step = Books(params), 2
    own(state, 1)
    state.processes_met[1] = 0b101                                   # the first and the third process of alpha
    state.ledger.conversions.append({"step": 2, "person": 1, "brand": 0, "kind": 0, "price": 60.0, "margin": 20.0,
                                     "parent": -1})
    books.observe(state)
    assert books.value[1, 0] == pytest.approx(10 / 1.1**2)
    assert np.count_nonzero(books.value) == 1


def test_all_customers_and_all_other_costs_make_the_net_present_value():
    model = run("scenario=seed_influencers", "population.size=600", "steps=26", *COSTS[:3],
                "organisation@brands.alpha.organisation=standard")
    costs = model.state.ledger.costs
    spent = costs["amount"] * discount(model.params, costs["step"])
    assert spent.sum() > 0
    for b, brand in enumerate(model.params.brands):
        total = model.recorder.books.value[:, b].sum() - spent[costs["brand"] == b].sum()
        assert total == pytest.approx(model.results.summary[brand]["npv"], rel=1e-12, abs=1e-9)
        assert model.results.people[f"value_{brand}"].tolist() == model.recorder.books.value[:, b].tolist()


def test_without_the_metric_money_no_books_are_kept():
    model = run("population.size=200", "steps=2", "metrics.money=false")
    assert model.recorder.books is None and "value_alpha" not in model.results.people
