"""What people are called, and in which order a file names its ties, changes nothing.

Luck is addressed by row, and rows follow the nodes file: renaming people there, or in a way that keeps their
order, leaves every number as it is.  Changing the order of the rows deals other luck; only a rule without luck
then gives the same people the same fate.
"""

from itertools import count

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from .worlds import CONTACT_PHASES, MANY, differing, model_of, part

NUMBER = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder for the files of all examples."""
    return tmp_path_factory.mktemp("networks")


@st.composite
def graphs(draw):
    """Draw undirected ties among 20 to 30 people, and a seed."""
    n = draw(st.integers(20, 30))
    graph = nx.gnm_random_graph(n, draw(st.integers(n, 3 * n)), seed=draw(st.integers(0, 10**6)))
    return n, list(graph.edges()), draw(st.integers(0, 2**32))


def network_file(folder, names, ties):
    """Write ties among people called ``names`` and return the config of a network that reads them."""
    number = next(NUMBER)
    (folder / f"ties{number}.csv").write_text(
        "\n".join(["source,target", *(f"{names[u]},{names[v]}" for u, v in ties)]))
    (folder / f"people{number}.csv").write_text("\n".join(["id", *names]))
    return part("network", "file") | {"path": str(folder / f"ties{number}.csv"),
                                      "nodes_path": str(folder / f"people{number}.csv")}


def run(network, seed, owner, **changes):
    """Return the model, run to its end, with ``owner`` (a name) owning alpha at step 0."""
    owners = {"brand": "alpha", "count": 1, "by": "list", "people": [owner]}
    model = model_of({"network": network, "seed": seed, "population.seeds.first": owners} | changes)
    model.run()
    return model


@MANY
@given(world=graphs(), luck=st.randoms(use_true_random=False))
def test_the_names_of_people_and_the_order_and_direction_of_mutual_ties_in_the_file_change_nothing(folder, world, luck):
    n, ties, seed = world
    old, new = [f"p{i}" for i in range(n)], [f"q{x}" for x in luck.sample(range(1000), n)]
    turned = [(v, u) if luck.random() < 0.5 else (u, v) for u, v in luck.sample(ties, len(ties))]
    plain = run(network_file(folder, old, ties), seed, old[3])
    renamed = run(network_file(folder, new, ties), seed, new[3])
    reordered = run(network_file(folder, old, turned), seed, old[3])
    assert differing(plain.state, renamed.state) == [] and differing(plain.state, reordered.state) == []
    assert plain.recorder.timeseries().equals(renamed.recorder.timeseries())
    assert renamed.results.people["id"].tolist() == new


@MANY
@given(world=graphs(), luck=st.randoms(use_true_random=False), threshold=st.floats(0.05, 0.6))
def test_without_luck_the_same_people_adopt_in_the_same_step_whatever_their_rows(folder, world, luck, threshold):
    n, ties, seed = world
    names = [f"p{i}" for i in range(n)]
    row = luck.sample(range(n), n)                      # person i stands in row row[i] of the second world
    shuffled = [names[row.index(r)] for r in range(n)]
    moved = [(row[u], row[v]) for u, v in ties]
    rule = {"adoption": part("adoption", "threshold"), "population.threshold_mean": threshold,
            "population.threshold_sd": 0.0, "steps": 8, "without": CONTACT_PHASES}
    one = run(network_file(folder, names, ties), seed, names[0], **rule)
    other = run(network_file(folder, shuffled, moved), seed, names[0], **rule)
    assert np.array_equal(one.state.adopted_at, other.state.adopted_at[row])


def test_with_luck_other_rows_mean_other_luck(folder):
    # the reason for the file's order to be kept: the same people, in other rows, fare otherwise
    n, names = 30, [f"p{i}" for i in range(30)]
    ties = list(nx.gnm_random_graph(n, 60, seed=1).edges())
    one = run(network_file(folder, names, ties), 1, "p0")
    other = run(network_file(folder, names[::-1], [(n - 1 - u, n - 1 - v) for u, v in ties]), 1, "p0")
    assert not np.array_equal(one.state.adopted_at, other.state.adopted_at[::-1])
