"""What every network promises, for every file in configs/network."""

import numpy as np
import pytest
from network_from_yaml import FOLDER, make, pairs
from pydantic import ValidationError

from simulation.networks import NETWORKS

NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
PEOPLE = 400  # even, a square, and enough for 20 communities of people with 8 neighbours
RANDOM = {"barabasi_albert", "chung_lu", "cliques_fixed", "communities", "configuration", "erdos_renyi",
          "holme_kim", "stochastic_block", "watts_strogatz"}
ONE_WAY = {"communities"}
MUTUAL = set(NAMES) - ONE_WAY


@pytest.fixture
def shipped(tmp_path):
    """Return the network of a config file; ``file`` gets a small file to read."""
    (tmp_path / "edges.csv").write_text("source,target\nann,bob\nbob,cy\ncy,ann\ncy,dan\n")
    return lambda name: make(name, **({"path": str(tmp_path / "edges.csv")} if name == "file" else {}))


def built(network, seed=1):
    return network.build(network.size(PEOPLE), seed)


def columns(ties):
    return [ties.offsets, ties.targets, ties.strength, ties.visibility, ties.kind, ties.community]


def test_every_kind_has_a_config_file(shipped):
    assert {type(shipped(name)) for name in NAMES} == set(NETWORKS)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_tied_to_himself_and_rows_are_sorted_without_doubles(shipped, name):
    ties = built(shipped(name))
    key = ties.sources() * ties.n + ties.targets
    assert (np.diff(key) > 0).all()
    assert (ties.sources() != ties.targets).all()


@pytest.mark.parametrize("name", NAMES)
def test_degrees_add_up_to_the_ties_both_ways(shipped, name):
    ties = built(shipped(name))
    assert ties.out_degree().sum() == ties.in_degree().sum() == len(ties)
    assert ties.offsets[0] == 0 and ties.offsets[-1] == len(ties)
    assert ties.n == len(ties.ids) == len(set(ties.ids)) == ties.community.size


@pytest.mark.parametrize("name", NAMES)
def test_strengths_and_visibilities_are_above_zero_and_at_most_one(shipped, name):
    ties = built(shipped(name))
    for column in (ties.strength, ties.visibility):
        assert column.dtype == np.float32 and column.size == len(ties)
        assert ((column > 0) & (column <= 1)).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_ties(shipped, name):
    network = shipped(name)
    for one, other in zip(columns(built(network, 7)), columns(built(network, 7)), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_gives_other_ties_where_luck_is_involved(shipped, name):
    one, other = built(shipped(name), 1), built(shipped(name), 2)
    assert (pairs(one) != pairs(other)) == (name in RANDOM)


@pytest.mark.parametrize("name", sorted(MUTUAL))
def test_ties_are_mutual_unless_they_are_followers(shipped, name):
    ties = built(shipped(name))
    assert pairs(ties) == {(v, u) for u, v in pairs(ties)}


@pytest.mark.parametrize("name", NAMES)
def test_the_result_reports_what_was_dropped(shipped, name):
    facts = built(shipped(name)).facts
    assert {"self_ties", "duplicates", "isolated"} <= set(facts)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_says_its_unit_and_source_and_has_no_value_in_python(shipped, name):
    for field, info in type(shipped(name)).model_fields.items():
        assert info.is_required(), field
        if field not in ("kind", "meetings"):
            assert info.json_schema_extra["unit"] and info.json_schema_extra["source"], field


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_key_is_refused(shipped, name):
    with pytest.raises(ValidationError, match="no_such_key"):
        make(name, no_such_key=1)


@pytest.mark.parametrize(("name", "changes", "n", "message"), [
    ("communities", {"neighbours": 7}, 400, "network.neighbours must be even .* got 7"),
    ("communities", {}, 100, "network.communities: 20 communities of 100 people have 5 each.*at most 11"),
    ("watts_strogatz", {"neighbours": 3}, 400, "network.neighbours must be even .* got 3"),
    ("watts_strogatz", {}, 8, "population.size: .*needs at least 9 people, got 8"),
    ("barabasi_albert", {}, 4, "network.ties_each 4 needs at least 5 people, got 4"),
    ("holme_kim", {}, 4, "network.ties_each 4 needs at least 5 people, got 4"),
    ("erdos_renyi", {"mean_degree": 9.5}, 10, "network.mean_degree must be at most 9 .* got 9.5"),
    ("configuration", {"max_degree": 2}, 400, "network.max_degree must be at least .* 3, got 2"),
    ("configuration", {}, 3, "network.min_degree 3 needs at least 4 people, got 3"),
    ("chung_lu", {"max_degree": 2}, 400, "network.max_degree must be at least .* 3, got 2"),
    ("chung_lu", {}, 3, "network.min_degree 3 needs at least 4 people, got 3"),
    ("stochastic_block", {"degree_inside": 8.0}, 40, "network.degree_inside must be below .* 8 of 40, got 8"),
    ("stochastic_block", {"degree_between": 33.0}, 40, "network.degree_between is more .* got 33"),
    ("stochastic_block", {"sizes": [1.0]}, 400, "network.degree_between is more .*1 communities"),
    ("cliques_fixed", {}, 15, "network.weak must be at most 6, .* got 8"),
    ("ring", {}, 2, "needs at least 3 people, got 2"),
    ("path", {}, 1, "needs at least 2 people, got 1"),
    ("star", {}, 1, "needs at least 2 people, got 1"),
    ("two_node", {}, 401, "population.size must be even .* got 401"),
    ("torus", {}, 401, "population.size must be a square .* got 401; the nearest are 400 and 441"),
    ("torus", {}, 4, "needs at least 9 people, got 4"),
    ("complete", {}, 3001, "population.size must be at most 3000 .* got 3001 .*well_mixed"),
    ("karate", {}, 400, "population.size must be 34 .* got 400"),
    ("watts_strogatz", {"meetings": {"kind": "cliques_with_weak", "weak": 1, "strength": 0.5}}, 400,
     "network.meetings.kind cliques_with_weak needs a network of several communities"),
    ("ring", {"seed": -1}, 400, "greater than or equal to 0"),
])
def test_an_impossible_combination_is_refused_in_one_sentence(name, changes, n, message):
    with pytest.raises(ValueError, match=message):
        make(name, **changes).build(n, 1)
