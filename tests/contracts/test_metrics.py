"""What is measured, worked out by hand on worlds of a few people."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from simulation.metrics import adoption, nps, reviews, rungs
from simulation.output.summary import summarise
from simulation.statistics.cascades import cascades_of
from simulation.world.state import Rung


def market(n, b=1, **columns):
    """Return a market of one brand, or ``b``, with nothing but these columns."""
    return SimpleNamespace(n=n, b=b, step=3, observed=[], **columns)


def test_the_net_promoter_score_is_promoters_less_detractors_among_owners():
    # 10, 9, 9 promote, 8 and 7 are passive, 6 is against it, the last owns nothing: 100 (3 - 1) / 6
    state = market(7, likelihood_to_recommend=np.array([10, 9, 9, 8, 7, 6, -1]), owned=np.array([0] * 6 + [-1]),
                   satisfaction=np.array([[0.9], [0.8], [0.7], [0.6], [0.5], [0.1], [1.0]]),
                   advocacy=np.full((7, 1), 0.5))
    params = SimpleNamespace(ladder=SimpleNamespace(promoter=9, detractor=6))
    found = nps.measure(state, params)
    assert found["nps"].tolist() == pytest.approx([100 * 2 / 6])
    assert found["mean_satisfaction"].tolist() == pytest.approx([3.6 / 6])


def test_every_rung_is_counted():
    state = market(4, rung=np.array([[Rung.ADVOCATE], [Rung.ADVOCATE], [Rung.LAPSED], [Rung.UNAWARE]]))
    found = {name: value[0] for name, value in rungs.measure(state, None).items() if value[0]}
    assert found == {"n_advocate": 2, "n_lapsed": 1, "n_unaware": 1}


def test_customers_of_before_and_of_now_are_told_apart():
    # in step 3 alpha sells to 0 again, to 1, and to 2 who had beta; beta sells to 3, and to 4 again; 5 has had alpha
    sales = {"step": np.array([1, 2, 2, 2, 3, 3, 3, 3, 3]), "person": np.array([0, 2, 4, 5, 0, 1, 2, 3, 4]),
             "brand": np.array([0, 1, 1, 0, 0, 0, 0, 1, 1])}
    state = market(6, b=2, adopted_at=np.array([[1, -1], [3, -1], [3, 2], [-1, 3], [-1, 2], [2, -1]]),
                   owned=np.array([0, 0, 0, 1, 1, 0]), ledger=SimpleNamespace(level="none", conversions=sales),
                   considering=np.array([[0, 1], [0, 0], [0, 0], [0, 0], [1, 0], [0, 1]]))
    found = {name: value.tolist() for name, value in adoption.measure(state, None).items() if value[0] == value[0]}
    assert found == {"new_sales": [3, 2], "new_customers": [2, 1], "cum_customers": [4, 3], "n_owners": [4, 2],
                     "n_considering": [1, 2]}


def test_stars_and_voice_are_those_of_originals_of_this_step():
    # two reviews of alpha (5 and 2 stars) and two of beta; an old review and a re-share do not count
    posts = {"brand": np.array([0, 0, 0, 1, 1, 0]), "stars": np.array([1, 5, 2, 1, 3, 1]),
             "generation": np.array([0, 0, 0, 0, 0, 1]), "incentivised": np.zeros(6), "idea": np.zeros(6)}
    state = SimpleNamespace(b=2, first_post=1, reads_feed=np.array([1, 0]), reads_site=np.array([1, 0]),
                            ledger=SimpleNamespace(posts=posts))
    found = {name: value.tolist() for name, value in reviews.measure(state, None).items()}
    assert found["n_reviews"] == [2, 2] and found["n_reshares"] == [1, 0]
    assert found["mean_stars"] == [3.5, 2.0] and found["sd_stars"] == [1.5, 1.0]
    assert found["share_negative"] == [0.5, 0.5] and found["share_of_voice"] == [0.5, 0.5]
    assert (found["n_reads_feed"], found["n_reads_site"]) == ([1, 0], [1, 0])


def summary(step_days=73.05, **series):
    """Return the summary of alpha among four people, of whom three bought once, two of them own it still."""
    steps = len(next(iter(series.values())))
    rows = [(step, "alpha", name, values[step]) for name, values in series.items() for step in range(steps)]
    state = market(4, adopted_at=np.array([[1], [2], [3], [-1]]), ledger=SimpleNamespace(level="none"))
    params = SimpleNamespace(brands={"alpha": None}, name="x", seed=1, step_days=step_days,
                             value=SimpleNamespace(discount_rate=0.21))
    return summarise(state, params, pd.DataFrame(rows, columns=["step", "brand", "metric", "value"]))["alpha"]


def test_a_profit_is_discounted_by_the_years_since_step_zero():
    # a step of a fifth of a year: after five steps a year has passed
    assert summary(profit=[100.0, 0, 0, 0, 0, 0])["npv"] == pytest.approx(100.0)
    assert summary(profit=[0.0, 0, 0, 0, 0, 121.0])["npv"] == pytest.approx(100.0)
    assert summary(profit=[0.0, 50, 0, 0, 0, 0])["npv"] == pytest.approx(50 / 1.21**0.2)


def test_adoption_is_a_share_of_everybody_and_not_of_owners():
    found = summary(cum_customers=[0.0, 1, 2, 3], n_owners=[0.0, 1, 2, 2], n_detractor=[0.0, 0, 0, 1])
    assert (found["adoption"], found["customers"], found["share_detractors"]) == (0.75, 2.0, 0.5)


def test_stars_of_the_whole_run_are_weighed_by_the_number_of_reviews():
    stars = {f"n_stars_{s}": [0.0, a, b] for s, a, b in ((1, 3, 0), (2, 0, 1), (3, 0, 0), (4, 0, 0), (5, 1, 5))}
    found = summary(**stars)
    assert found["mean_stars"] == pytest.approx((3 * 1 + 2 + 6 * 5) / 10)
    assert (found["share_one_star"], found["share_negative"]) == pytest.approx((0.3, 0.4))


def test_the_mean_distance_in_a_tree_is_taken_over_all_pairs():
    # a star of four: 3 pairs at distance 1, 3 at 2; a path of four: 3 at 1, 2 at 2, 1 at 3; and one person alone
    found = cascades_of(np.array([-1, 0, 0, 0, -1, 4, 5, 6, -1]))
    assert found["size"].tolist() == [4, 4, 1] and found["depth"].tolist() == [1, 3, 0]
    assert found["breadth"].tolist() == [3, 1, 1]
    assert found["structural_virality"].tolist() == pytest.approx([9 / 6, 10 / 6, 0])
