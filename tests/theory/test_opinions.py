"""Opinions: the limits of DeGroot and of Friedkin and Johnsen, and how often a review is passed on."""

import numpy as np

from simulation import WordOfMouthModel
from tests.worlds import params_of

from .worlds import ALPHA, misfit

STATED = ("scenario=baseline", "~brands.beta", "motives=opinion", "talk.expression=belief", "network=karate",
          "adoption.p=0", "adoption.q=0", "feed.attention=1", "feed.reshare=0", "site.reads=0",
          "reading.credibility_floor=1", "reading.credibility_expertise=0", "population.susceptibility_mean=1",
          "population.susceptibility_sd=0", "population.prior_mean=0.5", "population.prior_sd=0.2",
          "population.employee_share=0", "output.ledger=none",
          "without=[events,experience,listening,decision,organisation]")
"""The karate club: everybody states the own belief in every step, and everybody around reads it with weight 1."""

ROUNDING = 34 * 2.0**-32
"""Sums over readings are kept in multiples of 2^-32."""


def beliefs(seed, steps, *overrides):
    """Return the beliefs at step 0 and at the end, and who sees whom as a 0/1 matrix (reader, author)."""
    model = WordOfMouthModel(params_of(*STATED, f"steps={steps}", *overrides), seed=seed)
    first, ties = model.state.belief[:, 0].copy(), model.state.ties
    sees = np.zeros((ties.n, ties.n))
    sees[ties.targets, ties.sources()] = 1.0
    model.run()
    return first, model.state.belief[:, 0].copy(), sees


def test_repeated_averaging_ends_in_the_mean_weighted_by_one_plus_the_number_of_neighbours():
    # own belief and each neighbour's with weight 1: the limit is sum (k_i + 1) x_i / sum (k_i + 1), not the mean
    first, last, sees = beliefs(1, 400, "belief=fixed_confidence")
    weight = sees.sum(axis=1) + 1
    limit = (weight * first).sum() / weight.sum()
    assert np.abs(last - limit).max() < 400 * ROUNDING
    assert abs(first.mean() - limit) > 0.001


def test_every_step_on_the_way_is_a_product_with_the_matrix_of_weights():
    first, last, sees = beliefs(2, 7, "belief=fixed_confidence")
    average = (np.eye(len(sees)) + sees) / (sees.sum(axis=1) + 1)[:, None]
    assert np.abs(last - np.linalg.matrix_power(average, 7) @ first).max() < 7 * ROUNDING


def test_with_an_anchor_opinions_end_at_the_fixed_point_of_friedkin_and_johnsen():
    # x = (I - a W)^-1 (1 - a) x0 with openness a = .8, W the mean of the neighbours; opinions stay apart
    first, last, sees = beliefs(3, 200, "belief=anchored", "belief.openness=0.8")
    others = sees / sees.sum(axis=1)[:, None]
    limit = np.linalg.solve(np.eye(len(sees)) - 0.8 * others, 0.2 * first)
    assert np.abs(last - limit).max() < 5 * ROUNDING
    assert last.std() > 0.01


def test_along_a_chain_of_followers_a_review_is_passed_on_a_geometric_number_of_times():
    # every reader passes it on with chance r = .5: posts per review 1 / (1 - r) = 2 on average, P(k) = r^(k-1)(1-r)
    apart, reviewers, r = 40, 1000, 0.5
    first = ",".join(f"'{person}'" for person in range(0, apart * reviewers, apart))
    model = WordOfMouthModel(params_of(
        "scenario=baseline", "~brands.beta", "motives=everybody", "network=ring", "network.sides=one_sided",
        f"population.size={apart * reviewers}", "steps=22", "adoption.p=0", "adoption.q=0", "feed.attention=1",
        f"feed.reshare={r}", "feed.novelty=1", "feed.bad_news=1", "feed.generations=20",
        "population.activity_log_mean=0", "population.activity_log_sd=0", "population.influencer_share=0",
        "population.employee_share=0", "ladder.churn=0", "output.ledger=conversions",
        "without=[events,listening,decision,organisation]",
        "metrics={adoption: true, rungs: false, nps: false, reviews: false, beliefs: false, money: false, "
        "feedback: false}",
        f"+population.seeds.start={{brand: alpha, count: 0, by: list, people: [{first}]}}"), seed=4)
    model.run()
    posts = model.state.ledger.posts
    root = posts["root"][:]
    firsts = np.flatnonzero((posts["generation"][:] == 0) & (posts["step"][:] == 1))
    sizes = np.bincount(root)[firsts]
    assert firsts.size == reviewers
    k = np.arange(1, 22)
    law = r ** (k - 1) * np.where(k < 21, 1 - r, 1.0)
    assert misfit(np.bincount(sizes, minlength=22)[1:22], law) > ALPHA
    assert abs(sizes.mean() - 1 / (1 - r)) < 5 * (r / (1 - r) ** 2 / reviewers) ** 0.5
