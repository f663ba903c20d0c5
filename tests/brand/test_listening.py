"""Listening, by hand and by its error rates."""

import numpy as np
import pytest
from brandworld import brand_of, params_of, post, world

from simulation.numerics.randomness import Draws
from simulation.phases.listening import estimate_nps, estimate_rungs, listening
from simulation.world.state import Rung

FOLLOWED = ((0, 1), (0, 2), (0, 3), (1, 0))  # person 0 has three followers, person 1 has one


def many(step=1, n=40_000, stars=1, **listen):
    """Return the state after one step in which ``n`` people reviewed process 0 of 4."""
    params = params_of(brand_of(("a", "b", "c", "d"), listening=listen))
    state = world(params, n)
    post(state, step, np.arange(n), np.broadcast_to(stars, n))
    listening(state, params, Draws(3), step)
    return state


def test_reach_pain_volume_and_sentiment_of_three_reviews_fade_by_half():
    params = params_of(brand_of(), attention=0.5)
    state = world(params, ties=FOLLOWED)
    post(state, 1, [0, 1, 2], [1, 5, 3], process=[1, 1, 0])
    listening(state, params, Draws(1), 1)
    seen = state.observed[0]
    assert seen.seen_reach.tolist() == [1.5, 0.5, 0.0]       # followers 3, 1, 0 times attention .5
    assert seen.pain.tolist() == [0.0, 1.5]                  # only the one-star review hurts
    assert seen.volume.tolist() == [1.0, 2.0]
    assert (seen.positive, seen.negative, seen.neutral) == (1.0, 1.0, 1.0)
    listening(state, params, Draws(1), 2)                    # nothing new: memory .5
    assert seen.pain.tolist() == [0.0, 0.75] and seen.volume.tolist() == [0.5, 1.0] and seen.voice == 1.5
    assert seen.voice_all == 1.5
    assert seen.nps_estimated == 0.0 and seen.seen_posts.size == 0


def test_scores_add_reach_and_helpful_votes_of_resolved_authors():
    params = params_of(brand_of(), attention=0.5)
    state = world(params, ties=FOLLOWED)
    for step in (1, 2):
        post(state, step, [0, 1], [5, 1], helpful=[4, 1])
        listening(state, params, Draws(1), step)
    assert state.observed[0].reach_score.tolist() == [3.0, 1.0, 0.0, 0.0]    # 2 x 1.5, 2 x .5
    assert state.observed[0].expert_score.tolist() == [8.0, 2.0, 0.0, 0.0]
    assert state.observed[0].sentiment.tolist() == [1, -1, 0, 0]


def test_the_voice_of_all_counts_the_reviews_of_others_too():
    params = params_of(brand_of(), brand_of())
    state = world(params)
    post(state, 1, [0, 1, 2], [1, 5, 3], process=[0, 2, 2], brand=[0, 1, 1])
    listening(state, params, Draws(1), 1)
    assert [(o.voice, o.voice_all) for o in state.observed] == [(1.0, 3.0), (2.0, 3.0)]
    assert state.observed[1].volume.tolist() == [2.0, 0.0]   # its processes are numbers 2 and 3


def test_a_brand_with_access_to_a_site_that_is_read_sees_everything():
    deaf = brand_of(listening={"coverage": 0.0, "site_access": True})
    for reads, seen in ((3, 2), (0, 0)):
        params = params_of(deaf, site_reads=reads)
        state = world(params)
        post(state, 1, [0, 1], [1, 5])
        listening(state, params, Draws(1), 1)
        assert state.observed[0].seen_posts.size == seen


def test_nothing_seen_is_no_estimate():
    params = params_of(brand_of(listening={"coverage": 0.0}))
    state = world(params)
    post(state, 1, [0], [1])
    listening(state, params, Draws(1), 1)
    assert np.isnan(state.observed[0].nps_estimated) and state.observed[0].voice_all == 0.0


@pytest.mark.parametrize("stars, truth", [(1, -1), (2, -1), (4, 1), (5, 1)])
def test_good_and_bad_reviews_are_misread_as_each_other_at_the_error_rate(stars, truth):
    read = many(stars=stars, sentiment_error=0.2).observed[0].seen_sentiment
    share = np.mean(read == -truth)
    assert np.all(read != 0)
    # kills: the error drawn with coverage's stream; the error applied twice (.32); 1 - error (.8)
    assert abs(share - 0.2) < 5 * np.sqrt(0.2 * 0.8 / 40_000)


