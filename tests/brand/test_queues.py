"""Queues: order by hand, waiting by theory."""

import math

import numpy as np
import pytest
from brandworld import UNIT, brand_of, params_of, world

from simulation.numerics.heap import Heap
from simulation.numerics.randomness import Draws
from simulation.phases.organisation.phase import organisation
from simulation.world.back_office import Queue, poisson_quantile
from simulation.world.tickets import RECORD, new_tickets


def worked(queue, arrivals, services, reach=0.0, steps=60):
    """Return the tickets that the queue finished, working step by step, as they were given."""
    queue.arrive(new_tickets(np.arange(len(services)), services, reach), np.asarray(arrivals))
    done = np.concatenate([queue.advance(float(end))[1] for end in range(1, steps + 1)])
    return np.sort(done, order="key")


def test_one_server_takes_tickets_in_the_order_of_arrival():
    tickets = worked(Queue(1), [0.1, 0.3, 0.2, 2.5], [1.0, 0.5, 0.5, 0.25], reach=[0.0, 9.0, 1.0, 0.0])
    assert tickets["start"] == pytest.approx([0.1, 1.6, 1.1, 2.5])  # last in, first out: 1.1, 1.6
    assert tickets["finish"] == pytest.approx([1.1, 2.1, 1.6, 2.75])


def test_two_servers_work_at_the_same_time():
    tickets = worked(Queue(2), [0.0, 0.1, 0.2, 0.3], [1.0, 0.4, 1.0, 1.0])
    assert tickets["start"] == pytest.approx([0.0, 0.1, 0.5, 1.0])


def test_the_widest_reach_is_served_first_but_nobody_is_interrupted():
    tickets = worked(Queue(1, by_reach=True), [0.0, 0.1, 0.2, 0.3], [1.0] * 4, [0.0, 5.0, 9.0, 5.0])
    assert tickets["start"] == pytest.approx([0.0, 2.0, 1.0, 3.0])  # equal reach: earlier first


def test_equal_times_go_by_identity():
    queue = Queue(1)
    queue.arrive(new_tickets(np.array([9, 2]), 1.0), np.array([0.5, 0.5]))
    _, (early, late) = queue.advance(3.0)
    assert (early["key"], late["key"]) == (2, 9)
    assert (early["start"], late["start"]) == (0.5, 1.5)


def test_at_equal_times_tickets_from_outside_go_before_reviews_whatever_their_keys():
    queue, top = Queue(1), np.iinfo(np.uint64).max
    queue.arrive(new_tickets(np.array([0, 7, top - 1, top], np.uint64), 1.0, kind=np.array([0, 0, -1, -1])),
                 np.full(4, 0.5))
    started, _ = queue.advance(2.0)
    assert started["key"].tolist() == [top - 1, top]
    assert (queue.n_present, queue.n_known) == (3, 2)  # an outside ticket is half done, two reviews wait
    started, _ = queue.advance(9.0)
    assert started["key"].tolist() == [0, 7] and (queue.n_present, queue.n_known) == (0, 0)


def test_a_heap_gives_back_all_it_was_given_in_order_and_keeps_what_is_not_due():
    luck, heap = np.random.default_rng(5), Heap(RECORD)
    keys, first = luck.integers(0, 2**64, 1000, np.uint64), luck.integers(0, 20, 1000) / 2
    for some in np.array_split(np.arange(1000), 7):
        heap.push(new_tickets(keys[some], 1.0), first[some])
    taken = [heap.take_before(limit) for limit in (3.0, 3.0, 7.5, 99.0)]
    assert [part.size for part in taken] == np.diff([0, *(np.sum(first < x) for x in (3.0, 3.0, 7.5, 99.0))]).tolist()
    order = np.lexsort((keys, first))
    assert np.concatenate([part["key"] for part in taken]).tolist() == keys[order].tolist() and len(heap) == 0


def test_how_often_the_clock_stops_changes_nothing():
    luck = np.random.default_rng(1)
    arrivals, services = np.sort(luck.uniform(0, 50, 200)), luck.exponential(0.4, 200)
    often, once = Queue(2), Queue(2)
    a = worked(often, arrivals, services, steps=100)
    once.arrive(new_tickets(np.arange(200), services), arrivals)
    _, b = once.advance(100.0)
    assert a["finish"].tolist() == np.sort(b, order="key")["finish"].tolist()
    assert often.area == pytest.approx(once.area, rel=1e-12)


