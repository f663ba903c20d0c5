"""Networks from the user's files: every format, every way to say who is who, and the real data sets."""

import gzip

import networkx as nx
import numpy as np
import pytest
from network_from_yaml import make

PLAIN = "source,target\nann,bob\nbob,cy\n"
MUTUAL = {("ann", "bob"), ("bob", "ann"), ("bob", "cy"), ("cy", "bob")}


@pytest.fixture
def load(tmp_path):
    """Return a function from the text (and name) of a file to its ties."""
    def loaded(text, name="edges.csv", nodes=None, **changes):
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        if nodes is not None:
            (tmp_path / "nodes.csv").write_text(nodes)
            changes["nodes_path"] = str(tmp_path / "nodes.csv")
        return of(make("file", path=str(path), **changes))
    return loaded


def of(network):
    return network.build(network.size(10_000), 1)


def named(ties):
    """Return the ties as a set of (id of source, id of target)."""
    return {(ties.ids[u], ties.ids[v]) for u, v in zip(ties.sources(), ties.targets, strict=True)}


@pytest.mark.parametrize(("name", "text"), [
    ("edges.csv", PLAIN),
    ("edges.csv.gz", PLAIN),
    ("edges.csv", "\ufeff" + PLAIN.replace("\n", "\r\n")),
    ("edges.csv", PLAIN.replace(",", " , ")),
    ("edges.csv", '"source","target"\n"ann","bob"\n"bob","cy"\n'),
    ("edges.csv", PLAIN.replace(",", ";")),
    ("edges.tsv", PLAIN.replace(",", "\t")),
    ("edges.txt", PLAIN.replace(",", "   ")),
    ("edges.txt", "# a comment\n\nann bob\n\n# another\nbob cy"),
    ("edges.txt", "ann bob {'weight': 3}\nbob cy {'weight': 3}"),
])
def test_an_edge_list_is_read_whatever_separates_it(load, name, text):
    ties = load(text, name)
    assert ties.ids == ["ann", "bob", "cy"]
    assert named(ties) == MUTUAL


@pytest.mark.parametrize(("text", "header"), [
    ("a,b\n1,2\n2,3\n", True),                   # words above numbers
    ("1,2\n2,3\n", False),
    ("node_1,node_2\nann,bob\n", True),          # a word that names columns
    ("user1,user2\nuser2,user3\n", False),       # names of people that only look like it
    ("ann,bob\nbob,cy\n", False),
    ("bob,ann\n7,bob\n", False),                # words above numbers, but bob comes again
    ("ann,bob,0.5\nbob,cy,0.5\n", False),
    ("who,whom,w\nann,bob,0.5\nbob,cy,0.5\n", True),
])
def test_a_header_is_noticed_where_there_is_one(load, text, header):
    assert load(text).facts["header"] is header


def test_a_header_is_what_the_config_says(load):
    assert load("ann,bob\nbob,cy\n", header="yes").ids == ["bob", "cy"]
    assert load("source,target\nbob,cy\n", header="no").ids == ["bob", "cy", "source", "target"]


def test_a_named_column_shows_that_there_is_a_header(load):
    ties = load("colour,x,y\nred,ann,bob\n", source_column="x", target_column="y")
    assert named(ties) == {("ann", "bob"), ("bob", "ann")}


def test_columns_without_a_header_are_numbered(load):
    ties = load("0.5 ann bob\n0.25 bob cy\n", source_column="1", target_column="2", strength_column="0")
    assert sorted(ties.strength.tolist()) == [0.25, 0.25, 0.5, 0.5]


def test_people_stand_in_the_order_of_their_numbers_whatever_the_order_of_lines(load):
    assert load("10,2\n2,bob\nbob,ann\n").ids == ["2", "10", "ann", "bob"]
    assert load("bob,ann\n2,bob\n10,2\n").ids == ["2", "10", "ann", "bob"]


def test_two_and_two_point_zero_are_one_person(load):
    assert load("1.0,2\n2.0,3\n").ids == ["1", "2", "3"]


