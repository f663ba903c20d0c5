"""What all rules of contact share: several brands, gates, order, and luck that stays where it was."""

from itertools import product

import numpy as np
import pytest
from contact_worlds import decide, own, standard_error, walk, world

from simulation.ledger.codes import Source, Stage
from simulation.phases import conversion as conversion_phase
from simulation.world.state import COLUMNS

RULES = {
    "bass": ("adoption=bass",),
    "bass sum": ("adoption=bass", "adoption.combine=sum"),
    "cascade": ("adoption=cascade",),
    "cascade once": ("adoption=cascade", "adoption.attempts=once"),
    "cascade undirected": ("adoption=cascade", "adoption.attempts=once", "adoption.tie_draw=undirected"),
    "cascade negative": ("adoption=cascade_negative", "adoption.p_decay=1"),
    "threshold": ("adoption=threshold", "population.threshold_mean=0.4"),
}
every_rule = pytest.mark.parametrize("rule", RULES)
both_activations = pytest.mark.parametrize("activation", ["synchronous", "sequential"])


def some_ties(n, seed=3, degree=4):
    rng = np.random.default_rng(seed)
    return rng.integers(0, n, degree * n), rng.integers(0, n, degree * n), rng.uniform(0.2, 1.0, degree * n)


def lively(rule, activation):
    q = 1 if rule == "threshold" else 0.3
    return (*RULES[rule], f"adoption.activation={activation}", "adoption.p=0.02", f"adoption.q={q}")


