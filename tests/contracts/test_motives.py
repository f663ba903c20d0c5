"""Every motive found in the configuration: a hand-worked table, and the promises of the family."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from pydantic import TypeAdapter

from simulation.motives import MOTIVES, MotiveKind
from simulation.motives.base import Occasions

FILES = sorted((Path(__file__).parents[2] / "configs" / "motive").glob("*.yaml"))

# (gap, evaluation, followers, incentive, stars) -> trigger, by hand from the values in configs/motive
EXAMPLES = {
    "venting": [((-0.4, 0.2, 10, 0, 2), 1.7 * 0.4), ((0.4, 0.9, 10, 0, 5), 0.0)],
    "concern": [((-0.4, 0.2, 10, 0, 2), 0.4), ((0.3, 0.9, 10, 0, 5), 0.3)],
    "self_enhancement": [((0.2, 0.9, 800, 0, 5), 1.5 * 0.2), ((0.2, 0.9, 100_000, 0, 5), 1.5 * 0.2),
                         ((0.2, 0.9, 0, 0, 5), 0.0), ((-0.2, 0.5, 800, 0, 3), 0.0),
                         ((0.2, 0.9, 8, 0, 5), 1.5 * 0.2 * np.log(9) / np.log(801))],
    "helping_company": [((0.1, 0.9, 10, 0, 5), 2.5 * 0.1), ((0.1, 0.8, 10, 0, 4), 0.0)],
    "social_benefits": [((0.1, 0.9, 10, 0, 5), 0.03), ((-0.9, 0.0, 10, 0, 1), 0.03)],
    "incentive": [((0.1, 0.9, 10, 0.25, 5), 0.25), ((0.1, 0.9, 10, 0, 5), 0.0)],
    "polarity": [((0, 0, 1, 0, 3), 0.01), ((0, 0, 1, 0, 5), 0.13), ((0, 0, 1, 0, 1), 0.21),
                 ((0, 0, 1, 0, 4), 0.01 + 0.12 / 4)],
    "everybody": [((-0.4, 0.2, 10, 0, 2), 1.0)],
    "opinion": [((0, 0.5, 10, 0, 3), 1.0)],
    "on_adoption": [((0, 0.5, 10, 0, 3), 1.0)],
}


def load(path):
    return TypeAdapter(MotiveKind).validate_json(json.dumps(yaml.safe_load(path.read_text())))


def occasions(rows, activity=1.0):
    """Occasions of people who differ in (gap, evaluation, followers, incentive, stars) only."""
    gap, evaluation, followers, incentive, stars = np.array(rows, float).T
    n = gap.size
    return Occasions(gap, evaluation, np.ones(n), np.full(n, activity), followers, incentive, np.full(n, 0.5), stars,
                     base=1.0)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_motive_is_as_strong_as_worked_out_by_hand(path):
    rows, expected = zip(*EXAMPLES[path.stem], strict=True)
    assert load(path).trigger(occasions(rows)) == pytest.approx(expected)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_chance_to_post_is_a_probability_and_grows_with_the_weight(path):
    rng = np.random.default_rng(1)
    rows = np.column_stack([rng.uniform(-1, 1, 500), rng.uniform(0, 1, 500), rng.integers(0, 5000, 500),
                            rng.uniform(0, 1, 500), rng.integers(1, 6, 500)])
    motive, moments = load(path), occasions(rows, activity=2.0)
    own, trigger = np.ones(500), motive.trigger(moments)
    chance = motive.probability(moments, own, trigger)
    assert ((chance >= 0) & (chance <= 1)).all()
    half = motive.model_copy(update={"weight": motive.weight / 2}).probability(moments, own, trigger)
    none = motive.model_copy(update={"weight": 0.0}).probability(moments, own, trigger)
    assert (half <= chance).all() and (none == 0).all()


def test_the_chance_is_the_product_of_its_parts_clipped_at_one():
    motive = load(next(path for path in FILES if path.stem == "venting"))
    moment = Occasions(np.array([-0.4, -0.9]), np.array([0.2, 0.0]), np.array([1.5, 1.5]), np.array([0.5, 2.0]),
                       np.ones(2), np.zeros(2), np.ones(2), np.ones(2), base=1.15)
    chance = motive.probability(moment, np.array([0.3, 0.9]), motive.trigger(moment))
    assert chance == pytest.approx([0.5 * 1.15 * 1.5 * 0.3 * 1.7 * 0.4, 1.0])   # the second would be 4.7


def test_codes_of_motives_are_unique_and_never_change():
    codes = {motive.__name__: motive.code for motive in MOTIVES}
    assert codes | {"Venting": 0, "Concern": 1, "SelfEnhancement": 2, "HelpingCompany": 3, "SocialBenefits": 4,
                    "Incentive": 5, "Polarity": 6, "Everybody": 7, "Opinion": 8, "OnAdoption": 9} == codes
    assert sorted(codes.values()) == list(range(len(MOTIVES)))


def test_every_motive_has_a_hand_worked_example_and_a_source():
    assert {path.stem for path in FILES} == set(EXAMPLES)
    assert all(motive.source for motive in MOTIVES)