@pytest.mark.parametrize(("directed", "direction", "expected"), [
    (False, "target_influences_source", MUTUAL),
    (True, "source_influences_target", {("ann", "bob"), ("bob", "cy")}),
    (True, "target_influences_source", {("bob", "ann"), ("cy", "bob")}),
])
def test_a_directed_line_is_one_tie_in_the_direction_of_influence(load, directed, direction, expected):
    assert named(load(PLAIN, directed=directed, direction=direction)) == expected


def test_what_is_dropped_or_merged_is_counted(load):
    text = "source,target,w\nann,ann,1\nann,bob,.2\nbob,ann,.6\nann,bob,.4\nbob,cy,1\n"
    mutual = load(text, strength_column="w")
    assert named(mutual) == MUTUAL
    assert (mutual.facts["self_ties"], mutual.facts["duplicates"]) == (1, 2)
    assert mutual.strength[mutual.offsets[0]] == np.float32(0.6)       # the strongest of .2, .6 and .4
    directed = load(text, strength_column="w", directed=True)
    assert (directed.facts["self_ties"], directed.facts["duplicates"]) == (1, 1)
    assert directed.strength[directed.offsets[0]] == np.float32(0.4)


def test_weights_are_scaled_by_the_largest_on_request(load):
    ties = load("a,b,5\nb,c,20\n", strength_column="2", strength_scale="divide_by_max", directed=True)
    assert ties.strength.tolist() == [0.25, 1.0] and ties.facts["strength_divided_by"] == 20.0


def test_strength_and_visibility_have_defaults(load):
    ties = load(PLAIN, default_strength=0.5, default_visibility=0.25)
    assert (ties.strength == 0.5).all() and (ties.visibility == 0.25).all()


def test_kinds_are_numbers_or_words(load):
    assert load("a,b,1\nb,c,3\n", kind_column="2", directed=True).kind.tolist() == [1, 3]
    words = load("a,b,weak\nb,c,work\nc,d,family\n", kind_column="2", directed=True)
    assert words.kind.tolist() == [1, 5, 4]
    assert words.facts["kinds"] == {"weak": 1, "family": 4, "work": 5}


def test_only_the_chosen_lines_are_kept(load):
    ties = load("a,b,work\nb,c,play\n", only_column="2", only_values=["work"])
    assert ties.ids == ["a", "b"] and ties.facts["not_selected"] == 1


NODES = "id,town,age,income\nann,x,30,1.5\nbob,y,40,\ndan,x,50,2\n"


def test_the_nodes_file_gives_order_attributes_communities_and_people_without_ties(load):
    ties = load("ann,bob\n", nodes=NODES, community_column="town")
    assert ties.ids == ["ann", "bob", "dan"] and ties.facts["isolated"] == 1
    assert ties.community.tolist() == [0, 1, 0] and ties.facts["communities"] == ["x", "y"]
    attributes = ties.facts["attributes"]
    assert attributes["age"].tolist() == [30, 40, 50] and attributes["age"].dtype == np.int64
    assert attributes["town"].tolist() == ["x", "y", "x"]
    assert np.array_equal(attributes["income"], [1.5, np.nan, 2.0], equal_nan=True)


def test_ids_that_are_not_in_the_nodes_file_are_dropped_or_added(load):
    dropped = load("ann,bob\nbob,zoe\n", nodes=NODES, unknown_ids="drop")
    assert dropped.ids == ["ann", "bob", "dan"]
    assert (dropped.facts["unknown_ids"], dropped.facts["unknown_ties"]) == (1, 1)
    added = load("ann,bob\nbob,zoe\n", nodes=NODES, unknown_ids="add")
    assert added.ids == ["ann", "bob", "dan", "zoe"] and ("bob", "zoe") in named(added)
    assert np.isnan(added.facts["attributes"]["age"][3])


def test_an_id_of_several_columns_is_joined_by_slashes(load):
    ties = load("village,ego,alter\n1,1,2\n2,1,2\n", nodes="village,id\n1.0,1.0\n1.0,2.0\n2.0,1.0\n2.0,2.0\n",
                id_columns=["village", "id"], source_id_columns=["village", "ego"],
                target_id_columns=["village", "alter"], directed=True)
    assert named(ties) == {("1/1", "1/2"), ("2/1", "2/2")}