def test_middling_reviews_are_misread_either_way_by_the_same_uniform():
    read = many(stars=3, sentiment_error=0.2).observed[0].seen_sentiment
    for side in (-1, 1):  # kills: all errors to one side (.2 and 0)
        assert abs(np.mean(read == side) - 0.1) < 5 * np.sqrt(0.1 * 0.9 / 40_000)


def test_a_misread_process_is_any_other_one_of_the_brand():
    read = many(topic_error=0.3).observed[0].seen_process
    counts = np.bincount(read, minlength=4) / 40_000
    assert abs(counts[0] - 0.7) < 5 * np.sqrt(0.3 * 0.7 / 40_000)  # kills: 'any one' (.775)
    for other in counts[1:]:
        assert abs(other - 0.1) < 5 * np.sqrt(0.1 * 0.9 / 40_000)


def test_coverage_and_author_resolution_are_shares_of_what_is_there_to_see():
    state = many(coverage=0.6, author_resolution=0.25)
    seen = state.observed[0].seen_author.size
    assert abs(seen / 40_000 - 0.6) < 5 * np.sqrt(0.24 / 40_000)
    # kills: resolution of all reviews instead of the seen ones; the draw of coverage reused (.417)
    assert abs(np.mean(state.observed[0].seen_author >= 0) - 0.25) < 5 * np.sqrt(0.1875 / seen)


def test_the_rogan_gladen_correction_returns_the_true_shares():
    params = params_of(brand_of(listening={"sentiment_error": 0.2, "corrected": True}))
    state = world(params)
    listening(state, params, Draws(1), 1)
    seen, listen = state.observed[0], params.brands["alpha"].listening
    # truth 70 : 30; read positive .7 x .8 + .3 x .2 = .62, negative .38
    seen.positive, seen.negative, seen.neutral = 62.0, 38.0, 0.0
    assert estimate_nps(listen, seen) == pytest.approx(40.0)                 # (.62 - .2)/.6 - (.38 - .2)/.6
    seen.positive, seen.negative = 95.0, 5.0                                 # more than errors allow: clipped
    assert estimate_nps(listen, seen) == pytest.approx(100.0)
    assert estimate_nps(listen.model_copy(update={"corrected": False}), seen) == pytest.approx(90.0)


def test_the_corrected_nps_is_unbiased_also_with_middling_reviews():
    stars = np.repeat([5, 3, 1], [20_000, 8_000, 12_000])
    truth = 100 * (20_000 - 12_000) / 40_000
    raw, corrected = (many(stars=stars, sentiment_error=0.2, corrected=flag).observed[0].nps_estimated
                      for flag in (False, True))
    error = 100 * np.sqrt(1 / 40_000) / 0.6  # at most 1 per review, stretched by the correction
    assert abs(corrected - truth) < 5 * error
    assert abs(raw - 0.6 * truth) < 5 * error < truth - raw  # kills: correction of one share


def test_estimated_rungs_follow_the_books_and_what_was_heard():
    params = params_of(brand_of())
    state = world(params, n=9)
    listening(state, params, Draws(1), 1)
    state.owned[:] = [0, 0, 0, 0, -1, -1, -1, -1, -1]
    state.times_bought[:, 0] = [1, 2, 1, 3, 1, 2, 0, 0, 0]
    state.observed[0].sentiment[:] = [0, 0, 1, -1, 0, 1, 1, -1, 0]
    assert estimate_rungs(state, params, 0).tolist() == [
        Rung.CUSTOMER, Rung.CLIENT, Rung.ADVOCATE, Rung.DETRACTOR, Rung.LAPSED, Rung.LAPSED, Rung.PROSPECT,
        Rung.REJECTER, -1]


def test_what_is_heard_of_a_review_does_not_depend_on_the_others():
    params = params_of(brand_of(("a", "b", "c"), listening={"sentiment_error": 0.4, "topic_error": 0.4,
                                                           "author_resolution": 0.5}))
    few, all_ = world(params, 100), world(params, 100)
    post(few, 1, np.arange(0, 100, 2), np.ones(50))
    post(all_, 1, np.arange(100), np.ones(100))
    for state in (few, all_):
        listening(state, params, Draws(5), 1)
    for name in ("seen_sentiment", "seen_process", "seen_author"):
        assert np.array_equal(getattr(few.observed[0], name), getattr(all_.observed[0], name)[::2])
