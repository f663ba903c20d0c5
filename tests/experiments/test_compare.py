"""task=compare from the command line: tables, page, stopping, resuming after a kill, and refusals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.command.main import main
from experiments.study.scenarios import sentence
from experiments.tasks.compare.measure import CLASSES
from experiments.tasks.compare.words import amount, change, tone

ROOT = Path(__file__).parents[2]
SMALL = ("task=compare", "task.scenarios=[baseline,fix_delivery,seed_influencers]", "population.size=300", "steps=16",
         "adoption.p=0.02", "task.workers=1")
MAX_WORLDS = 6


def compare(folder, *words):
    """Run the task in this process and return its exit status."""
    return main([*SMALL, f"hydra.run.dir={folder}", *words])


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A comparison of three scenarios in six worlds."""
    folder = tmp_path_factory.mktemp("compare") / "study"
    assert compare(folder, f"task.replicates={MAX_WORLDS}") == 0
    return folder


def table(folder, name):
    return pd.read_parquet(folder / f"{name}.parquet")


def test_an_effect_is_the_mean_of_the_paired_differences_of_the_runs(study):
    runs, effects = table(study, "runs"), table(study, "effects").set_index(["scenario", "brand", "kpi"])
    wide = runs.pivot(index="seed", columns="scenario", values="alpha.sales")
    d = wide["seed_influencers"] - wide["baseline"]
    effect = effects.loc[("seed_influencers", "alpha", "sales")]
    assert effect["pairs"] == MAX_WORLDS == len(d)
    assert effect["difference"] == pytest.approx(d.mean())
    assert effect["high"] - effect["low"] == pytest.approx(2 * 2.5706 * d.std() / MAX_WORLDS**0.5, rel=1e-4)
    assert effect["worlds_positive"] == (d > 0).mean()


def test_scenarios_are_ranked_by_money(study):
    mine = table(study, "effects").query("brand == 'alpha' and kpi == 'npv'").sort_values("difference", ascending=False)
    assert mine["rank"].tolist() == [1, 2]


def test_the_last_point_of_the_curve_is_the_effect(study):
    curves, effects = table(study, "curves"), table(study, "effects")
    for scenario in ("fix_delivery", "seed_influencers"):
        where = f"scenario == '{scenario}' and brand == 'alpha'"
        last = curves.query(where + " and metric == 'npv' and step == 16")["difference"].item()
        assert last == pytest.approx(effects.query(where + " and kpi == 'npv'")["difference"].item())


def test_the_worth_of_a_policy_is_its_effect_on_net_present_value(study):
    worth, effects = table(study, "worth"), table(study, "effects")
    for scenario in ("fix_delivery", "seed_influencers"):
        mine = worth.query(f"scenario == '{scenario}' and brand == 'alpha'").set_index("class")["value"]
        npv = effects.query(f"scenario == '{scenario}' and brand == 'alpha' and kpi == 'npv'")["difference"].item()
        assert mine[[*CLASSES, "costs"]].sum() == pytest.approx(mine["total"]) == pytest.approx(npv)


def test_the_page_is_whole_and_needs_no_network(study):
    whole = (study / "report.html").read_text()
    page = re.sub(r"data:image/png;base64,[^\"]*", "picture", whole)   # its letters are chance
    assert page.count("picture") == whole.count("data:image/png;base64,") == 3
    for trace in ("http://", "https://", "src=\"/", "href=\"/", "{{", "nan"):
        assert trace not in page
    links = {part.split('"')[0] for part in page.split('href="#')[1:]}
    anchors = {part.split('"')[0] for part in page.split('id="')[1:]}
    assert {"npv", "sales", "sure", "classes"} <= links <= anchors
    assert "brands.alpha.policies.seed.count" in page and "reichheld2003" in page


def test_the_same_command_gives_the_same_tables_to_the_byte(study, tmp_path):
    assert compare(tmp_path / "again", f"task.replicates={MAX_WORLDS}") == 0
    for name in ("effects", "curves", "worth", "runs"):
        assert (study / f"{name}.parquet").read_bytes() == (tmp_path / "again" / f"{name}.parquet").read_bytes()


def finished(folder):
    """Return the files of finished worlds."""
    return sorted((folder / "worlds").rglob("[0-9]*.parquet"))