def graph_of(directed):
    graph = (nx.DiGraph if directed else nx.Graph)()
    graph.add_node("ann", town="x")
    graph.add_node("bob", town="y")
    graph.add_node("dan", town="y")
    graph.add_edge("ann", "bob", weight=0.5)
    return graph


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml"])
@pytest.mark.parametrize("directed", [False, True])
def test_a_graph_file_is_read_with_its_direction_people_and_attributes(tmp_path, form, directed):
    path = tmp_path / f"graph.{form}"
    getattr(nx, f"write_{form}")(graph_of(directed), path)
    ties = of(make("file", path=str(path), strength_column="weight", community_column="town"))
    assert ties.ids == ["ann", "bob", "dan"] and ties.community.tolist() == [0, 1, 1]
    assert named(ties) == ({("ann", "bob")} if directed else {("ann", "bob"), ("bob", "ann")})
    assert (ties.strength == 0.5).all() and ties.facts["directed"] is directed
    assert ties.facts["attributes"]["town"].tolist() == ["x", "y", "y"] and ties.facts["isolated"] == 1


def test_a_compressed_graph_file_and_a_gml_file_without_labels_are_read(tmp_path):
    nx.write_graphml(graph_of(False), tmp_path / "graph.graphml.gz")
    assert of(make("file", path=str(tmp_path / "graph.graphml.gz"))).ids == ["ann", "bob", "dan"]
    (tmp_path / "bare.gml").write_text("graph [ node [ id 7 ] node [ id 9 ] edge [ source 7 target 9 ] ]")
    assert of(make("file", path=str(tmp_path / "bare.gml"))).ids == ["7", "9"]


def test_a_changed_file_is_read_again(tmp_path):
    network = make("file", path=str(tmp_path / "edges.csv"))
    (tmp_path / "edges.csv").write_text("ann,bob\n")
    assert network.size(5) == 2
    (tmp_path / "edges.csv").write_text("ann,bob\nbob,cy\n")
    assert network.size(5) == 3 and len(network.build(3, 1)) == 4


@pytest.mark.parametrize(("name", "people", "lines"), [("ego_facebook", 4_039, 88_234),
                                                       ("lastfm_asia", 7_624, 27_806)])
def test_published_friendships_load_with_the_defaults_alone(name, people, lines, data):
    ties = of(make("file", path=str(data / name / "edges.csv.gz")))
    assert (ties.n, len(ties)) == (people, 2 * lines)
    assert ties.facts["self_ties"] == ties.facts["duplicates"] == ties.facts["isolated"] == 0


def test_trust_runs_against_influence(data):
    ties = of(make("file", path=str(data / "filmtrust" / "trust.csv"), directed=True,
                   direction="target_influences_source"))
    assert (ties.n, len(ties)) == (874, 1_853)
    assert ("966", "2") in named(ties)             # the first line: 2 trusts 966


def test_korean_villages_load_with_ids_of_two_columns(data):
    folder = data / "netdiffuser_kfamily"
    ties = of(make("file", path=str(folder / "nominations.csv.gz"), nodes_path=str(folder / "nodes.csv"),
                   id_columns=["community", "id"], source_id_columns=["community", "ego"],
                   target_id_columns=["community", "alter"], community_column="community",
                   only_column="relation", only_values=["purchase_advice"], unknown_ids="drop", directed=True,
                   direction="target_influences_source"))
    facts = ties.facts
    assert (ties.n, len(np.unique(ties.community))) == (1_047, 25)
    assert facts["unknown_ties"] == 362            # alter_in_sample false, of 2,249 purchase-advice lines
    assert len(ties) + facts["self_ties"] + facts["duplicates"] == 2_249 - 362
    assert facts["attributes"]["toa"].max() == 11  # 11: never adopted
    assert (ties.community[ties.sources()] == ties.community[ties.targets]).all()
