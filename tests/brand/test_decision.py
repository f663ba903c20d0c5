"""Decision: messages, money and records, by hand."""

import numpy as np
import pytest
from brandworld import brand_of, params_of, post, world, yaml_of

from simulation.contracts import NAMES, fingerprint, value_of
from simulation.ledger.codes import CostItem, word
from simulation.numerics.randomness import Draws
from simulation.phases.decision import WRITES, decision
from simulation.phases.listening import listening
from simulation.world.back_office import Order
from simulation.world.observed import initial_observed
from simulation.world.state import COLUMNS

FIX = {"kind": "fix_named", "start": 1, "stop": "end", "process": "delivery", "spend": 100.0, "lead_time": 4,
       "limit": "unlimited"}
ADS = {"kind": "advertise", "start": 1, "stop": 2, "amount": 0.1, "cost_per_person_reached": 10.0}
SEED = {"kind": "seed", "start": 1, "stop": "end", "by": "influencers", "count": 2, "incentive": 0.2,
        "cost_per_seed": 50.0}
RECOVER = {"kind": "recover", "start": 1, "stop": "end", "cost_per_answer": 5.0, "per_step": 9, "lift": 0.3,
           "negative_posting": 0.865, "positive_posting": 1.167}
COMMUNITY = {"kind": "community", "start": 1, "stop": "end", "pairs": 1, "strength": 0.5,
             "cost_per_introduction": 10.0}
OFFER = {"kind": "incentivise", "start": 1, "stop": 1, "strength": 0.4, "cost_per_customer": 1.0}


def start(*brands, n=4, ties=((0, 1), (0, 2), (0, 3), (1, 0), (1, 2))):
    """Return parameters and a world in which the brands know who follows whom: 3, 2, 0, 0 followers."""
    params = params_of(*brands)
    state = world(params, n, ties)
    state.observed = initial_observed(state, params)
    return params, state


def test_policies_share_the_budget_in_config_order_and_unspent_money_is_kept():
    # 130 a step.  Step 1: 100 for delivery, 30 left for advertising (full price 10 x 4 x .1 = 4)
    params, state = start(brand_of(policies={"fix": FIX, "ads": ADS}, budget=130.0))
    decision(state, params, Draws(1), 1)
    assert state.observed[0].money == pytest.approx(26.0) and state.campaign.tolist() == [0.1]
    decision(state, params, Draws(1), 2)
    assert state.observed[0].money == pytest.approx(52.0)  # 26 + 130 - 104
    params, state = start(brand_of(policies={"fix": FIX, "ads": ADS}, budget=101.0))
    decision(state, params, Draws(1), 1)
    assert state.campaign == pytest.approx([0.025]) and state.observed[0].money == 0.0  # 1 of 4
    assert state.ledger.costs["amount"].tolist() == [100.0, 1.0]
    assert [word(CostItem(i)) for i in state.ledger.costs["item"]] == ["invest", "advertise"]


def test_the_purse_is_there_at_the_start_and_comes_once():
    # 150 at hand and 20 a step: 100 for delivery in step 1; then 70 + 20 = 90, which buys less than asked for
    params, state = start(brand_of(policies={"fix": FIX}, budget=20.0, initial_budget=150.0))
    assert state.observed[0].money == 150.0
    for step in (1, 2, 3):
        decision(state, params, Draws(1), step)
    assert state.ledger.costs["amount"].tolist() == [100.0, 90.0, 20.0] and state.observed[0].money == 0.0


def test_an_investment_is_an_order_for_the_step_after_the_lead_time():
    params, state = start(brand_of(), brand_of(policies={"fix": FIX}, budget=60.0))
    decision(state, params, Draws(1), 7)
    assert state.orders == [Order(brand=1, process=3, money=60.0, effective=12)]  # 7 + 1 + 4
    row = {name: state.ledger.decisions[name].tolist() for name in state.ledger.decisions.arrays._fields}
    assert row == {"step": [7], "brand": [1], "policy": [0], "action": [0], "process": [3], "person": [-1],
                   "amount": [60.0], "cost": [60.0], "effective": [12], "seen": [0.0], "volume": [0.0],
                   "pain": [0.0]}


def test_campaigns_and_offers_end_when_nobody_renews_them():
    params, state = start(brand_of(policies={"ads": ADS, "offer": OFFER}, budget=1000.0))
    state.observed[0].is_customer[:2] = True
    seen = []
    for step in (1, 2, 3):
        decision(state, params, Draws(1), step)
        seen.append((float(state.campaign[0]), float(state.offer[0])))
    assert seen == [(0.1, 0.4), (0.1, 0.0), (0.0, 0.0)]


