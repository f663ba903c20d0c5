"""Every mistake in a network file is one sentence: what, where, allowed, got."""

import pytest
from network_from_yaml import make

EDGES = "source,target,weight\nann,bob,0.5\nbob,cy,1.0\n"
NODES = "id,town\nann,x\nbob,y\n"

CASES = {
    "no path": (None, {"path": ""}, "network.path: no file given"),
    "missing file": (EDGES, {"path": "edgse.csv"}, "there is no file .*edgse.csv; did you mean .*edges.csv"),
    "a folder": (EDGES, {"path": "."}, "network.path must be a file, got the folder"),
    "empty file": ("", {}, "edges.csv is empty"),
    "only comments": ("# nothing\n\n", {}, "edges.csv is empty"),
    "only a header": ("source,target\n", {"header": "yes"}, "has no ties"),
    "only self-ties": ("1,1\n2,2\n", {}, r"no tie between two known people \(2 self-ties"),
    "one column": ("1\n2\n", {}, "must have at least two columns"),
    "too few columns": (EDGES + "\ncy\n", {}, "line 5 of .* must have 3 columns like the first line, got 1"),
    "too many columns": (EDGES + "cy,dan,1,2\n", {}, "line 4 of .* must have 3 columns .* got 4"),
    "too few blanks": ("a b 1\nb c\n", {}, "line 2 of .* must have 3 columns .* got 2"),
    "open quote": ('a,b\n"b,c\nc,d\n', {}, "line 2 of .* must be separated text"),
    "not text": (b"\xff\xfe\x00\x01", {}, "must be UTF-8 text"),
    "wrong column": (EDGES, {"source_column": "sorce"},
                     "network.source_column: there is no column 'sorce'; the columns of .* are source, "
                     "target, weight; did you mean 'source'"),
    "no header": ("1,2\n", {"target_column": "to"}, r"are 0, 1 \(numbered, because it has no header\)"),
    "a column twice": ("a,a,b\n1,2,3\n", {"source_column": "a"}, "'a' is there more than once"),
    "missing id": (EDGES + ",ann,1\n", {}, "line 4 of .* has no id in column 'source', got ''"),
    "NA as id": (EDGES + "ann,NA,1\n", {}, "line 4 of .* has no id in column 'target', got 'NA'"),
    "word as strength": (EDGES + "cy,ann,much\n", {"strength_column": "weight"},
                         "network.strength_column: line 4 .* must have a finite number .* got 'much'"),
    "NaN as strength": (EDGES + "cy,ann,nan\n", {"strength_column": "weight"}, "line 4 .* got 'nan'"),
    "empty strength": (EDGES + "cy,ann,\n", {"strength_column": "weight"}, "line 4 .* got ''"),
    "infinite strength": (EDGES + "cy,ann,inf\n", {"strength_column": "weight"}, "line 4 .* got 'inf'"),
    "large strength": (EDGES + "cy,ann,5\n", {"strength_column": "weight"},
                       "above 0 and at most 1, got 5 in line 4 .*network.strength_scale=divide_by_max"),
    "zero strength": (EDGES + "cy,ann,0\n", {"strength_column": "weight"}, "got 0 in line 4"),
    "negative weight": (EDGES + "cy,ann,-1\n",
                        {"strength_column": "weight", "strength_scale": "divide_by_max"}, "got -1 in line 4"),
    "vanishing strength": (EDGES + "cy,ann,1e-60\n", {"strength_column": "weight"}, "got 1e-60 in line 4"),
    "kind above 127": ("a,b,1\nb,c,128\n", {"kind_column": "2"}, "from 0 to 127 .* got '128' in line 2"),
    "broken kind": ("a,b,1\nb,c,0.5\n", {"kind_column": "2"}, "network.kind_column: .*got '0.5' in line 2"),
    "unknown value": (EDGES, {"only_column": "source", "only_values": ["zoe"]},
                      "network.only_values: 'zoe' never occurs .* it has ann, bob"),
    "values without column": (EDGES, {"only_values": ["ann"]}, "allowed is both or neither"),
    "both ids": (EDGES, {"source_column": "source", "source_id_columns": ["source"]}, "allowed is one of"),
    "duplicate tie": (EDGES + "bob,ann,1\n", {"duplicates": "error"},
                      r"network.duplicates: line 4 of .* repeats the tie of line 2; .*either direction"),
    "community without nodes": (EDGES, {"community_column": "town"}, "allowed only with network.nodes_path"),
    "unknown id": (EDGES, {"nodes_path": "nodes.csv"},
                   "network.unknown_ids: 1 ids of .* are not in .*nodes.csv, the first is 'cy' in line 3;"),
    "all unknown": ("source,target\nx,y\n", {"nodes_path": "nodes.csv", "unknown_ids": "drop"},
                    "no tie between two known people .* 1 with unknown ids"),
    "missing nodes file": (EDGES, {"nodes_path": "people.csv"}, "network.nodes_path: there is no file"),
    "wrong id column": (EDGES, {"nodes_path": "nodes.csv", "id_columns": ["ids"]},
                        "network.id_columns: there is no column 'ids'.*did you mean 'id'"),
    "one id for two people": (EDGES, {"nodes_path": "nodes.csv", "id_columns": ["town"], "path": "same.csv"},
                              "network.id_columns: an id must stand for one person, got 'x' 2 times"),
    "wrong community column": (EDGES, {"nodes_path": "nodes.csv", "unknown_ids": "add",
                                       "community_column": "twon"}, "did you mean 'town'"),
    "no graphml": (EDGES, {"format": "graphml"}, "must be a graphml file, got"),
    "no gexf": (EDGES, {"format": "gexf"}, "must be a gexf file, got"),
    "no gml": (EDGES, {"format": "gml"}, "must be a gml file, got"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_in_one_sentence(case, tmp_path, monkeypatch):
    text, changes, message = CASES[case]
    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "edges.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "nodes.csv").write_text(NODES if "two people" not in case else NODES + "cy,x\n")
    (tmp_path / "same.csv").write_text(EDGES)
    with pytest.raises(ValueError, match=message) as caught:
        make("file", **{"path": "edges.csv"} | changes).size(10)
    assert "\n" not in str(caught.value) or "validation error" in str(caught.value)


def test_a_broken_gz_is_told_in_one_sentence(tmp_path):
    (tmp_path / "edges.csv.gz").write_text(EDGES)
    with pytest.raises(ValueError, match=r"must be UTF-8 text \(or text in .gz\), got"):
        make("file", path=str(tmp_path / "edges.csv.gz")).size(10)


def test_another_number_of_people_than_in_the_file_is_refused(tmp_path):
    (tmp_path / "edges.csv").write_text(EDGES)
    with pytest.raises(ValueError, match=r"population.size must be 3, the people in .* got 10"):
        make("file", path=str(tmp_path / "edges.csv")).build(10, 1)
