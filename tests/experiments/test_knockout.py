"""Ledger credit beside causal credit, in worlds where both are known, and on a market where the books must agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.command.main import main

SURE = ("experiment=replicate/virality_shapes", "network=file", "output.figures=false",
        "metrics={adoption: true, rungs: true, nps: true, reviews: true, beliefs: true, money: true, feedback: true}",
        "task=knockout", "task.workers=1", "value.discount_rate=0.0")
"""Who reads one review buys for sure and writes one; nobody hears of anything otherwise."""

MARKET = ("scenario=listening_brand", "population.size=300", "steps=16", "adoption.p=0.02", "talk.base=2",
          "task=knockout", "task.workers=1")


def knockout(tmp_path, ties, seeds, what, *words):
    """Knock something out of a world of known ties; return the table by figure and the worth of a person, if any."""
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target\n" + "".join(f"{u},{v}\n" for u, v in ties))
    people = ",".join(f'"{person}"' for person in seeds)
    status = main([*SURE, f"network.path={edges}", f"task.what={what}", f"hydra.run.dir={tmp_path / 'out'}",
                   "population.seeds.first.by=list", f"population.seeds.first.people=[{people}]", *words])
    assert status == 0
    return read(tmp_path / "out")


def read(folder):
    table = pd.read_parquet(folder / "knockout.parquet").set_index("figure")
    there = (folder / "worth.parquet").exists()
    return table, pd.read_parquet(folder / "worth.parquet").set_index("figure")["value"] if there else None


def test_on_a_chain_of_two_ledger_and_knockout_agree(tmp_path):
    table, _ = knockout(tmp_path, [("a", "b")], ["a"], "person:a")
    sales = table.loc["sales"]
    assert (sales["as_it_is"], sales["without"]) == (2, 1)         # the gift to a counts too
    assert sales["ledger_trigger"] == sales["knockout"] == 1


def test_down_a_longer_chain_the_knockout_counts_what_the_sale_went_on_to_cause(tmp_path):
    """a - b - c - d: the ledger credits a with b, without a there is neither b nor c nor d."""
    table, worth = knockout(tmp_path, [("a", "b"), ("b", "c"), ("c", "d")], ["a"], "person:a")
    assert table.loc["sales", "ledger_trigger"] == 1 and table.loc["sales", "knockout"] == 3
    assert worth["referred"] == 1 and worth["referred_anyway"] == 0


def test_of_two_who_tell_the_same_the_ledger_credits_half_each_and_none_is_missed(tmp_path):
    """a and b both tell c: half a sale each by the ledger, none by the knock-out of either."""
    ties, seeds = [("a", "c"), ("b", "c")], ["a", "b"]
    table, worth = knockout(tmp_path, ties, seeds, "person:a", "task.acquisition_cost=5")
    sales = table.loc["sales"]
    assert sales["ledger_trigger"] == pytest.approx(0.5) and sales["knockout"] == 0
    assert sales["ledger_trigger"] - sales["knockout"] == pytest.approx(0.5)
    if worth["referred"]:                                      # the tree gives c to one of the two
        assert (worth["crv_type_one"], worth["crv_type_two"]) == (0, 5)


def test_both_of_them_together_were_the_cause_so_their_reviews_share_it(tmp_path):
    credits = [knockout(tmp_path, [("a", "c"), ("b", "c")], ["a", "b"], f"person:{who}")[0].loc["sales"]
               for who in "ab"]
    assert sum(credit["ledger_trigger"] for credit in credits) == pytest.approx(1)


def test_who_has_no_readers_can_be_silenced_without_any_change(tmp_path):
    """Everything about d, at the end of the chain, is exactly as it was; nan stays nan."""
    table, worth = knockout(tmp_path, [("a", "b"), ("b", "c"), ("c", "d")], ["a"], "person:d")
    kept = table.drop(index=["reviews", "mean_stars", "share_negative", "share_one_star", "share_five_stars", "reads"])
    assert kept["knockout"].dropna().eq(0).all() and kept.loc["sales", "ledger_trigger"] == 0
    assert worth["civ"] == 0 and worth["clv"] == pytest.approx(20)      # one margin


def test_a_review_is_taken_away_alone(tmp_path):
    """Review 1 is b's, in step 3: c and d never hear; what a wrote stands."""
    table, _ = knockout(tmp_path, [("a", "b"), ("b", "c"), ("c", "d")], ["a"], "review:1")
    assert table.loc["sales", "knockout"] == 2 and table.loc["sales", "ledger_trigger"] == 1
    assert table.loc["reviews", "knockout"] == 3


