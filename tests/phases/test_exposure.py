"""Who reads what and what it weighs, worked out by hand on a path 0 - 1 - 2 - 3."""

import numpy as np
import pytest

from simulation.phases.exposure.phase import exposure
from simulation.world.ties import build_ties
from tests.phases.tiny import post, tiny

ALL_READ = ("feed.attention=1", "feed.reshare=0")


def read(*overrides, people=4, posts=((1, 1.0),), network="path", considering=()):
    """Return the state after the posts (author, valence) of step 3 were read."""
    state, params, draws = tiny(people, *ALL_READ, *overrides, network=network)
    for author, valence in posts:
        post(state, author, valence, step=3)
    state.first_post = 0
    for person in considering:
        state.considering[person, 0] = 1
    exposure(state, params, draws, 3)
    return state


def pairs(state):
    """Readings as (reader, post, channel)."""
    reads = state.ledger.reads
    return sorted(zip(reads["reader"].tolist(), reads["post"].tolist(), reads["channel"].tolist(), strict=True))


def test_followers_read_and_the_author_does_not():
    assert pairs(read()) == [(0, 0, 0), (2, 0, 0)]


def test_a_review_weighs_strength_times_credibility_times_susceptibility():
    state = read("reading.credibility_floor=0.6", "reading.credibility_expertise=0.4")
    expected = 0.6 + 0.4 * state.expertise[1]
    assert state.reads_weight[2, 0] / 2**32 == pytest.approx(expected, rel=1e-6)
    assert state.reads_value[2, 0] / 2**32 == pytest.approx(expected * 1.0, rel=1e-6)


def test_half_the_susceptibility_or_half_the_strength_of_the_tie_is_half_the_weight():
    state, params, draws = tiny(5, *ALL_READ)
    state.susceptibility[0] = 0.5                   # of the readers of 1
    source, target = state.ties.sources(), state.ties.targets
    state.ties = build_ties(5, source, target, strength=np.where(source == 3, 0.25, 1.0))
    post(state, 1, 1.0, step=3)
    post(state, 3, 1.0, step=3)
    state.first_post = 0
    exposure(state, params, draws, 3)
    assert state.reads_weight[:, 0] / 2**32 == pytest.approx([0.5, 0.0, 1.0 + 0.25, 0.0, 0.25])
    assert state.reads_trigger[:, 0] / 2**32 == pytest.approx([1.0, 0.0, 1.25, 0.0, 0.25])


def test_bad_news_below_the_belief_weighs_more_when_negativity_says_so():
    state = read("reading.negativity=2", posts=((1, 0.25),))
    assert state.reads_weight[2, 0] / 2**32 == pytest.approx(2.0)
    good = read("reading.negativity=2", posts=((1, 0.75),))
    assert good.reads_weight[2, 0] / 2**32 == pytest.approx(1.0)


def test_good_reads_are_those_that_are_not_below_the_belief():
    state = read(posts=((1, 0.25), (3, 1.0)))
    assert state.reads_weight[2, 0] / 2**32 == pytest.approx(2.0)
    assert state.good_weight[2, 0] / 2**32 == pytest.approx(1.0)


def test_only_good_reviews_on_the_feed_remind():
    state = read(posts=((1, 0.25), (3, 0.75)))
    assert state.reads_trigger[2, 0] / 2**32 == pytest.approx(2 * 0.75 - 1)
    assert state.reads_trigger[0, 0] == 0


def test_who_considers_reads_the_site_and_who_does_not_reads_none_of_it():
    state = read("feed.attention=0", posts=((0, 1.0), (1, 0.0)), considering=(3,))
    assert pairs(state) == []      # nothing stands on the site yet
    state, params, draws = tiny(4, "feed.attention=0")
    for author in (0, 1):
        state.site[0] = np.append(state.site[0], post(state, author, 0.75, step=3))
    state.considering[3, 0] = state.considering[0, 0] = 1
    exposure(state, params, draws, 3)
    assert pairs(state) == [(0, 1, 1), (3, 0, 1), (3, 1, 1)]      # never the own review
    assert state.reads_weight[3, 0] / 2**32 == pytest.approx(2 * 0.6)     # strength of the site
    assert state.reads_trigger[3, 0] == 0                                   # it informs, it does not remind


def test_a_root_counts_once_a_step_with_its_heaviest_reading():
    state, params, draws = tiny(4, *ALL_READ)
    root = post(state, 1, 1.0, step=2)
    for sharer in (0, 2):     # both pass it on; 1 is the author, 3 follows 2
        row = post(state, sharer, 1.0, step=3)
        posts = state.ledger.posts
        posts["author"][row], posts["root"][row], posts["parent"][row], posts["generation"][row] = 1, root, root, 1
    state.first_post = 1
    state.site[0] = np.array([root])
    state.considering[3, 0] = 1
    exposure(state, params, draws, 3)
    assert pairs(state) == [(3, 2, 0)]      # the feed (strength 1) outweighs the site (.6)
    assert state.reads_weight[3, 0] / 2**32 == pytest.approx(1.0)
    assert state.ledger.posts["readers"].tolist() == [1, 0, 0]


def test_a_motive_that_is_noticed_costs_credibility():
    state, params, draws = tiny(3, *ALL_READ)
    post(state, 1, 1.0, step=3, motive=5)      # economic incentive: discount .5, detect 1
    exposure(state, params, draws, 3)
    assert state.reads_weight[0, 0] / 2**32 == pytest.approx(0.5)


def test_posts_are_read_as_often_as_attention_and_visibility_say():
    n = 20_001
    state, params, draws = tiny(n, "feed.attention=0.6", "feed.reshare=0", network="star")
    post(state, 0, 1.0, step=3)
    exposure(state, params, draws, 3)
    # kills: one draw for all followers of a post (everybody or nobody reads)
    assert abs(len(state.ledger.reads) / (n - 1) - 0.6) < 5 * np.sqrt(0.6 * 0.4 / n)


def test_passing_on_falls_with_every_generation_and_rises_with_bad_news():
    n = 40_001
    shares = {}
    for valence, generation in ((1.0, 0), (1.0, 1), (0.0, 0)):
        state, params, draws = tiny(n, "feed.attention=1", "feed.reshare=0.2", "feed.novelty=0.5", "feed.bad_news=1.5",
                                    network="star")
        state.activity[:] = 1
        row = post(state, 0, valence, step=3)
        state.ledger.posts["generation"][row] = generation
        exposure(state, params, draws, 3)
        shares[valence, generation] = len(state.shares[0]) / (n - 1)
    for (key, expected) in (((1.0, 0), 0.1), ((1.0, 1), 0.05), ((0.0, 0), 0.15)):
        # kills: the generation of the post instead of the re-share to be made (.2, .1, .3)
        assert abs(shares[key] - expected) < 5 * np.sqrt(expected * (1 - expected) / n)
