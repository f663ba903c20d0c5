"""The benchmarks: every row is answered, everybody works on one graph, and the rivals do the same work as we do."""

import json
import sys
from importlib import import_module
from statistics import mean

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks import measure
from benchmarks.child import measured
from benchmarks.engine import imitation, worlds
from benchmarks.engine.graph_maker import measure as make_graph
from benchmarks.engine.held import bytes_held, sizes
from benchmarks.found import Found
from benchmarks.graphs import Graph, read_graph
from benchmarks.measure import Contestant, Race, Session, run_race
from benchmarks.races import APART, ONE, QUICK, TWO, US
from benchmarks.rivals import mesa_model
from benchmarks.rows import ROWS, Row, efficiency
from benchmarks.table import ceiling, markdown
from simulation import WordOfMouthModel

HERE = ("limits", "default", "market", "everybody", "cascade", "imitation", "networks", "huge")
"""Races that can be run in this process; the others start processes of their own."""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """Return the folder and the measurements of the quick command, run in this process."""
    out = tmp_path_factory.mktemp("benchmarks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "in_fresh_process", lambda python, module, settings, patience:
                      measured(module, {key: value for key, value in settings.items() if key != "memory_gb"}))
        patch.setitem(sys.modules, "ndlib", None)
        assert command.main(["--quick", "--huge", "--out", str(out), "--only", *HERE]) == 0
    return out, json.loads((out / "results.json").read_text())


def test_every_row_stands_in_the_table_with_a_number_or_a_reason(session):
    out, results = session
    table, found = (out / "table.md").read_text(), Found(results["measurements"])
    for row in ROWS:
        line = next(line for line in table.splitlines() if line.startswith(f"| {row.words} |"))
        value = row.value(found, QUICK)
        if row.source(QUICK)[0] in HERE:
            assert value > 0 and "not judged: quick sizes" in line
        else:
            assert "not run in this session" in line


def test_the_figure_is_drawn_as_picture_and_as_drawing(session):
    out, _ = session
    assert (out / "cost.png").read_bytes()[1:4] == b"PNG"
    drawing = (out / "cost.svg").read_text()
    assert "</svg>" in drawing


def test_results_say_on_what_machine_with_what_and_keep_every_measurement(session):
    _, results = session
    assert {"cpu", "cores", "memory_gb", "date", "load", "commit", "versions"} <= results["machine"].keys()
    ours = [one for one in results["measurements"] if one["contestant"] == US]
    assert all(one["found"]["seconds"] > 0 and one["found"]["peak_mb"] > 0 for one in ours)


def test_all_contestants_of_a_race_read_the_same_graph_file(session):
    _, results = session
    for people in QUICK.cascade:
        graphs = {one["found"]["graph"] for one in results["measurements"]
                  if one["people"] == people and "graph" in one["found"]}
        assert len(graphs) == 1


def test_a_rival_that_is_not_installed_is_named(session):
    out, results = session
    table = (out / "table.md").read_text()
    assert "NDlib (cascade, 300 people): not installed (ndlib)" in table
    assert Found(results["measurements"]).values("cascade", 300, "NDlib") == []


def test_cascades_of_different_programs_reach_as_many_people(session):
    # twenty cascades each; the sizes of one program give the error of their mean
    found = Found(session[1]["measurements"])
    reached = {name: np.concatenate(found.values("cascade", 300, name, "reached"))
               for name in found.contestants("cascade") if found.values("cascade", 300, name)}
    assert {US, "cynetdiff", "EoN"} <= reached.keys()
    for theirs in reached.values():
        error = np.sqrt((reached[US].var(ddof=1) + theirs.var(ddof=1)) / 20)
        assert abs(reached[US].mean() - theirs.mean()) < 5 * error


