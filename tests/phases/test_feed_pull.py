"""Where most people post at once the feed is worked through by reader; nothing else may come of it than by post."""

import numpy as np
import pytest

from simulation.phases.exposure import feed_pull, phase
from simulation.phases.exposure.feed_pull import uses_pull
from simulation.phases.exposure.feed_push import feed_ties
from simulation.phases.exposure.phase import exposure
from simulation.world.state import COLUMNS
from tests.phases.tiny import post, tiny

EVERYBODY_POSTS = ("output.ledger=none", "feed.reshare=0", "motives=everybody", "reading.negativity=2")
SUMS = ("reads_weight", "reads_value", "good_weight", "good_value", "reads_trigger", "reads_feed", "reads_site")


def read(by_post, monkeypatch, *overrides):
    """Return the state after everybody read what everybody wrote about two brands."""
    state, params, draws = tiny(600, *EVERYBODY_POSTS, *overrides, network="erdos_renyi")
    rng = np.random.default_rng(4)
    state.belief[:], state.susceptibility[:] = rng.random((600, 2)), rng.random(600)
    for brand in (0, 1):
        for author in range(0, 600, 1 + brand):
            post(state, author, rng.integers(0, 5) / 4.0, step=3, brand=brand)
    state.considering[::7, 0], state.considering[::11, 1], state.employer[::13] = 1, 1, 1
    state.site[0], state.first_post = np.arange(40), 0
    assert uses_pull(state, params, feed_ties(state, draws, 3))
    if by_post:
        monkeypatch.setattr(phase, "uses_pull", lambda *_: False)
    exposure(state, params, draws, 3)
    return state


@pytest.mark.parametrize("overrides", [(), ("belief=bounded", "belief.epsilon=0.3"), ("feed.attention=1",)], ids=str)
def test_by_reader_adds_up_to_the_same_as_by_post(overrides, monkeypatch):
    by_reader, by_post = read(False, monkeypatch, *overrides), read(True, monkeypatch, *overrides)
    for column in COLUMNS:
        if column.name != "newest_read":        # rows are written only of those who need one
            one, other = getattr(by_reader, column.name), getattr(by_post, column.name)
            assert np.array_equal(one, other, equal_nan=True), column.name
    readers = by_reader.ledger.posts["readers"]
    assert np.array_equal(readers, by_post.ledger.posts["readers"]) and readers.sum() > 600
    assert by_reader.reads_feed.min() > 0 and by_reader.reads_site[0] > 0


def test_rows_are_those_of_people_who_consider_and_of_employees(monkeypatch):
    by_reader, by_post = read(False, monkeypatch), read(True, monkeypatch)
    need_row = (by_reader.considering.max(axis=1) > 0) | (by_reader.employer >= 0)
    few, all_rows = by_reader.ledger.reads, by_post.ledger.reads
    expected = [row for row in readings(all_rows) if need_row[row[0]]]
    assert readings(few) == expected and 0 < len(expected) < len(all_rows)


def readings(reads):
    """Readings as (reader, post, channel, weight), sorted."""
    return sorted(zip(*(reads[name].tolist() for name in ("reader", "post", "channel", "weight")), strict=True))


def test_the_next_step_forgets_what_left_no_row(monkeypatch):
    state, params, draws = tiny(600, *EVERYBODY_POSTS, network="erdos_renyi")
    for author in range(600):
        post(state, author, 1.0, step=3)
    state.first_post = 0
    exposure(state, params, draws, 3)
    assert state.reads_weight.sum() > 0 and len(state.ledger.reads) == 0
    state.first_post = len(state.ledger.posts)
    exposure(state, params, draws, 4)
    assert all(not getattr(state, name).any() for name in SUMS)


def test_a_brand_that_nobody_posts_about_is_read_by_nobody(monkeypatch):
    monkeypatch.setattr(feed_pull, "_pull", feed_pull._pull.function)     # plain Python checks bounds
    state, params, draws = tiny(60, *EVERYBODY_POSTS, network="erdos_renyi")
    for author in range(60):
        post(state, author, 1.0, step=3)
    state.first_post = 0
    exposure(state, params, draws, 3)
    assert state.reads_feed[0] > 0 and state.reads_feed[1] == 0 and not state.reads_weight[:, 1].any()


@pytest.mark.parametrize("override", ["output.ledger=conversions", "feed.reshare=0.1", "network=communities"])
def test_the_feed_is_read_by_post_where_rows_are_needed_or_ties_differ(override):
    words = [word for word in EVERYBODY_POSTS if word.split("=")[0] != override.split("=")[0]]
    network = "communities" if override.startswith("network") else "erdos_renyi"
    more = () if override.startswith("network") else (override,)
    state, params, draws = tiny(600, *words, *more, network=network)
    for author in range(600):
        post(state, author, 1.0, step=3)
    state.first_post = 0
    assert not uses_pull(state, params, feed_ties(state, draws, 3))
