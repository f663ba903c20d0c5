"""Who buys, and who is credited, worked out by hand."""

import math

import numpy as np
import pytest

from simulation.phases.conversion import conversion
from simulation.world.state import NONE, Purchase
from tests.phases.tiny import own, post, tiny

SURE = ("adoption.choice_scale=1e-6",)      # taste shocks too small to matter


def decide(beliefs, *overrides, considering=((0, 0),)):
    """Return the state after step 5 of people with these beliefs (people, brands) who consider (person, brand)."""
    state, params, draws = tiny(len(beliefs), *overrides)
    state.belief[:] = beliefs
    for person, brand in considering:
        state.considering[person, brand] = 1
    conversion(state, params, draws, 5)
    return state


def test_a_believer_buys_and_a_sceptic_does_not():
    state = decide([(0.71, 0.5), (0.69, 0.5)], *SURE, considering=((0, 0), (1, 0)))
    assert state.owned.tolist() == [0, NONE]       # reservation .70
    assert state.owned_since[0] == 5 and state.times_bought[0].tolist() == [1, 0] and state.adopted_at[0, 0] == 5
    assert not state.considering.any()             # cleared, for both


def test_the_best_of_several_brands_is_bought():
    state = decide([(0.75, 0.80), (0.80, 0.75)], *SURE, considering=((0, 0), (0, 1), (1, 0), (1, 1)))
    assert state.owned.tolist() == [1, 0]


def test_a_price_above_the_reference_must_be_outweighed_by_belief():
    # 10 % too dear costs .3 * .1 = .03 of belief
    state = decide([(0.72, 0), (0.74, 0)], *SURE, "brands.alpha.price=55", considering=((0, 0), (1, 0)))
    assert state.owned.tolist() == [NONE, 0]


def test_choices_follow_the_logit():
    n, belief, tau = 40_000, 0.72, 0.05
    state, params, draws = tiny(n, network="two_node")
    state.belief[:, 0], state.considering[:, 0] = belief, 1
    conversion(state, params, draws, 5)
    expected = 1 / (1 + math.exp(-(belief - 0.70) / tau))
    # kills: one Gumbel shock shared by the brand and by buying nothing (a step function)
    assert abs((state.owned == 0).mean() - expected) < 5 * np.sqrt(expected * (1 - expected) / n)


def test_taste_shocks_are_kept():
    state, params, draws = tiny(2000, network="two_node")
    outcomes = []
    for step in (5, 6):
        state.considering[:, 0], state.owned[:] = 1, NONE
        state.belief[:, 0] = 0.70
        conversion(state, params, draws, step)
        outcomes.append(state.owned.copy())
    assert np.array_equal(*outcomes)


def test_good_reviews_remind_with_the_strength_they_have():
    n = 40_000
    state, params, draws = tiny(n, network="two_node")
    state.reads_trigger[:, 0] = int(0.5 * 2**32)       # one review of 4 stars on a strong tie
    conversion(state, params, draws, 5)
    expected = 1 - (1 - 0.75) ** 0.5
    # kills: q W instead of 1 - (1 - q)^W (.375 instead of .5)
    assert abs(state.considering[:, 0].mean() - expected) < 5 * np.sqrt(expected * (1 - expected) / n)
    assert not state.considering[:, 1].any()


def test_who_is_triggered_now_decides_in_the_next_step():
    state, params, draws = tiny(2, *SURE)
    state.belief[:], state.ad_hit[0, 0] = 0.9, 1
    conversion(state, params, draws, 5)
    assert state.owned[0] == NONE and state.considering[0, 0] == 1
    state.ad_hit[:] = 0
    conversion(state, params, draws, 6)
    assert state.owned[0] == 0


def test_owners_decide_again_after_half_a_year_and_may_lapse_or_switch():
    state, params, draws = tiny(3, *SURE)
    for person in range(3):
        own(state, person, since=1)
    state.belief[:] = ((0.8, 0.5), (0.5, 0.5), (0.6, 0.9))
    state.ad_hit[2, 1] = 1                              # person 2 is reminded of beta just in time
    conversion(state, params, draws, 26)
    assert state.considering.tolist() == [[1, 0], [1, 0], [1, 1]]
    conversion(state, params, draws, 27)
    assert state.owned.tolist() == [0, NONE, 1]
    kinds = state.ledger.conversions["kind"].tolist()
    assert kinds == [Purchase.REPEAT, Purchase.SWITCH]
    assert state.left_at[1, 0] == 27 and state.left_at[2, 0] == 27 and state.left_at[0, 0] == NONE


def test_loyalty_helps_the_own_brand_only():
    state, params, draws = tiny(2, *SURE)
    own(state, 0, since=1)
    state.belief[:] = 0.68                              # .68 + .03 > .70
    conversion(state, params, draws, 26)
    state.considering[1, 0] = 1
    conversion(state, params, draws, 27)
    assert state.owned.tolist() == [0, NONE]


def read(state, reader, row, step, channel=0, weight=1.0, strength=1.0):
    """Append a reading as if the exposure phase had counted it."""
    reads, valence = state.ledger.reads, state.ledger.posts["valence"][row]
    reads.append({"reader": reader, "post": row, "step": step, "channel": channel, "weight": weight,
                  "gain": weight * (valence - 0.65), "strength": strength, "previous": state.newest_read[reader]})
    state.newest_read[reader] = reads.n - 1


