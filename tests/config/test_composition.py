"""What the YAML files say is what a run gets."""

import pickle
from functools import lru_cache

import pytest
import yaml

from experiments.command.main import task_of
from simulation.config.compose import ConfigError, check_params, compose, configs_of, load_params
from simulation.config.messages import validate
from simulation.config.overrides import config_folder, groups_of
from simulation.config.schema import Params

CONFIGS = config_folder()
composed = lru_cache(maxsize=None)(compose)
GROUPS = groups_of([CONFIGS])
WHOLE = ("scenario", "experiment", "task", "debug", "market", "network", "adoption", "belief", "motives",
         "population", "talk")
NEEDS = {"network=karate": ["population.size=34"], "network=two_node": ["population.size=10"],
         "network=well_mixed": ["adoption=bass"]}
TINY_NETWORK = "source,target\na,b\n"


def leaves_of(here, path=()):
    """Yield (path, value) of every leaf of a mapping; an empty mapping is a leaf."""
    for key, value in here.items():
        if isinstance(value, dict) and value:
            yield from leaves_of(value, (*path, str(key)))
        else:
            yield (*path, str(key)), value


def choice_words(group, choice, tmp_path):
    """Return the overrides that choose one file, with what it cannot do without."""
    words = [f"{group}={choice}", *NEEDS.get(f"{group}={choice}", [])]
    if words[0] == "network=file":
        (tmp_path / "edges.csv").write_text(TINY_NETWORK)
        words.append(f"network.path={tmp_path / 'edges.csv'}")
    return words


def test_the_defaults_list_begins_with_self():
    assert yaml.safe_load((CONFIGS / "config.yaml").read_text())["defaults"][0] == "_self_"


@pytest.mark.parametrize("group, choice", [(g, c) for g in WHOLE for c in GROUPS.get(g, [])])
def test_every_choice_composes_and_is_valid(group, choice, tmp_path):
    config = composed(*choice_words(group, choice, tmp_path))
    check_params(config)
    assert task_of(config["task"], load=False) is None


@pytest.mark.parametrize("group, choice", [(g, c) for g in ("scenario", "experiment", "task", "debug")
                                           for c in GROUPS.get(g, [])])
def test_every_leaf_of_a_file_survives_composition(group, choice):
    written = yaml.safe_load((CONFIGS / group / f"{choice}.yaml").read_text()) or {}
    written = {key: value for key, value in written.items() if key not in ("defaults", "hydra")}
    config = composed(f"{group}={choice}")
    for path, value in leaves_of(written if group != "task" else {"task": written}):
        here = config
        for step in path:
            assert step in here, f"{'.'.join(path)} is lost"
            here = here[step]
        assert here == value or "${" in str(value), f"{'.'.join(path)} is overwritten"


@pytest.mark.parametrize("choice", GROUPS.get("policy", []))
def test_every_policy_can_be_added(choice):
    params = load_params(f"+policy@brands.alpha.policies.mine={choice}")
    assert "mine" in params.brands["alpha"].policies


@pytest.mark.parametrize("choice", GROUPS.get("motive", []))
def test_every_motive_can_be_added(choice):
    params = load_params("motives=on_adoption" if choice != "on_adoption" else "motives=everybody",
                         f"+motive@motives.mine={choice}")
    assert params.motives["mine"].kind == choice


@pytest.mark.parametrize("words, check", [
    (["motive@motives.venting=polarity"], lambda p: p.motives["venting"].kind == "polarity"),
    (["+events.x={kind: launch, brand: beta, step: 3}"], lambda p: p.events["x"].step == 3),
    (["+events.x={kind: launch, brand: beta, step: 3}", "~events.x"], lambda p: "x" not in p.events),
    (["~motives.venting"], lambda p: "venting" not in p.motives),
    (["without=[exposure,ladder]"], lambda p: p.without == ("exposure", "ladder")),
    (["brands.alpha.processes.delivery.when={rate: 0.5}"],
     lambda p: p.brands["alpha"].processes["delivery"].when.rate == 0.5
     and p.brands["alpha"].processes["delivery"].when.on_purchase),
    (["population={size: 500}"], lambda p: p.population.size == 500),
    (["++feed.attention=0.5"], lambda p: p.feed.attention == 0.5),
    (["feed.attention=1"], lambda p: p.feed.attention == 1.0),
    (["brands.alpha.processes.delivery.capacity=100"],
     lambda p: p.brands["alpha"].processes["delivery"].capacity == 100),
    (["hydra.run.dir=elsewhere"], lambda p: True),
    (["name='a, b'"], lambda p: p.name == "a, b"),
])
def test_the_override_language_works(words, check):
    assert check(load_params(*words))


def test_a_whole_float_is_taken_for_a_whole_number_and_nothing_else_is_converted():
    config = compose()
    assert check_params(config | {"steps": 1e4}).steps == 10_000
    assert isinstance(check_params(config | {"steps": 1e4}).steps, int)
    for wrong in (1e4 + 0.5, "10000", True, None, 1e300):
        with pytest.raises(ConfigError, match=r"^steps: must be a whole number"):
            check_params(config | {"steps": wrong})


def test_numbers_given_in_python_are_checked_too():
    with pytest.raises(ConfigError, match=r"feed\.attention: must be a number in \[0, 1\], got nan"):
        check_params(compose() | {"feed": compose()["feed"] | {"attention": float("nan")}})


def test_no_parameter_has_a_default_in_python():
    def fields(model):
        for field in model.model_fields.values():
            assert field.is_required(), f"{model.__name__}: {field}"
    fields(Params)
    params, problems = validate(Params, {})
    assert params is None and len(problems) == 1


def test_dumping_and_reading_gives_the_same_parameters():
    params = load_params()
    assert Params.model_validate_json(params.model_dump_json()) == params


def test_a_sweep_is_checked_at_each_value_once():
    seeds = [config["seed"] for config, _ in configs_of(["seed=1,2,3", "steps=5,6"], multirun=True)]
    assert seeds == [1, 2, 3, 1]


RULES = '''
from typing import ClassVar, Literal
import numpy as np
from simulation.motives.base import Motive

class Boredom(Motive):
    """Posting for want of anything better."""
    kind: Literal["boredom"]
    code: ClassVar[int] = 100
    source: ClassVar[str] = "assumption"

    def trigger(self, occasions):
        return np.ones(occasions.gap.shape)

RULES = [Boredom]
'''


@pytest.fixture
def my_rules(tmp_path, monkeypatch):
    """Put a package of the user's own into the working folder."""
    name = f"my_rules_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def test_a_plug_in_is_found_by_its_kind(my_rules):
    added = "+motives.mine={kind: boredom, weight: 1.0, bias: 0.0, discount: 0.0}"
    params = load_params(f"plugins=[{my_rules}]", added)
    assert isinstance(params, Params) and params.motives["mine"].kind == "boredom"
    assert params.brands["alpha"].price == load_params().brands["alpha"].price
    assert pickle.loads(pickle.dumps(params)).motives["mine"] == params.motives["mine"]
    with pytest.raises(ConfigError, match=r"motives\.mine\.kind: .*'boredom'"):
        load_params(added)
    with pytest.raises(ConfigError, match=r"motives\.mine\.weight: "):
        load_params(f"plugins=[{my_rules}]", added.replace("weight: 1.0", "weight: -1"))
