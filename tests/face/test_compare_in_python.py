"""``gv.compare``: the paired effects of ``task=compare``, as a table and without a file."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import grapevine as gv
from experiments.command.main import main
from simulation.output.summary import UNITS

SMALL = ("population.size=400", "steps=20", "output.figures=false")
SEEDS = range(3, 9)


@pytest.fixture(scope="module")
def markets():
    """A market, and two others that differ in one thing each."""
    base = gv.load_params(*SMALL, scenario="baseline")
    return {"base": base, "cheap": base.changed({"brands.alpha.price": 20}), "again": base}


@pytest.fixture(scope="module")
def table(markets):
    """The comparison of the three."""
    return gv.compare(markets, seeds=SEEDS)


def test_there_is_a_row_per_scenario_brand_and_figure(table):
    assert isinstance(table, pd.DataFrame) and len(table) == 2 * 2 * len(UNITS)
    assert list(table.columns) == [
        "scenario", "outcome", "brand", "unit", "baseline", "mean", "effect", "standard_error", "low", "high",
        "probability_positive", "worlds_positive", "variance_reduction", "worlds"]
    assert list(table["scenario"].unique()) == ["cheap", "again"]
    assert list(table["brand"].unique()) == ["alpha", "beta"]
    assert list(table["outcome"][:len(UNITS)]) == list(UNITS)
    assert list(table["unit"][:len(UNITS)]) == list(UNITS.values())


def test_an_effect_is_the_mean_of_the_differences_in_the_same_worlds(table, markets):
    sales = {name: np.array([gv.WordOfMouthModel(markets[name], seed=seed).run().summary["alpha"]["sales"]
                             for seed in SEEDS]) for name in ("base", "cheap")}
    difference = sales["cheap"] - sales["base"]
    row = table[(table["scenario"] == "cheap") & (table["brand"] == "alpha") & (table["outcome"] == "sales")].iloc[0]
    assert row["baseline"] == sales["base"].mean() and row["mean"] == sales["cheap"].mean()
    assert row["effect"] == pytest.approx(difference.mean()) and row["worlds"] == len(SEEDS)
    assert row["standard_error"] == pytest.approx(difference.std(ddof=1) / np.sqrt(len(SEEDS)))
    assert row["high"] - row["effect"] == pytest.approx(2.570582 * row["standard_error"])    # t_5 at .975
    assert row["effect"] > 0 and row["worlds_positive"] == (difference > 0).mean()


def test_the_same_market_has_no_effect(table):
    same = table[(table["scenario"] == "again") & (table["worlds"] > 1)]
    assert len(same) > 30 and (same["effect"] == 0).all() and (same["standard_error"] == 0).all()


def test_a_figure_that_is_not_defined_in_any_world_has_no_effect_and_no_worlds(markets):
    two = gv.compare({name: markets[name].changed({"metrics.nps": False}) for name in ("base", "cheap")}, seeds=[1, 2])
    nps = two[two["outcome"] == "nps"]
    assert (nps["worlds"] == 0).all() and nps["effect"].isna().all() and nps["standard_error"].isna().all()


def test_the_table_does_not_depend_on_the_processes(table, markets):
    pd.testing.assert_frame_equal(gv.compare(markets, seeds=SEEDS, workers=2), table)


def test_it_says_and_writes_nothing(markets, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    gv.compare({"base": markets["base"], "cheap": markets["cheap"]}, seeds=[1, 2])
    assert capfd.readouterr() == ("", "") and list(tmp_path.iterdir()) == []


def test_the_task_finds_the_same(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["task=compare", "task.scenarios=[baseline,fix_delivery]", "task.replicates=4", "task.workers=1",
                 "seed=3", *SMALL]) == 0
    capsys.readouterr()
    told = pd.read_parquet(next(Path("outputs").rglob("effects.parquet")))
    params = {name: gv.load_params(*SMALL, scenario=name) for name in ("baseline", "fix_delivery")}
    found = gv.compare(params, seeds=range(3, 7))
    both = told.merge(found, left_on=["scenario", "brand", "kpi"], right_on=["scenario", "brand", "outcome"])
    assert len(both) == len(told) == len(found) and json.dumps(list(both["unit_x"])) == json.dumps(list(both["unit_y"]))
    for theirs, ours in (("before", "baseline"), ("after", "mean"), ("difference", "effect"), ("low_x", "low_y"),
                         ("high_x", "high_y"), ("pairs", "worlds")):
        np.testing.assert_array_equal(both[theirs], both[ours])


# -- bad input ---------------------------------------------------------------------------------------

def problems(*args, **values):
    """Return the problems of a comparison that is refused."""
    with pytest.raises(gv.ConfigError) as error:
        gv.compare(*args, **values)
    return error.value.problems


def test_scenarios_must_be_comparable(markets):
    base = markets["base"]
    assert problems({"base": base}, [1]) == [
        "params: must be at least two scenarios, the first of them the baseline, got base"]
    assert problems({}, [1])[0].endswith("got none")
    assert problems({"base": base, "large": base.changed({"population.size": 600})}, [1]) == [
        "params, large: population.size must be 400, as in base (worlds are shared person by person), got 600"]
    assert problems({"base": base, "file": "scenario=baseline", 3: base}, [1]) == [
        "params: names must be text, got 3", "params, file: must be parameters (of load_params or changed), got str"]
    assert problems([base, base], [1]) == [
        "params: must be parameters by name, such as {'base': base, 'dear': dear}, got list"]


@pytest.mark.parametrize("seeds, came", [
    ([1, 2.5], "2.5"), ([True], "true"), (["a"], "'a'"), ([-1], "-1"), ([2**64], str(2**64)), ("123", "'123'"),
    (30, "30"), ([], "none"), ([1, 2, 1], "1 more than once"), (None, "null")])
def test_seeds_must_be_different_whole_numbers(markets, seeds, came):
    assert problems({"base": markets["base"], "cheap": markets["cheap"]}, seeds) == [
        f"seeds: must be different whole numbers from 0, such as range(1, 31), got {came}"]


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "many", None])
def test_workers_must_be_a_number(markets, workers):
    found = problems({"base": markets["base"], "cheap": markets["cheap"]}, [1], workers=workers)
    assert len(found) == 1 and found[0].startswith("workers: must be auto or a whole number >= 1, got ")


def test_all_problems_are_said_at_once(markets):
    assert len(problems({"base": markets["base"]}, 3, workers=0)) == 3


def test_seeds_may_be_numbers_of_numpy_and_the_memory_must_be_there(markets, monkeypatch):
    two = {"base": markets["base"], "cheap": markets["cheap"]}
    assert (gv.compare(two, seeds=np.arange(1, 3))["worlds"] <= 2).all()
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: 1000)
    assert "nothing would fit" in problems(two, [1, 2])[0] or "population.size" in problems(two, [1, 2])[0]
