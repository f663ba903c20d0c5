"""Meetings: symmetric, never with oneself, everybody alike, never inside a clique."""

import json

import numpy as np
import pytest
from pydantic import TypeAdapter

from simulation.networks.meetings import Meetings
from simulation.numerics.randomness import Draws


def meetings(**values):
    return TypeAdapter(Meetings).validate_json(json.dumps(values))


MATCHING = meetings(kind="matching", strength=1.0)
WEAK = meetings(kind="cliques_with_weak", weak=8, strength=0.025)


def mutual(partner):
    """Return whether whoever meets somebody is met by that somebody."""
    people = np.flatnonzero(partner >= 0)
    return (partner[partner[people]] == people).all()


def test_nobody_meets_anybody_without_meetings():
    assert meetings(kind="none").partners(np.zeros(5, np.int32), Draws(1), 1).shape == (5, 0)


@pytest.mark.parametrize("n", [2, 3, 10, 101])
def test_a_matching_is_mutual_and_nobody_meets_himself(n):
    for step in range(20):
        partner = MATCHING.partners(np.zeros(n, np.int32), Draws(3), step)[:, 0]
        assert mutual(partner) and (partner != np.arange(n)).all()
        assert (partner < 0).sum() == n % 2


def test_every_partner_is_equally_likely():
    n, steps = 6, 6_000
    met = np.zeros((n, n))
    for step in range(steps):
        met[np.arange(n), MATCHING.partners(np.zeros(n, np.int32), Draws(5), step)[:, 0]] += 1
    share = met[~np.eye(n, dtype=bool)] / steps
    p = 1 / (n - 1)
    assert (np.abs(share - p) < 5 * (p * (1 - p) / steps) ** 0.5).all()   # kills i with i + n/2, unshuffled


def test_with_an_odd_number_everybody_stays_alone_equally_often():
    n, steps = 5, 5_000
    alone = np.zeros(n)
    for step in range(steps):
        alone += MATCHING.partners(np.zeros(n, np.int32), Draws(7), step)[:, 0] < 0
    p = 1 / n
    assert (np.abs(alone / steps - p) < 5 * (p * (1 - p) / steps) ** 0.5).all()   # kills always the last row


def test_meetings_outside_cliques_are_mutual_and_never_inside_the_own_clique():
    clique = (np.arange(3_000) // 9).astype(np.int32)
    for step in range(5):
        partners = WEAK.partners(clique, Draws(1), step)
        assert partners.shape == (3_000, 8)
        for partner in partners.T:
            people = np.flatnonzero(partner >= 0)
            assert mutual(partner) and (clique[partner[people]] != clique[people]).all()


def test_almost_all_of_the_meetings_outside_cliques_take_place():
    clique, steps = (np.arange(3_000) // 9).astype(np.int32), 20
    held = np.mean([(WEAK.partners(clique, Draws(1), step) >= 0).mean() for step in range(steps)])
    p = 8 / 2_999                                # the partner is one of the 8 others of the clique
    standard_error = (2 * p / (3_000 * 8 * steps)) ** 0.5          # pairs, so half as many draws
    assert abs(held - (1 - p)) < 5 * standard_error                # kills communities compared by position


def test_rounds_and_steps_bring_other_people():
    clique = (np.arange(3_000) // 9).astype(np.int32)
    one, other = WEAK.partners(clique, Draws(1), 1), WEAK.partners(clique, Draws(1), 2)
    for a, b in ((one[:, 0], one[:, 1]), (one[:, 0], other[:, 0])):
        assert (a == b).mean() < 0.01            # by chance 1 / 2,999


def test_the_same_step_brings_the_same_people():
    clique = (np.arange(300) // 9).astype(np.int32)
    assert np.array_equal(WEAK.partners(clique, Draws(4), 9), WEAK.partners(clique, Draws(4), 9))
