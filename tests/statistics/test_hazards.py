"""Hazard by exposure: by hand, Wilson's bounds, and the closed form of independent contacts."""

import numpy as np
from diffusion_worlds import ring, spread

from simulation.statistics import exposure, hazard_by_exposure, person_steps

P, Q = 0.02, 0.15


def test_seven_person_steps_by_hand():
    table = hazard_by_exposure([0, 0, 0, 0, 2, 2, 5], [False, True, False, False, True, False, True])
    assert table.lower.tolist() == table.upper.tolist() == [0, 2, 5]
    assert table.at_risk.tolist() == [4, 2, 1] and table.adopted.tolist() == [1, 1, 1]
    assert table.hazard.tolist() == [0.25, 0.5, 1.0]


def test_the_interval_is_wilsons():
    # k = 1 of n = 4, z = 1.96: (k + z^2 / 2) / (n + z^2) -+ z sqrt(k (n - k) / n + z^2 / 4) / (n + z^2)
    table, z = hazard_by_exposure([0] * 4, [True, False, False, False]), 1.959964
    middle, half = (1 + z**2 / 2) / (4 + z**2), z * np.sqrt(3 / 4 + z**2 / 4) / (4 + z**2)
    np.testing.assert_allclose([table.low[0], table.high[0]], [middle - half, middle + half], atol=1e-6)


def test_bins_hold_their_lower_edge_and_the_last_one_both():
    table = hazard_by_exposure([0.0, 0.5, 0.99, 1.0, 1.5], [True, True, False, False, True], edges=[0.0, 0.5, 0.6, 1.0])
    assert table.at_risk.tolist() == [1, 1, 2] and table.adopted.tolist() == [1, 1, 0]
    assert table.lower.tolist() == [0.0, 0.5, 0.6] and table.upper.tolist() == [0.5, 0.6, 1.0]


def test_a_bin_that_nobody_was_in_has_no_hazard():
    table = hazard_by_exposure([0.1], [True], edges=[0.0, 0.5, 1.0])
    assert table.at_risk.tolist() == [1, 0]
    assert np.isnan([table.hazard[1], table.low[1], table.high[1]]).all()
    assert hazard_by_exposure([], []).hazard.size == 0


def test_independent_contacts_have_the_hazard_of_their_closed_form():
    n, steps, (source, target) = 20_000, 12, ring(20_000, 3)
    adopted_at = spread(np.random.default_rng(8), source, target, n, steps, lambda k, share: 1 - (1 - P) * (1 - Q) ** k)
    rows = person_steps(adopted_at, exposure(adopted_at, source, target, steps, share=False))
    table = hazard_by_exposure(rows.exposure, rows.adopted)
    assert table.lower.tolist() == [0, 1, 2, 3, 4, 5, 6]
    expected = 1 - (1 - P) * (1 - Q) ** table.lower
    away = np.abs(table.hazard - expected) / np.sqrt(expected * (1 - expected) / table.at_risk)
    assert away.max() < 5
    linear = P + Q * table.lower        # wrong: chances that add up
    assert (np.abs(table.hazard - linear) / np.sqrt(expected * (1 - expected) / table.at_risk)).max() > 5