@pytest.mark.parametrize("combine", ["independent", "sum"])
def test_of_two_brands_the_likelier_wins_in_proportion_where_both_convince(combine):
    # P(A) = a (1 - b) + a b a / (a + b); shares .2 and .4 of everybody, q = .5, p = .1 and .3
    n = 100_000
    state, params, draws = world(n, "adoption=bass", f"adoption.combine={combine}", "adoption.p=0",
                                 "adoption.q=0.5", brands=2)
    own(state, np.arange(n // 5), 0)
    own(state, np.arange(n // 5, 3 * n // 5), 1)
    state.campaign[:] = [0.1, 0.3]
    walk(state, params, draws, 1)
    a, b = (0.2, 0.5) if combine == "sum" else (1 - 0.9 * 0.9, 1 - 0.7 * 0.8)
    asked = 2 * n // 5
    for brand, own_chance, other in ((0, a, b), (1, b, a)):
        expected = own_chance * (1 - other) + own_chance * other * own_chance / (a + b)
        share = (state.owned[3 * n // 5:] == brand).mean()
        assert abs(share - expected) < 5 * standard_error(expected, asked)


@pytest.mark.parametrize("rule", ["cascade", "cascade once", "cascade negative"])
def test_three_brands_share_a_person_in_proportion_to_their_chances(rule):
    # one owner of each brand with strengths .9, .5, .2, q = 1: all eight outcomes written out
    n, chances = 40_000, np.array([0.9, 0.5, 0.2])
    ties = np.repeat([0, 1, 2], n), np.tile(np.arange(3, n + 3), 3), np.repeat(chances, n)
    extra = ("adoption.dissatisfied=0",) if rule == "cascade negative" else ()
    state, params, draws = world(n + 3, *RULES[rule], "adoption.p=0", "adoption.q=1", *extra,
                                 "+firm@brands.gamma=retail", "adoption.activation=synchronous", ties=ties,
                                 owners={0: 0, 1: 1, 2: 2}, brands=3)
    walk(state, params, draws, 1)
    expected = np.zeros(3)
    for outcome in product([0, 1], repeat=3):
        success = np.array(outcome, bool)
        if success.any():
            likely = np.where(success, chances, 1 - chances).prod()
            expected += likely * np.where(success, chances, 0) / chances[success].sum()
    share = np.bincount(state.owned[3:] + 1, minlength=4)[1:] / n
    assert (np.abs(share - expected) < 5 * standard_error(expected, n)).all()


def test_two_thresholds_reached_at_once_are_a_coin():
    n = 20_000
    ties = np.repeat([0, 1], n), np.tile(np.arange(2, n + 2), 2)
    state, params, draws = world(n + 2, *RULES["threshold"], ties=ties, owners={0: 0, 1: 1}, brands=2)
    walk(state, params, draws, 1)
    assert (state.owned >= 0).all()
    assert abs((state.owned[2:] == 0).mean() - 0.5) < 5 * standard_error(0.5, n)


@every_rule
@both_activations
def test_one_more_person_without_ties_changes_nobodys_purchases(rule, activation):
    n = 300
    ties, changes = some_ties(n), lively(rule, activation)
    histories = []
    for people in (n, n + 1):
        state, params, draws = world(people, *changes, ties=ties, owners={0: 0, 1: 1}, brands=2)
        walk(state, params, draws, 8)
        histories.append((state.adopted_at[:n].copy(), state.stance[:n].copy()))
    assert (histories[0][0] > 0).sum() > 20
    assert np.array_equal(histories[0][0], histories[1][0])
    assert np.array_equal(histories[0][1], histories[1][1])


@every_rule
def test_who_owns_something_never_buys_again(rule):
    state, params, draws = world(300, *lively(rule, "sequential"), ties=some_ties(300), brands=2)
    walk(state, params, draws, 15)
    assert (state.times_bought.sum(axis=1) <= 1).all() and (state.owned >= 0).sum() > 30


@every_rule
@both_activations
def test_nobody_buys_before_the_launch(rule, activation):
    launch = "+events.start={kind: launch, brand: alpha, step: 4}"
    state, params, draws = world(50, *lively(rule, activation), "adoption.p=1", launch, ties=some_ties(50))
    state.threshold[:] = 0.0                           # everybody would buy at once
    walk(state, params, draws, 3)
    assert (state.owned == -1).all()
    walk(state, params, draws, 4, first=4)
    assert (state.adopted_at[:, 0] == 4).all()


@every_rule
@both_activations
def test_the_price_gate_lets_in_who_is_willing_to_pay_the_price(rule, activation):
    state, params, draws = world(4, *lively(rule, activation), "adoption.p=1", "adoption.price_gate=true",
                                 "brands.alpha.price=50", ties=([], []))
    state.willingness[:] = [0.0, 49.99, 50.0, 80.0]
    walk(state, params, draws, 3)
    assert state.owned.tolist() == [-1, -1, 0, 0]


@every_rule
def test_without_advertising_and_owners_nothing_ever_happens(rule):
    state, params, draws = world(200, *lively(rule, "sequential"), "adoption.p=0", ties=some_ties(200))
    walk(state, params, draws, 10)
    assert (state.owned == -1).all()


@every_rule
@both_activations
def test_the_share_of_advertising_lies_between_none_and_all_for_buyers_only(rule, activation):
    state, params, draws = world(400, *lively(rule, activation), ties=some_ties(400))
    own(state, np.arange(100))
    choice, advertising_share = decide(state, params, draws)
    assert (choice >= 0).sum() > 5 and (choice[:100] == -2).all()
    assert np.array_equal(np.isnan(advertising_share), choice < 0)
    bought = advertising_share[choice >= 0]
    assert ((bought >= 0) & (bought <= 1)).all()


@every_rule
def test_conversion_under_every_rule_writes_only_what_it_declares(rule):
    state, params, draws = world(300, *lively(rule, "sequential"), ties=some_ties(300), brands=2)
    walk(state, params, draws, 3)
    before = {column.name: getattr(state, column.name).copy() for column in COLUMNS}
    conversion_phase.conversion(state, params, draws, 4)
    for name, column in before.items():
        same = np.array_equal(column, getattr(state, name), equal_nan=column.dtype.kind == "f")
        assert same or name in conversion_phase.WRITES, name


@every_rule
def test_under_synchronous_activation_asking_fewer_people_gives_the_others_the_same_answers(rule):
    # kills: adoptions seen within the step
    answers = []
    for poor in (0, 100):
        state, params, draws = world(300, *lively(rule, "synchronous"), "adoption.price_gate=true",
                                     ties=some_ties(300))
        own(state, np.arange(60))
        state.willingness[:] = 100.0
        state.willingness[100:100 + poor] = 0.0        # they cannot buy
        answers.append(decide(state, params, draws)[0])
    assert (answers[0][100:200] == 0).any() and (answers[1][100:200] == -2).all()
    assert np.array_equal(np.delete(answers[0], np.s_[100:200]), np.delete(answers[1], np.s_[100:200]))


@every_rule
def test_the_ledger_splits_every_sale_between_advertising_and_neighbours(rule):
    state, params, draws = world(300, *lively(rule, "synchronous"), "output.ledger=conversions",
                                 ties=some_ties(300))
    own(state, np.arange(60))
    walk(state, params, draws, 4)
    credits = state.ledger.credits
    triggers = credits["stage"] == 0
    total = np.bincount(credits["conversion"][triggers], credits["share"][triggers])
    assert total.size == state.ledger.conversions.n > 10
    assert np.allclose(total, 1.0)


@every_rule
def test_where_no_brand_speaks_neighbours_made_every_sale(rule):
    state, params, draws = world(300, *lively(rule, "synchronous"), "adoption.p=0", "output.ledger=conversions",
                                 ties=some_ties(300))
    own(state, np.arange(60))
    walk(state, params, draws, 4)
    credits = state.ledger.credits
    causes = credits["source"][credits["stage"] == Stage.TRIGGER]
    assert causes.tolist() == [Source.NEIGHBOURS] * state.ledger.conversions.n and causes.size > 10


def test_a_rule_that_does_not_say_what_made_people_buy_is_refused(monkeypatch):
    # the error names the rule; nobody is credited for what nobody knows
    state, params, draws = world(3, "adoption=bass", "output.ledger=conversions", owners={0: 0})
    monkeypatch.setattr(type(params.adoption), "decide",
                        lambda self, state, params, draws, step, choice, advertising_share: choice.__setitem__(1, 0))
    with pytest.raises(ValueError, match="kind=bass: decide"):
        conversion_phase.conversion(state, params, draws, 1)


def test_shares_written_for_one_sale_are_gone_in_the_next_step():
    state, params, draws = world(40, *lively("bass", "synchronous"), ties=some_ties(40), owners={0: 0})
    walk(state, params, draws, 3)
    assert (state.owned >= 0).sum() > 1
    assert np.isnan(state.advertising_share).all() and state.advertising_share.size == 40