def test_seeds_get_the_product_once_and_stay_engaged():
    params, state = start(brand_of(policies={"seed": SEED}, budget=100.0))
    decision(state, params, Draws(1), 1)
    assert state.seeded.tolist() == [0, 0, -1, -1]  # three and two followers
    assert state.engaged[:, 0] == pytest.approx([0.2, 0.2, 0.0, 0.0])
    assert state.ledger.decisions["person"].tolist() == [0, 1]
    assert state.ledger.decisions["cost"].tolist() == [50.0, 50.0]
    assert state.ledger.costs["amount"].tolist() == [100.0]
    decision(state, params, Draws(1), 2)
    assert state.seeded.tolist() == [-1] * 4 and state.engaged[0, 0] == np.float32(0.2)


def test_where_two_brands_seed_the_same_people_lots_decide():
    brands = [brand_of(policies={"seed": SEED | {"count": 4}}, budget=1000.0) for _ in range(2)]
    won = 0
    for seed in range(500):
        params, state = start(*brands)
        decision(state, params, Draws(seed), 1)
        won += int(np.sum(state.seeded == 0))
        assert np.all(state.seeded >= 0)
    # kills: the first brand always (2000), the last brand always (0)
    assert abs(won / 2000 - 0.5) < 5 * np.sqrt(0.25 / 2000)


def test_answers_reach_the_known_authors_of_seen_complaints_for_one_step():
    params, state = start(brand_of(policies={"talk": RECOVER}, budget=5.0))
    post(state, 1, [0, 1, 2], [1, 2, 5])
    listening(state, params, Draws(1), 1)
    decision(state, params, Draws(1), 1)
    assert state.recovered[:, 0] == pytest.approx([0.3, 0.0, 0.0, 0.0])  # one answer, to the widest reach
    assert state.posting_negative == pytest.approx([1 - 0.135 / 2])
    assert state.posting_positive == pytest.approx([1 + 0.167 / 2])
    assert state.ledger.decisions["seen"].tolist() == [3.0]
    listening(state, params, Draws(1), 2)
    decision(state, params, Draws(1), 2)
    assert not state.recovered.any()
    assert state.posting_negative.tolist() == state.posting_positive.tolist() == [1.0]


def test_introductions_tie_strangers_both_ways_and_never_twice():
    params, state = start(brand_of(policies={"club": COMMUNITY}, budget=10.0), ties=((0, 1),))
    state.owned[:], state.times_bought[:, 0] = 0, 1
    state.observed[0].sentiment[:] = [1, 1, 1, 0]
    for step in range(1, 30):
        listening(state, params, Draws(1), step)
        decision(state, params, Draws(1), step)
    # of the three advocates 0 and 1 are tied already: 0-2 and 1-2 remain, each introduced once
    pairs = sorted(zip(state.added.sources().tolist(), state.added.targets.tolist(), strict=True))
    assert pairs == [(0, 2), (1, 2), (2, 0), (2, 1)]
    assert set(state.added.strength) == {np.float32(0.5)} and set(state.added.kind) == {3}
    assert len(state.ledger.decisions) == 2 and state.ledger.costs["amount"].sum() == 20.0
    listening(state, params, Draws(1), 30)
    assert state.observed[0].followers.tolist() == [2, 1, 2, 0]


def test_a_brand_with_policy_none_leaves_the_same_world_as_one_without():
    worlds = []
    for policies in ({}, {"watch": yaml_of("policy", "none")}):
        params, state = start(brand_of(policies=policies, budget=10.0))
        decision(state, params, Draws(1), 1)
        worlds.append(state)
    for column in COLUMNS:
        np.testing.assert_array_equal(getattr(worlds[0], column.name), getattr(worlds[1], column.name))
    assert len(worlds[1].ledger.decisions) == len(worlds[1].ledger.costs) == 0


def test_decision_writes_all_columns_and_parts_that_it_declares_and_no_others():
    everything = {"fix": FIX, "ads": ADS, "seed": SEED, "talk": RECOVER, "club": COMMUNITY, "offer": OFFER}
    params, state = start(brand_of(policies=everything, budget=1000.0))
    state.owned[:], state.times_bought[:, 0] = 0, 1
    post(state, 1, [0, 1, 2, 3], [1, 5, 5, 5])
    listening(state, params, Draws(1), 1)
    before = {name: fingerprint(value_of(state, name)) for name in NAMES}
    decision(state, params, Draws(1), 1)
    changed = {name for name, old in before.items() if fingerprint(value_of(state, name)) != old}
    assert changed == set(WRITES)
    assert sorted(state.ledger.costs["item"].tolist()) == [0, 1, 2, 3, 4, 5]
