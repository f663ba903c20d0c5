"""Phases walk people block by block: what happens to somebody does not depend on the block.

Every world reaches over the edges of two blocks (BATCH numbers are drawn at once); a draw by the place
in the block, and a block that is left out or walked twice, fail.
"""

import numpy as np
import pytest

from simulation.numerics.randomness import BATCH, Stream
from simulation.phases.advertising import advertising
from simulation.phases.belief import belief
from simulation.phases.experience.phase import experience
from simulation.phases.exposure.phase import exposure
from simulation.phases.review.phase import review
from tests.phases.tiny import post, tiny

BELIEFS = ("belief", "belief_without_bad_news", "belief_start", "confidence", "own_gain")


def test_advertising_reaches_people_of_all_blocks_by_their_own_luck():
    n = 2 * BATCH + 9
    state, params, draws = tiny(n, "adoption.p=0.4")
    advertising(state, params, draws, 3)
    for b in (0, 1):
        assert np.array_equal(state.ad_hit[:, b] > 0, draws.uniforms(Stream.ADVERTISING, 3, np.arange(n), b) < 0.4)


def test_owners_in_all_blocks_meet_and_feel_by_their_own_luck():
    # two of three own alpha: the owners of a block, and those who met something, are fewer than its people
    product, support = "brands.alpha.processes.product", "brands.alpha.processes.support"
    state, params, draws = tiny(3 * BATCH + 9, f"{product}.when.on_purchase=false", f"{product}.when.rate=0.75",
                                f"{product}.failure_rate=0.4", f"{product}.failure_quality=0.3",
                                f"{product}.failure_spread=0", f"{support}.when.rate=0")
    owners = np.flatnonzero(np.arange(state.n) % 3)
    state.owned[owners], state.owned_since[owners] = 0, 1
    experience(state, params, draws, 2)
    met = owners[draws.uniforms(Stream.MEET_PROCESS, 2, owners, 0) < 0.75]
    fails = draws.uniforms(Stream.FAILS, 2, met, 0) < 0.4
    assert met.size > BATCH + 9 and np.flatnonzero(state.processes_met).tolist() == met.tolist()
    assert state.last_failed[met, 0].tolist() == fails.tolist()
    assert (state.n_met[0], state.n_failed[0]) == (met.size, fails.sum())
    assert state.own_value[met] / state.own_weight[met] == pytest.approx(np.where(fails, 0.3, 0.85))


def test_followers_in_all_blocks_read_by_their_own_luck():
    n = 2 * BATCH + 9
    state, params, draws = tiny(n, "feed.attention=0.4", "feed.reshare=0", network="star")
    row = post(state, 0, 1.0, step=3)
    exposure(state, params, draws, 3)
    followers = np.arange(1, n)
    lucky = draws.pair_uniforms(Stream.FEED_READ, followers, np.full(n - 1, state.ledger.posts["key"][row])) < 0.4
    assert state.ledger.reads["reader"].tolist() == followers[lucky].tolist()


def test_a_motive_is_noticed_by_readers_of_all_blocks_by_their_own_luck():
    # all followers first read of alpha, out of no motive to notice, then of beta, paid for: a block holds both
    n = 2 * BATCH + 9
    state, params, draws = tiny(n, "feed.attention=1", "feed.reshare=0", "reading.detect=0.4", network="star")
    plain, paid = post(state, 0, 1.0, step=3), post(state, 0, 1.0, step=3, brand=1, motive=5)     # discount .5
    state.first_post = plain
    exposure(state, params, draws, 3)
    followers = np.arange(1, n)
    key = state.ledger.posts["key"][paid]
    notices = draws.pair_uniforms(Stream.NOTICE, followers, np.full(n - 1, key)) < 0.4
    assert state.reads_weight[1:, 0] / 2**32 == pytest.approx(np.ones(n - 1))
    assert state.reads_weight[1:, 1] / 2**32 == pytest.approx(np.where(notices, 0.5, 1.0))


def on_the_site(*overrides):
    """Return (ledger, draws) after people of three blocks read what the first five wrote on the site of alpha."""
    state, params, draws = tiny(2 * BATCH + 9, "feed.attention=0", "site.reads=3", *overrides)
    state.site[0] = np.array([post(state, author, 1.0, step=3) for author in range(5)])
    state.considering[:, 0] = 1
    exposure(state, params, draws, 3)
    return state.ledger, draws


