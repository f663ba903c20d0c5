"""Every belief rule: hand-worked updates, bounds, order, and what happens to people who hear nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from simulation.beliefs import BELIEFS, BeliefKind

FILES = sorted((Path(__file__).parents[2] / "configs" / "belief").glob("*.yaml"))
RULES = {path.stem: TypeAdapter(BeliefKind).validate_json(json.dumps(yaml.safe_load(path.read_text())))
         for path in FILES}
EXAMPLES = {
    "evidence": [((0.6, 10, 0.5, 0.5), ((9.8 * 0.6 + 0.5) / 10.3, 10.3))],      # m = max(10 * .98, 2) = 9.8
    "fixed_confidence": [((0.2, 1, 3, 2.4), ((0.2 + 2.4) / 4, 1))],
    "anchored": [((0.5, 1, 2, 1.8), (0.8 * 0.9 + 0.2 * 0.5, 1))],
    "bounded": [((0.2, 1, 3, 2.4), ((0.2 + 2.4) / 4, 1))],
}
"""Belief, confidence, sum of w and of w y -> belief and confidence, by hand from the values in configs/belief."""
MANY = settings(max_examples=100, deadline=None, derandomize=True)
"""The same cases in every run, however slow the machine."""


def update(rule, belief, confidence, weight, value, start=None):
    """Return (belief', confidence') of one person."""
    columns = [np.array([x], float) for x in (belief, confidence, belief if start is None else start, weight, value)]
    out_belief, out_confidence = np.empty(1), np.empty(1)
    rule.update(*columns, out_belief, out_confidence)
    return out_belief[0], out_confidence[0]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_moves_beliefs_as_worked_out_by_hand(name):
    for heard, expected in EXAMPLES[name]:
        assert update(RULES[name], *heard) == pytest.approx(expected)


def test_every_rule_has_a_hand_worked_example_and_a_source():
    assert set(RULES) == set(EXAMPLES) and {type(rule) for rule in RULES.values()} == set(BELIEFS)
    assert all(rule.source for rule in BELIEFS)


@pytest.mark.parametrize("name", RULES)
def test_beliefs_may_be_written_where_they_were_read(name):
    rng = np.random.default_rng(1)
    belief, confidence, start, weight, y = rng.uniform(size=(5, 200))
    apart, weight = np.empty((2, 200)), np.where(weight < 0.3, 0.0, weight)
    RULES[name].update(belief, confidence, start, weight, weight * y, *apart)
    RULES[name].update(belief, confidence, start, weight, weight * y, belief, confidence)
    assert np.array_equal([belief, confidence], apart)


def test_confidence_never_falls_below_the_prior_nor_rises_above_its_maximum():
    assert update(RULES["evidence"], 0.6, 2.0, 0.0, 0.0) == pytest.approx((0.6, 2.0))    # no floor: .98 * 2
    assert update(RULES["evidence"], 0.6, 20.0, 5.0, 5.0)[1] == 20.0


def test_with_perfect_memory_evidence_is_the_posterior_of_a_beta_prior():
    rule = RULES["evidence"].model_copy(update={"memory": 1.0, "confidence_max": 1e6})
    belief, confidence = 0.25, 4.0       # Beta(1, 3)
    for positive in (1, 1, 0, 1, 0, 1):
        belief, confidence = update(rule, belief, confidence, 1.0, float(positive))
    assert (belief, confidence) == pytest.approx(((1 + 4) / 10, 10.0))    # Beta(5, 5), in any order


def test_friedkin_johnsen_stays_attached_to_the_start():
    belief, _ = update(RULES["anchored"], 0.5, 1.0, 2.0, 1.8, start=0.1)
    assert belief == pytest.approx(0.8 * 0.9 + 0.2 * 0.1)


def test_bounded_confidence_listens_within_epsilon_only():
    assert RULES["bounded"].reach == 0.2
    assert all(rule.reach == 1.0 for name, rule in RULES.items() if name != "bounded")


@pytest.mark.parametrize("name", RULES)
def test_who_hears_nothing_keeps_the_belief(name):
    assert update(RULES[name], 0.37, 5.0, 0.0, 0.0)[0] == 0.37


@pytest.mark.parametrize("name", RULES)
def test_to_rest_is_to_be_updated_with_weights_of_zero(name):
    # confidences below the prior, at it, between, at the maximum and above
    grid = np.meshgrid(np.linspace(0, 1, 11), [0.5, 2.0, 2.01, 10.0, 20.0, 50.0], np.linspace(0, 1, 5))
    belief, confidence, start = rested = [column.ravel() for column in grid]
    nothing, updated = np.zeros(belief.size), np.empty((2, belief.size))
    RULES[name].update(belief, confidence, start, nothing, nothing, *updated)
    expected = [*updated, start.copy()]
    RULES[name].rest(*rested)
    assert np.array_equal(rested, expected)


@pytest.mark.parametrize("name", RULES)
@MANY
@given(belief=st.floats(0, 1), start=st.floats(0, 1), confidence=st.floats(0.1, 50),
       reads=st.lists(st.tuples(st.floats(0.01, 3), st.floats(0, 1)), min_size=1, max_size=8))
def test_beliefs_stay_within_what_was_believed_and_heard(name, belief, start, confidence, reads):
    weight, value = sum(w for w, _ in reads), sum(w * y for w, y in reads)
    after, _ = update(RULES[name], belief, confidence, weight, value, start)
    heard = [y for _, y in reads] + [belief, start]
    assert min(heard) - 1e-9 <= after <= max(heard) + 1e-9


@MANY
@given(belief=st.floats(0.01, 0.99), better=st.floats(0, 1), worse=st.floats(0, 1), weight=st.floats(0.01, 3))
def test_a_better_review_never_lowers_a_belief_more(belief, better, worse, weight):
    better, worse = max(better, worse), min(better, worse)
    for rule in RULES.values():
        high = update(rule, belief, 5.0, weight, weight * better)[0]
        assert high >= update(rule, belief, 5.0, weight, weight * worse)[0] - 1e-12
