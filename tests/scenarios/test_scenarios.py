"""Every shipped scenario moves a named figure in a stated direction, over 20 pairs on the same random worlds."""

import numpy as np
import pytest
from scipy import stats

from tests.worlds import summaries

SEEDS = tuple(range(101, 121))

MOVES = [
    # scenario, brand, figure, direction: what a strategist would ask of it
    ("listening_brand", "alpha", "nps", +1),
    ("listening_brand", "alpha", "customers", +1),
    ("fix_delivery", "alpha", "nps", +1),
    ("fix_delivery", "alpha", "adoption", +1),
    ("fix_delivery", "alpha", "share_one_star", -1),
    ("train_support", "alpha", "nps", +1),
    ("seed_influencers", "alpha", "adoption", +1),
    ("seed_random", "alpha", "adoption", +1),
    ("advertise", "alpha", "adoption", +1),
    ("answer_detractors", "alpha", "nps", +1),
    ("paid_reviews", "alpha", "reviews", +1),
    ("paid_reviews", "alpha", "mean_stars", +1),
    ("silo", "alpha", "cost", +1),
    ("collaborative", "alpha", "nps", +1),
    ("delivery_crisis", "alpha", "customers", -1),
    ("competitor_launch", "alpha", "customers", +1),
    ("viral_praise", "alpha", "reads", +1),
]


def differences(scenario, brand, figure, other="baseline"):
    """Paired differences of a figure over the seeds, (20,)."""
    pairs = zip(summaries(scenario, SEEDS), summaries(other, SEEDS), strict=True)
    return np.array([a[brand][figure] - b[brand][figure] for a, b in pairs])


def interval(values):
    """The 95 % interval of a mean (Student)."""
    half = stats.t.ppf(0.975, values.size - 1) * values.std(ddof=1) / np.sqrt(values.size)
    return values.mean() - half, values.mean() + half


@pytest.mark.parametrize(("scenario", "brand", "figure", "direction"), MOVES, ids=lambda x: str(x))
def test_a_scenario_moves_what_it_is_meant_to_move(scenario, brand, figure, direction):
    low, high = interval(differences(scenario, brand, figure))
    assert low > 0 if direction > 0 else high < 0, (low, high)


def test_listening_pays_in_nearly_every_world():
    assert (differences("listening_brand", "alpha", "nps") > 0).sum() == 20
    assert (differences("listening_brand", "alpha", "customers") > 0).sum() >= 18


def test_the_listening_brand_ends_ahead_of_its_twin():
    ahead = [world["alpha"]["nps"] > world["beta"]["nps"] for world in summaries("listening_brand", SEEDS)]
    assert sum(ahead) >= 18


def test_collaboration_gains_more_than_a_silo():
    low, _ = interval(differences("collaborative", "alpha", "nps", other="silo"))
    assert low > 0


def test_influencers_reach_more_than_people_chosen_by_lot():
    low, _ = interval(differences("seed_influencers", "alpha", "adoption", other="seed_random"))
    assert low > 0


def test_a_repair_leaves_fewer_detractors_among_those_it_served():
    # the first money acts in step 17: start 12, decided then, effective lead_time + 1 steps later
    pairs = zip(summaries("fix_delivery", SEEDS), summaries("baseline", SEEDS), strict=True)
    _, high = interval(np.array([a["served_detractors"] - b["served_detractors"] for a, b in pairs]))
    assert high < 0
