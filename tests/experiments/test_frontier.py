"""The same money, spent in different ways: nobody spends more than given, marks and ranks are checked by hand."""

import itertools
import json
import shutil
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pydantic import TypeAdapter

from experiments.command.main import main
from experiments.figures.labels import label_points
from experiments.figures.style import blank_figure
from experiments.study.budget_uses import fund
from experiments.study.store import Store
from experiments.tasks.frontier.effects import dominated_by, efficient, judged, ranges
from experiments.tasks.frontier.words import bounded, robust
from simulation.config.compose import compose
from simulation.policies import PolicyKind

WORLDS = 3
SMALL = ["task=frontier", "population.size=300", "network.communities=3", "steps=12", "adoption.p=0.05",
         "task.budget=600", "task.over=4", f"task.replicates={WORLDS}", "task.workers=1", "task.scales=[1,2]",
         "task.uses.answer.start=6", "~task.options",
         "+task.options={idle: {}, gifts: {seed: 1}, ads: {advertise: 1}, mix: {repair: .5, answer: .5}}"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return the folder of a finished study."""
    folder = tmp_path_factory.mktemp("frontier")
    assert main([*SMALL, f"hydra.run.dir={folder}"]) == 0
    return folder


@pytest.fixture(scope="module")
def table(finished):
    return pd.read_parquet(finished / "frontier.parquet")


@pytest.fixture(scope="module")
def runs(finished):
    return pd.read_parquet(finished / "runs.parquet").set_index("scenario")


@cache
def uses():
    """Return the uses of money as they stand in the YAML."""
    return compose("task=frontier")["task"]["uses"]


def use(kind, **values):
    """Return one of the policies that money is put into."""
    [policy] = [policy for policy in uses().values() if policy["kind"] == kind]
    return TypeAdapter(PolicyKind).validate_json(json.dumps(policy | {"start": 3} | values))


# ---- from money to policies

def test_money_for_a_repair_is_spent_evenly_and_never_twice():
    policy = fund(use("fix_named"), money=1000.0, over=8, people=200)
    assert (policy.spend, policy.limit, policy.start, policy.stop) == (125.0, 1000.0, 3, 10)


def test_money_buys_whole_gifts_and_half_as_many_at_twice_the_price():
    gifts = [fund(use("seed", cost_per_seed=50.0), 1030.0, 8, 200, price).count for price in (1.0, 2.0)]
    assert gifts == [20, 10]


def test_advertising_lasts_as_long_as_asked():
    # 8 steps x .5 a contact x 200 people = 800 for certainty; 400 buy a chance of one half, 2000 no more than certainty
    policy = fund(use("advertise", cost_per_person_reached=0.5), 400.0, 8, 200)
    assert (policy.amount, policy.stop) == (0.5, 10)
    assert fund(use("advertise", cost_per_person_reached=0.5), 2000.0, 8, 200).amount == 1.0


@pytest.mark.parametrize(("money", "each", "stop"), [(400.0, 10, 10), (430.0, 10, 10), (30.0, 1, 8), (5.0, 1, 3)])
def test_answers_are_spread_in_whole_numbers_and_stop_when_the_money_is_gone(money, each, stop):
    # 5 an answer, 8 steps from step 3 on: 40 answers per 8 steps cost 200; 30 buy one a step for 6 steps
    answers = fund(use("recover", cost_per_answer=5.0), money, 8, 200)
    pairs = fund(use("community", cost_per_introduction=5.0), money, 8, 200)
    assert (answers.per_step, answers.stop) == (pairs.pairs, pairs.stop) == (each, stop)
    assert each * (stop - 2) * 5.0 <= money


@pytest.mark.parametrize("kind", ["recover", "community", "seed", "fix_named", "advertise"])
def test_money_that_buys_nothing_is_no_policy(kind):
    assert fund(use(kind), 0.0, 8, 200) is None


def test_what_the_user_wrote_stays():
    assert fund(use("recover", lift=0.7), 100.0, 8, 200).lift == 0.7


# ---- a study

def test_nobody_spends_more_than_given(table):
    assert (table["spent"] <= table["given"] * (1 + 1e-9)).all()
    assert table.loc[table["option"] == "mix", "given"].eq(600.0).all()


def test_gifts_and_advertisements_cost_all_of_it(table):
    spent = table[table["scaled"] == "none"].set_index("option")["spent"]
    assert spent["gifts"] == 600.0 and spent["ads"] == pytest.approx(600.0) and 300 <= spent["mix"] < 600.0


def test_an_option_without_money_is_the_baseline_exactly(table, runs):
    idle = table[table["option"] == "idle"]
    assert (idle[["worth", "npv", "detractors", "npv_low", "npv_high", "spent"]] == 0.0).all(axis=None)
    assert "idle" not in runs.index and "doing nothing" in runs.index


def test_effects_and_ranks_are_those_of_the_runs(table, runs):
    npv = {name: runs.loc[name, "alpha.npv"].to_numpy() for name in ("doing nothing", "gifts", "ads", "mix")}
    gain = {"idle": 0.0} | {name: (npv[name] - npv["doing nothing"]).mean() for name in ("gifts", "ads", "mix")}
    base = table[table["scaled"] == "none"].set_index("option")
    assert base["npv"].to_dict() == pytest.approx(gain)
    assert base["rank"].sort_values().index.tolist() == sorted(gain, key=gain.get, reverse=True)


def test_net_present_value_is_worth_less_what_was_spent(runs):
    # all gifts are paid in step 1: one week at 10 % a year
    gifts = runs.loc["gifts"]
    assert gifts["alpha.npv"].to_numpy() == pytest.approx(
        gifts["alpha.worth"].to_numpy() - 600.0 * 1.1 ** (-7 / 365.25))
    assert gifts["alpha.spent_seed"].eq(600.0).all()


def test_what_a_price_does_not_change_is_run_once(table, runs):
    # idle is doing nothing; gifts and ads: 2 prices each; mix: as assumed, two uses dearer one by one, both dearer
    assert runs.index.value_counts().eq(WORLDS).all() and runs.index.nunique() == 1 + 2 + 2 + 4
    dearer = table[table["scaled"] == "repair"].set_index("option")
    base = table[table["scaled"] == "none"].set_index("option")
    for name in ("idle", "gifts", "ads"):
        assert dearer.loc[name, "npv"] == base.loc[name, "npv"]


def test_dearer_gifts_are_fewer(runs):
    assert runs.loc["gifts, seed x 2", "alpha.spent"].eq(600.0).all()
    assert not np.array_equal(runs.loc["gifts, seed x 2", "alpha.npv"], runs.loc["gifts", "alpha.npv"])


def test_the_same_command_after_a_kill_gives_the_same_table(finished, tmp_path, monkeypatch, capsys):
    # what a kill leaves: all worlds but one, half a file, no result
    folder, ran, put = tmp_path / "killed", [], Store.put
    shutil.copytree(finished, folder)
    [worlds] = (folder / "worlds").iterdir()
    (worlds / "2.parquet").rename(worlds / "2.part")
    for result in folder.glob("*.parquet"):
        result.unlink()
    monkeypatch.setattr(Store, "put", lambda store, seed, frame: (ran.append(seed), put(store, seed, frame)))
    assert main([*SMALL, f"hydra.run.dir={folder}"]) == 0
    assert ran == [2]
    for name in ("frontier", "runs"):
        pd.testing.assert_frame_equal(pd.read_parquet(folder / f"{name}.parquet"),
                                      pd.read_parquet(finished / f"{name}.parquet"))
    assert "alpha has 600 EUR to spend" in capsys.readouterr().out


def test_page_and_figures_are_written(finished):
    page = (finished / "report.html").read_text(encoding="utf-8")
    assert "mix" in page and "discount_rate" in page and "data:image/png" in page
    assert {path.name for path in (finished / "figures").iterdir()} == {"frontier.png", "ranking.png"}


# ---- marks, ranks and ranges by hand

def test_dominated_by_hand():
    names = ["best", "cheap", "worse", "equal", "bad", "harmful"]
    npv = np.array([10.0, 4.0, 3.0, 4.0, 4.0, -1.0])
    detractors = np.array([5.0, -3.0, -3.0, -3.0, 6.0, 0.0])
    # worse: as many detractors as cheap, less money.  equal and cheap do not dominate each other.  bad: best gains more
    # and angers fewer.  harmful: cheap is better in both, and so is doing nothing in money; cheap gains most
    assert dominated_by(names, npv, detractors) == ["", "", "cheap", "", "best", "cheap"]


def test_an_option_that_only_costs_is_dominated_by_doing_nothing():
    assert dominated_by(["vain"], np.array([-5.0]), np.array([0.0])) == ["doing nothing"]
    assert dominated_by(["calm"], np.array([-5.0]), np.array([-1.0])) == [""]


def test_the_line_of_what_nothing_dominates_holds_doing_nothing():
    group = pd.DataFrame({"option": ["best", "vain", "calm"], "npv": [9.0, -5.0, -2.0], "detractors": [4.0, 0.0, -1.0]})
    assert efficient(group).to_numpy().tolist() == [[-1.0, -2.0], [0.0, 0.0], [4.0, 9.0]]
    assert efficient(group[1:2]).to_numpy().tolist() == [[0.0, 0.0]]
    better = pd.DataFrame({"option": ["win"], "npv": [3.0], "detractors": [-1.0]})
    assert efficient(better).to_numpy().tolist() == [[-1.0, 3.0]]


def prices(order):
    """Return a table in which ``order[(scaled, scale)]`` are the options, best first."""
    rows = [{"option": name, "scaled": scaled, "scale": scale, "npv": -float(place), "detractors": 0.0}
            for (scaled, scale), names in order.items() for place, name in enumerate(names)]
    return pd.concat([judged(group) for _, group in pd.DataFrame(rows).groupby(["scaled", "scale"], sort=False)])


def test_the_range_of_prices_over_which_the_best_stays_first():
    table = prices({("none", 1.0): "ab", ("a", 0.5): "ab", ("a", 2.0): "ba", ("a", 4.0): "ab", ("b", 0.5): "ba",
                    ("b", 2.0): "ab", ("b", 4.0): "ab", ("all", 0.5): "ab", ("all", 2.0): "ab", ("all", 4.0): "ab"})
    found = {line.scaled: line for line in ranges(table).itertuples()}
    # a dearer: first up to 1 times, b at 2; that a is first again at 4 times does not widen the range
    assert (found["a"].low, found["a"].high, found["a"].above, found["a"].above_at) == (0.5, 1.0, "b", 2.0)
    assert (found["b"].low, found["b"].high, found["b"].below, found["b"].above) == (1.0, 4.0, "b", "")
    assert (found["all"].low, found["all"].high) == (0.5, 4.0)
    assert bounded(found["a"]) == "stays first for costs of a from 0.5 to 1 times as assumed; at 2 times b is first"
    assert robust(table.assign(option=table["option"]), ranges(table))[-1] == (
        "A stays first whatever all uses together cost: from 0.5 to 4 times as assumed.")


def test_without_other_prices_nothing_is_said_about_them():
    table = prices({("none", 1.0): "ab"})
    assert ranges(table).empty and robust(table, ranges(table)) == []


# ---- names beside points

def test_names_beside_points_cover_neither_each_other_nor_the_points():
    figure = blank_figure("A crowd", "", "source")
    ax = figure.add_subplot()
    points = [(0.0, 0.0), (0.02, 0.0), (0.0, 0.02), (0.03, 0.03), (1.0, 1.0)]
    ax.plot(*zip(*points, strict=True), "o")
    label_points(ax, points, ["doing nothing", "a rather long name", "another long name", "repair", "far away"])
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in ax.texts if text.get_text()]
    assert len(boxes) == 5
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    assert not any(box.contains(*spot) for box in boxes for spot in ax.transData.transform(points))


# ---- bad input

@pytest.mark.parametrize(("words", "said"), [
    (["task.budget=0"], ["task.budget: must be a number in (0, 1e+12], got 0"]),
    (["+task.options.a={repare: .5}", "+task.options.b={repair: .7, seed: .5}", "+task.options.c={repair: 1.5}",
      "task.scales=[0]"],
     ["task.options.a: must be repair, seed, advertise, answer, community, got 'repare'; did you mean",
      "task.options.b: shares must sum to at most 1, got 1.2",
      "task.options.c.repair: must be a number in [0, 1], got 1.5",
      "task.scales: must be a list of numbers in (0, 1000], got [0.0]"]),
    (["task.process=delivry", "task.over=9", "task.uses.advertise.cost_per_person_reached=0",
      "policy@task.uses.seed=incentivise", "metrics.money=false"],
     ["task.process: must be product, delivery, support, billing, got 'delivry'",
      "task.over: must be at most 7 for answer (it starts in step 6 of 12), got 9",
      "task.uses.advertise.cost_per_person_reached: must be above 0",
      "task.uses.seed.kind: must be fix_named", "metrics.money: must be true"]),
    (["task.brand=gamma"], ["task.brand: must be alpha, beta, got 'gamma'"]),
], ids=["budget", "options", "uses", "brand"])
def test_bad_input_is_refused(words, said, tmp_path, capsys):
    assert main([*SMALL, *words, f"hydra.run.dir={tmp_path / 'out'}"]) == 2
    message = capsys.readouterr().err
    assert [line for line in said if line not in message] == []
    assert not (tmp_path / "out").exists()
