"""Every decision looks at the luck of its own address, and at no other: exact, person by person.

Each test names who may act by drawing the uniform anew; a stream used twice, an address without the person, and
a comparison turned round all fail it.
"""

import numpy as np
import pytest

from simulation.numerics.randomness import Stream
from simulation.phases.advertising import advertising
from simulation.phases.conversion import conversion
from simulation.phases.experience.phase import experience
from simulation.phases.exposure.phase import exposure
from simulation.phases.ladder import ladder
from simulation.phases.review.phase import review
from simulation.world.ties import build_ties
from tests.phases.tiny import post, tiny

N = 60
PEOPLE = np.arange(N)
FOLLOWERS = PEOPLE[1:]          # of person 0, the hub of a star


def is_mixed(flags):
    """Tell whether some are and some are not: otherwise nothing was compared."""
    return 5 < np.count_nonzero(flags) < len(flags) - 5


def test_advertising_reaches_exactly_those_whose_luck_with_the_brand_lies_below_the_rate():
    state, params, draws = tiny(N, "adoption.p=0.4")
    advertising(state, params, draws, 3)
    lucky = np.stack([draws.uniforms(Stream.ADVERTISING, 3, PEOPLE, b) < 0.4 for b in (0, 1)], axis=1)
    assert np.array_equal(state.ad_hit > 0, lucky) and is_mixed(lucky[:, 0])


def test_a_good_review_reminds_exactly_those_whose_luck_lies_below_its_chance():
    state, params, draws = tiny(N, "adoption.q=0.75")
    state.reads_trigger[:, 0] = 2**31                   # W = 1/2: a review of four stars on a strong tie
    conversion(state, params, draws, 5)
    lucky = draws.uniforms(Stream.TRIGGER, 5, PEOPLE, 0) < 1 - 0.25**0.5
    assert np.array_equal(state.considering[:, 0] > 0, lucky) and is_mixed(lucky)


@pytest.mark.parametrize(("draw", "address"), [("persistent", 0), ("each_decision", 5)])
def test_the_taste_of_the_brand_and_of_doing_without_decide(draw, address):
    state, params, draws = tiny(N, f"adoption.taste_draw={draw}")
    state.belief[:, 0], state.considering[:, 0] = 0.71, 1       # (.71 - .70) / tau = .2
    conversion(state, params, draws, 5)
    without, brand = (-np.log(-np.log(draws.uniforms(Stream.CHOICE, address, PEOPLE, which))) for which in (0, 1))
    assert np.array_equal(state.owned == 0, 0.2 + brand > without) and is_mixed(state.owned == 0)


def test_whether_a_process_fails_and_how_good_it_is_have_luck_of_their_own():
    # kills: one draw for both, with which only the failures among the worst would show
    state, params, draws = tiny(N, "brands.alpha.processes.product.failure_rate=0.4",
                                "brands.alpha.processes.product.failure_quality=0.1",
                                "brands.alpha.processes.product.failure_spread=0.1",
                                "brands.alpha.processes.product.spread=0.15",
                                "brands.alpha.processes.delivery.when.on_purchase=false",
                                "brands.alpha.processes.support.when.rate=0")
    state.owned[:], state.owned_since[:], state.bought_now[:] = 0, 1, 1
    experience(state, params, draws, 1)
    fails, z = draws.uniforms(Stream.FAILS, 1, PEOPLE, 0) < 0.4, draws.normals(Stream.MET_QUALITY, 1, PEOPLE, 0)
    met = np.where(fails, 0.1 + 0.1 * z, 0.85 + 0.15 * z)
    assert met.min() < 0 < 1 < met.max() and is_mixed(fails)
    assert state.own_value == pytest.approx(np.clip(met, 0, 1))


def test_a_motive_makes_exactly_those_post_whose_luck_lies_below_its_chance():
    state, params, draws = tiny(N, "motives=everybody", "motives.everybody.weight=0.5")
    state.owned[:], state.owned_since[:], state.processes_met[:], state.last_cause[:] = 0, 1, 1, 0
    review(state, params, draws, 5)
    lucky = draws.uniforms(Stream.MOTIVE_FIRES, 5, PEOPLE, 7) < 0.5     # code 7, brand 0
    assert state.ledger.posts["author"].tolist() == np.flatnonzero(lucky).tolist() and is_mixed(lucky)


def read_on_a_star(*overrides, visibility=1.0):
    """Return (state, draws, key) after the followers of person 0 could read their review."""
    state, params, draws = tiny(N, *overrides, network="star")
    state.ties = build_ties(N, state.ties.sources(), state.ties.targets, visibility=visibility)
    state.activity[:] = 1.0
    row = post(state, 0, 1.0, step=3)
    exposure(state, params, draws, 3)
    return state, draws, np.full(N - 1, state.ledger.posts["key"][row])


def test_a_follower_reads_exactly_where_his_luck_lies_below_attention_times_visibility():
    state, draws, key = read_on_a_star("feed.attention=0.8", visibility=0.5)
    lucky = draws.pair_uniforms(Stream.FEED_READ, FOLLOWERS, key) < 0.8 * 0.5
    assert sorted(state.ledger.reads["reader"].tolist()) == FOLLOWERS[lucky].tolist() and is_mixed(lucky)


def test_a_reader_passes_on_exactly_where_his_luck_lies_below_the_chance_of_the_next_generation():
    # reshare .8, novelty .5, first generation: .4
    state, draws, key = read_on_a_star("feed.attention=1", "feed.reshare=0.8", "feed.novelty=0.5")
    lucky = draws.pair_uniforms(Stream.RESHARE, FOLLOWERS, key) < 0.8 * 0.5
    assert sorted(state.shares[0].tolist()) == FOLLOWERS[lucky].tolist() and is_mixed(lucky)


def test_the_unhappy_leave_exactly_where_their_luck_lies_below_the_hazard():
    state, params, draws = tiny(N, "ladder.churn=0.9", "ladder.churn_middle=0.45", "ladder.churn_scale=0.05")
    state.owned[:], state.satisfaction[:, 0] = 0, 0.5
    ladder(state, params, draws, 4)
    hazard = 0.9 / (1 + np.exp(1))                      # (.50 - .45) / .05 = 1
    assert np.array_equal(state.left > 0, draws.uniforms(Stream.CHURN, 4, PEOPLE, 0) < hazard)
    assert is_mixed(state.left)
