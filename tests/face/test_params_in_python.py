"""Parameters in Python: keywords beside overrides, changes that are held to what a file is held to, short texts."""

import random
from pathlib import Path

import numpy as np
import pytest

from simulation.config.compose import ConfigError, load_params
from simulation.config.schema import Params

RULES = '''
from typing import ClassVar, Literal
import numpy as np
from simulation.motives.base import Motive

class Boredom(Motive):
    """Posting for want of anything better."""
    kind: Literal["boredom"]
    code: ClassVar[int] = 101
    source: ClassVar[str] = "assumption"

    def trigger(self, occasions):
        return np.ones(occasions.gap.shape)

RULES = [Boredom]
'''
BORED = {"kind": "boredom", "weight": 1.0, "bias": 0.0, "discount": 0.0}


@pytest.fixture(scope="module")
def params():
    """The default market."""
    return load_params()


@pytest.fixture
def my_rules(tmp_path, monkeypatch):
    """Put a package of the user's own into the working folder."""
    name = f"own_rules_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


# -- keywords ------------------------------------------------------------------------------------

@pytest.mark.parametrize("words, values", [
    (["scenario=baseline", "steps=52"], {"scenario": "baseline", "steps": 52}),
    (["steps=52"], {"steps": np.int64(52)}), (["feed.attention=0.5"], {"feed.attention": 0.5}),
    (["checked=true", "until=quiet"], {"checked": True, "until": "quiet"}),
    (["without=[exposure,ladder]"], {"without": ("exposure", "ladder")}), (["without=[]"], {"without": []}),
    (["population={size: 500}"], {"population": {"size": 500}}),
    (["experiment=replicate/bass"], {"experiment": "replicate/bass"}),
    (["+firm@brands.gamma=airline"], {"+firm@brands.gamma": "airline"}),
    (["+events.x={kind: launch, brand: beta, step: 3}"], {"+events.x": {"kind": "launch", "brand": "beta", "step": 3}}),
])
def test_a_keyword_is_an_override(words, values):
    assert load_params(**values) == load_params(*words)


def test_overrides_and_keywords_stand_beside_each_other():
    params = load_params("feed.attention=0.5", "~brands.beta", scenario="baseline", steps=7)
    assert (params.feed.attention, list(params.brands), params.name, params.steps) == (0.5, ["alpha"], "baseline", 7)


@pytest.mark.parametrize("text", [
    "", "a b", "it's", 'say "a, b"', "a=b", "[1]", "{a: 1}", "null", "True", "1e3", "12", "nan", "x\\", "\\\\", "a\\'b",
    '\\"', "${seed}", "\\${seed}", "$", "a, b", "~x", "+x", "#1", "tab\tand\nline", "Zoë's café", "a:b", "100 %", "-1"])
def test_text_arrives_as_it_is(text):
    assert load_params(name=text).name == text


def test_any_text_arrives_as_it_is():
    letters, draw = 'ab \\"\'${}[],:=?$\n~+é\t', random.Random(5)
    for _ in range(60):
        text = "".join(draw.choice(letters) for _ in range(draw.randint(0, 9)))
        assert load_params(name=text).name == text


def test_a_keyword_that_no_file_could_say_is_refused():
    with pytest.raises(ConfigError, match=r"steps: must be a whole number in \[1, 1000000\] \(steps\), got 'many'"):
        load_params(steps="many")
    with pytest.raises(ConfigError, match="seed: must be a number, true or false, text, a list or a mapping"):
        load_params(seed=object())
    with pytest.raises(ConfigError, match=r"population: must be a number.* got {\"a size\": 3}"):
        load_params(population={"a size": 3})
    with pytest.raises(ConfigError, match="stepz: unknown key, got 3; did you mean 'steps'"):
        load_params(stepz=3)
    with pytest.raises(ConfigError, match=r"overrides: must be text such as 'steps=52', got {\"steps\": 3}"):
        load_params({"steps": 3})
    with pytest.raises(ConfigError, match="name: "):
        load_params(name="???")


def test_a_path_is_text(tmp_path):
    (tmp_path / "my edges.csv").write_text("source,target\na,b\n")
    params = load_params(network="file", **{"network.path": tmp_path / "my edges.csv"})
    assert Path(params.network.path) == tmp_path / "my edges.csv"


def test_plug_ins_are_a_keyword_too(my_rules):
    for plugins in (my_rules, [my_rules]):
        assert load_params(plugins=plugins, **{"+motives.mine": BORED}).motives["mine"].kind == "boredom"
    with pytest.raises(ConfigError, match="plugins: must be a list of packages"):
        load_params(plugins=["a package; with code"])


# -- changes ---------------------------------------------------------------------------------------