def test_littles_law_holds_exactly():
    luck = np.random.default_rng(2)
    arrivals, services = luck.uniform(0, 50, 300), luck.exponential(0.3, 300)
    queue = Queue(2)
    tickets = worked(queue, arrivals, services, steps=200)
    stay = np.sum(tickets["finish"] - tickets["arrival"])
    assert len(tickets) == 300 and queue.n_present == 0
    # number in the unit, integrated by the queue as it goes = all times spent there: L = lambda W
    assert queue.area == pytest.approx(stay, rel=1e-12)
    assert queue.sum_wait == pytest.approx(np.sum(tickets["start"] - tickets["arrival"]), rel=1e-12)


class LastInFirstOut(Queue):
    """A wrong queue: the newest ticket is served first."""

    def rank(self, tickets):
        """Return the arrival turned round."""
        return -tickets["arrival"]


def run_unit(kind=Queue, steps=12000, **unit):
    """Return the queue of a unit that gets only outside tickets: 4 a step for 5 servers of mean work 1."""
    unit = {"servers": 5, "service_time": 1.0, "service": "exponential", "inflow": 4.0} | unit
    params = params_of(brand_of(("a",), units={"u": UNIT | {"processes": ["a"]} | unit}))
    state, started = world(params), []
    organisation(state, params, Draws(4), 0)
    queue = state.organisations[0].queues[0]
    if kind is not Queue:
        queue = state.organisations[0].queues[0] = kind(5)
    inner = queue.advance
    queue.advance = lambda end: started.append(inner(end)) or started[-1]
    for step in range(1, steps + 1):
        organisation(state, params, Draws(4), step)
    return queue, np.concatenate([new for new, _ in started])


def by_batches(values, batches=40):
    """Return mean and standard error of a dependent series from the means of long batches."""
    means = [part.mean() for part in np.array_split(np.asarray(values, float), batches)]
    return np.mean(means), np.std(means, ddof=1) / math.sqrt(batches)


def test_the_share_that_waits_is_erlang_c():
    queue, tickets = run_unit()
    tickets = tickets[400:]
    waited, error = by_batches(tickets["start"] > tickets["arrival"])
    # Erlang C for 5 servers and load 4: .5541.  Kills: queue emptied each step; 4 or 6 servers (1, .285)
    assert abs(waited - 0.5541) < 5 * error < 0.06
    wait, error = by_batches(tickets["start"] - tickets["arrival"])
    assert abs(wait - 0.5541) < 5 * error < 0.2  # C / (c mu - lambda).  Kills: fixed service (about half)
    assert queue.n_waited / queue.n_started == pytest.approx(0.5541, abs=0.06)


def test_last_in_first_out_would_show_in_the_spread_of_waits():
    first, last = (tickets["start"] - tickets["arrival"]
                   for _, tickets in (run_unit(kind, 3000) for kind in (Queue, LastInFirstOut)))
    assert np.mean(last) == pytest.approx(np.mean(first), rel=0.1)  # the mean cannot tell
    assert np.mean(last**2) > 1.3 * np.mean(first**2)
    # first come: E[W^2] = 2 C / (c mu - lambda)^2 = 1.108
    square, error = by_batches(first**2)
    assert abs(square - 1.108) < 5 * error < 1.0


def test_fixed_service_is_not_exponential():
    queue, tickets = run_unit(steps=400, service="fixed", service_time=0.5)
    assert set(np.round(tickets["finish"] - tickets["start"], 12)) == {0.5}
    assert queue.n_started > 0


@pytest.mark.parametrize("mean", [0.1, 4.0, 900.0, 1e6])
def test_the_inflow_is_poisson(mean):
    from scipy.stats import poisson
    for u in (1e-12, 0.001, 0.3, 0.5, 0.97, 1 - 1e-9):
        assert poisson_quantile(mean, u) == poisson.ppf(u, mean)
    assert poisson_quantile(0.0, 0.5) == 0


def test_outside_tickets_never_touch_the_records_or_the_processes():
    params = params_of(brand_of(("a",), units={"u": UNIT | {"processes": ["a"], "inflow": 3.0}}))
    state = world(params)
    for step in range(1, 20):
        organisation(state, params, Draws(1), step)
    assert state.organisations[0].queues[0].n_started > 20
    assert len(state.ledger.tickets) == len(state.ledger.costs) == 0 and not state.improved_failure.any()
