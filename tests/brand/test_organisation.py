"""Organisation: routes, delays and effects, by hand and by their rates."""

import numpy as np
import pytest
from brandworld import UNIT, brand_of, params_of, post, see, world

from simulation.ledger.codes import CostItem
from simulation.numerics.randomness import Draws, Stream
from simulation.phases.listening import listening
from simulation.phases.organisation.phase import organisation
from simulation.world.back_office import Order, backlogs, feedback_census
from simulation.world.state import COLUMNS

SEVERAL = ("a", "b", "c", "d")


def run(state, params, steps, first=1, draws=None):
    """Listen and organise for some steps."""
    for step in range(first, first + steps):
        listening(state, params, draws or Draws(1), step)
        organisation(state, params, draws or Draws(1), step)


def many(n=20_000, stars=1, process=0, **rules):
    """Return the state after one step in which ``n`` people reviewed a brand of four units."""
    params = params_of(brand_of(SEVERAL, organisation=rules))
    state = world(params, n)
    post(state, 1, np.arange(n), np.full(n, stars), process=process)
    run(state, params, 1)
    return state


def test_a_worked_complaint_mends_after_the_lead_time():
    # failure .12, floor .02, fix_effect 2, four customers of six people: .10 x 2/4 = .05 less; lead time 3
    params = params_of(brand_of())
    state = world(params, n=6)
    state.owned[:4] = 0
    post(state, 1, [0], [1], process=1)
    improved = []
    for step in range(1, 7):
        run(state, params, 1, step)
        improved.append(state.improved_failure.tolist())
    tickets = state.ledger.tickets
    arrival = 1 + Draws(1).pair_uniforms(Stream.TICKET_ARRIVAL, [0], state.ledger.posts["key"])[0]
    finish = arrival + 0.25
    times = tuple(tickets[name][0] for name in ("arrival", "start", "finish"))
    assert times == pytest.approx((arrival, arrival, finish))
    effective = int(finish) + 1 + 3
    assert tickets["effective"][0] == effective
    for step, (product, delivery) in enumerate(improved, 1):  # written at the end of a step for the next one
        assert product == 0.0 and delivery == pytest.approx(0.05 if step + 1 >= effective else 0.0)
    assert state.ledger.costs["amount"].tolist() == [7.0]
    assert state.ledger.costs["item"][0] == CostItem.TICKET
    assert state.ledger.costs["step"][0] == int(finish)


def test_complaints_compose_and_never_pass_the_floor():
    units = {"all": UNIT | {"processes": ["product", "delivery"], "servers": 9}}
    params = params_of(brand_of(units=units))
    state = world(params)
    state.owned[:] = 0
    post(state, 1, [0, 1, 2], [1, 2, 1], process=[0, 0, 0])
    run(state, params, 9)
    assert state.improved_failure == pytest.approx([0.1 * (1 - 0.5**3), 0.0])
    for step in range(10, 60):
        post(state, step, np.arange(4), np.ones(4))
        run(state, params, 1, step)
    assert state.improved_failure[0] == pytest.approx(0.1) and state.improved_failure[0] <= 0.1


def test_a_worked_idea_raises_quality_whatever_its_stars_and_praise_does_nothing():
    params = params_of(brand_of())  # quality .8, ceiling .9, idea_effect .5
    state = world(params)
    state.owned[:] = 0
    post(state, 1, [0, 1, 2, 3], [5, 3, 1, 5], process=[0, 0, 1, 1], idea=[0.4, 0.2, 0.6, 0.0])
    run(state, params, 8)
    assert state.improved_quality == pytest.approx([0.1 * (1 - 0.8 * 0.9), 0.1 * 0.3])
    assert not state.improved_failure.any()
    assert sorted(state.ledger.tickets["kind"].tolist()) == [1, 2, 2, 2]


def test_a_complaint_read_into_praise_mends_nothing():
    params = params_of(brand_of(listening={"sentiment_error": 1.0}))
    state = world(params)
    state.owned[:] = 0
    post(state, 1, [0, 1], [5, 1])
    run(state, params, 8)
    assert sorted(state.ledger.tickets["kind"].tolist()) == [0, 1] and not state.improved_failure.any()


