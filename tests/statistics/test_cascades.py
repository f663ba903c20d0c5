"""Cascades and influence: closed forms of trees, a chain of purchases, and networkx."""

from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

from simulation.ledger.codes import Source, Stage
from simulation.statistics import cascades_of, caused_purchases, gini, reproduction_by_cohort


@pytest.mark.parametrize("n", [2, 3, 10, 57])
def test_a_star_has_virality_two_times_n_minus_one_over_n(n):
    tree = cascades_of(np.array([-1] + [0] * (n - 1)))
    assert abs(tree["structural_virality"][0] - 2 * (n - 1) / n) < 1e-12
    assert (tree["size"][0], tree["depth"][0], tree["breadth"][0]) == (n, 1, n - 1)


@pytest.mark.parametrize("n", [2, 3, 10, 57])
def test_a_path_has_virality_n_plus_one_over_three(n):
    tree = cascades_of(np.arange(-1, n - 1))
    assert abs(tree["structural_virality"][0] - (n + 1) / 3) < 1e-12
    assert (tree["size"][0], tree["depth"][0], tree["breadth"][0]) == (n, n - 1, 1)


@pytest.mark.parametrize("height", [1, 3, 5])
def test_a_complete_binary_tree_has_the_wiener_index_of_networkx_over_its_pairs(height):
    n = 2 ** (height + 1) - 1
    parent = (np.arange(n) - 1) // 2
    parent[0] = -1
    expected = nx.wiener_index(nx.balanced_tree(2, height)) / (n * (n - 1) / 2)
    tree = cascades_of(parent)
    assert abs(tree["structural_virality"][0] - expected) < 1e-12
    assert (tree["size"][0], tree["depth"][0], tree["breadth"][0]) == (n, height, 2**height)


def test_a_random_forest_has_the_wiener_indices_of_networkx():
    rng = np.random.default_rng(6)
    parent = np.array([-1] + [int(rng.integers(-1, i)) for i in range(1, 80)])
    graph = nx.Graph([(i, p) for i, p in enumerate(parent.tolist()) if p >= 0])
    graph.add_nodes_from(range(80))
    trees, roots = cascades_of(parent), np.flatnonzero(parent < 0)
    for k, root in enumerate(roots.tolist()):
        nodes = nx.node_connected_component(graph, root)
        pairs = len(nodes) * (len(nodes) - 1) / 2
        expected = nx.wiener_index(graph.subgraph(nodes)) / pairs if pairs else 0.0
        assert trees["size"][k] == len(nodes) and abs(trees["structural_virality"][k] - expected) < 1e-12


def chain(n: int, shares=None):
    """A ledger in which buyer i + 1 bought (brand 0) after reading the review of buyer i."""
    columns = [("stage", "i1"), ("source", "i1"), ("post", "i4"), ("conversion", "i4"), ("share", "f8")]
    credits = np.zeros(n - 1, columns)
    credits["stage"], credits["source"] = Stage.TRIGGER, Source.REVIEW
    credits["post"], credits["conversion"] = np.arange(n - 1), np.arange(1, n)
    credits["share"] = 1.0 if shares is None else shares
    return SimpleNamespace(credits=credits, posts={"author": np.arange(n)}, conversions={"brand": np.zeros(n, int)})


def test_a_chain_of_purchases_each_causing_the_next_has_a_reproduction_number_of_one():
    n = 6
    caused = caused_purchases(chain(n), n + 1, 2)
    assert caused[:, 0].tolist() == [1] * (n - 1) + [0, 0] and not caused[:, 1].any()
    adopted_at = np.stack([np.append(np.arange(1, n + 1), -1), np.full(n + 1, -1)], axis=1)
    rate, buyers = reproduction_by_cohort(caused, adopted_at, steps=n)
    assert rate[1:n, 0].tolist() == [1.0] * (n - 1) and rate[n, 0] == 0.0       # the last had no time to cause any
    assert np.isnan(rate[0, 0]) and np.isnan(rate[:, 1]).all()
    assert buyers[:, 0].tolist() == [0, 1, 1, 1, 1, 1, 1]


def test_a_cohort_is_a_mean_over_its_buyers():
    # 0 and 1 buy at 1; 0 causes the purchase of 1 to a half, 1 that of 2 to a quarter: (1/2 + 1/4) / 2
    caused = caused_purchases(chain(3, [0.5, 0.25]), 3, 1)
    rate, buyers = reproduction_by_cohort(caused, np.array([[1], [1], [2]]), steps=2)
    assert rate[1, 0] == 0.375 and buyers[1, 0] == 2 and rate[2, 0] == 0.0


def test_only_triggers_by_reviews_count():
    ledger = chain(4)
    ledger.credits["stage"][0], ledger.credits["source"][1] = Stage.TRIGGER + 1, Source.REVIEW + 1
    assert caused_purchases(ledger, 4, 1)[:, 0].tolist() == [0, 0, 1, 0]


def test_the_gini_of_one_who_has_all_is_one_minus_one_over_n():
    assert abs(gini(np.array([0, 0, 0, 8])) - 0.75) < 1e-12 and gini(np.full(5, 2.0)) == 0.0
    assert abs(gini(np.array([1, 2, 3])) - 2 / 9) < 1e-12 and gini(np.zeros(3)) == 0.0