def test_a_killed_comparison_goes_on_where_it_was_and_gives_the_same_table(study, tmp_path):
    folder = tmp_path / "killed"
    words = [*SMALL, f"hydra.run.dir={folder}", f"task.replicates={MAX_WORLDS}"]
    process = subprocess.Popen([sys.executable, "run.py", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 240
    while len(finished(folder)) < 2 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    there = {path.name: path.stat().st_mtime_ns for path in finished(folder)}
    assert 2 <= len(there) < MAX_WORLDS and (folder / "INCOMPLETE").exists()
    assert main(words) == 0
    assert not (folder / "INCOMPLETE").exists()
    assert {name: (finished(folder)[0].parent / name).stat().st_mtime_ns for name in there} == there
    for name in ("effects", "curves", "worth", "runs"):
        assert (study / f"{name}.parquet").read_bytes() == (folder / f"{name}.parquet").read_bytes()


def test_with_auto_the_first_thirty_worlds_say_how_many_are_run(tmp_path, capsys):
    words = ("population.size=200", "steps=4", "task.scenarios=[baseline,fix_delivery]", "network=erdos_renyi",
             "task.rank_by=reviews", "task.replicates=auto")
    assert compare(tmp_path / "a", *words, "task.precision=10", "task.most=40") == 0
    assert compare(tmp_path / "b", *words, "task.scenarios=[baseline,seed_influencers]", "task.precision=0.000001",
                   "task.most=33") == 0
    assert table(tmp_path / "a", "runs")["seed"].nunique() == 30
    assert table(tmp_path / "b", "runs")["seed"].nunique() == 33
    said = capsys.readouterr().out
    assert "in 33 worlds of 200 people" in said and "33 worlds (task.most) may be too few" in said
    assert "30 worlds (task.most)" not in said


def test_a_scenario_may_be_overrides_with_a_name(tmp_path):
    named = "task.scenarios=[baseline, 'dear: scenario=baseline brands.alpha.price=70']"
    assert compare(tmp_path / "a", named, "task.replicates=2", "task.brand=beta") == 0
    assert set(table(tmp_path / "a", "runs")["scenario"]) == {"baseline", "dear"}
    assert "brands.alpha.price" in (tmp_path / "a" / "report.html").read_text()


@pytest.mark.parametrize(("words", "said"), [
    (["task.scenarios=[baseline]"], ["task.scenarios", "two"]),
    (["task.scenarios=[baseline,fix_deliver]"], ["fix_deliver", "task.scenarios"]),
    (["task.scenarios=[baseline, 'b: brands.alpha.prise=3']"], ["task.scenarios, b", "brands.alpha.prise"]),
    (["task.brand=gamma"], ["task.brand", "alpha, beta", "'gamma'"]),
    (["task.rank_by=npw"], ["task.rank_by", "'npw'", "did you mean 'npv'"]),
    (["task.replicates=1"], ["task.replicates", "2"]),
    (["metrics.money=false"], ["metrics.money", "true"]),
    (["scenario=silo"], ["scenario", "task.scenarios", "silo"]),
])
def test_what_cannot_be_compared_is_refused_in_one_message(words, said, tmp_path, capsys):
    assert compare(tmp_path / "x", "task.replicates=2", *words) == 2
    error = capsys.readouterr().err
    assert all(part in error for part in said), error
    assert "Traceback" not in error and not (tmp_path / "x").exists()


def effect(difference, low, high):
    return pd.Series({"difference": difference, "low": low, "high": high})


def test_effects_in_words_say_what_is_sure_and_what_is_not():
    assert change(effect(412.4, 371, 455), "", "sales") == "gains 412 sales (95 %: 371 to 455)"
    assert change(effect(-1.24, -2, -0.5), "points of ", "NPS") == "loses 1.24 points of NPS (95 %: 0.5 to 2)"
    assert change(effect(3, -2, 8), "", "sales").startswith("may or may not change sales")
    assert change(effect(0, 0, 0), "", "sales") == "changes no sales"
    assert amount(-14443.2) == "−14,443" and amount(0.0) == "0" and amount(np.nan) == "not defined"


def test_fewer_detractors_are_a_gain():
    assert tone(effect(-3, -4, -2), "detractors") == "gain" == tone(effect(3, 2, 4), "sales")
    assert tone(effect(3, -1, 4), "sales") == "even"


def test_a_scenario_is_told_by_the_comment_in_its_file():
    assert sentence(("scenario=fix_delivery",)) == "alpha puts money into its delivery for fifteen weeks."
    assert sentence(("scenario=baseline", "seed=3")).endswith("; seed=3")


def test_the_folder_of_a_study_follows_from_its_command(tmp_path, monkeypatch):
    from experiments.command.main import folder_of
    from experiments.tasks.compare import task

    one, other = (folder_of(task, [*SMALL, word], ()) for word in ("seed=1", "seed=2"))
    assert one == folder_of(task, [*SMALL, "seed=1"], ()) != other
    assert one[0].startswith("hydra.run.dir=outputs/compare/")
    assert folder_of(task, ["hydra.run.dir=here"], ()) == [] == folder_of(json, list(SMALL), ())
