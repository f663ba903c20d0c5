"""Forty wrong configurations and more: each gives one clear message, status 2, and leaves nothing behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.command.main import main

RUN = Path(__file__).parents[2] / "run.py"
DELIVERY = "brands.alpha.processes.delivery"
SHOCK = "+events.x={kind: shock, brand: %s, process: %s, start: %d, stop: %d, quality: 0.1, failure: 0.1}"

WRONG = {
    # what was typed: (words, what the message must contain)
    "unknown key at the top": (["inovation=0.1"], ["inovation: unknown key", "0.1", "allowed here"]),
    "unknown key with a near miss": (["feed.atention=0.1"], ["feed.atention", "0.1", "'feed.attention'"]),
    "unknown key added": (["+feed.atention=0.1"], ["feed.atention", "0.1", "'feed.attention'"]),
    "unknown key force-added": (["++feed.atention=0.1"], ["feed.atention", "0.1", "'feed.attention'"]),
    "unknown key removed": (["~feed.atention"], ["feed.atention", "'feed.attention'"]),
    "a key in the wrong place": (["attention=0.1"], ["attention", "'feed.attention'"]),
    "a wrong step in the middle": (["brands.alpha.proceses.delivery.quality=0.1"],
                                   [f"'{DELIVERY}.quality'", "0.1"]),
    "an unknown process": (["brands.alpha.processes.delivry.quality=0.1"], [f"'{DELIVERY}.quality'", "0.1"]),
    "a group misspelt": (["scenaro=baseline"], ["scenaro", "'scenario'"]),
    "a population misspelt": (["populaton.size=50"], ["populaton.size", "50", "'population.size'"]),
    "an unknown choice": (["scenario=basline"], ["scenario", "'basline'", "'baseline'"]),
    "an unknown network": (["network=ringg"], ["network", "'ringg'", "'ring'"]),
    "an unknown task": (["task=lst"], ["task", "'lst'", "'list'"]),
    "an unknown kind": (["network.kind=rng"], ["network.kind", "'rng'", "'ring'"]),
    "an unknown kind of task": (["task.kind=simulat"], ["task.kind", "'simulat'", "'simulate'"]),
    "a replication that does not exist": (["task=replicate", "task.names=[bas]"], ["task.names", "'bas'", "'bass'"]),
    "no replication at all": (["task=replicate", "task.names=[]"], ["task.names", "an empty list"]),
    "one name for a list": (["task=replicate", "task.names=bass"], ["task.names", "a list", "'bass'"]),
    "an unknown tier, and nobody to work": (["task=replicate", "task.tier=slow", "task.workers=0"],
                                            ["task.tier", "'slow'", "task.workers", "whole number in [1, 1024]"]),
    "an unknown key of a task": (["+task.foo=1"], ["task.foo", "got 1"]),
    "an unknown kind of event": (["+events.x={kind: shok}"], ["events.x.kind", "'shok'", "'shock'"]),
    "an event without a kind": (["+events.x={brand: alpha}"], ["events.x.kind", "nothing"]),
    "a policy that does not exist": (["+policy@brands.alpha.policies.fix=fix_wrst"],
                                     ["policy@brands.alpha.policies.fix", "'fix_wrst'", "'fix_worst'"]),
    "a policy where nothing stands": (["policy@brands.alpha.policies.mine=fix_worst"],
                                      ["+policy@brands.alpha.policies.mine=fix_worst"]),
    "a policy of a misspelt brand": (["+policy@brands.alpa.policies.fix=fix_worst"], ["brands.alpa", "'alpha'"]),
    "an incomplete brand": (["+brands.gamma={price: 3}"], ["brands.gamma", "missing", "processes"]),
    "text for a number": (["steps=many"], ["steps", "whole number", "'many'"]),
    "a fraction for a whole number": (["steps=10.5"], ["steps", "whole number", "10.5"]),
    "a flag for a number": (["steps=true"], ["steps", "whole number", "true"]),
    "a number for a flag": (["output.figures=1"], ["output.figures", "true or false", "got 1"]),
    "a number for a group": (["feed=3"], ["feed", "attention", "got 3"]),
    "null": (["feed.attention=null"], ["feed.attention", "[0, 1]", "null"]),
    "null for a choice": (["site.choice=null"], ["site.choice", "recent, helpful or random", "null"]),
    "an unknown word": (["site.choice=recnt"], ["site.choice", "'recnt'", "'recent'"]),
    "an unknown word in a list": (["without=[exposre]"], ["without[0]", "'exposre'", "'exposure'"]),
    "a probability above 1": (["feed.attention=1.5"], ["feed.attention", "[0, 1]", "1.5"]),
    "a probability below 0": (["feed.attention=-0.1"], ["feed.attention", "[0, 1]", "-0.1"]),
    "negative steps": (["steps=-3"], ["steps", "[1, 1000000]", "-3"]),
    "no steps": (["steps=0"], ["steps", "[1, 1000000]", "got 0"]),
    "nobody": (["population.size=0"], ["population.size", "people", "got 0"]),
    "a negative seed": (["seed=-1"], ["seed", "got -1"]),
    "a negative price": (["brands.alpha.price=-5"], ["brands.alpha.price", ">= 0", "currency", "-5"]),
    "not a number": (["feed.attention=nan"], ["feed.attention", "[0, 1]", "nan"]),
    "infinity": (["adoption.choice_scale=inf"], ["adoption.choice_scale", "(0, 10]", "inf"]),
    "neither number nor unlimited": ([f"{DELIVERY}.capacity=unlimitd"],
                                     [f"{DELIVERY}.capacity", "'unlimitd'", "'unlimited'"]),
    "shares that sum to more than 1": (["population.expert_share=0.6", "population.influencer_share=0.6"],
                                       ["expert_share", "sum to at most 1", "1.2"]),
    "credibility above 1": (["reading.credibility_floor=0.9"], ["credibility_floor", "at most 1", "1.3"]),
    "a least value above the largest": (["population.susceptibility_min=3"],
                                        ["population.susceptibility_min", "susceptibility_max", "got 3"]),
    "detractors above promoters": (["ladder.promoter=5"], ["ladder.detractor", "ladder.promoter (5)", "6"]),
    "a fall above the rise": (["ladder.fall=0.7"], ["ladder.fall", "ladder.rise", "0.7"]),
    "an event for an unknown brand": ([SHOCK % ("alfa", "delivery", 1, 2)], ["events.x.brand", "'alfa'", "'alpha'"]),
    "an event for an unknown process": ([SHOCK % ("alpha", "delivry", 1, 2)], ["events.x.process", "'delivery'"]),
    "an event that ends before it starts": ([SHOCK % ("alpha", "delivery", 9, 2)], ["events.x.start", "got 9"]),
    "an event after the end": ([SHOCK % ("alpha", "delivery", 30, 31), "steps=10"], ["events.x.start", "(10)", "30"]),
    "advertising withheld under a rule of contact": (
        ["adoption=bass", "+events.x={kind: no_advertising, brand: alpha, start: 1, stop: 2, share: 0.5}"],
        ["events.x.kind", "adoption.kind consider", "'bass'"]),
    "seeds of an unknown brand": (["+population.seeds.s={brand: alfa, count: 1, by: random, people: []}"],
                                  ["population.seeds.s.brand", "'alfa'", "'alpha'"]),
    "more seeds than people": (["+population.seeds.s={brand: alpha, count: 51, by: random, people: []}",
                                "population.size=50", "network=ring"], ["population.seeds.s.count", "50", "51"]),
    "a process without a unit": (["brands.alpha.organisation.units.care.processes=[]"],
                                 ["brands.alpha.organisation.units", "exactly one", "'support'"]),
    "two motives of one kind": (["+motive@motives.again=venting"], ["motives.again.kind", "'venting'"]),
    "a name with a blank": (["+motive@motives.my motive=polarity"], ["motive"]),
    "a metric that does not exist": (["+metrics.npss=true"], ["metrics", "'npss'", "'nps'"]),
    "a cascade where nobody has ties": (["adoption=cascade", "network=well_mixed"],
                                        ["adoption.kind", "well_mixed", "'cascade'"]),
    "no network file": (["network=file"], ["network.path", "no file given"]),
    "a missing network file": (["network=file", "network.path=nowhere.csv"], ["network.path", "nowhere.csv"]),
    "an odd number of neighbours": (["network.neighbours=7"], ["network.neighbours", "even", "7"]),
    "_target_ on the command line": (["+network._target_=os.system"], ["network._target_", "'os.system'"]),
    "_target_ without a plus": (["network._target_=os.system"], ["network._target_", "'os.system'"]),
    "_target_ in a value": (["+events.x={_target_: os.system}"], ["events.x._target_", "'os.system'"]),
    "_target_ for Hydra": (["+hydra.callbacks.x._target_=os.system"], ["hydra.callbacks.x._target_", "os.system"]),
    "another launcher class": (["hydra.launcher._target_=os.system"], ["hydra.launcher._target_", "os.system"]),
    "plugins that cannot be imported": (["plugins=[nowhere]"], ["plugins", "'nowhere'"]),
    "plugins without rules": (["plugins=[json]"], ["plugins", "json", "RULES"]),
    "plugins that are no list": (["plugins={a: 1}"], ["plugins", "[my_rules]", "{a: 1}"]),
    "a key of Hydra misspelt": (["hydra.run.dirr=x"], ["hydra.run.dirr"]),
    "a sweep without -m": (["seed=1,2"], ["seed", "1,2", "-m"]),
    "one bad run of a sweep": (["-m", "seed=1,-2,3"], ["seed", "-2"]),
    "one bad choice of a sweep": (["-m", "network=ring,rng"], ["network", "'rng'", "'ring'"]),
    "no override at all": (["steps"], ["steps", "seed=3", "'steps'"]),
    "an unfinished list": (["without=[exposure"], ["without", "[exposure"]),
    "a variable that is not set": (["name=${oc.env:GRAPEVINE_NOWHERE}"], ["name", "GRAPEVINE_NOWHERE"]),
    "a group removed": (["~network"], ["network", "missing"]),
}
LATE = {
    "a feed that runs away": (["feed.reshare=1", "feed.attention=1", "feed.novelty=1", "debug=tiny"],
                              ["feed.reshare", "must be below 1", "got"]),
    "people that make no square": (["network=torus", "debug=tiny"], ["population.size", "square", "200"]),
}
FILES = {
    "_target_ in a file": ("network: {_target_: os.system}", ["network._target_", "'os.system'"]),
    "a callback in a file": ("hydra: {callbacks: {x: {_target_: os.system}}}", ["hydra.callbacks.x._target_"]),
    "a class for logging in a file": ("hydra: {job_logging: {handlers: {x: {(): os.system}}}}", ["os.system"]),
    "plugins in a file": ("plugins: [json]", ["plugins", "command line", '["json"]']),
    "a misspelt key in a file": ("feed: {atention: 0.1}", ["feed.atention", "0.1", "'feed.attention'"]),
    "a wrong value in a file": ("steps: soon", ["steps", "'soon'"]),
    "not a number in a file": ("feed: {attention: .nan}", ["feed.attention", "nan"]),
    "nothing in a file": ("steps:", ["steps", "null"]),
    "broken YAML": ("steps: [1", []),
    "a Python object in a file": ("name: !!python/object/apply:os.getcwd []", ["python/object"]),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def refused(words: list[str], contains: list[str], capsys, folder: Path) -> None:
    """Assert that a command is refused with one message and leaves nothing."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert err.startswith("grapevine: ") and "Traceback" not in err and "pydantic" not in err
    assert out == ""
    for text in contains:
        assert text in err, err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_config_is_refused_with_one_clear_message(case, here, capsys):
    refused(*WRONG[case], capsys, here)