def curves_agree(ours: np.ndarray, theirs: np.ndarray) -> bool:
    """Tell whether the mean curves (runs, steps) of two programs lie within 5 standard errors of each other."""
    error = np.sqrt(ours.var(axis=0, ddof=1) / len(ours) + theirs.var(axis=0, ddof=1) / len(theirs))
    return bool((np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) < 5 * error + 1e-12).all())


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """Return a graph of 200 people and the curves of 60 runs of the Mesa model on it."""
    path = tmp_path_factory.mktemp("graph") / "graph.npz"
    make_graph({"people": 200, "path": str(path)})
    graph = read_graph(path)
    return graph, mesa_model.curves(graph, 40, range(60))


def test_the_mesa_model_and_the_engine_follow_one_rule(theirs):
    graph, curves = theirs
    assert curves_agree(imitation.curves(graph, 40, range(60)), curves)


def test_imitation_half_again_too_strong_is_found_out(theirs, monkeypatch):
    graph, curves = theirs
    monkeypatch.setattr(mesa_model, "Q", 1.5 * mesa_model.Q)
    assert not curves_agree(mesa_model.curves(graph, 40, range(60)), curves)


def test_contestants_take_turns_and_who_fails_is_not_asked_again(monkeypatch):
    asked = []

    def one(python, module, settings, patience):
        asked.append(module)
        return {"failed": "out of memory"} if module == "b" else {"seconds": 1.0}

    monkeypatch.setattr(measure, "in_fresh_process", one)
    race = Race("cascade", 100, (Contestant("A", "a"), Contestant("B", "b"), Contestant("C", "c", largest=99)))
    found = Found(list(run_race(race, Session((sys.executable,), 3, 1.0, None))))
    assert asked == ["a", "b", "a", "a"]
    assert found.values("cascade", 100, "A") == [1.0, 1.0, 1.0]
    assert found.why_not("cascade", 100, "B") == "out of memory"
    assert found.why_not("cascade", 100, "C") == "not run above 99 people"


def test_a_measurement_runs_in_a_process_of_its_own_and_failures_are_told(tmp_path):
    settings = {"graph": str(tmp_path / "graph.npz"), "runs": 1}
    make_graph({"people": 100, "path": settings["graph"]})
    found = measure.in_fresh_process(sys.executable, "benchmarks.rivals.cynetdiff", settings, 60)
    assert found["seconds"] > 0 and found["peak_mb"] < 150      # the memory of this process is not its own
    assert "failed" in measure.in_fresh_process(sys.executable, "benchmarks.rivals.cynetdiff", {}, 60)
    with pytest.raises(ModuleNotFoundError):
        measured("benchmarks.rivals.nobody", {})        # our own mistake is not a rival that is missing


def test_without_a_graph_everybody_is_told_why(tmp_path, monkeypatch):
    monkeypatch.setattr(measure, "in_fresh_process", lambda *_: {"failed": "MemoryError"})
    race = Race("cascade", 100, (Contestant("A", "a"), Contestant("B", "b")), on_graph=True)
    found = Found(list(run_race(race, Session((sys.executable,), 1, 1.0, tmp_path))))
    assert {found.why_not("cascade", 100, name) for name in "AB"} == {"no graph: MemoryError"}


def test_a_graph_has_every_tie_once_among_its_edges():
    graph = Graph(np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1]), np.array([0]))
    assert graph.n == 3 and graph.sources().tolist() == [0, 1, 1, 2]
    assert graph.edges().tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize(("value", "more", "word"), [
    (0.5, False, "aim"), (0.9, False, "accept"), (1.1, False, "no"), (None, False, "-"),
    (2.0, True, "aim"), (1.0, True, "accept"), (0.9, True, "no")])
def test_a_row_is_judged_by_its_bars(value, more, word):
    bars = (1.0, 2.0) if more else (1.0, 0.5)
    assert Row("", "", "", *bars, value=None, source=None, more=more).verdict(value) == word


