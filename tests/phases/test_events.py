"""The timeline, worked out by hand: when events begin and end, and how they add up."""

import numpy as np
import pytest

from simulation.phases.events import events
from tests.phases.tiny import tiny
from tests.worlds import run, same_people

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


def withheld(*shares, start=2, stop=3, people=400, steps=4):
    """Return from whom alpha's advertising is withheld in each step, (steps, people), by one event per share."""
    state, params, draws = tiny(people, *(
        f"+events.test_{i}={{kind: no_advertising, brand: alpha, start: {start}, stop: {stop}, share: {share}}}"
        for i, share in enumerate(shares)))
    found, before = [], []
    for step in range(1, steps + 1):
        events(state, params, draws, step)
        assert not state.withheld[:, 1].any()
        found.append(state.withheld[:, 0].copy())
        before.append(state.withheld_before[:, 0].copy())
    assert not before[0].any() and np.array_equal(before[1:], found[:-1])
    return np.array(found) > 0


def test_advertising_is_withheld_from_the_same_people_from_its_first_to_its_last_step():
    found = withheld(0.5)
    assert not found[0].any() and not found[3].any() and np.array_equal(found[1], found[2])
    assert abs(found[1].sum() - 200) < 5 * np.sqrt(400 * 0.5 * 0.5)
    assert withheld(1.0)[1].all() and not withheld(0.0).any()


def test_a_larger_share_holds_out_the_same_people_and_others():
    small, large = withheld(0.2)[1], withheld(0.6)[1]
    assert small.sum() > 0 and (large & ~small).sum() > 0 and not (small & ~large).any()
    assert np.array_equal(withheld(0.2, 0.6)[1], large)      # two events of one brand are about the same people


def test_withholding_from_some_moves_no_draw_of_the_others():
    quiet = ("scenario=baseline", "population.size=200", "steps=8", "adoption.p=0.2", "feed.attention=0",
             "site.reads=0", "network=ring")
    event = "+events.test={kind: no_advertising, brand: alpha, start: 1, stop: 8, share: 0.5}"
    plain, tested = run(*quiet).state, run(*quiet, event).state
    held = tested.withheld[:, 0] > 0
    same = same_people(plain, tested, 200)
    assert held.sum() > 50 and not same[held].any()
    tested.withheld[:], tested.withheld_before[:] = 0, 0
    same = same_people(plain, tested, 200)
    assert same[~held].all() and not same[held].all()
    assert not (tested.adopted_at[held, 0] >= 0).any() and (plain.adopted_at[held, 0] >= 0).any()


def test_a_person_falls_silent_about_one_brand_for_a_while():
    mute = ["+events.a={kind: silence_person, brand: alpha, person: '1', start: 2, stop: 3, reshares: false}",
            "+events.b={kind: silence_person, brand: alpha, person: '1', start: 3, stop: 3, reshares: true}"]
    found = history("silent", *mute, steps=4)
    assert found[:, 1, 0].tolist() == [0, 1, 2, 0]      # 1: writes nothing; 2: passes nothing on either
    assert not found[:, 0].any() and not found[:, :, 1].any()


def test_a_process_goes_unspoken_for_a_while():
    taboo = "+events.a={kind: silence_process, brand: beta, process: delivery, start: 1, stop: 2}"
    found = history("unspoken", taboo, steps=3)
    assert found[:, 5].tolist() == [1, 1, 0] and found.sum() == 2