def test_the_value_of_a_referral_of_type_one_is_what_the_referred_are_worth(tmp_path):
    _, worth = knockout(tmp_path, [("a", "b"), ("a", "c")], ["a"], "person:a")
    assert worth["crv_type_one"] == pytest.approx(2 * 20) == worth["civ"]
    assert worth["crv_type_two"] == 0


@pytest.mark.parametrize("what", ["process:delivery", "motive:venting", "policy:fix_worst"])
def test_sources_of_many_worlds_come_with_an_interval(what, tmp_path):
    assert main([*MARKET, f"task.what={what}", "task.replicates=3", f"hydra.run.dir={tmp_path}"]) == 0
    table, worth = read(tmp_path)
    sales = table.loc["sales"]
    assert worth is None and sales["low"] <= sales["knockout"] <= sales["high"]
    assert sales["knockout"] == pytest.approx(sales["as_it_is"] - sales["without"])
    assert (tmp_path / "figures" / "knockout.png").stat().st_size > 10_000
    if what.startswith("policy"):
        assert sales["ledger_trigger"] == 0 and table.loc["cost", "knockout"] > 0


def test_without_a_process_nobody_writes_about_it_and_the_rest_has_the_same_luck(tmp_path):
    from experiments.tasks.knockout.targets import target_of, without
    from simulation import WordOfMouthModel
    from simulation.config.compose import check_params, compose

    config = compose(*MARKET[:-2])
    params = check_params(config)
    models = [WordOfMouthModel(p) for p in (params, without(target_of("process:product", "alpha", params), config,
                                                            params))]
    for model in models:
        model.run()
    there, gone = (model.state.ledger.posts for model in models)
    assert (there["process"] == 0).any() and not (gone["process"] == 0).any()
    first = there["step"][there["process"] == 0].min()
    assert set(gone["key"][gone["step"] <= first]) == set(
        there["key"][(there["step"] <= first) & (there["process"] != 0)])
    assert np.isin(np.unique(gone["process"]), np.unique(there["process"])).all()


@pytest.mark.parametrize(("what", "said"), [
    ("", ["task.what", "process:NAME", "''"]),
    ("delivery", ["task.what", "process:NAME"]),
    ("process:deliver", ["task.what", "process:delivery", "did you mean"]),
    ("motive:anger", ["task.what", "motive:venting"]),
    ("policy:seed", ["task.what", "policy:fix_worst"]),
    ("person:nobody", ["task.what", "ids look like '0'"]),
    ("review:999999", ["task.what", "review:N"]),
    ("review:x", ["task.what", "review:N"]),
])
def test_what_is_not_there_cannot_be_taken_away(what, said, tmp_path, capsys):
    assert main([*MARKET, f"task.what='{what}'", f"hydra.run.dir={tmp_path / 'x'}"]) == 2
    error = capsys.readouterr().err
    assert all(part in error for part in said), error
    assert not (tmp_path / "x").exists()


def test_where_people_follow_purchases_and_not_reviews_only_policies_can_be_taken_away(tmp_path, capsys):
    assert main([*MARKET, "adoption=bass", "task.what=person:3", f"hydra.run.dir={tmp_path / 'x'}"]) == 2
    assert "policy:NAME with adoption.kind bass" in capsys.readouterr().err
