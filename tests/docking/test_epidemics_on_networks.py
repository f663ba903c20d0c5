"""The independent cascade against EoN (Epidemics on Networks), an implementation by other people.

Each tie tried once is a discrete-time SIR epidemic with an infectious period of one step, and bond
percolation.  Same ties, same q, same first owners; samples of different sizes because a run of EoN is cheap.

Power at alpha = 1e-4 against q 15 % too high (Kolmogorov-Smirnov on final sizes, 500 to 2000 resamples from pools
of 4000 to 20,000 runs of a third program: connected components of random live ties):

    network                        first owners   runs (ours, theirs)   shift of the mean   power
    karate, q = .2                 1              500, 3000             .44 sd              .999
    karate, q = .2                 2              400, 2000             .53 sd              1.000
    small world of 200, q = .4     5              150, 1000             1.1 sd              1.000
    random graph of 300, q = .5    5              400, 1000             2.1 sd              1.000

Against one-way ties, ties tried in every step and (for curves) sequential visits the shift is larger still; each
of these wrong versions is run below and must be rejected.  Directed tie draws are no wrong version: a cascade
uses a tie in one direction at most.  They differ where two cascades share a world, and there they are told apart.
"""

from functools import cache

import networkx as nx
import numpy as np
import pytest

from tests.worlds import params_of

from .others import eon_discrete, eon_percolation, joined
from .two_samples import ALPHA, p_of_curves, p_of_numbers
from .worlds import CASCADE, adopted, curves_of, file_network, graph_of, start_with

STEPS = 25
KARATE = ("network=karate", "network.seed=1", "adoption.q=0.2")
SMALL_WORLD = ("network=watts_strogatz", "network.seed=11", "network.neighbours=6", "population.size=200",
               "adoption.q=0.4")
WORLDS = {"karate, one owner": (KARATE, (0,), 500, 3000), "karate, two owners": (KARATE, (0, 33), 400, 2000),
          "small world": (SMALL_WORLD, (0, 40, 80, 120, 160), 150, 1000)}
"""Overrides, first owners, number of our runs and of theirs."""

COPIES = 100


@cache
def ours(name, *changes):
    """Return our curves of a world, with some changes."""
    overrides, people, runs, _ = WORLDS[name]
    return curves_of(adopted(params_of(*CASCADE, *overrides, start_with(people), *changes), range(runs)), STEPS)


@cache
def theirs(name, program):
    """Return the curves of a program of EoN on the ties of a world."""
    overrides, people, _, runs = WORLDS[name]
    params = params_of(*CASCADE, *overrides)
    return program(graph_of(params).to_undirected(), params.adoption.q, people, runs, STEPS)


@pytest.fixture(scope="module")
def random_graph(tmp_path_factory):
    """Return the overrides that read 100 copies of an Erdos-Renyi graph of 300 people, and EoN's curves on it."""
    graph = nx.gnm_random_graph(300, 600, seed=1)
    network = file_network(tmp_path_factory.mktemp("random_graph"), graph, COPIES)
    return network, eon_discrete(graph, 0.5, range(5), 1000, STEPS)


def cascades_in_copies(network, *changes):
    """Return our curves in 400 copies of the random graph, of which the first five own the product."""
    people = (300 * np.arange(COPIES)[:, None] + np.arange(5)).ravel()
    params = params_of(*CASCADE, *network, "adoption.q=0.5", start_with(people), *changes)
    return curves_of(adopted(params, range(4), COPIES), STEPS)


@pytest.mark.parametrize("name", WORLDS)
def test_cascades_grow_as_in_eon_at_every_step_and_to_the_same_sizes(name):
    for program in (eon_discrete, eon_percolation):
        assert p_of_numbers(ours(name)[:, -1], theirs(name, program)[:, -1]) > ALPHA
        assert p_of_curves(ours(name), theirs(name, program)) > ALPHA


@pytest.mark.parametrize("name", WORLDS)
def test_a_q_that_is_15_percent_too_high_is_found_out_by_the_sizes(name):
    right = params_of(*CASCADE, *WORLDS[name][0]).adoption.q
    wrong = ours(name, f"adoption.q={1.15 * right}")
    assert p_of_numbers(wrong[:, -1], theirs(name, eon_discrete)[:, -1]) < ALPHA


def test_trying_a_tie_in_every_step_is_found_out_by_the_sizes():
    wrong = ours("small world", "adoption.attempts=every_step")
    assert p_of_numbers(wrong[:, -1], theirs("small world", eon_discrete)[:, -1]) < ALPHA


def test_directed_draws_and_visits_in_sequence_change_no_size_and_the_latter_change_the_curve():
    changed = ours("small world", "adoption.tie_draw=directed", "adoption.activation=sequential")
    right = theirs("small world", eon_discrete)
    assert p_of_numbers(changed[:, -1], right[:, -1]) > ALPHA
    assert p_of_curves(changed, right) < ALPHA


def test_cascades_in_copies_of_a_graph_from_a_file_are_those_of_eon(random_graph):
    # kills: luck shared by people at the same place of two copies (the sizes of copies would not vary)
    network, right = random_graph
    curves = cascades_in_copies(network)
    assert p_of_numbers(curves[:, -1], right[:, -1]) > ALPHA
    assert p_of_curves(curves, right) > ALPHA


@pytest.mark.parametrize("wrong", ["adoption.q=0.575", "network.directed=true"])
def test_a_q_too_high_and_ties_that_lead_one_way_are_found_out_by_the_sizes(random_graph, wrong):
    network, right = random_graph
    assert p_of_numbers(cascades_in_copies(network, wrong)[:, -1], right[:, -1]) < ALPHA


def test_in_one_percolated_world_whom_one_reaches_is_whom_one_is_reached_by():
    # two cascades of one seed, from 0 and from 33: with undirected draws both run along the same live ties
    found = {}
    for draw in ("undirected", "directed"):
        found[draw] = [adopted(params_of(*CASCADE, *KARATE, f"adoption.tie_draw={draw}", start_with([one])),
                               range(150))[:, other] >= 0 for one, other in ((0, 33), (33, 0))]
    there, back = found["undirected"]
    assert np.array_equal(there, back)
    assert (found["directed"][0] != found["directed"][1]).mean() > 0.1
    expected = joined(graph_of(params_of(*CASCADE, *KARATE)).to_undirected(), 0.2, 0, 33, 2000)
    error = (expected * (1 - expected) * (1 / 150 + 1 / 2000)) ** 0.5
    assert abs(there.mean() - expected) < 5 * error
