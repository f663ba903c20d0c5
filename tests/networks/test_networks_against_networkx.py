"""Our kernels against networkx: the same law, by ties, spread of degrees, largest degree, people with few, triangles.

Means over graphs differ by less than 5 standard errors of the difference; a named wrong version differs by more.
"""

import networkx as nx
import numpy as np
import pytest
from network_from_yaml import make, matrix

from simulation.networks.shapes import power_law

N, GRAPHS = 120, 150
POWER = {"exponent": 2.0, "min_degree": 2, "max_degree": 30}
BLOCKS = (40, 80)


def ours(name, **changes):
    """Return a function from a seed to our network as a matrix (n, n)."""
    network = make(name, **changes)
    return lambda seed: matrix(network.build(N, seed)).toarray()


def theirs(graph_of):
    """Return the same of a function from a seed to a graph of networkx; self-ties and doubles are dropped."""
    def built(seed):
        graph = nx.Graph(graph_of(seed))
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return nx.to_numpy_array(graph, range(N))
    return built


def weights(seed):
    """Return degrees by the power law with an even sum."""
    degree = power_law(N, *POWER.values(), np.random.default_rng(seed))
    degree[0] += degree.sum() % 2
    return degree.tolist()


def chances():
    """Return the chances of ties inside and between blocks of 40 and 80 people: degrees 6 and 2."""
    across = 2.0 * N / (2 * BLOCKS[0] * BLOCKS[1])
    return [[6.0 / 39, across], [across, 6.0 / 79]]


def random_attachment(seed):
    """Return a network that grows by ties to anybody, not to the popular."""
    rng, graph = np.random.default_rng(seed), nx.star_graph(3)
    for newcomer in range(4, N):
        graph.add_edges_from((newcomer, int(old)) for old in rng.choice(newcomer, 3, replace=False))
    return graph


def in_drawn_order(people, count, rng):
    """Return different people as a list whose last is the first drawn; networkx makes a set, whose order is no luck."""
    drawn = []
    while len(drawn) < count:
        person = rng.choice(people)
        drawn += [person] if person not in drawn else []
    return drawn[::-1]


def closing_triangles(seed):
    """Return the network of Holme & Kim by networkx, in which people are aimed at in the order of the draws.

    As it stands, networkx aims at low rows first: at N people squares of degrees add up to 4 % more.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("networkx.generators.random_graphs._random_subset", in_drawn_order)
        return nx.powerlaw_cluster_graph(N, 3, 0.5, seed)


LAWS = {
    "holme_kim": (ours("holme_kim", ties_each=3, triangles=0.5), theirs(closing_triangles),
                  ours("holme_kim", ties_each=3, triangles=0.4)),
    "barabasi_albert": (ours("barabasi_albert", ties_each=3),
                        theirs(lambda seed: nx.barabasi_albert_graph(N, 3, seed)),
                        theirs(random_attachment)),
    "watts_strogatz": (ours("watts_strogatz", neighbours=6, rewiring=0.2),
                       theirs(lambda seed: nx.watts_strogatz_graph(N, 6, 0.2, seed)),
                       theirs(lambda seed: nx.newman_watts_strogatz_graph(N, 6, 0.2, seed))),
    "stochastic_block": (ours("stochastic_block", sizes=[1.0, 2.0], degree_inside=6.0, degree_between=2.0),
                         theirs(lambda seed: nx.stochastic_block_model(BLOCKS, chances(), seed=seed)),
                         ours("erdos_renyi", mean_degree=8.0)),
    "configuration": (ours("configuration", directed=False, **POWER),
                      theirs(lambda seed: nx.configuration_model(weights(seed), seed=seed)),
                      ours("chung_lu", **POWER)),
    "chung_lu": (ours("chung_lu", **POWER),
                 theirs(lambda seed: nx.expected_degree_graph(weights(seed), seed, selfloops=False)),
                 ours("configuration", directed=False, **POWER)),
}


def measured(built, first):
    """Return what describes a network, of many (graphs, 5)."""
    out = []
    for seed in range(first, first + GRAPHS):
        ties = built(seed)
        degree = ties.sum(axis=1)
        out.append((degree.sum(), (degree**2).sum(), degree.max(), (degree <= 2).sum(), (ties @ ties * ties).sum() / 6))
    return np.array(out)


def apart(one, other):
    """Return the largest difference of means in standard errors; equal constants are 0 apart."""
    difference = np.abs(one.mean(axis=0) - other.mean(axis=0))
    error = ((one.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / GRAPHS) ** 0.5
    return np.where(difference > 0, difference / np.maximum(error, 1e-12), 0.0).max()


@pytest.mark.parametrize("law", LAWS)
def test_networks_follow_the_law_of_networkx_and_not_that_of_a_wrong_version(law):
    mine, right, wrong = LAWS[law]
    reference = measured(right, 1_000)
    assert apart(measured(mine, 0), reference) < 5
    assert apart(measured(wrong, 0), reference) > 5