def test_money_acts_from_its_step_on_and_composes_with_complaints():
    params = params_of(brand_of())
    state = world(params)
    state.orders = [Order(0, 0, 500.0, 3), Order(0, 0, 500.0, 4), Order(0, 1, 1000.0, 9)]
    got = []
    for step in range(1, 5):
        run(state, params, 1, step)
        got.append(state.improved_failure[0])
    # at the end of step 2 for step 3: .10 (1 - exp(-.5)); then .10 (1 - exp(-1))
    all_spent = 0.1 * (1 - np.exp(-1))
    assert got == pytest.approx([0.0, 0.1 * (1 - np.exp(-0.5)), all_spent, all_spent])
    assert state.orders == [Order(0, 1, 1000.0, 9)]
    state.owned[:] = 0
    post(state, 5, [0], [1])
    run(state, params, 8, 5)
    assert state.improved_failure == pytest.approx([0.1 * (1 - 0.5 * np.exp(-1)), all_spent])


def test_triage_and_routing_have_the_stated_rates_and_errors_are_spread_evenly():
    state = many(handled_share=0.5, routing_accuracy=0.7)
    taken = len(state.ledger.tickets)
    assert abs(taken / 20_000 - 0.5) < 5 * np.sqrt(0.25 / 20_000)
    wrong = np.mean(state.ledger.tickets["route"] == 1)
    # kills: 'another' unit drawn among all (.225), one luck for triage and route (.0 or .4)
    assert abs(wrong - 0.3) < 5 * np.sqrt(0.21 / taken)
    assert set(state.ledger.tickets["unit"]) == {0}  # in the end everything is worked on by the owner


def test_a_misread_process_goes_astray_like_a_wrong_route():
    params = params_of(brand_of(SEVERAL, listening={"topic_error": 1.0}, organisation={"bounce_delay": 2.0}))
    state = world(params)
    post(state, 1, [0], [1], process=2)
    run(state, params, 1)
    assert state.ledger.tickets["route"].tolist() == [1] and state.ledger.tickets["unit"].tolist() == [2]
    assert feedback_census(state, 0)["misrouted"] == 1 and backlogs(state, 0) == dict.fromkeys(SEVERAL, 0)
    run(state, params, 3, 2)
    row = state.ledger.tickets
    assert row["start"][0] == pytest.approx(row["arrival"][0] + 2.0)
    assert feedback_census(state, 0)["fixed"] == 1


def test_an_employee_carries_what_the_brand_never_heard_straight_to_the_right_unit():
    rules = {"relay": 1.0, "handled_share": 0.0, "routing_accuracy": 0.0}
    params = params_of(brand_of(organisation=rules), brand_of(organisation=rules))
    state = world(params, n=7)
    state.employer[4], state.employer[5] = 0, 1
    rows = post(state, 1, [0, 1, 2, 3, 6], [1, 5, 5, 3, 1], process=[1, 0, 0, 1, 0], idea=[0, 0, 0.5, 0, 0])
    # the employee of alpha reads the first four: a complaint and an idea matter; the last complaint is read by
    # an employee of beta and by a customer, who have no business with it
    see(state, 1, [4, 4, 4, 4, 5, 3], rows[[0, 1, 2, 3, 4, 4]])
    run(state, params, 1)
    tickets = state.ledger.tickets
    assert tickets["post"].tolist() == [0, 2] and tickets["kind"].tolist() == [0, 2]
    assert tickets["route"].tolist() == [2, 2] and tickets["unit"].tolist() == [1, 0]
    see(state, 2, [4, 4], rows[:2])
    run(state, params, 1, 2)
    assert len(tickets) == 2                          # one ticket per review only
    assert feedback_census(state, 0)["ignored"] == 3  # those that were seen and carried by nobody


def test_a_reading_on_the_site_is_not_carried_and_a_reshare_is():
    params = params_of(brand_of(listening={"coverage": 0.0}, organisation={"relay": 1.0}))
    state = world(params, n=6)
    state.employer[5] = 0
    rows = post(state, 1, [0, 1], [1, 1])
    see(state, 1, [5], rows[:1], channel=1)
    run(state, params, 1)
    assert feedback_census(state, 0) == {"fixed": 0, "open": 0, "misrouted": 0, "ignored": 0, "unheard": 2}
    row = {name: state.ledger.posts[name][rows[1:]] for name in state.ledger.posts.arrays._fields}
    share = state.ledger.posts.append(row | {"step": 2, "sharer": 3, "generation": 1, "key": 99, "parent": 1})
    see(state, 2, [5], [share.start])
    run(state, params, 2, 2)
    assert state.ledger.tickets["post"].tolist() == [1]
    assert feedback_census(state, 0) == {"fixed": 1, "open": 0, "misrouted": 0, "ignored": 0, "unheard": 1}


