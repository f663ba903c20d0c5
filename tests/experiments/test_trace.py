"""task=trace: a sale is followed back, link by link, to a root cause that is stated."""

import shutil

import numpy as np
import pandas as pd
import pytest
import yaml

from experiments.command.main import main
from experiments.tasks.run_folder import open_run, percent
from experiments.tasks.trace import CAUSES, STAGES, chain, sources, trace_text
from simulation.output.results import write_table

CONFIG = {"name": "hand-made", "seed": 5, "step_days": 7, "brands": {"alpha": {}}, "value": {"currency": "CHF"},
          "output": {"ledger": "full", "tables": "parquet"}}
"""Four people. 007 hears an advertisement and buys; Bob passes 007's review on to Cem; Dot reads Cem's review."""

TABLES = {
    "conversions": (("conversion", "step", "person", "brand", "kind", "price", "margin", "parent"), [
        (0, 1, "007", "alpha", "first", 50.0, 20.0, -1),
        (1, 5, "cem", "alpha", "first", 1250.5, 20.0, 0),
        (2, 8, "dot", "alpha", "switch", 50.0, 20.0, 1),
        (3, 9, "bob", "alpha", "seed", 0.0, -30.0, -1)]),
    "reviews": (("review", "step", "author", "sharer", "brand", "process", "stars", "motive", "incentivised", "root",
                 "generation", "purchase", "readers", "helpful"), [
        (0, 2, "007", "007", "alpha", "delivery", 5, "helping_company", False, 0, 0, 0, 9, 2),
        (1, 3, "007", "bob", "alpha", "delivery", 5, "helping_company", False, 0, 1, 0, 0, 0),
        (2, 6, "cem", "cem", "alpha", "support", 4, "concern", True, 2, 0, 1, 1, 0),
        (3, 7, "cem", "cem", "alpha", "support", 1, "venting", False, 3, 0, 1, 1, 0)]),
    "experiences": (("review", "process", "quality", "disconfirmation", "failed"), [
        (0, "delivery", 0.9, 0.25, False), (2, "support", 0.7, -0.125, False), (3, "support", 0.1, -0.5, True)]),
    "credits": (("conversion", "stage", "source", "channel", "review", "author", "sharer", "share"), [
        (0, "trigger", "advertising", "", -1, "", "", 1.0),
        (0, "persuasion", "carried_belief", "", -1, "", "", 1.0),
        (1, "trigger", "advertising", "", -1, "", "", 0.25),
        (1, "trigger", "review", "feed", 0, "007", "bob", 0.75),
        (1, "persuasion", "review", "feed", 0, "007", "bob", 0.375),
        (1, "persuasion", "experience", "", -1, "", "", 0.125),
        (1, "persuasion", "review", "site", 0, "007", "007", 0.5),
        (2, "trigger", "advertising", "", -1, "", "", 0.5),
        (2, "trigger", "review", "feed", 2, "cem", "cem", 0.5),
        (2, "persuasion", "review", "site", 2, "cem", "cem", 0.25),
        (2, "persuasion", "review", "site", 2, "cem", "cem", 0.25),
        (2, "persuasion", "older", "", -1, "", "", 0.5),
        (3, "trigger", "seed", "", -1, "", "", 1.0),
        (3, "persuasion", "chance", "", -1, "", "", 1.0)]),
    "lost_sales": (("step", "person", "brand", "review", "author", "sales"), [
        (8, "dot", "alpha", 3, "cem", 0.125), (8, "dot", "alpha", -1, "", 0.0625)]),
    "reads": (("step", "reader", "review", "channel", "weight", "gain"), [
        (3, "cem", 1, "feed", 0.5, 0.125), (4, "cem", 0, "site", 0.5, 0.25), (7, "dot", 2, "site", 0.5, 0.25),
        (7, "dot", 3, "feed", 1.0, -0.5)]),
    "decisions": (("step", "brand", "policy", "action", "person", "amount", "cost"), [
        (7, "alpha", "reply", "answer", "cem", 0.3, 5.0), (8, "alpha", "gifts", "seed", "bob", 0.1, 40.0),
        (8, "alpha", "mend", "invest", "", 100.0, 100.0)]),
    "people": (("id", "role", "employer", "followers", "follows", "community", "activity", "expertise",
                "susceptibility", "reservation", "owns", "adopted_at_alpha", "times_bought_alpha", "belief_alpha",
                "satisfaction_alpha", "advocacy_alpha", "rung_alpha", "rung_estimated_alpha", "attribute_town"), [
        ("007", "customer", "", 1, 0, 0, 1.0, 0.5, 1.0, 0.6, "alpha", 1, 1, 0.8, 0.9, 0.5, "advocate", "", "Bern"),
        ("bob", "employee", "alpha", 1, 1, 0, 2.0, 0.5, 1.0, 0.6, "alpha", 9, 1, 0.7, 0.7, 0.0, "customer", "", ""),
        ("cem", "influencer", "", 1, 1, 0, 3.0, 0.5, 1.0, 0.6, "alpha", 5, 1, 0.6, 0.4, -0.5, "detractor", "detractor",
         "Uri"),
        ("dot", "customer", "", 0, 1, 0, 4.0, 0.5, 1.0, 0.6, "", -1, 0, 0.5, np.nan, 0.0, "prospect", "", "Zug")]),
}


