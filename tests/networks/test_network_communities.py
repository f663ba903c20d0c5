"""The default network has the shape that docs/decisions measured; over seeds, at 10,000 people."""

import numpy as np
import pytest
from network_from_yaml import make, pairs, triangles_by_person

N, SEEDS = 10_000, 8


@pytest.fixture(scope="module")
def built():
    return [make("communities").build(N, seed) for seed in range(SEEDS)]


def expected_degree():
    """Return the closed form: 8 + 2 * 1.25 + .01 E[distinct followers not already tied]."""
    quantile = (np.arange(100_000) + 0.5) / 100_000
    followers = np.floor(np.minimum(40 * quantile**(-1 / 1.3), 0.1 * N))     # 40 (1 + Pareto(1.3)), capped
    local = np.rint(followers / 2)
    distinct = ((1 - (1 - 1 / 499)**local) * (499 - 8)
                + (1 - (1 - 1 / 9_500)**(followers - local)) * (9_500 - 2.5))
    return 8 + 2.5 * (1 - 8 / N) + 0.01 * distinct.mean(), 0.1 * distinct.std() / 100


def test_the_mean_degree_is_the_closed_form_and_near_eleven_and_a_half(built):
    mean = np.mean([ties.out_degree().mean() for ties in built])
    expected, one_seed = expected_degree()                   # 11.67; .14 = 100 influencers' spread / 10,000
    assert abs(mean - expected) < 5 * one_seed / SEEDS**0.5  # kills followers both ways (12.8), tail 2 (11.2)
    assert abs(mean - 11.5) < 0.3


def test_the_most_followed_have_about_eight_hundred_followers(built):
    largest = [ties.out_degree().max() for ties in built]
    # a capped influencer: 500 draws of 499 give 316 people, 500 of 9,500 give 487, and 10.5 other ties: 814
    assert 700 < np.median(largest) < 850 and max(largest) < 870   # kills followers without a cap


def test_three_quarters_of_the_ties_stay_inside_a_community(built):
    inside = [(ties.community[ties.sources()] == ties.community[ties.targets]).mean() for ties in built]
    # (8 + 2.5 / 20 + .5 of the 1.2 followers) / 11.7 = .745; kills weak ties kept inside (.94)
    assert abs(np.mean(inside) - 0.745) < 0.015


def test_clustering_is_near_eighteen_percent(built):
    found = []
    for ties in built[:4]:
        triangles, neighbours = triangles_by_person(ties)
        found.append((2 * triangles / np.maximum(neighbours * (neighbours - 1), 1)).mean())
    assert abs(np.mean(found) - 0.18) < 0.01    # kills rewiring of .1 (.25) and of .3 (.14)


def test_communities_are_equal_and_everybody_lives_in_one(built):
    assert np.bincount(built[0].community).tolist() == [500] * 20
    assert sorted(set(np.bincount(make("communities").build(407, 1).community).tolist())) == [20, 21]


def test_the_kinds_of_ties_have_their_strengths_and_visibilities(built):
    ties = built[0]
    for kind, strength, visibility in ((0, 1.0, 1.0), (1, 0.5, 0.7), (2, 0.4, 0.5)):
        assert (ties.strength[ties.kind == kind] == np.float32(strength)).all()
        assert (ties.visibility[ties.kind == kind] == np.float32(visibility)).all()
    assert np.unique(ties.kind).tolist() == [0, 1, 2]


def test_strong_and_weak_ties_are_mutual_and_only_influencers_have_followers(built):
    ties = built[0]
    people = ties.sources()[ties.kind == 2]
    assert np.unique(people).size == 100        # 1 % of 10,000
    mutual = pairs(ties)
    one_way = [(u, v) for u, v in mutual if (v, u) not in mutual]
    assert {u for u, _ in one_way} <= set(people.tolist())


def test_nobody_is_drawn_as_his_own_friend_or_follower(built):
    assert all(ties.facts["self_ties"] == 0 for ties in built)   # kills a draw of n, not of the n - 1 others


def test_strong_ties_stay_inside_and_are_half_of_everybodys_ring(built):
    ties = built[0]
    strong = ties.kind == 0
    assert (ties.community[ties.sources()[strong]] == ties.community[ties.targets[strong]]).all()
    assert strong.sum() == 8 * N


def test_half_of_the_followers_are_outside_when_few_are_drawn_twice():
    ties = make("communities", communities=4, influencer_cap=0.004, weak_per_person=0.0).build(20_000, 3)
    followers = ties.kind == 2                   # at most 80 each, of 5,000 in the community
    inside = ties.community[ties.sources()[followers]] == ties.community[ties.targets[followers]]
    assert abs(inside.mean() - 0.5) < 0.01       # kills the other half drawn from everybody: .625


def test_one_community_alone_has_all_followers_inside():
    ties = make("communities", communities=1, weak_per_person=0.0).build(500, 3)
    assert (ties.kind == 2).any() and (ties.community == 0).all()


def test_the_influencers_are_other_people_under_another_seed(built):
    first, second = (set(ties.sources()[ties.kind == 2].tolist()) for ties in built[:2])
    assert len(first & second) < 10              # expected overlap 1 of 100