def credited(withheld=0):
    """Return the credits of one sale: ad rate .003, two reminders two steps before, one older read, experience."""
    state, params, draws = tiny(4, *SURE)
    state.withheld_before[0, 0] = withheld
    best, good, late = post(state, 1, 1.0, 2), post(state, 2, 0.75, 3), post(state, 3, 0.0, 3)
    read(state, 0, best, step=3)
    read(state, 0, good, step=3, weight=0.5)
    read(state, 0, late, step=3)
    state.belief[0], state.belief_start[0], state.considering[0, 0] = 0.9, 0.72, 1
    state.ad_rate_before[:] = 0.003
    conversion(state, params, draws, 5)
    credits = state.ledger.credits
    return {(int(s), int(c), int(p)): x for s, c, p, x in
            zip(credits["stage"], credits["source"], credits["post"], credits["share"], strict=True)}, state


def test_the_trigger_is_shared_by_advertising_and_the_reviews_that_reminded():
    credits, _ = credited()
    ad, best, good = -math.log(1 - 0.003), -1.0 * math.log(0.25), -0.5 * math.log(0.25)
    total = ad + best + good
    assert credits[0, 1, -1] == pytest.approx(ad / total)
    assert credits[0, 0, 0] == pytest.approx(best / total)
    assert credits[0, 0, 1] == pytest.approx(good / total)


def test_advertising_that_was_withheld_from_the_buyer_gets_no_credit():
    credits, _ = credited(withheld=1)
    assert (0, 1, -1) not in credits
    assert credits[0, 0, 0] == pytest.approx(2 / 3) and credits[0, 0, 1] == pytest.approx(1 / 3)


def test_persuasion_is_shared_by_the_pulls_on_the_belief():
    credits, _ = credited()
    best, good, carried = 1.0 * 0.35, 0.5 * 0.10, 2.0 * (0.72 - 0.70)
    total = best + good + carried
    assert credits[1, 0, 0] == pytest.approx(best / total)
    assert credits[1, 0, 1] == pytest.approx(good / total)
    assert credits[1, 5, -1] == pytest.approx(carried / total)
    assert (1, 0, 2) not in credits                 # bad news persuades nobody


def test_credit_of_each_stage_sums_to_one():
    credits, _ = credited()
    for stage in (0, 1):
        assert sum(share for (s, _, _), share in credits.items() if s == stage) == pytest.approx(1.0)


def test_what_is_passed_on_is_credited_to_its_author_and_names_who_passed_it_on():
    state, params, draws = tiny(4, *SURE)
    root = post(state, 1, 1.0, 2)
    row = post(state, 1, 1.0, 3)
    posts = state.ledger.posts
    posts["sharer"][row], posts["root"][row], posts["parent"][row], posts["generation"][row] = 2, root, root, 1
    read(state, 0, row, step=3)
    state.belief[0], state.considering[0, 0] = 0.9, 1
    conversion(state, params, draws, 5)
    credits = state.ledger.credits
    of_reviews = credits["source"] == 0
    found = [credits[name][of_reviews].tolist() for name in ("post", "author", "sharer")]
    assert found == [[root, root], [1, 1], [2, 2]]      # in both stages


def test_a_gift_is_booked_at_no_price_and_costs_what_the_price_would_have_brought():
    # price 50, margin 15: a unit costs 35 to make
    state, params, draws = tiny(2, *SURE, "brands.alpha.price=50", "brands.alpha.unit_margin=15")
    state.belief[0], state.considering[0, 0], state.seeded[1] = 0.9, 1, 0
    conversion(state, params, draws, 5)
    sales = state.ledger.conversions
    assert sales["kind"].tolist() == [Purchase.FIRST, Purchase.SEED]
    assert sales["price"].tolist() == [50.0, 0.0] and sales["margin"].tolist() == [15.0, -35.0]


def test_a_seed_and_a_repurchase_have_a_single_trigger():
    state, params, draws = tiny(2, *SURE)
    own(state, 0, since=1)
    state.belief[:], state.seeded[1] = 0.9, 0
    conversion(state, params, draws, 26)
    state.seeded[:] = NONE
    conversion(state, params, draws, 27)
    credits = state.ledger.credits
    triggers = [(int(c), float(x)) for s, c, x in zip(credits["stage"], credits["source"], credits["share"],
                                                     strict=True) if s == 0]
    assert triggers == [(3, 1.0), (2, 1.0)]


def test_bad_news_loses_the_sale_that_would_have_been_likelier_without_it():
    state, params, draws = tiny(2)
    row = post(state, 1, 0.0, 3)
    read(state, 0, row, step=3)
    state.belief[0, 0], state.belief_without_bad_news[0, 0], state.considering[0, 0] = 0.60, 0.70, 1
    conversion(state, params, draws, 5)
    lost = state.ledger.lost
    without, with_it = 1 / (1 + math.exp(0.0)), 1 / (1 + math.exp(0.10 / 0.05))
    assert lost["sales"].tolist() == pytest.approx([without - with_it])
    assert (lost["post"][0], lost["author"][0]) == (0, 1)