@pytest.mark.parametrize("case", FILES)
def test_a_wrong_file_is_refused(case, here, tmp_path, capsys):
    text, contains = FILES[case]
    (tmp_path / "mine" / "experiment").mkdir(parents=True)
    (tmp_path / "mine" / "experiment" / "x.yaml").write_text(f"# @package _global_\n{text}\n")
    refused(["--config-dir", str(tmp_path / "mine"), "experiment=x"], contains, capsys, here)


@pytest.mark.parametrize("text, contains", [("", ["network.path", "empty"]), ("source,target\n", ["no ties"])])
def test_an_empty_network_is_refused(text, contains, here, tmp_path, capsys):
    (tmp_path / "edges.csv").write_text(text)
    refused(["network=file", f"network.path={tmp_path / 'edges.csv'}"], contains, capsys, here)


@pytest.mark.slow
@pytest.mark.parametrize("case", LATE)
def test_what_shows_only_on_the_network_leaves_nothing_either(case, here, capsys):
    refused(*LATE[case], capsys, here)


def test_every_problem_is_named_at_once(here, capsys):
    words = ["feed.atention=1", "network=rng", "steps=-1", "site.choice=recnt", "seed=x"]
    assert main(words) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "grapevine: 5 problems"
    assert len(lines) == 6
    for key in ("feed.atention", "network", "steps", "site.choice", "seed"):
        assert sum(line.startswith(f"  {key}: ") for line in lines) == 1, key


@pytest.mark.slow
@pytest.mark.parametrize("words", [["steps=-3"], ["network=rng"], ["+network._target_=os.system"],
                                   ["network=torus", "debug=tiny"], ["--no-such-flag"]])
def test_the_command_itself_says_no(words, here):
    done = subprocess.run([sys.executable, RUN, *words], capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(here.iterdir()) == []
