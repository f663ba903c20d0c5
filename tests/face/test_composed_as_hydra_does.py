"""What the loader saves changes nothing: its configs are those of plain Hydra, and files that change are read again."""

import cProfile
import os
import pstats

import pytest
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from omegaconf import OmegaConf, open_dict

from simulation.config.compose import ConfigError, compose, load_params
from simulation.config.overrides import config_folder, groups_of

GROUPS = groups_of([config_folder()])
WHOLE = [f"{group}={choice}" for group in ("scenario", "experiment", "task", "debug", "market", "adoption", "motives")
         for choice in GROUPS[group]]
WORDS = [
    ("steps=52", "feed.attention=0.5", "name='a, b'"), ("+events.x={kind: launch, brand: beta, step: 3}", "~events.x"),
    ("~motives.venting", "motives.concern.weight=0.5"), ("population={size: 500}", "without=[exposure,ladder]"),
    ("motive@motives.venting=polarity", "++feed.attention=0.25"),
    ("+firm@brands.gamma=airline", "brands.gamma.price=9"),
    ("scenario=fix_delivery", "brands.alpha.policies.fix_named.spend=10", "brands.alpha.budget=null"),
    ("task=frontier", "task.process=delivery"), ("name=${seed}", "seed=7"), ("hydra.run.dir=here", "steps=3"),
    ("scenario=baseline", "+policy@brands.alpha.policies.mine=recover", "brands.alpha.policies.mine.start=3"),
    ("~brands.beta", "scenario=baseline"), ("market=monopoly", "++market_is={a: [1, 2, {b: x}]}", "market_is.a=[3]"),
    tuple(f"+firm@brands.b{i:02}=retail" for i in range(12))]


def plain_hydra(words, folder=None, name="config"):
    """Return what Hydra composes by itself."""
    with initialize_config_dir(version_base="1.3", config_dir=str((folder or config_folder()).resolve())):
        config = hydra_compose(name, list(words), return_hydra_config=True)
    with open_dict(config):
        del config["hydra"]
    return OmegaConf.to_container(config, resolve=True, throw_on_missing=True)


def order_of(config):
    """Return the keys of a config in order: columns of brands and draws of motives follow it."""
    return [(key, order_of(value)) for key, value in config.items()] if isinstance(config, dict) else None


@pytest.mark.parametrize("words", [*((word,) for word in WHOLE), *WORDS], ids=lambda words: " ".join(words)[:50])
def test_a_config_is_the_one_that_hydra_composes_also_when_asked_for_again(words):
    expected = plain_hydra(words)
    for _ in range(2):
        found = compose(*words)
        assert found == expected and order_of(found) == order_of(expected)


def test_what_is_returned_belongs_to_whoever_asked():
    compose("scenario=baseline")["brands"].clear()
    assert list(compose("scenario=baseline")["brands"]) == ["alpha", "beta"]


def test_a_value_is_written_over_a_value_and_refused_where_nothing_stands():
    assert compose("steps=9")["steps"] == 9 and compose()["steps"] == 104
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"stepz: unknown key, got 9; did you mean 'steps'"):
            compose("stepz=9")
        with pytest.raises(ConfigError, match="scenario: must be advertise, answer_detractors"):
            compose("scenario=nothing")


@pytest.fixture
def folder(tmp_path):
    """A small folder of configs with a group, a value and a defaults list that refers to a choice."""
    (tmp_path / "group").mkdir()
    (tmp_path / "config.yaml").write_text("defaults:\n  - _self_\n  - group: one\nx: 1\n")
    (tmp_path / "group" / "one.yaml").write_text("y: 1\nlist: [1, 2]\nz: {a: 1, b: \"${x}\"}\n")
    (tmp_path / "group" / "two.yaml").write_text("y: 2\nz: null\n")
    return tmp_path


def test_a_file_that_changes_is_read_again(folder):
    assert compose(folder=folder)["group"]["y"] == 1
    (folder / "group" / "one.yaml").write_text("y: 100\n")
    assert compose(folder=folder) == {"x": 1, "group": {"y": 100}}
    (folder / "config.yaml").write_text("defaults:\n  - _self_\n  - group: two\nx: 1\n")
    assert compose(folder=folder)["group"] == {"y": 2, "z": None}