def test_a_changed_value_is_the_only_difference(params):
    dear = params.changed({"brands.alpha.price": 70, "steps": 52})
    assert (dear.brands["alpha"].price, dear.steps) == (70.0, 52)
    assert dear == load_params("brands.alpha.price=70", "steps=52") and params == load_params()
    assert dear.network is params.network


def test_a_mapping_changes_what_it_names_and_another_kind_replaces_all(params):
    some = params.changed({"feed": {"attention": 0.5}, "adoption": {"kind": "consider", "p": 0.25}})
    assert some == load_params("feed.attention=0.5", "adoption.p=0.25")
    bass = load_params("adoption=bass").adoption
    assert params.changed({"adoption": bass}).adoption == bass
    assert params.changed({"adoption": bass.model_dump()}).adoption == bass


def test_entries_are_added_and_removed_by_name(params):
    launch = {"kind": "launch", "brand": "beta", "step": 3}
    assert params.changed({"events.x": launch}) == load_params("+events.x={kind: launch, brand: beta, step: 3}")
    assert params.changed({"events.x": launch}).changed({"~events.x": None}) == params
    gamma = params.changed({"brands.gamma": params.brands["alpha"], "brands.gamma.price": 9})
    assert list(gamma.brands) == ["alpha", "beta", "gamma"] and gamma.brands["gamma"].price == 9


def test_all_problems_of_a_change_are_said_at_once(params):
    with pytest.raises(ConfigError) as error:
        params.changed({"brands.alpha.prise": 70, "feed.attention": 2, "steps": 52.5, "adoption.kind": "bas",
                        "brands.alpah.price": 3, "~events.x": None, 7: 7})
    lines = error.value.problems
    assert len(lines) == 7 and {line.split(":")[0] for line in lines} == {
        "brands.alpha.prise", "feed.attention", "steps", "adoption.kind", "brands.alpah", "~events.x", "7"}
    text = str(error.value)
    assert "did you mean 'brands.alpha.promise'?" in text and "must be a number in [0, 1], got 2" in text
    assert "did you mean 'bass'?" in text and "did you mean 'alpha'?" in text


def test_a_change_is_checked_across_fields(params):
    with pytest.raises(ConfigError, match=r"events\.x\.brand: must be a brand, one of alpha, beta, got 'gamma'"):
        params.changed({"events.x": {"kind": "launch", "brand": "gamma", "step": 3}})
    with pytest.raises(ConfigError, match=r"events\.x\.step: must be at most steps \(2\), got 3"):
        params.changed({"events.x": {"kind": "launch", "brand": "beta", "step": 3}, "steps": 2})
    with pytest.raises(ConfigError, match="changes: must be a mapping"):
        params.changed("steps=3")
    with pytest.raises(ConfigError, match=r"~events\.x: must be None"):
        params.changed({"events.x": {"kind": "launch", "brand": "beta", "step": 3}, "~events.x": 1})


def test_a_change_keeps_the_users_own_rules(my_rules):
    mine = load_params(plugins=my_rules, **{"+motives.mine": BORED})
    more = mine.changed({"motives.mine.weight": 0.5}).model_copy(update={"seed": 4})
    assert type(more) is type(mine) and list(more.PACKAGES) == [my_rules] and more.motives["mine"].weight == 0.5
    with pytest.raises(ConfigError, match=r"motives\.mine\.weight"):
        mine.changed({"motives.mine.weight": -1})


def test_a_copy_cannot_smuggle_in_what_a_file_could_not_say(params):
    assert params.model_copy(update={"seed": 5}) == load_params("seed=5")
    assert params.model_copy() == params and params.model_copy(update={}) == params
    some = params.population.model_copy(update={"size": 500})
    assert params.model_copy(update={"population": some}) == load_params("population.size=500")
    none = params.population.model_copy(update={"size": -3})
    for update, what in (({"seed": -1}, "seed: must be a whole number"), ({"sede": 1}, "did you mean 'seed'"),
                         ({"population": none}, r"population\.size: must be a whole number"),
                         ({"brands": {}}, "brands: must be a group of named entries"),
                         ({"metrics": dict.fromkeys(params.metrics, False)}, "metrics: at least one must be true")):
        with pytest.raises(ConfigError, match=what):
            params.model_copy(update=update)


# -- texts -----------------------------------------------------------------------------------------

def test_the_text_of_parameters_is_short_and_names_the_market(params):
    assert repr(params) == str(params) == (
        "<Params listening_brand: 10,000 people, 104 steps, brands alpha, beta, seed 1, network communities, "
        "adoption consider, belief evidence>")
    many = {f"brands.b{i:02}": params.brands["alpha"] for i in range(98)}
    assert "100 brands (alpha, beta, ...)" in repr(params.changed(many)) and len(repr(params.changed(many))) < 200
    assert isinstance(params, Params) and "brand alpha," in repr(params.changed({"~brands.beta": None}))