def test_relay_has_the_stated_rate():
    params = params_of(brand_of(SEVERAL, listening={"coverage": 0.0}, organisation={"relay": 0.3}))
    state = world(params, 20_001)
    state.employer[20_000] = 0
    rows = post(state, 1, np.arange(20_000), np.ones(20_000))
    see(state, 1, np.full(20_000, 20_000), rows)
    run(state, params, 1)
    # kills: relay drawn once per employee and step (0 or 1), complement (.7)
    assert abs(len(state.ledger.tickets) / 20_000 - 0.3) < 5 * np.sqrt(0.21 / 20_000)


def test_every_review_is_fixed_open_misrouted_ignored_or_unheard():
    rules = {"handled_share": 0.6, "routing_accuracy": 0.6, "relay": 0.3, "bounce_delay": 1.7}
    units = {"x": UNIT | {"processes": ["a", "b"], "service": "exponential", "service_time": 0.4},
             "y": UNIT | {"processes": ["c"], "order": "reach", "inflow": 2.0}}  # d belongs to nobody
    listen = {"coverage": 0.7, "sentiment_error": 0.2, "topic_error": 0.3}
    params = params_of(*[brand_of(SEVERAL, listen, rules, units)] * 2)
    state, luck, ever = world(params, 60), np.random.default_rng(3), set()
    state.employer[50:55], state.employer[55:] = 0, 1
    for step in range(1, 31):
        authors, brand = np.sort(luck.choice(50, 20, False)), luck.integers(0, 2, 20)
        process, ideas = brand * 4 + luck.integers(0, 4, 20), np.where(luck.random(20) < 0.2, 0.5, 0.0)
        rows = post(state, step, authors, luck.integers(1, 6, 20), process, brand, ideas)
        see(state, step, luck.integers(45, 60, 30), luck.choice(np.arange(rows[-1] + 1), 30))
        run(state, params, 1, step)
        for b in range(2):
            census = feedback_census(state, b)
            assert sum(census.values()) == np.sum(state.ledger.posts["brand"] == b)
            assert census["fixed"] == np.sum((state.ledger.tickets["brand"] == b)
                                             & ~np.isnan(state.ledger.tickets["finish"]))
            ever |= {fate for fate, count in census.items() if count}
    assert [queue.by_reach for queue in state.organisations[1].queues] == [False, True]
    assert ever == {"fixed", "open", "misrouted", "ignored", "unheard"}
    assert np.unique(state.ledger.tickets["post"]).size == len(state.ledger.tickets)


def test_nothing_happens_in_an_idle_organisation():
    idle = {"handled_share": 0.0, "relay": 0.0}
    params = params_of(brand_of(organisation=idle))
    state = world(params)
    state.owned[:] = 0
    post(state, 1, [0, 1], [1, 1])
    before = {column.name: getattr(state, column.name).copy() for column in COLUMNS}
    run(state, params, 5)
    for name, column in before.items():
        np.testing.assert_array_equal(getattr(state, name), column)
    assert len(state.ledger.tickets) == len(state.ledger.costs) == 0
    assert feedback_census(state, 0)["ignored"] == 2


def test_the_order_of_rows_in_the_table_does_not_matter():
    params = params_of(brand_of(SEVERAL, organisation={"routing_accuracy": 0.5}))
    fixed = []
    for authors in (np.arange(30), np.arange(30)[::-1]):
        state = world(params, 30)
        state.owned[:] = 0
        post(state, 1, authors, np.where(authors % 2, 1, 2), process=authors % 4)
        run(state, params, 12)
        order = np.argsort(state.ledger.posts["author"][state.ledger.tickets["post"]])
        fixed.append((state.ledger.tickets["finish"][order], state.improved_failure.copy()))
    np.testing.assert_array_equal(fixed[0][0], fixed[1][0])
    np.testing.assert_array_equal(fixed[0][1], fixed[1][1])