def test_ratios_and_growth_are_those_of_medians():
    def times(race, people, contestant, *seconds, **more):
        return [{"race": race, "people": people, "contestant": contestant, "found": {"seconds": s} | more}
                for s in seconds]

    found = Found([*times("cascade", 600, US, 1.0, 9.0, 2.0), *times("cascade", 600, "cynetdiff", 4.0, 3.0, 5.0),
                   *times("sweep", 400, ONE, 15.0, process=19.0), *times("sweep", 400, TWO, 9.0, process=10.0),
                   *times("sweep", 400, APART, 9.0, process=9.5),
                   *times("market", 300, US, 3.0, person_steps=6000),
                   *times("market", 600, US, 9.0, person_steps=12000)])
    values = {row.key: row.value(found, QUICK) for row in ROWS}
    assert values["cascade_large"] == 2.0                     # median 4 against median 2
    assert values["sweep"] == pytest.approx(95.0)             # 19 / (2 x 10)
    assert efficiency(found, QUICK, APART) == pytest.approx(100.0)
    assert "19.0 s with one worker, 10.0 s with two workers, 9.5 s in two processes" in ceiling(found, QUICK)
    assert values["growth"] == pytest.approx(1.5)             # 9 / 12000 over 3 / 6000
    assert values["mesa"] is None


def test_the_table_says_how_long_programs_waited_for_the_processor():
    def one(seconds, processor, race="market"):
        return {"race": race, "people": 9, "contestant": US, "found": {"seconds": seconds, "seconds_cpu": processor}}

    assert Found([one(3.0, 2.0), one(2.2, 2.0), one(9.0, 0.04), one(9.0, 1.0, "sweep")]).waiting() == (1.1, 1.5)
    assert Found([one(0.02, 0.02)]).waiting() is None


def test_the_profile_names_every_phase_and_its_work():
    from benchmarks import phases
    from benchmarks.engine.profile import measure as profile
    from simulation.pipeline import STEP

    found = profile({"people": 300, "steps": 12, "watch": 3})
    names = [row["phase"] for row in found["phases"]]
    assert names == [phase.__name__ for phase in STEP] + ["recorder", "rest"]
    assert mean(row["seconds"] for row in found["phases"]) > 0 and found["bandwidth"] > 1e8
    assert all(f"| {name} |" in phases.section(found) for name in names)


def test_the_sweep_runs_as_many_models_as_it_is_asked_for():
    found = import_module("benchmarks.engine.sweep").measure({"people": 200, "steps": 5, "runs": 3, "workers": 1})
    assert found["seconds"] > 0 and found["runs"] == 3


def test_bytes_are_counted_once_per_memory_and_only_of_what_has_a_row_per_person():
    shared = np.zeros(4)
    parts = [shared, shared, np.zeros((4, 2), np.int8), np.zeros(5, np.int32), np.zeros(3), np.array(1.0), None,
             np.broadcast_to(np.float32(1), 4)]
    assert sum(sizes(parts, {4, 5})) == 32 + 8 + 20
    assert sum(sizes([["a", "bc", "", ""]], {4})) == sum(map(sys.getsizeof, (["a"] * 4, "a", "bc", "", "")))


def test_books_what_a_brand_observes_and_the_numbers_of_agents_count_among_the_bytes_of_a_person():
    """A float for the books; three flags, two scores and followers as observed; a flag and a number for Mesa."""
    model = WordOfMouthModel(worlds.params_of(worlds.MARKET, {"population.size": 200, "steps": 2}))
    model.run()
    agents, found = len(model.agents), [bytes_held(model)["bytes_per_person"]]
    model.recorder.books = None
    found.append(bytes_held(model)["bytes_per_person"])
    model.state.observed = []
    found.append(bytes_held(model)["bytes_per_person"])
    model.roster.here, model.roster.by_type = np.empty(0, bool), {}
    found.append(bytes_held(model)["bytes_per_person"])
    assert np.diff(found) == pytest.approx([-8, -(3 * 1 + 2 * 8 + 4), -(1 + 4) * agents / 200])


def test_markdown_has_a_line_under_its_head():
    assert markdown([("a", "b"), ("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