def test_a_folder_of_the_users_own_is_looked_at_too(folder, tmp_path_factory):
    mine = tmp_path_factory.mktemp("mine")
    (mine / "group").mkdir()
    words = ("group=three", f"hydra.searchpath=['file://{mine}']")
    for y in (3, 44):
        (mine / "group" / "three.yaml").write_text(f"y: {y}\n")
        assert compose(*words, folder=folder) == {"x": 1, "group": {"y": y}} == plain_hydra(words, folder)


def test_a_folder_behind_a_link_is_read_each_time(folder, tmp_path_factory):
    """A change there would not be seen."""
    there = tmp_path_factory.mktemp("there")
    try:
        (folder / "linked").symlink_to(there, target_is_directory=True)
    except OSError:                                   # a system where users may not make links
        (folder / "linked").mkdir()
        there = folder / "linked"
    for y in (5, 66):
        (there / "four.yaml").write_text(f"y: {y}\n")
        assert compose("+linked=four", folder=folder)["linked"] == {"y": y}


def test_a_defaults_list_that_refers_to_the_environment_is_not_kept(folder, monkeypatch):
    (folder / "config.yaml").write_text("defaults:\n  - _self_\n  - group: ${oc.env:CHOICE}\nx: 1\n")
    for choice, y in (("one", 1), ("two", 2), ("one", 1)):
        monkeypatch.setenv("CHOICE", choice)
        assert compose(folder=folder)["group"]["y"] == y


def test_values_refer_to_others_after_all_overrides(folder):
    assert compose("x=5", folder=folder)["group"]["z"]["b"] == 5
    assert compose("+group.new='${x}'", "x=6", folder=folder)["group"] == {
        "y": 1, "list": [1, 2], "z": {"a": 1, "b": 6}, "new": 6}


def test_packages_may_meet_values_lists_and_nothing(folder):
    """A file is merged at its place also where something else than a mapping stands there before."""
    (folder / "more").mkdir()
    for name, text in {"a": "{p: 1}", "b": "{q: 2}"}.items():
        (folder / "more" / f"{name}.yaml").write_text(text)
    for before in ("3", "null", "[1]", "{}", "{at: null}", "{at: {p: 0}}", "${x}", "'???'"):
        (folder / "config.yaml").write_text(
            f"defaults:\n  - _self_\n  - more@here.at: a\n  - more@here.at.in: b\nx: {{z: 1}}\nhere: {before}\n")
        try:
            expected = plain_hydra((), folder)
        except Exception:
            with pytest.raises(ConfigError):
                compose(folder=folder)
        else:
            assert compose(folder=folder) == expected, before


def calls(words):
    """Return how many functions are called to compose these words for the first time."""
    profile = cProfile.Profile()
    profile.runcall(compose, *words)
    return pstats.Stats(profile).total_calls


def test_the_cost_of_a_brand_does_not_depend_on_how_many_there_are(tmp_path, monkeypatch):
    """Counted in calls of functions: 16 brands more cost the same after 8 as after 40."""
    monkeypatch.chdir(tmp_path)         # nothing has been composed here before
    cost = {n: calls([f"+firm@brands.b{i:02}=retail" for i in range(n)]) for n in (0, 8, 24, 40, 56)}
    assert cost[56] - cost[40] < 1.1 * (cost[24] - cost[8])


def test_the_second_call_costs_a_tenth_of_the_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    brands = [f"+firm@brands.b{i:02}=retail" for i in range(20)]
    first = calls(brands)
    assert calls([*brands, "brands.b07.price=70", "steps=52"]) < 0.1 * first


def test_the_working_folder_is_where_relative_paths_begin(tmp_path, monkeypatch, folder):
    for y in (3, 4):
        here = tmp_path / f"at_{y}"
        (here / "mine" / "group").mkdir(parents=True)
        (here / "mine" / "group" / "three.yaml").write_text(f"y: {y}\n")
        monkeypatch.chdir(here)
        assert compose("group=three", "hydra.searchpath=['file://mine']", folder=folder)["group"]["y"] == y
        assert os.getcwd().endswith(f"at_{y}")


def test_ninety_eight_brands_are_composed_and_checked():
    params = load_params(*(f"+firm@brands.b{i:02}=retail" for i in range(98)))
    assert len(params.brands) == 100 and params.brands["b97"].price == params.brands["alpha"].price
