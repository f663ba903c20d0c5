"""Phases walk people block by block: what happens to somebody does not depend on the block.

Every world reaches over the edges of two blocks (BLOCK numbers are drawn at once); a draw by the place
in the block, and a block that is left out or walked twice, fail.
"""

import numpy as np
import pytest

from simulation.phases.advertising import advertising
from simulation.phases.belief import belief
from simulation.phases.experience import experience
from simulation.phases.exposure import exposure
from simulation.randomness import BLOCK, Stream
from tests.phases.tiny import post, tiny

BELIEFS = ("belief", "belief_shadow", "belief_start", "confidence", "own_gain")


def test_advertising_reaches_people_of_all_blocks_by_their_own_luck():
    n = 2 * BLOCK + 9
    state, params, draws = tiny(n, "adoption.p=0.4")
    advertising(state, params, draws, 3)
    for b in (0, 1):
        assert np.array_equal(state.ad_hit[:, b] > 0, draws.uniforms(Stream.ADVERTISING, 3, np.arange(n), b) < 0.4)


def test_owners_in_all_blocks_meet_and_feel_by_their_own_luck():
    # two of three own alpha: the owners of a block, and those who met something, are fewer than its people
    product, support = "brands.alpha.processes.product", "brands.alpha.processes.support"
    state, params, draws = tiny(3 * BLOCK + 9, f"{product}.when.on_purchase=false", f"{product}.when.rate=0.75",
                                f"{product}.failure_rate=0.4", f"{product}.failure_quality=0.3",
                                f"{product}.failure_spread=0", f"{support}.when.rate=0")
    owners = np.flatnonzero(np.arange(state.n) % 3)
    state.owned[owners], state.since[owners] = 0, 1
    experience(state, params, draws, 2)
    met = owners[draws.uniforms(Stream.MEET_PROCESS, 2, owners, 0) < 0.75]
    fails = draws.uniforms(Stream.FAILS, 2, met, 0) < 0.4
    assert met.size > BLOCK + 9 and np.flatnonzero(state.met).tolist() == met.tolist()
    assert state.last_failed[met, 0].tolist() == fails.tolist()
    assert (state.n_met[0], state.n_failed[0]) == (met.size, fails.sum())
    assert state.own_value[met] / state.own_weight[met] == pytest.approx(np.where(fails, 0.3, 0.85))


def test_followers_in_all_blocks_read_by_their_own_luck():
    n = 2 * BLOCK + 9
    state, params, draws = tiny(n, "feed.attention=0.4", "feed.reshare=0", network="star")
    row = post(state, 0, 1.0, step=3)
    exposure(state, params, draws, 3)
    followers = np.arange(1, n)
    lucky = draws.pair_uniforms(Stream.FEED_READ, followers, np.full(n - 1, state.ledger.posts["key"][row])) < 0.4
    assert state.ledger.reads["reader"].tolist() == followers[lucky].tolist()


def after_a_step():
    """Return what 20 people believe after a step in which every third read and every fourth owner lived something."""
    state, params, draws = tiny(20)
    rows, luck = np.arange(state.n), np.random.default_rng(5)
    state.belief[:], state.belief_shadow[:], state.confidence[:] = luck.random((3, state.n, state.b))
    state.reads_weight[::3, 1], state.reads_value[::3, 1] = 2**32, 2**31
    state.good_weight[::6, 1], state.good_value[::6, 1] = 2**31, 2**31
    state.owned[:], state.decided_at[::5, 0] = rows % 2, 5
    state.own_weight[::4], state.own_value[::4] = 2.0, 1.5
    belief(state, params, draws, 5)
    return [getattr(state, name) for name in BELIEFS]


@pytest.mark.parametrize("people", [1, 7, 10])
def test_beliefs_are_the_same_whatever_the_block(monkeypatch, people):
    whole = after_a_step()
    monkeypatch.setattr("simulation.phases.belief.BLOCK", people)
    for name, one, other in zip(BELIEFS, whole, after_a_step(), strict=True):
        assert np.array_equal(one, other), name
