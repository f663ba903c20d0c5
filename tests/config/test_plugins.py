"""Plug-ins: rules, metrics and figures from a module of the user's own, and what is said where one is wrong."""

import json
import os
import pickle
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from experiments.command.main import main
from experiments.figures import write_figures
from simulation import WordOfMouthModel, load_params
from simulation.config.compose import ConfigError
from simulation.resources.estimate import estimate

ROOT = Path(__file__).parents[2]
MODULE = '''
from types import SimpleNamespace
from typing import ClassVar, Literal
import numpy as np
from matplotlib.figure import Figure
from simulation.adoption.influence import Influence
from simulation.beliefs.base import Belief

class Always(Influence):
    """Everybody is convinced with chance q."""
    kind: Literal["always"]
    source: ClassVar[str] = "assumption"

    def influence(self, state, params, rows):
        return np.full((rows.size, state.b), self.q)

class Deaf(Belief):
    """Nobody learns anything."""
    kind: Literal["deaf"]
    source: ClassVar[str] = "assumption"

    def update(self, belief, confidence, start, weight, value, out_belief, out_confidence):
        out_belief[:], out_confidence[:] = belief, confidence

def measure(state, params):
    return {"n_people": np.full(state.b, float(state.n)), "mean_taste": state.taste.mean(axis=0).astype(float)}

def draw(results):
    return Figure()

def nothing(results):
    return None

UNITS = {"n_people": "people", "mean_taste": "quality"}
RULES = [Always, Deaf]
METRICS = {"mine": SimpleNamespace(UNITS=UNITS, measure=measure)}
FIGURES = {"my_figure": draw, "my_nothing": nothing}
'''
SMALL = ("population.size=200", "network.communities=2", "steps=4", "adoption.p=0.2")
USED = ("+metrics.mine=true", "belief=deaf", "hydra.searchpath=[file://conf]")
FILES = {"belief/deaf": "{kind: deaf, prior_confidence: 1}",
         "adoption/always": "{kind: always, p: 0, p_decay: 1, q: 0.5, activation: synchronous, price_gate: false, "
                            "repurchase_interval: never}"}


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Return a function that puts a module into the working folder and returns the word that names it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    for file, text in FILES.items():
        (tmp_path / "conf" / file).parent.mkdir(parents=True)
        (tmp_path / "conf" / f"{file}.yaml").write_text(text)

    def put(text, name="mine"):
        name = f"{name}_{tmp_path.name.replace('-', '_')}"
        (tmp_path / f"{name}.py").write_text(text)
        return f"plugins=[{name}]"
    return put


def seen_elsewhere(params):
    """Return what a world in another process records."""
    model = WordOfMouthModel(params, seed=1)
    model.run()
    rows = model.results.timeseries
    return rows[rows["metric"] == "n_people"]["value"].tolist(), sorted(params.FIGURES)


def test_metrics_rules_and_figures_of_one_module_are_used_together(module, tmp_path):
    params = load_params(module(MODULE), *USED, *SMALL)
    model = WordOfMouthModel(params, seed=1)
    prior, results = model.state.belief.copy(), model.run()
    rows = results.timeseries
    mine = rows[rows["metric"].isin(["n_people", "mean_taste"])]
    assert dict(zip(mine["metric"], mine["unit"], strict=True)) == {"n_people": "people", "mean_taste": "quality"}
    assert (rows[rows["metric"] == "n_people"]["value"] == 200).all() and len(mine) == 2 * 5 * 2
    assert results.summary["units"] == WordOfMouthModel(load_params(*SMALL), seed=1).run().summary["units"]
    assert [path.name for path in write_figures(results, tmp_path / "figures")][-1] == "my_figure.png"
    assert np.array_equal(model.state.belief, prior) and len(results.ledger["reviews"]) > 0, "the deaf never learn"


def test_a_rule_of_contact_without_kernels_sells_to_half_of_those_it_asks(module):
    model = WordOfMouthModel(load_params(module(MODULE), *SMALL, "adoption=always", USED[-1], "population.size=4000",
                                         "adoption.p=0", "~brands.beta"), seed=1)
    model.run()
    sold = (model.state.adopted_at == 1).mean()
    assert abs(sold - 0.5) < 5 * (0.25 / 4000) ** 0.5


def test_a_plug_in_travels_to_other_processes(module):
    params = load_params(module(MODULE), *USED, *SMALL)
    again = pickle.loads(pickle.dumps(params))
    assert again == params and again.METRICS.keys() == params.METRICS.keys() and "mine" in again.METRICS
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(seen_elsewhere, (params,)) == ([200.0] * 10, ["my_figure", "my_nothing"])


def test_a_metric_more_needs_more_memory_and_changes_no_other_number(module):
    with_it, without = (load_params(module(MODULE), *SMALL, *words) for words in (USED[:1], ()))
    assert estimate(with_it).series > estimate(without).series
    one, other = (WordOfMouthModel(params, seed=1).run().timeseries for params in (with_it, without))
    assert one[~one["metric"].isin(["n_people", "mean_taste"])].reset_index(drop=True).equals(other)


