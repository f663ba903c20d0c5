"""Waiting in a business unit: a Poisson inflow, servers in continuous time, and what queueing theory says.

One run of one brand whose four units get outside tickets only (units do not share servers).  Everything is set by
configuration; the shares that wait are read off the units' queues, the numbers present off the metric backlog.
"""

from functools import cache
from math import factorial

import numpy as np
import pytest

from simulation import WordOfMouthModel
from tests.worlds import params_of

STEPS, BATCHES = 4000, 40
UNITS = {"goods": (5, 4.0, 1.0, "exponential"), "logistics": (1, 0.5, 0.25, "exponential"),
         "care": (1, 0.5, 0.25, "fixed"), "accounts": (2, 1.2, 0.5, "exponential")}
"""Servers, offered load (tickets per step times steps of work), mean steps of work, law of the work."""


def erlang_c(servers, load):
    """Return the chance that an arrival has to wait (Erlang 1917)."""
    full = load**servers / factorial(servers) * servers / (servers - load)
    return full / (sum(load**k / factorial(k) for k in range(servers)) + full)


@cache
def unit_histories():
    """Return by unit: counts of waits, starts and sums of waiting after each batch, and tickets present by step."""
    units = [f"brands.alpha.organisation.units.{name}.{key}={value}"
             for name, (servers, load, work, law) in UNITS.items() for key, value in
             (("servers", servers), ("inflow", load / work), ("service_time", work), ("service", law))]
    model = WordOfMouthModel(params_of(
        "scenario=baseline", "~brands.beta", "population.size=10", "network=ring", f"steps={STEPS}",
        "without=[events,advertising,conversion,experience,review,exposure,belief,ladder,listening,decision]",
        "metrics={adoption: false, rungs: false, nps: false, reviews: false, beliefs: false, money: false, "
        "feedback: true}", "output.ledger=none", *units), seed=6)
    counts, present = [], []
    while not model.is_over():
        model.step()
        queues = model.state.organisations[0].queues
        present.append([queue.n_present for queue in queues])
        if model.tick % (STEPS // BATCHES) == 0:
            counts.append([(queue.n_waited, queue.n_started, queue.sum_wait) for queue in queues])
    total = np.array([values["backlog"][0] for _, values in model.recorder.series[1:]])
    assert np.array_equal(total, np.sum(present, axis=1))
    return np.array(counts, float), np.array(present, float)


def by_batches(name, what):
    """Return mean and standard error of a ratio per ticket, from batches long against the memory of the queue."""
    counts, _ = unit_histories()
    steps = np.diff(counts[:, list(UNITS).index(name)], axis=0)
    ratios = steps[:, what] / steps[:, 1]
    return ratios.mean(), ratios.std(ddof=1) / len(ratios) ** 0.5


@pytest.mark.parametrize("name", ["goods", "logistics", "accounts"])
def test_the_share_of_tickets_that_wait_is_erlang_c(name):
    # 5 servers, load 4: .5541; one server: its load; 2 servers, load 1.2: .45.  Kills one server more or less
    servers, load, _, _ = UNITS[name]
    share, error = by_batches(name, 0)
    assert abs(share - erlang_c(servers, load)) < 5 * error < 0.12
    assert abs(share - erlang_c(servers + 1, load)) > 5 * error
    assert erlang_c(5, 4.0) == pytest.approx(0.5541, abs=5e-5)


@pytest.mark.parametrize("name", UNITS)
def test_the_mean_wait_is_that_of_the_law_of_the_work(name):
    # exponential: C / (c - a) times the mean work; fixed work, one server (Pollaczek & Khinchine): half of it
    servers, load, work, law = UNITS[name]
    expected = work * erlang_c(servers, load) / (servers - load) * (0.5 if law == "fixed" else 1.0)
    wait, error = by_batches(name, 2)
    assert abs(wait - expected) < 5 * error
    assert servers > 1 or abs(wait - expected * (2.0 if law == "fixed" else 0.5)) > 5 * error    # told apart


def test_a_single_server_holds_k_tickets_with_geometric_probability():
    # (1 - a) a^k, a = .5, looked at every tenth step; the memory of this queue is work / (1 - a^.5)^2 = 3 steps
    _, present = unit_histories()
    seen = present[20::10, list(UNITS).index("logistics")]
    for k in range(5):
        expected = 0.5 ** (k + 1)
        error = (expected * (1 - expected) / seen.size) ** 0.5
        assert abs((seen == k).mean() - expected) < 5 * error
