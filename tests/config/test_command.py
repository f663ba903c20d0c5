"""The command: help, list, reference, statuses, folders."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments.command import main as command
from experiments.command.choices import choices, help_text
from experiments.own_pages.parameters_page import FAMILIES, files_by_kind
from simulation.config.catalogue import leaves
from simulation.config.schema import Params

ROOT = Path(__file__).parents[2]
HEAVY = ("mesa", "numba", "pandas", "matplotlib", "scipy", "networkx", "hydra", "numpy")


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_help_fits_a_screen(columns, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert command.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 20 <= len(lines) <= 30
    assert max(map(len, lines)) <= 110
    text = "\n".join(lines)
    for word in ("task", "simulate", "scenario", "baseline", "network", "python run.py -m", "task=list"):
        assert word in text


def test_a_python_without_the_packages_is_told_what_to_do():
    """-S leaves out what is installed, as in a terminal where .venv is not active."""
    done = subprocess.run([sys.executable, "-S", "run.py", "seed=2"], capture_output=True, text=True, cwd=ROOT,
                          timeout=60)
    assert done.returncode == 2 and done.stdout == ""
    assert "make run" in done.stderr and "activate" in done.stderr and "Traceback" not in done.stderr


def test_help_imports_nothing_heavy():
    code = ("import sys; from experiments.command.main import main; main(['--help']); "
            f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stderr.strip() == "[]"


def test_the_examples_of_the_help_are_valid():
    words = [line.split("run.py", 1)[1].split("  ")[0].split() for line in help_text(100).splitlines()
             if line.startswith("  python run.py")]
    assert len(words) == 5
    from hydra._internal.utils import get_args_parser
    for example in words:
        command.check(get_args_parser().parse_args(example), ())


def test_every_file_says_in_its_first_comment_what_it_is():
    for group, names in choices().items():
        for name, text in names.items():
            assert text, f"configs/{group}/{name}.yaml has no first comment"


def test_list_shows_groups_and_parameters_and_leaves_no_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command.main(["task=list"]) == 0
    text = capsys.readouterr().out
    for leaf in leaves(Params):
        assert leaf.path in text
    assert command.main(["task=list", "task.what=ladder.rise"]) == 0
    assert "ladder.fall" not in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_every_parameter_says_its_unit_and_its_source():
    silent = [leaf.path for leaf in leaves(Params) if not leaf.unit or not leaf.source]
    assert silent == []


def test_every_source_is_in_the_references():
    text = (ROOT / "docs" / "references.md").read_text()
    keys = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}
    used = {leaf.source for leaf in leaves(Params)} | {getattr(leaf.owner, "source", "assumption")
                                                       for leaf in leaves(Params)}
    assert used - {"assumption"} <= keys


@pytest.fixture
def task(monkeypatch, tmp_path):
    """Stand in for the task: a function that the test sets, run in an empty working folder."""
    stand_in = SimpleNamespace(main=lambda config, params, folder: None, Task=command.only_kind())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "task_of", lambda task, load=True: stand_in)
    return stand_in


def test_incomplete_stands_in_the_folder_until_the_end(task, tmp_path):
    seen = []
    task.main = lambda config, params, folder: seen.append((folder / "INCOMPLETE").is_file())
    assert command.main(["hydra.run.dir=out"]) == 0
    assert seen == [True] and not (tmp_path / "out" / "INCOMPLETE").exists()


def test_a_run_that_breaks_stays_incomplete(task, tmp_path):
    def broken(config, params, folder):
        (folder / "half.csv").write_text("1")
        raise RuntimeError("a bug")
    task.main = broken
    with pytest.raises(RuntimeError, match="a bug"):
        command.main(["hydra.run.dir=out"])
    assert (tmp_path / "out" / "INCOMPLETE").is_file()


def test_an_interrupted_run_keeps_what_it_has(task, tmp_path, capsys):
    def interrupted(config, params, folder):
        (folder / "half.csv").write_text("1")
        raise KeyboardInterrupt
    task.main = interrupted
    assert command.main(["hydra.run.dir=out"]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"half.csv", "INCOMPLETE"}


def test_a_task_may_say_that_some_runs_failed(task):
    task.main = lambda config, params, folder: 3
    assert command.main(["hydra.run.dir=out"]) == 3


def test_bad_input_found_late_leaves_no_folder(task, tmp_path, capsys):
    def late(config, params, folder):
        raise ValueError("population.size must be a square, got 200")
    task.main = late
    assert command.main([]) == 2
    assert capsys.readouterr().err == "grapevine: population.size must be a square, got 200\n"
    assert list(tmp_path.iterdir()) == []


def test_bad_input_found_late_spares_the_users_files(task, tmp_path):
    def late(config, params, folder):
        raise ValueError("population.size must be a square, got 200")
    task.main = late
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    assert command.main(["hydra.run.dir=out"]) == 2
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_another_value_error_is_a_bug_and_is_shown_as_one(task):
    def bug(config, params, folder):
        raise ValueError("operands could not be broadcast")
    task.main = bug
    with pytest.raises(ValueError, match="broadcast"):
        command.main(["hydra.run.dir=out"])


def test_a_multirun_runs_every_combination(task, tmp_path):
    seen = []
    task.main = lambda config, params, folder: seen.append((params.seed, params.steps, folder.name))
    assert command.main(["-m", "seed=1,2", "steps=5,6", "hydra.sweep.dir=many"]) == 0
    assert sorted(seed_steps[:2] for seed_steps in seen) == [(1, 5), (1, 6), (2, 5), (2, 6)]
    assert len({name for *_, name in seen}) == 4


def test_cfg_job_prints_the_config(task, capsys):
    assert command.main(["--cfg", "job", "seed=77"]) == 0
    assert "seed: 77" in capsys.readouterr().out


def test_every_kind_of_every_family_has_a_file_with_its_values():
    files = {group: {kind for at, kind in files_by_kind() if at == group}
             for group in FAMILIES.values()}
    for place, group in FAMILIES.items():
        inside = {leaf.kind for leaf in leaves(Params) if leaf.path.startswith(f"{place}.")
                  and "meetings" not in leaf.path} - {"any"}
        assert inside <= files[group], group
