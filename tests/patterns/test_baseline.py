"""What the baseline shows without being put in by hand, on 20 seeds that no default was chosen on.

The bands are those of docs/decisions/0007-defaults.md.  Each pattern comes with the ablation that destroys it.
"""

import numpy as np
import pytest

from tests.worlds import summaries

SEEDS = tuple(range(101, 121))
FEW = SEEDS[:5]
WELL_DONE = tuple(f"brands.{brand}.processes.{process}.failure_rate=0"
                  for brand in ("alpha", "beta") for process in ("product", "delivery", "support", "billing"))
REPAIRED = tuple(f"+events.{brand}={{kind: set_failure, brand: {brand}, process: delivery, start: 20, stop: 104, "
                 "value: 0.03}" for brand in ("alpha", "beta"))
SILENT = ("feed.attention=0", "site.reads=0")


@pytest.fixture(scope="module")
def baseline():
    return summaries("baseline", SEEDS)


def adoption(world):
    """Share of people who ever bought."""
    return world["all"]["adoption"]


def new_adopters(world):
    """New customers of both brands by step, (steps,)."""
    return world["series"]["new_customers"][1:].sum(axis=1)


def nps(world, first=52, last=104):
    """Net promoter score of both brands' owners, mean over steps."""
    owners = world["series"]["n_owners"][first:last + 1]
    return (world["series"]["nps"][first:last + 1] * owners).sum() / owners.sum()


def one_star_share(world, first):
    """Share of one star among reviews from a step on."""
    stars = np.array([world["series"][f"n_stars_{s}"][first:].sum() for s in range(1, 6)])
    return stars[0] / stars.sum()


def test_about_half_of_the_market_adopts(baseline):
    assert all(0.44 <= adoption(world) <= 0.58 for world in baseline), [adoption(w) for w in baseline]


def test_the_net_promoter_score_is_that_of_an_ordinary_firm(baseline):
    assert all(13 <= nps(world) <= 20 for world in baseline), [nps(w) for w in baseline]


def test_stars_have_the_shape_of_a_j(baseline):
    for world in baseline:
        n1, n2, n3, n4, n5 = world["stars"]
        assert n5 > n4 > n1 > max(n2, n3)
        assert 0.145 <= n1 <= 0.185 and 0.48 <= n5 <= 0.53, world["stars"]


def test_few_experiences_lead_to_a_review(baseline):
    shares = [world["posting"][1].sum() / world["posting"][0].sum() for world in baseline]
    assert all(0.055 <= share <= 0.075 for share in shares), shares


def test_posting_is_an_asymmetric_u_in_satisfaction(baseline):
    for world in baseline:
        met, posted = world["posting"]
        rate = posted / met
        assert rate.argmin() == 7                        # the minimum lies at S between .7 and .8
        assert rate[0] > 2 * rate[9] > 2 * rate[7]       # the unhappy talk most, the delighted more than most


def test_adoption_is_an_s_curve(baseline):
    quarters = np.mean([[new_adopters(world)[q:q + 26].sum() for q in (0, 26, 52, 78)] for world in baseline], axis=0)
    assert max(quarters[1], quarters[2]) > 1.2 * quarters[0]
    assert max(quarters[1], quarters[2]) > quarters[3]


def test_early_buyers_cause_more_than_one_purchase_each(baseline):
    assert np.mean([world["early_reproduction"] for world in baseline]) > 1.0


def test_word_of_mouth_triggers_most_purchases(baseline):
    shares = [np.mean([world[brand]["word_of_mouth_share"] for brand in ("alpha", "beta")]) for world in baseline]
    assert min(shares) >= 0.5, shares


def test_one_star_reviews_name_the_process_that_failed(baseline):
    assert all(world["one_star_after_failure"] > 0.95 for world in baseline)


def test_without_failures_the_j_dies(baseline):
    for world in summaries("baseline", FEW, *WELL_DONE):
        n1, n2, n3 = world["stars"][:3]
        assert n1 < 0.01 and n1 < n2 < n3


def test_without_reading_adoption_falls_by_more_than_half_and_is_no_s(baseline):
    silent = summaries("baseline", FEW, *SILENT)
    assert all(adoption(quiet) < 0.45 * adoption(world) for quiet, world in zip(silent, baseline[:5], strict=True))
    quarters = np.mean([[new_adopters(world)[q:q + 26].sum() for q in (0, 26, 52, 78)] for world in silent], axis=0)
    assert np.all(np.diff(quarters) < 0)                 # advertising alone is concave


def test_when_everybody_reviews_the_u_dies():
    for world in summaries("baseline", FEW, "motives=everybody"):
        met, posted = world["posting"]
        assert np.all(posted[met > 0] / met[met > 0] > 0.99)


def test_a_repaired_delivery_lifts_everything(baseline):
    for repaired, world in zip(summaries("baseline", FEW, *REPAIRED), baseline[:5], strict=True):
        assert 3 <= nps(repaired) - nps(world) <= 6
        assert 0.03 <= adoption(repaired) - adoption(world) <= 0.09
        assert 0.03 <= one_star_share(world, 40) - one_star_share(repaired, 40) <= 0.065


def test_a_crisis_is_felt_and_lost_adoption_is_not_made_up(baseline):
    losses = []
    for crisis, world in zip(summaries("delivery_crisis", FEW), baseline[:5], strict=True):
        assert -19 <= nps(crisis, 36, 46) - nps(world, 36, 46) <= -11
        slowed = new_adopters(crisis)[30:46].sum() / new_adopters(world)[30:46].sum()
        assert 0.5 <= slowed <= 0.9
        losses.append(adoption(crisis) - adoption(world))
    assert np.mean(losses) < 0
