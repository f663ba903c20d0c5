"""Who posts what, and who passes it on, worked out by hand in a market where everybody posts."""

import numpy as np
import pytest

from simulation.phases.review.phase import review
from simulation.world.state import NONE
from tests.phases.tiny import own, post, tiny

TALK = ("motives=everybody",)


def lived(state, person, evaluation, brand=0, cause=0):
    """Let a person own a brand and have met something this step that was felt like this."""
    own(state, person, brand)
    state.processes_met[person] = 1
    state.last_evaluation[person, brand], state.last_cause[person, brand] = evaluation, cause


def reviews(evaluations, *overrides, change=None, step=5):
    """Return the posts of step 5 after the first people had experiences felt like these."""
    state, params, draws = tiny(len(evaluations) + 2, *TALK, *overrides)
    for person, evaluation in enumerate(evaluations):
        lived(state, person, evaluation)
    if change is not None:
        change(state)
    review(state, params, draws, step)
    return state.ledger.posts


def test_stars_are_one_and_four_times_what_was_felt_rounded():
    posts = reviews([0.0, 0.12, 0.13, 0.5, 0.88, 1.0])      # 4 S = 0, .48, .52, 2, 3.52, 4
    assert posts["author"].tolist() == [0, 1, 2, 3, 4, 5]
    assert posts["stars"].tolist() == [1, 1, 2, 3, 5, 5]
    assert posts["valence"] == pytest.approx([0, 0, 0.25, 0.5, 1, 1])


@pytest.mark.parametrize(("bias", "stars"), [(0.6, [3, 5, 5]), (-0.6, [1, 1, 3])])
def test_no_bias_makes_more_than_five_stars_or_less_than_one(bias, stars):
    assert reviews([0.0, 0.5, 1.0], f"motives.everybody.bias={bias}")["stars"].tolist() == stars


def test_employees_do_not_rate_their_own_brand():
    def hire(state):
        state.employer[0], state.employer[1] = 0, 1         # person 1 works for the other brand
    assert reviews([0.9, 0.9, 0.9], change=hire)["author"].tolist() == [1, 2]


def test_who_owns_it_and_met_nothing_is_silent():
    def quiet(state):
        state.processes_met[1] = 0
    assert reviews([0.9, 0.9], change=quiet)["author"].tolist() == [0]


def test_who_gave_it_up_talks_for_as_long_as_lapsed_talk_says():
    def leave(state):                                       # left in steps 5 (now), 4, 3 and 2
        state.owned[:4], state.processes_met[:4] = NONE, 0
        state.left_at[:4, 0] = (5, 4, 3, 2)
    assert reviews([0.1] * 4, "talk.lapsed_talk=2", change=leave)["author"].tolist() == [1, 2]
    assert len(reviews([0.1] * 4, change=leave)) == 0


def test_answered_complaints_change_posting_below_the_middle_only():
    def answer(state):
        state.posting_negative[0] = 0.0
    assert reviews([0.49, 0.5, 0.9], change=answer)["author"].tolist() == [1, 2]


def test_one_review_per_person_and_brand_out_of_the_strongest_motive():
    # both fire for both; "everybody" is 1 strong, polarity .01 + .12 for five stars and .01 + 1 for one star
    posts = reviews([1.0, 0.0], "+motive@motives.polarity=polarity", "motives.polarity.weight=10",
                    "motives.polarity.negative=1")
    assert posts["author"].tolist() == [0, 1] and posts["motive"].tolist() == [7, 6]


def test_the_site_keeps_the_newest_reviews_of_each_brand():
    state, params, draws = tiny(6, *TALK, "site.memory=3")
    for step in (1, 2):
        for person in (0, 1):
            lived(state, person, 0.9)
        lived(state, 2, 0.9, brand=1, cause=4)
        review(state, params, draws, step)
    posts = state.ledger.posts
    assert sorted(posts["step"][state.site[0]].tolist()) == [1, 2, 2] and set(posts["brand"][state.site[0]]) == {0}
    assert posts["step"][state.site[1]].tolist() == [1, 2]


def passed_on():
    """Return the posts after person 2 passed person 1's review on in step 3, and 3 what 2 passed on in step 4."""
    state, params, draws = tiny(5)
    row = post(state, 1, 1.0, step=2)
    for step, sharer in ((3, 2), (4, 3)):
        state.shares = (np.array([sharer]), np.array([row]))
        review(state, params, draws, step)
        row = state.ledger.posts.n - 1
    return state, params, draws


def test_what_is_passed_on_stays_the_authors_and_is_one_generation_older():
    posts = passed_on()[0].ledger.posts
    assert posts["author"].tolist() == [1, 1, 1] and posts["sharer"].tolist() == [1, 2, 3]
    assert posts["generation"].tolist() == [0, 1, 2]
    assert posts["root"].tolist() == [0, 0, 0] and posts["parent"].tolist() == [NONE, 0, 1]
    assert posts["stars"].tolist() == [5, 5, 5] and np.unique(posts["key"]).size == 3


def test_nobody_passes_a_root_on_twice():
    state, params, draws = passed_on()
    state.shares = (np.array([2, 4]), np.array([2, 2]))     # person 2 comes across it again
    review(state, params, draws, 5)
    assert state.ledger.posts["sharer"].tolist() == [1, 2, 3, 4] and state.shares == ()


def test_who_is_silent_writes_nothing_and_nobody_else_changes():
    def mute(state):
        state.silent[1, 0] = 1
    everybody, others = reviews([0.2, 0.4, 0.9]), reviews([0.2, 0.4, 0.9], change=mute)
    assert others["author"].tolist() == [0, 2]
    assert others["key"].tolist() == everybody["key"][[0, 2]].tolist()


def test_nobody_writes_about_an_unspoken_process():
    def taboo(state):
        state.unspoken[1], state.last_cause[1, 0] = 1, 1      # the others met process 0
    assert reviews([0.2, 0.4, 0.9], change=taboo)["author"].tolist() == [0, 2]


def test_who_is_silent_passes_on_what_others_wrote_unless_told_not_to():
    state, params, draws = tiny(5, *TALK)
    row = post(state, 0, 0.9, 4)
    state.shares = (np.array([1, 2, 3]), np.array([row, row, row]))
    state.silent[1, 0], state.silent[2, 0] = 1, 2
    review(state, params, draws, 5)
    posts = state.ledger.posts
    assert posts["sharer"][posts["generation"] == 1].tolist() == [1, 3]
