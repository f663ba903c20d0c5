"""Every parameter matters: changing it changes a named output, in the direction that its row states.

A row compares two values of one parameter in a small world, on the same seeds, so that the difference is the
parameter's alone.  The table is complete: every leaf of the typed schema has a row, or a reason and a test of
its own.
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from functools import cache, lru_cache
from importlib import import_module
from math import isfinite
from typing import Any, get_args

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser
from matplotlib.text import Text

from experiments import figures
from experiments.command.choices import choices
from experiments.figures import decisions
from experiments.tasks.simulate import write_run
from simulation import WordOfMouthModel
from simulation.adoption.bass import Bass
from simulation.beliefs.bounded import Bounded
from simulation.config.compose import check_params, compose
from simulation.config.overrides import config_folder, groups_of
from simulation.config.schema import Params
from simulation.contracts import PromiseBroken
from simulation.motives.polarity import Polarity
from simulation.networks.watts_strogatz import WattsStrogatz
from simulation.output.provenance import network_hash
from simulation.params import Rule
from simulation.policies.advertise import Advertise
from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.schema_walk import all_leaves, kind_of, label, leaf_of
from tests.parameters.table import EXEMPT, NO_EFFECT, NO_LUCK, ONE_VALUE, ROWS
from tests.parameters.table_networks import FILES
from tests.parameters.without_rows import FAMILIES as RULES
from tests.parameters.without_rows import Trial, trials_of
from tests.parameters.worlds import CONTACTS, MARKET, OWNERS, TIES, policy

composed, parser = cache(compose), OverridesParser.create()
GROUPS = groups_of([config_folder()])


def put(config: dict, path: str, value: Any) -> None:
    """Write a value where one stands; raises KeyError where nothing does."""
    *above, name = path.split(".")
    for step in above:
        config = config[step]
    if name not in config:
        raise KeyError(f"{path}: nothing stands there in the composed config")
    config[name] = value


def params_of(world: tuple[str, ...], seed: int, changes: dict[str, Any]) -> Params:
    """Return the parameters of a world with other values at some paths, all of which must exist.

    Hydra composes groups and new entries once per combination; plain values are then written one by one.
    """
    words = [parser.parse_override(word) for word in world]
    plain = [word for word in words if not (word.is_add() or word.is_delete() or word.key_or_group in GROUPS)]
    config = deepcopy(composed(*(word.input_line for word in words if word not in plain))) | {"seed": seed}
    for path, value in [*((word.key_or_group, word.value()) for word in plain), *changes.items()]:
        put(config, path, value)
    return check_params(config)


@lru_cache(maxsize=16)
def finished(params_as_json: str) -> WordOfMouthModel:
    """Return the model after its run; rows next to each other often share one."""
    model = WordOfMouthModel(Params.model_validate_json(params_as_json))
    model.run()
    return model


def measure(row: Row, value: Any, seed: int, also: dict[str, Any]) -> Any:
    """Return the row's output where the parameter has this value."""
    params = params_of(row.world, seed, {row.path: value} | also)
    group = params
    for step in row.path.split(".")[:-1]:
        group = group[step] if isinstance(group, dict) else getattr(group, step)
    assert not row.kind or kind_of(type(group)) == row.kind, f"{row.name}: the world has another kind"
    return row.output(finished(params.model_dump_json()))


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_changing_the_parameter_changes_the_output_as_the_row_states(row):
    seeds = range(1, row.seeds + 1)
    low = [measure(row, row.low, seed, {}) for seed in seeds]
    if row.direction == "refuses":
        with pytest.raises(ValueError, match=row.path.replace(".", r"\.")):
            measure(row, row.high, 1, row.also)
        return
    high = [measure(row, row.high, seed, row.also) for seed in seeds]
    found = f"{row.name} from {row.low} to {row.high}: {row.output.__name__} from {low} to {high}; expected {row.why}"
    if row.direction == "changes":
        assert low != high, found
        return
    difference = sum(b - a for a, b in zip(low, high, strict=True))
    assert isfinite(difference), found
    assert difference > 0 if row.direction == "+" else difference < 0, found


def parts(name: str) -> tuple[str, str]:
    """Return path and kind of a name such as ``network.seed[ring]``."""
    path, _, kind = name.partition("[")
    return path, kind.rstrip("]")


def test_every_parameter_of_the_schema_has_a_row_or_a_reason():
    covered = {leaf_of(row.path, row.kind) for row in ROWS} | {leaf_of(*parts(name)) for name in EXEMPT}
    new = without_rows()
    missing = [label(leaf) for leaf in all_leaves() if leaf not in covered and leaf[0] not in new]
    assert not missing, f"no row for {', '.join(missing)}"


def without_rows() -> list[type[Rule]]:
    """Return the rules that no row is about."""
    groups = {leaf_of(row.path, row.kind)[0] for row in ROWS} | {leaf_of(*parts(name))[0] for name in EXEMPT}
    return [rule for family in RULES for rule in family.rules if rule not in groups]


def matters(trial: Trial) -> bool:
    """Tell whether some other value of a parameter changes the course of a run or its ties."""
    def course(value):
        model = finished(params_of(trial.world, 1, {trial.path: value}).model_dump_json())
        tables, names = model.results.tables(), ("timeseries", "processes", "conversions")
        return [tables[name].to_csv() for name in names], network_hash(model.state.ties)

    now = course(trial.value)
    for other in trial.others:
        with suppress(ValueError):      # not every value goes with the others of the file
            if course(other) != now:
                return True
    return False