def test_the_site_is_read_in_all_blocks_in_the_order_of_the_reader():
    # three of five reviews, never the own one: readings run over six edges, and an edge falls between those of a person
    ledger, draws = on_the_site()
    people, keys = np.arange(2 * BATCH + 9), ledger.posts["key"]
    luck = np.stack([draws.pair_uniforms(Stream.SITE_ORDER, people, np.full(people.size, key)) for key in keys], axis=1)
    np.fill_diagonal(luck, 1)                           # person 0 wrote review 0, person 1 review 1 ...
    assert ledger.reads["reader"].tolist() == np.repeat(people, 3).tolist()
    assert ledger.reads["post"].tolist() == np.argsort(luck, axis=1)[:, :3].ravel().tolist()


def test_readers_in_all_blocks_vote_by_their_own_luck():
    ledger, draws = on_the_site("site.helpful_votes=0.25")
    reader, read = ledger.reads["reader"], ledger.reads["post"]
    helped = draws.pair_uniforms(Stream.HELPFUL, reader, ledger.posts["key"][read]) < 0.25
    assert reader.size > 6 * BATCH
    assert ledger.posts["helpful"].tolist() == np.bincount(read[helped], minlength=5).tolist()


def test_people_in_all_blocks_post_by_their_own_luck():
    # two of three met something: those with an occasion to post are fewer than the people of a block
    state, params, draws = tiny(3 * BATCH + 9, "motives=everybody", "motives.everybody.weight=0.5")
    met = np.flatnonzero(np.arange(state.n) % 3)
    state.owned[met], state.processes_met[met], state.last_cause[met] = 0, 1, 0
    review(state, params, draws, 5)
    fires = draws.uniforms(Stream.MOTIVE_FIRES, 5, met, 7) < 0.5        # code 7, brand 0
    assert met.size > 2 * BATCH and state.ledger.posts["author"].tolist() == met[fires].tolist()


def posts_of_a_step():
    """Return what 20 people post in a step in which all state opinions of both brands and most lived something."""
    state, params, draws = tiny(20, "motives=everybody", "+motive@motives.opinion=opinion", "talk.rating_noise=0.3",
                                "motives.everybody.weight=0.5", "motives.opinion.weight=0.5")
    luck = np.random.default_rng(5)
    state.owned[:], state.processes_met[3:] = np.arange(state.n) % 2, 1
    state.last_cause[:], state.last_evaluation[:] = 0, luck.random((state.n, state.b))
    review(state, params, draws, 5)
    return state.ledger.posts


@pytest.mark.parametrize("occasions", [1, 7, 10])
def test_posts_are_the_same_however_many_occasions_are_looked_at_at_once(monkeypatch, occasions):
    whole = posts_of_a_step()
    monkeypatch.setattr("simulation.phases.review.firing.OCCASIONS_AT_ONCE", occasions)
    some = posts_of_a_step()
    assert set(whole["motive"]) == {7, 8} and whole["author"].max() > 10
    for name in ("author", "brand", "motive", "stars", "key"):
        assert np.array_equal(whole[name], some[name]), name


def after_a_step():
    """Return what 20 people believe after a step in which every third read and every fourth owner lived something."""
    state, params, draws = tiny(20)
    rows, luck = np.arange(state.n), np.random.default_rng(5)
    state.belief[:], state.belief_without_bad_news[:], state.confidence[:] = luck.random((3, state.n, state.b))
    state.reads_weight[::3, 1], state.reads_value[::3, 1] = 2**32, 2**31
    state.good_weight[::6, 1], state.good_value[::6, 1] = 2**31, 2**31
    state.owned[:], state.decided_at[::5, 0] = rows % 2, 5
    state.own_weight[::4], state.own_value[::4] = 2.0, 1.5
    belief(state, params, draws, 5)
    return [getattr(state, name) for name in BELIEFS]


@pytest.mark.parametrize("people", [1, 7, 10])
def test_beliefs_are_the_same_whatever_the_block(monkeypatch, people):
    whole = after_a_step()
    monkeypatch.setattr("simulation.phases.belief.PEOPLE_AT_ONCE", people)
    for name, one, other in zip(BELIEFS, whole, after_a_step(), strict=True):
        assert np.array_equal(one, other), name