def write_world(folder, tables="parquet", **output):
    """Write the hand-made run into a folder and return it."""
    folder.mkdir(exist_ok=True)
    config = CONFIG | {"output": CONFIG["output"] | {"tables": tables} | output}
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    for name, (columns, rows) in TABLES.items():
        write_table(pd.DataFrame(rows, columns=list(columns)), folder / name, tables)
    return folder


def in_order(text, *parts):
    """Tell whether the parts stand in the text one after another, wherever lines are broken."""
    text, start = " ".join(text.split()), 0
    for part in parts:
        found = text.find(" ".join(part.split()), start)
        if found < 0:
            return False
        start = found + 1
    return True


@pytest.fixture(params=["parquet", "csv"])
def world(request, tmp_path):
    """The hand-made run, in either format."""
    return open_run(str(write_world(tmp_path / "run", request.param)))


def test_three_purchases_are_followed_back_to_the_advertisement_that_the_first_buyer_saw(world):
    text = trace_text(world, 2)
    assert in_order(text, "Sale 2: dot switched to alpha in week 8", "Back to the root cause",
                    "week 8  dot switched to alpha (sale 2)", "50.0 %  review 2: 4 stars",
                    "week 6  cem wrote it: motive concern, with an incentive; support: quality 0.70, 0.12 below",
                    "week 5  cem bought alpha (sale 1)",
                    "75.0 %  review 0: 5 stars, passed on by bob in week 3, read on the feed",
                    "week 2  person 007 wrote it: motive helping company; delivery: quality 0.90, 0.25 above",
                    "week 1  person 007 bought alpha (sale 0)", "100.0 %  advertising of alpha",
                    "Root cause: advertising of alpha.")


def test_a_review_as_heavy_as_advertising_is_followed_as_the_column_parent_does(world):
    assert [(source.source, source.share) for source in sources(world, 2, "trigger")] == [("review", 0.5),
                                                                                          ("advertising", 0.5)]
    assert [link.sale.conversion for link in chain(world, 2)] == [2, 1, 0]


def test_of_two_reviews_of_equal_weight_the_one_that_parent_names_is_followed(world):
    credits, reviews = world.table("credits"), world.table("reviews")
    reviews.loc[0, "purchase"] = -1
    also = (credits["conversion"] == 2) & (credits["source"] == "advertising")
    credits.loc[also, ["source", "channel", "review", "author", "sharer"]] = ["review", "feed", 0, "007", "007"]
    world.table("conversions").loc[2, "parent"] = -1
    assert [(link.sale.conversion, link.cause.review) for link in chain(world, 2)] == [(2, 0)]
    world.table("conversions").loc[2, "parent"] = 1
    assert [(link.sale.conversion, link.cause.review) for link in chain(world, 2)] == [(2, 2), (1, 0)]


def test_sources_stand_heaviest_first_with_their_sum(world):
    trigger, persuasion = trace_text(world, 1).split("Back to")[0].split("(trigger)")[1].split("(persuasion)")
    assert in_order(trigger, "75.0 %  review 0: 5 stars by person 007 in week 2, passed on by bob in week 3, read on",
                    "delivery: quality 0.90, 0.25 above expectation", "person 007 bought alpha in week 1 (sale 0)",
                    "25.0 %  advertising of alpha", "100.0 %  together")
    assert in_order(persuasion, "50.0 %  review 0: 5 stars by person 007 in week 2, read on the site; see above",
                    "37.5 %  review 0", "12.5 %  own experience with alpha", "100.0 %  together")
    assert "passed on" not in persuasion.split("37.5 %")[0]


def test_two_readings_of_a_review_on_the_same_way_are_one_source(world):
    found = [(source.source, source.share) for source in sources(world, 2, "persuasion")]
    assert found == [("review", 0.25 + 0.25), ("older", 0.5)]
    assert in_order(trace_text(world, 2), "50.0 %  review 2", "50.0 %  all lighter reviews together")


def test_an_experience_as_expected_is_neither_above_nor_below(world):
    world.table("experiences").loc[0, "disconfirmation"] = -0.004
    assert "delivery: quality 0.90, as expected\n" in trace_text(world, 1)


