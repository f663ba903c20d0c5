"""Every network lies between pairs, the slowest, and everybody-with-everybody, the fastest.

For the Bass rule with hazard p + q (share of the in-neighbours who own it) the expected share of adopters of any
network in which everybody sees somebody lies, at any time, between that of the homogeneous two-node network and
that of the infinite complete one (Fibich & Levin 2023).  Both bounds are computed here in the same discrete time
as the runs: pairs as a chain of three states, complete as the recursion F' = F + (p + q F)(1 - F).  The theorem is
for continuous time; with p = .008 and q = .05 per step the bounds of discrete time differ from those of continuous
time by .0018 (pairs) and .0063 (complete).  Half of the latter, .003, is granted besides 5 standard errors; the
bounds are up to .26 apart.  Karate and star are small networks many times over: the fate of one hub decides a run.

The rule divides q by the number of in-neighbours.  People who see nobody have the hazard p alone and are slower
than either bound: they are left out of the mean, and tested by themselves.
"""

import networkx as nx
import numpy as np
import pytest

from simulation import WordOfMouthModel
from simulation.config.compose import config_folder
from tests.worlds import CONTACTS, params_of

P, Q, STEPS, PEOPLE = 0.008, 0.05, 60, 900
RUNS = {"network=karate": 100, "network=star": 100}
BIAS = 0.003
NETWORKS = sorted(path.stem for path in (config_folder() / "network").glob("*.yaml"))
RATES = (f"adoption.p={P}", f"adoption.q={Q}", f"steps={STEPS}")
BASS = ("adoption=bass", "adoption.combine=sum")


def slowest():
    """Return the expected share of adopters in pairs, (steps + 1,)."""
    none, one, share = 1.0, 0.0, [0.0]
    for _ in range(STEPS):
        none, one = none * (1 - P) ** 2, none * 2 * P * (1 - P) + one * (1 - P - Q)
        share.append(1 - none - one / 2)
    return np.array(share)


def fastest():
    """Return the expected share of adopters where everybody sees infinitely many others, (steps + 1,)."""
    share = [0.0]
    for _ in range(STEPS):
        share.append(share[-1] + (P + Q * share[-1]) * (1 - share[-1]))
    return np.array(share)


def curves(*overrides, rule=BASS, seeing=True):
    """Return the share of adopters by run and step, (runs, steps + 1), among those who see somebody (or nobody)."""
    people = 30 if overrides[0] == "network=star" else PEOPLE
    params, rows = params_of(*CONTACTS, *rule, *RATES, f"population.size={people}", *overrides), []
    for seed in range(RUNS.get(overrides[0], 10)):
        model = WordOfMouthModel(params, seed=seed)
        state = model.run().state
        asked = (state.ties.in_degree() > 0) == seeing
        if overrides[0] == "network=well_mixed":
            asked[:] = True
        when = state.adopted_at[asked, 0]
        rows.append([((when >= 0) & (when <= t)).mean() for t in range(STEPS + 1)])
    return np.array(rows)


def outside(shares):
    """Return by how much the mean curve lies below and above the bounds at worst, 5 standard errors granted."""
    mean, error = shares.mean(axis=0), shares.std(axis=0, ddof=1) / len(shares)**0.5
    return (slowest() - mean - 5 * error).max(), (mean - fastest() - 5 * error).max()


@pytest.fixture(scope="module")
def overrides(tmp_path_factory):
    """Return the overrides of a network choice; ``file`` reads one-way ties among 900 people.

    Bass looks at ties alone and refuses networks with meetings: ``cliques_fresh`` has its cliques only.
    """
    def of(name):
        if name != "file":
            return f"network={name}", "meetings@network.meetings=none"
        graph = nx.gnm_random_graph(PEOPLE, 3 * PEOPLE, seed=1, directed=True)
        path = tmp_path_factory.mktemp("network") / "ties.csv"
        path.write_text("\n".join(["source,target", *(f"{u},{v}" for u, v in graph.edges())]))
        return "network=file", f"network.path={path}", "network.directed=true"
    return of


def test_the_bounds_are_apart_and_close_to_those_of_continuous_time():
    t = np.arange(STEPS + 1)
    both = 1 - np.exp(-2 * P * t)                       # one of a pair has adopted; the other follows at p + q
    pairs = both - (2 * P / (Q - P)) * (np.exp(-2 * P * t) - np.exp(-(P + Q) * t)) / 2
    complete = (1 - np.exp(-(P + Q) * t)) / (1 + Q / P * np.exp(-(P + Q) * t))
    assert np.abs(slowest() - pairs).max() < BIAS
    assert np.abs(fastest() - complete).max() < 3 * BIAS
    assert (fastest() - slowest()).max() > 0.1


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_lies_between_pairs_and_everybody_with_everybody(name, overrides):
    below, above = outside(curves(*overrides(name)))
    assert below < BIAS and above < BIAS


@pytest.mark.parametrize(("name", "bound"), [("two_node", slowest), ("well_mixed", fastest)])
def test_the_bounds_are_reached_by_the_networks_they_are_named_after(name, bound):
    shares = curves(f"network={name}")
    error = shares.std(axis=0, ddof=1) / len(shares)**0.5
    assert (np.abs(shares.mean(axis=0) - bound()) <= 5 * error + BIAS).all()


@pytest.mark.parametrize("name", ["watts_strogatz", "star", "communities"])
def test_a_q_that_is_not_divided_by_the_number_of_neighbours_leaves_the_bounds(name):
    # the rule cascade has the hazard 1 - (1 - p)(1 - q)^k, about p + q k
    _, above = outside(curves(f"network={name}", rule=("adoption=cascade",)))
    assert above > 0.05


def test_people_who_see_nobody_adopt_by_advertising_alone_and_are_slower_than_pairs():
    # mean degree 1: 37 % see nobody; the others lie between the bounds
    sparse = ("network=erdos_renyi", "network.mean_degree=1")
    shares = curves(*sparse, seeing=False)
    error = shares.std(axis=0, ddof=1) / len(shares)**0.5
    alone = 1 - (1 - P) ** np.arange(STEPS + 1)
    assert (np.abs(shares.mean(axis=0) - alone) <= 5 * error + 1e-12).all()
    assert outside(shares)[0] > 0.05
    below, above = outside(curves(*sparse))
    assert below < BIAS and above < BIAS


def test_on_a_one_sided_ring_the_curve_is_the_exact_recursion_of_runs_of_waiting_people():
    # S_k: k neighbours in a row who all wait.  Inner ones see a waiting person (stay with 1 - p), the first sees
    # anybody: S_k' = (1 - p)^(k-1) ((1 - p - q) S_k + q S_(k+1)); in continuous time Fibich & Gibori (2010)
    k = np.arange(1, STEPS + 2)
    waiting, expected = np.ones(STEPS + 2), [0.0]
    for _ in range(STEPS):
        waiting[:-1] = (1 - P) ** (k - 1) * ((1 - P - Q) * waiting[:-1] + Q * waiting[1:])
        expected.append(1 - waiting[0])
    shares = curves("network=ring", "network.sides=one_sided")
    error = shares.std(axis=0, ddof=1) / len(shares)**0.5
    assert (np.abs(shares.mean(axis=0) - expected) <= 5 * error + 1e-12).all()
    t = np.arange(STEPS + 1)
    closed = 1 - np.exp(-(P + Q) * t + Q * (1 - np.exp(-P * t)) / P)
    assert np.abs(closed - expected).max() < 3 * BIAS
