"""task=story: what the ledger knows of a person is told in order, and only what it knows."""

import pytest
from test_trace import in_order, write_world

from experiments.command.main import main
from experiments.tasks.run_folder import open_run
from experiments.tasks.story import level, story_text


@pytest.fixture(params=["parquet", "csv"])
def world(request, tmp_path):
    """The hand-made run of test_trace, in either format."""
    return open_run(str(write_world(tmp_path / "run", request.param)))


def test_a_life_is_told_from_the_first_reading_to_the_end(world):
    assert in_order(
        story_text(world, "cem"), "Story of cem, influencer\n===", "1 follower, follows 1 person",
        "in the end detractor of alpha",
        "week 3     read review 0 of alpha, 5 stars by person 007 (feed, pull +0.12)",
        "week 4     read review 0 of alpha, 5 stars by person 007 (site, pull +0.25)",
        "week 5     bought alpha for 1,250.50 CHF, the first purchase of any brand (sale 1)",
        "considered because of review 0 by person 007 (75.0 %); advertising of alpha (25.0 %)",
        "chosen because of review 0 by person 007 (50.0 %); review 0 by person 007 (37.5 %); own",
        "week 6     wrote review 2 of alpha: 4 stars", "motive concern, with an incentive; support: quality 0.70, 0.12",
        "1 reading, 0 helpful votes",
        "week 7     wrote review 3 of alpha: 1 star", "support failed: quality 0.10, 0.50 below expectation",
        "alpha answered the complaint (policy reply, 5 CHF)",
        "1 sale credited to reviews written (sums of shares: trigger 0.50, persuasion 0.50)",
        "dot switched to alpha in week 8 (sale 2): trigger 50.0 %, persuasion 50.0 %",
        "0.12 expected sales lost", "review 3: 0.12", "At the end, owner of alpha",
        "alpha: detractor (in the eyes of the brand: detractor); bought 1 time, first in week 5; belief 0.60",
        "satisfaction 0.40, advocacy -0.50")


def test_passing_on_and_gifts_are_told_and_credited_apart_from_writing(world):
    text = story_text(world, "bob")
    assert in_order(text, "Story of bob, employee of alpha",
                    "week 3     passed on review 0 of alpha: 5 stars by person 007",
                    "week 8     alpha offered its product as a gift, and a lasting incentive of 0.1",
                    "week 9     was given alpha (sale 3)", "a seed, the gift of alpha (100.0 %)",
                    "1 sale credited to reviews passed on (sums of shares: trigger 0.75, persuasion 0.38)")
    assert "reviews written" not in text and "reviews passed on" not in story_text(world, "cem")


def test_bad_reviews_on_which_a_decision_was_taken_stand_before_the_purchase(world):
    assert in_order(story_text(world, "dot"), "read 2 reviews", "review 3 of alpha, 1 star by cem (feed, pull -0.50)",
                    "review 2 of alpha, 4 stars by cem (site, pull +0.25)",
                    "week 8     decided about alpha; bad reviews had lowered the chance to buy it by 18.8 points",
                    "review 3 by cem", "switched to alpha for 50 CHF (sale 2)", "never bought; belief 0.50")


def test_traits_are_told_in_words_and_numbers(world):
    people = world.table("people")
    assert [level(people["activity"], value) for value in people["activity"]] == [
        "lower than most", "middling", "middling", "higher than most"]      # .125, .375, .625, .875 of four people
    assert level(people["susceptibility"], 1.0) == "as everybody's"
    assert in_order(story_text(world, "007"), "activity          1.00  lower than most", "town", "Bern")


def test_what_the_run_did_not_keep_is_not_missed_silently(tmp_path):
    run = write_world(tmp_path / "run", ledger="conversions")
    (run / "reads.parquet").unlink()
    text = story_text(open_run(str(run)), "cem")
    assert "output.ledger=full" in text and "week 3 " not in text and "week 5 " in text


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """A finished run of the default market with 300 people that kept every reading, as CSV."""
    folder = tmp_path_factory.mktemp("story") / "run"
    assert main([f"hydra.run.dir={folder}", "population.size=300", "network.communities=3", "steps=26",
                 "output.figures=false", "output.ledger=full", "output.tables=csv"]) == 0
    return open_run(str(folder))


def test_every_life_fits_a_terminal_and_leaves_out_no_purchase_and_no_review(small_run):
    sales, reviews = small_run.table("conversions"), small_run.table("reviews")
    people = small_run.table("people")["id"]
    assert set(sales["person"]) <= set(people) and len(sales) > 30
    for person in people[::3]:
        text = story_text(small_run, person)
        assert max(map(len, text.splitlines())) <= 100 and text.isascii()
        told = text.split("What came of it")[0]
        assert told.count("(sale ") == (sales["person"] == person).sum()
        assert told.count("wrote review") == ((reviews["sharer"] == person) & (reviews["generation"] == 0)).sum()
        assert told.count("passed on review") == ((reviews["sharer"] == person) & (reviews["generation"] > 0)).sum()


def test_the_command_takes_a_number_for_an_id_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_world(tmp_path / "run")
    before = sorted(tmp_path.rglob("*"))
    assert main(["task=story", "task.run=run", "task.person=007"]) == 0
    assert capsys.readouterr().out.startswith("Story of person 007, customer\n==")
    assert sorted(tmp_path.rglob("*")) == before
    assert main(["task=story", "task.run=run", "task.person=7"]) == 2
    assert capsys.readouterr().err == ("grapevine: task.person: must be the id of a person of this run; ids look like "
                                       "007, bob, cem; got '7'\n")


@pytest.mark.parametrize(("words", "said"), [
    (["task.person=''"], "ids look like 007, bob, cem; got ''"),
    (["task.person=1.5"], "task.person: must be text or a whole number (id), got 1.5"),
    (["task.run=nowhere"], "task.run: must be the folder of a finished run, got nowhere: there is no such folder"),
])
def test_bad_input_gets_one_message_that_begins_with_the_parameter(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_world(tmp_path / "run")
    assert main(["task=story", "task.run=run", "task.person=bob", *words]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("grapevine: task.") and told.err.count("\n") == 1
    assert said in told.err and told.out == ""


def test_a_run_without_credits_is_refused_with_the_setting_to_use(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_world(tmp_path / "run", ledger="none")
    assert main(["task=story", "task.run=run", "task.person=bob"]) == 2
    assert "output.ledger=conversions" in capsys.readouterr().err