def test_no_share_is_called_nothing():
    assert [percent(share) for share in (1.0, 0.125, 0.0006, 0.0004)] == [
        "100.0\u00a0%", "12.5\u00a0%", "0.1\u00a0%", "<0.1\u00a0%"]


def test_a_gift_ends_in_a_seed_and_money_has_its_currency(world):
    assert in_order(trace_text(world, 3), "bob was given alpha", "price 0 CHF, margin -30 CHF",
                    "Root cause: a seed, the gift of alpha.")
    assert "price 1,250.50 CHF" in trace_text(world, 1)


def test_a_review_by_somebody_who_bought_nothing_is_a_root_of_its_own(world):
    world.table("reviews").loc[0, "purchase"] = -1
    world.table("experiences").loc[0, "process"] = ""
    text = trace_text(world, 2)
    assert in_order(text, "person 007 wrote it: motive helping company; no experience with a process behind it",
                    "Root cause: person 007 wrote about alpha without having bought it.")


def test_the_text_says_that_credit_is_not_a_counterfactual(world):
    assert in_order(trace_text(world, 0), "not what would have happened without it: knock-out not computed; run "
                    "task=knockout with the settings and the seed of this run.")
    assert in_order(trace_text(world, 2), "run task=knockout task.what=review:2 task.brand=alpha with the settings")


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """A finished run of the default market with 300 people."""
    folder = tmp_path_factory.mktemp("trace") / "run"
    assert main([f"hydra.run.dir={folder}", "population.size=300", "network.communities=3", "steps=26",
                 "output.figures=false"]) == 0
    return open_run(str(folder))


def test_every_sale_of_a_market_ends_in_a_stated_cause_and_its_stages_sum_to_one(small_run):
    parents = small_run.table("conversions")["parent"].to_numpy()
    assert len(parents) > 30 and (parents >= 0).sum() > 5
    for sale in range(len(parents)):
        links = chain(small_run, sale)
        assert ("trigger", links[-1].cause.source) in CAUSES
        assert [link.sale.conversion for link in links[1:]] == [link.sale.parent for link in links[:-1]]
        assert all(abs(sum(source.share for source in sources(small_run, sale, stage)) - 1) < 1e-9 for stage in STAGES)


def test_every_text_fits_a_terminal_and_names_its_root_cause(small_run):
    for sale in range(len(small_run.table("conversions"))):
        text = trace_text(small_run, sale)
        assert max(map(len, text.splitlines())) <= 100 and text.isascii()
        assert text.count("100.0 %  together") == 2 and "\nRoot cause: " in text


def test_the_command_prints_the_trace_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_world(tmp_path / "run")
    before = sorted(tmp_path.rglob("*"))
    assert main(["task=trace", "task.run=run", "task.sale=1"]) == 0
    assert capsys.readouterr().out.startswith("Sale 1: cem bought alpha in week 5\n==")
    assert sorted(tmp_path.rglob("*")) == before


def unfinished(run):
    (run / "INCOMPLETE").write_text("")


def of_another_version(run):
    frame = pd.read_parquet(run / "credits.parquet").drop(columns="channel")
    frame.to_parquet(run / "credits.parquet")


def damaged(run):
    (run / "credits.parquet").write_text("not a table")


BAD = {
    "nothing named": (["task.run=''"], None, "task.run: must be the folder of a finished run, got nothing"),
    "no folder": (["task.run=nowhere"], None, "got nowhere: there is no such folder"),
    "unfinished": ([], unfinished, "a file INCOMPLETE stands in it"),
    "no run": ([], shutil.rmtree, "there is no such folder"),
    "no config": ([], lambda run: (run / "config.yaml").unlink(), "in which there is no config.yaml"),
    "odd config": ([], lambda run: (run / "config.yaml").write_text("name: x"), "(look at seed)"),
    "no table": ([], lambda run: (run / "conversions.parquet").unlink(), "there is no conversions.parquet"),
    "damaged": ([], damaged, "credits.parquet cannot be read"),
    "other version": ([], of_another_version, "credits.parquet has no column channel"),
    "no credits": ([], lambda run: write_world(run, ledger="none"), "make it again with output.ledger=conversions"),
    "above": (["task.sale=4"], None, "task.sale: must be 0..3 in this run, got 4"),
    "below": (["task.sale=-1"], None, "task.sale: must be 0..3 in this run, got -1"),
    "no number": (["task.sale=two"], None, "task.sale: must be a whole number"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_message_that_begins_with_the_parameter(case, tmp_path, monkeypatch, capsys):
    words, spoil, said = BAD[case]
    monkeypatch.chdir(tmp_path)
    run = write_world(tmp_path / "run")
    if spoil:
        spoil(run)
    assert main(["task=trace", "task.run=run", "task.sale=0", *words]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("grapevine: task.") and told.err.count("\n") == 1
    assert said in told.err and told.out == ""
