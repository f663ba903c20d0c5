"""The timeline, worked out by hand: when events begin and end, and how they add up."""

import numpy as np
import pytest

from simulation.phases.events import events
from tests.phases.tiny import tiny

DELIVERY = 1          # the second process of the first brand
STRIKE = "+events.strike={kind: shock, brand: alpha, process: delivery, start: 3, stop: 4, quality: 0.2, failure: 0.3}"
AGAIN = "+events.again={kind: shock, brand: alpha, process: delivery, start: 4, stop: 5, quality: 0.1, failure: 0.05}"


def history(column, *overrides, steps=6):
    """Return the values of a column in each step."""
    state, params, draws = tiny(2, *overrides)
    found = []
    for step in range(1, steps + 1):
        events(state, params, draws, step)
        found.append(getattr(state, column).copy())
    return np.array(found)


def test_a_shock_lasts_from_its_first_to_its_last_step_and_several_add_up():
    assert history("shock_failure", STRIKE, AGAIN)[:, DELIVERY] == pytest.approx([0, 0, 0.3, 0.35, 0.05, 0])
    quality = history("shock_quality", STRIKE, AGAIN)
    assert quality[:, DELIVERY] == pytest.approx([0, 0, 0.2, 0.3, 0.1, 0])
    assert not np.delete(quality, DELIVERY, axis=1).any()


def test_of_two_values_set_at_once_the_later_event_holds():
    first = "+events.first={kind: set_failure, brand: beta, process: product, start: 1, stop: 3, value: 0.9}"
    second = "+events.second={kind: set_failure, brand: beta, process: product, start: 2, stop: 2, value: 0.0}"
    found = history("set_failure", first, second, steps=4)[:, 4]
    assert found[:3].tolist() == [0.9, 0.0, 0.9] and np.isnan(found[3])


def test_a_brand_is_in_the_market_from_the_step_of_its_launch_on():
    launch = "+events.late={kind: launch, brand: beta, step: 3}"
    assert history("launched", launch, steps=4).tolist() == [[1, 0], [1, 0], [1, 1], [1, 1]]


def test_what_goes_viral_twice_is_multiplied():
    craze = [f"+events.{name}={{kind: viral, brand: alpha, start: 2, stop: {stop}, factor: 3}}"
             for name, stop in (("one", 2), ("two", 3))]
    assert history("sharing_factor", *craze, steps=4).tolist() == [[1, 1], [9, 1], [3, 1], [1, 1]]