def test_a_run_with_plug_ins_can_be_read_again_without_them(module, tmp_path, capsys):
    words = (module(MODULE), *USED, *SMALL, "hydra.run.dir=run")
    assert main(list(words)) == 0
    assert (tmp_path / "run" / "figures" / "my_figure.png").is_file()
    assert not (tmp_path / "run" / "figures" / "my_nothing.png").exists()
    assert main(["task=trace", "task.run=run", "task.sale=0"]) == 0
    assert "Sale 0" in capsys.readouterr().out


def test_the_list_shows_the_parameters_of_the_users_own_rules(module, capsys):
    assert main([module(MODULE), "task=list", "task.what=adoption.activation"]) == 0
    assert "adoption.activation  [always]" in capsys.readouterr().out


def test_workers_of_a_comparison_know_the_users_own_metric(module, tmp_path):
    words = (module(MODULE), "+metrics.mine=true", *SMALL, "task=compare", "task.scenarios=[baseline,fix_delivery]",
             "task.replicates=2", "task.workers=2", "output.tables=csv", "hydra.run.dir=run")
    code = f"import sys; from experiments.command.main import main; sys.exit(main({list(words)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert ",n_people," in (tmp_path / "run" / "curves.csv").read_text()


RULE = '''
from typing import ClassVar, Literal
from simulation.beliefs.base import Belief
from simulation.motives.base import Motive

class Mine({family}):
    {kind}
    {source}
    {verb}

RULES = [Mine]
'''
GOOD = {"family": "Belief", "kind": 'kind: Literal["mine"]', "source": 'source: ClassVar[str] = "assumption"',
        "verb": "def update(self, *columns): pass"}