@pytest.mark.slow
def test_every_parameter_of_a_rule_without_rows_changes_something():
    for trial in (trial for rule in without_rows() for trial in trials_of(rule)):
        assert matters(trial), (f"{trial.name}: {trial.others} do not differ from {trial.value!r} in the world of its "
                                f"family; mend the rule, or give it rows in tests/parameters/table_*.py")


@pytest.mark.slow
@pytest.mark.parametrize("rule", [Polarity, Bass, Bounded, WattsStrogatz, Advertise], ids=kind_of)
def test_the_worlds_of_the_families_bring_out_what_parameters_do(rule):
    found = {trial.name: matters(trial) for trial in trials_of(rule)}
    assert len(found) >= 2 and all(found.values()), found


def test_a_value_that_changes_nothing_is_noticed():
    quiet = next(trial for trial in trials_of(Bass) if trial.name == "bass.q")
    assert not matters(quiet._replace(others=(quiet.value,)))
    assert not matters(quiet._replace(others=(7.0,))), "a value that is refused is no effect"


def test_every_row_is_about_a_parameter_that_exists():
    there = set(all_leaves())
    for row in ROWS:
        assert leaf_of(row.path, row.kind) in there, row.name


def test_a_row_about_a_parameter_that_does_not_exist_is_noticed():
    with pytest.raises(KeyError):
        leaf_of("feed.no_such_thing")
    with pytest.raises(KeyError):
        leaf_of("adoption.choice_scale", "bass")
    with pytest.raises(KeyError):
        params_of(OWNERS, 1, {"feed.no_such_thing": 1})


def test_nothing_is_both_exempt_and_in_a_row():
    assert not {leaf_of(row.path, row.kind) for row in ROWS} & {leaf_of(*parts(name)) for name in EXEMPT}


def test_every_row_states_a_direction_and_a_reason():
    for row in ROWS:
        assert row.direction in ("+", "-", "changes", "refuses") and row.why and row.low != row.high, row.name


@pytest.mark.parametrize("name", ONE_VALUE)
def test_a_parameter_with_one_value_has_only_one(name):
    group, key = leaf_of(*parts(name))
    assert len(get_args(group.model_fields[key].annotation)) == 1


@pytest.mark.parametrize("name", NO_LUCK)
def test_a_network_without_luck_is_the_same_for_every_seed(name):
    kind = parts(name)[1]
    world = (*TIES, f"network={kind}", *((f'network.path="{FILES / "pairs.csv"}"',) if kind == "file" else ()))
    one, two = (finished(params_of(world, 1, {"network.seed": seed}).model_dump_json()) for seed in (1, 2))
    assert network_hash(one.state.ties) == network_hash(two.state.ties)


@pytest.mark.parametrize("name", NO_EFFECT)
def test_a_parameter_said_to_have_no_effect_has_none(name):
    path, kind = parts(name)
    world = (*MARKET, *policy({"none": "none", "seed": "seed_random"}[kind], start=2))
    early, late = (finished(params_of(world, 1, {path: step}).model_dump_json()) for step in (2, 9))
    assert of.history(early) == of.history(late)


def test_the_currency_stands_on_the_figure_of_money():
    world = (*OWNERS, "steps=4", *policy("fix_named", start=1, process="delivery"))
    for currency in ("EUR", "CHF"):
        model = finished(params_of(world, 1, {"value.currency": currency}).model_dump_json())
        figure = decisions.draw(model.results)
        words = " ".join(text.get_text() for text in figure.findobj(Text))
        assert currency in words and {"EUR": "CHF", "CHF": "EUR"}[currency] not in words


def test_figures_are_written_only_where_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "FIGURES", {"stars": figures.FIGURES["stars"]})
    for wanted in (True, False):
        model = finished(params_of((*OWNERS, "steps=4"), 1, {"output.figures": wanted}).model_dump_json())
        folder = tmp_path / str(wanted)
        folder.mkdir()
        write_run({}, model, model.results, folder)
        assert any(folder.rglob("*.png")) == wanted


def test_checked_mode_notices_a_broken_promise_and_changes_no_number(monkeypatch):
    plain, checked = (params_of((*OWNERS, "steps=3"), 1, {"checked": value}) for value in (False, True))
    assert of.history(finished(plain.model_dump_json())) == of.history(finished(checked.model_dump_json()))
    monkeypatch.setattr(import_module("simulation.phases.ladder"), "WRITES", ("advocacy", "left", "flows"))
    WordOfMouthModel(plain).run()
    with pytest.raises(PromiseBroken):
        WordOfMouthModel(checked).run()


NETWORK_FILES = [name for name in choices()["network"] if name != "file"]
FAMILIES = {
    "network": ([(*TIES, f"network={name}", "population.size=196") for name in NETWORK_FILES], of.network),
    "adoption": ([(*CONTACTS, f"adoption={name}") for name in
                  choices()["adoption"]], of.who_adopted),
    "belief": ([(*OWNERS, f"belief={name}") for name in choices()["belief"]], of.movement_of_beliefs),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_rules_of_a_family_do_the_same(family):
    worlds, output = FAMILIES[family]
    found = [output(finished(params_of(world, 1, {}).model_dump_json())) for world in worlds]
    same = [(worlds[i], worlds[j]) for i in range(len(worlds)) for j in range(i) if found[i] == found[j]]
    assert not same
