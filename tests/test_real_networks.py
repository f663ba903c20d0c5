"""The user's own networks: real ones run end to end, and their ids stand in every table."""

import gzip

import pandas as pd
import pytest

from experiments.command.main import main

QUICK = ("steps=12", "output.figures=false", "scenario=fix_delivery", "adoption.p=0.03", "output.ledger=full")


def run(folder, *overrides):
    """Run from the command line's own entry into ``folder``; return the exit status."""
    return main([*overrides, *QUICK, f"hydra.run.dir={folder}"])


def people_in(folder):
    """All ids that stand in the tables of a run."""
    ids = set()
    for table, columns in (("reviews", ("author", "sharer")), ("conversions", ("person",)), ("reads", ("reader",)),
                           ("experiences", ("person",)), ("lost_sales", ("person",))):
        frame = pd.read_parquet(folder / f"{table}.parquet")
        for column in columns:
            ids |= set(frame[column])
    return ids - {""}


def test_the_facebook_network_runs(data, tmp_path):
    path = data / "ego_facebook" / "edges.csv.gz"
    assert run(tmp_path / "run", "network=file", f"network.path={path}") == 0
    people = pd.read_parquet(tmp_path / "run" / "people.parquet")
    edges = pd.read_csv(path)
    assert len(people) == 4039 and people["followers"].sum() == 2 * 88234 == 2 * len(edges)
    assert set(people["id"]) == {str(i) for i in set(edges.iloc[:, 0]) | set(edges.iloc[:, 1])}
    assert people_in(tmp_path / "run") <= set(people["id"])


def test_the_lastfm_network_runs(data, tmp_path):
    assert run(tmp_path / "run", "network=file", f"network.path={data / 'lastfm_asia' / 'edges.csv.gz'}") == 0
    people = pd.read_parquet(tmp_path / "run" / "people.parquet")
    assert len(people) == 7624 and people["followers"].sum() == 2 * 27806


def test_trust_lists_run_against_their_direction(data, tmp_path):
    path = data / "filmtrust" / "trust.csv"
    assert run(tmp_path / "run", "network=file", f"network.path={path}", "network.directed=true",
               "network.direction=target_influences_source") == 0
    people = pd.read_parquet(tmp_path / "run" / "people.parquet").set_index("id")
    trust = pd.read_csv(path)
    trusted = trust.groupby("trustee")["truster"].nunique()
    assert people["followers"].sum() == len(trust.drop_duplicates(["truster", "trustee"]))
    assert all(people.loc[str(person), "followers"] == count for person, count in trusted.items())


def test_villages_whose_ids_repeat_run_with_their_attributes(data, tmp_path):
    folder = data / "netdiffuser_kfamily"
    assert run(tmp_path / "run", "network=file", f"network.path={folder / 'nominations.csv.gz'}",
               f"network.nodes_path={folder / 'nodes.csv'}", "network.id_columns=[community, id]",
               "network.source_id_columns=[community, ego]", "network.target_id_columns=[community, alter]",
               "network.community_column=community", "network.directed=true",
               "network.direction=target_influences_source", "network.unknown_ids=drop") == 0
    people = pd.read_parquet(tmp_path / "run" / "people.parquet")
    assert len(people) == 1047
    assert people["community"].nunique() == 25
    assert {"attribute_toa", "attribute_age"} <= set(people.columns)
    assert people_in(tmp_path / "run") <= set(people["id"])


def test_words_are_good_ids(tmp_path):
    with gzip.open(tmp_path / "friends.csv.gz", "wt") as file:
        file.write("# who follows whom\nleft,right\n" + "".join(f"Ann-{i},Ünal {i + 1}\nÜnal {i + 1},Ann-{i + 1}\n"
                                                               for i in range(40)))
    assert run(tmp_path / "run", "network=file", f"network.path={tmp_path / 'friends.csv.gz'}",
               "network.header=yes", "adoption.p=0.3") == 0
    found = people_in(tmp_path / "run")
    assert found and all(name.startswith(("Ann-", "Ünal ")) for name in found)


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