METRIC = "from types import SimpleNamespace as metric\nMETRICS = {}"
WRONG = {
    "nothing in it": ("x = 1", ["must define RULES", "METRICS", "FIGURES", "none of them"]),
    "rules that are no list": ("RULES = 3", ["RULES must be a list", "got 3"]),
    "a rule of no family": ("RULES = [int]", ["Motive, Adoption, Belief, Network, Policy", "<class 'int'>"]),
    "no kind": (RULE.format(**GOOD | {"kind": ""}), ["Mine must have a kind", "Literal", "got none"]),
    "a kind that may be two": (RULE.format(**GOOD | {"kind": 'kind: Literal["a", "b"]'}), ["kind", "'a', 'b'"]),
    "no source": (RULE.format(**GOOD | {"source": ""}), ["Mine must say where it comes from", "got nothing"]),
    "nothing that it does": (RULE.format(**GOOD | {"verb": ""}), ["Mine must define update()", "got none"]),
    "a kind that is taken": (RULE.format(**GOOD).replace('"mine"', '"evidence"'), ["'evidence'", "taken by Evidence"]),
    "a motive without a code": (RULE.format(**GOOD | {"family": "Motive", "verb": "def trigger(self, o): pass"}),
                                ["code of its own from 0 to 127", "got None of Mine"]),
    "metrics that are no dict": ("METRICS = [1]", ["METRICS must be a dict by name", "got [1]"]),
    "a metric without units": (f"{METRIC}\nMETRICS['m'] = metric(measure=print)",
                               ["METRICS['m'] must have UNITS", "nothing"]),
    "a metric with numbers for units": (f"{METRIC}\nMETRICS['m'] = metric(measure=print, UNITS={{'n': 1}})",
                                        ["METRICS['m'] must have UNITS", "{'n': 1}"]),
    "a metric that measures nothing": (f"{METRIC}\nMETRICS['m'] = metric(UNITS={{'n': '1'}})",
                                       ["measure(state, params)"]),
    "a metric with a blank": (f"{METRIC}\nMETRICS['m n'] = metric(UNITS={{'n': '1'}}, measure=print)",
                              ["letters, digits and underscores", "'m n'"]),
    "a metric with a name that is taken": (f"{METRIC}\nMETRICS['nps'] = metric(UNITS={{'n': '1'}}, measure=print)",
                                           ["name of a metric must be new", "'nps'", "adoption, rungs"]),
    "a number with a name that is taken": (f"{METRIC}\nMETRICS['m'] = metric(UNITS={{'profit': '1'}}, measure=print)",
                                           ["name of a number must be new", "'profit'", "UNITS"]),
    "figures that are no dict": ("FIGURES = [print]", ["FIGURES must be a dict by name"]),
    "a figure that cannot be drawn": ("FIGURES = {'f': 1}", ["FIGURES['f'] must be a function draw(results)", "got 1"]),
    "a figure with a name that is taken": ("FIGURES = {'stars': print}", ["name of a figure must be new", "'stars'"]),
    "a module that it needs": ("import nowhere_to_be_found", ["can be imported", "nowhere_to_be_found"]),
    "a slip of the pen": ("RULES = [", ["can be imported", "line 1"]),
    "a module that fails": ("\n\nx = 1 / 0", ["can be imported", "ZeroDivisionError", "line 3"]),
    "a motive for an occasion that never comes": (
        RULE.format(**GOOD | {"family": "Motive", "verb": "code: ClassVar[int] = 101; "
                                                          "occasion: ClassVar[str] = 'expirience'; "
                                                          "trigger = lambda self, occasions: occasions.gap"}),
        ["Mine.occasion must be one of experience, adoption, always", "got 'expirience'"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_module_is_said_in_one_message(case, module, tmp_path, capsys):
    text, contains = WRONG[case]
    assert main([module(text), "hydra.run.dir=run"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("grapevine: plugins: ") and said.err.count("\n") == 1 and said.out == ""
    assert all(part in said.err for part in contains), said.err
    assert not (tmp_path / "run").exists()


def test_everything_that_is_wrong_is_said_at_once(module):
    both = RULE.format(**GOOD | {"source": "", "verb": ""}) + "FIGURES = {'f': 1}\n"
    with pytest.raises(ConfigError) as found:
        load_params(module(both))
    assert len(found.value.problems) == 3


def test_an_unknown_metric_is_answered_with_those_there_are(module):
    with pytest.raises(ConfigError, match=r"metrics: .*, mine, got 'mien'; did you mean 'mine'\?"):
        load_params(module(MODULE), "+metrics.mien=true")
    with pytest.raises(ConfigError, match=r"metrics: must be the name of a metric, .*got 'mine'"):
        load_params("+metrics.mine=true")


@pytest.mark.parametrize(("found", "message"), [
    ("{}", r"names in UNITS, \['n'\], got \[\]"), ("3", "names in UNITS.*got int"),
    ("{'n': np.array(['a', 'b'])}", "real numbers for 'n', got <U1"),
    ("{'n': np.array([1j, 2j])}", "real numbers for 'n', got complex128"),
    ("{'n': 1.0, 'm': 1.0}", r"got \['m', 'n'\]"), ("{'n': 1.0}", r"one value per brand, \(2,\), for 'n', got \(\)"),
])
def test_a_metric_that_measures_something_else_is_refused_by_name(module, found, message, capsys):
    text = (f"import numpy as np\n{METRIC}\n"
            f"METRICS['m'] = metric(UNITS={{'n': '1'}}, measure=lambda state, params: {found})")
    with pytest.raises(ValueError, match=rf"metrics\.m: measure\(\) must return .*{message}"):
        WordOfMouthModel(load_params(module(text), "+metrics.m=true", *SMALL), seed=1).run()


def test_a_figure_that_is_none_is_refused_by_name_and_the_tables_stay(module, tmp_path, capsys):
    assert main([module("FIGURES = {'f': lambda results: 3}"), *SMALL, "hydra.run.dir=run"]) == 2
    assert "figure 'f' must return a matplotlib Figure" in capsys.readouterr().err
    assert (tmp_path / "run" / "INCOMPLETE").is_file()
    assert json.loads((tmp_path / "run" / "summary.json").read_text())["steps"] == 4


TRIGGERED = """
from typing import ClassVar, Literal
import numpy as np
from simulation.motives.base import Motive

class Whim(Motive):
    kind: Literal["whim"]
    code: ClassVar[int] = 101
    source: ClassVar[str] = "assumption"

    def trigger(self, occasions):
        return RETURNED

RULES = [Whim]
"""
WHIM = ("+motives.whim={kind: whim, weight: 1, bias: 0, discount: 0}", *SMALL)


@pytest.mark.parametrize(("returned", "got"), [
    ("np.ones(occasions.gap.size + 1)", r"got \(\d+,\)"), ("None", r"got \(\)"), ("1.0", r"got \(\)"),
    ("np.full(occasions.gap.size, np.nan)", "got nan"), ("np.full(occasions.gap.size, -0.5)", r"got -0\.5"),
    ("np.full(occasions.gap.size, 'x')", "got <U1"),
])
def test_a_trigger_that_is_no_number_from_0_per_occasion_is_refused_by_name(returned, got, module):
    params = load_params(module(TRIGGERED.replace("RETURNED", returned)), *WHIM)
    must = r"motives\.whim: trigger\(\) must return one number >= 0 per occasion, \(\d+,\), "
    with pytest.raises(ValueError, match=must + got):
        WordOfMouthModel(params, seed=1).run()


@pytest.mark.parametrize("more", [(), ("-m",)], ids=["one run", "a multirun"])
def test_a_slip_elsewhere_does_not_put_the_blame_on_a_plug_in(more, module, capsys):
    words = [module(MODULE), "+metrics.mine=true", "populaton.size=200", "hydra.run.dir=run", "hydra.sweep.dir=runs"]
    assert main([*words, *more]) == 2
    said = capsys.readouterr().err
    assert "populaton" in said and "metrics" not in said, said
