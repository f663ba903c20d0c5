"""What is imported where: a worker draws nothing, and help needs nothing heavy.  Threads of workers: one."""

import os
import pickle
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from experiments.command.main import main
from experiments.study.paired_worlds import World, run_world
from experiments.study.workers import IMPORTED, pool
from experiments.tasks.compare.measure import condense, measure
from tests.worlds import params_of

ROOT = Path(__file__).parents[2]
DRAWING = ("matplotlib", "solara", "altair", "mesa.visualization")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
SMALL = ("population.size=300", "steps=4", "output.figures=false")


def loaded(packages):
    """Return which packages this process has imported."""
    return [name for name in packages if name in sys.modules]


def run_and_look(world):
    """Run a world and return what the process has imported, its threads, and its number."""
    run_world(world)
    return loaded(DRAWING), {name: os.environ.get(name) for name in THREADS}, os.getpid()


def test_a_worker_draws_nothing_and_counts_on_one_core(monkeypatch):
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")      # what the user has set is left alone
    worlds = [World(seed, {"as it is": params_of(*SMALL)}, measure, condense) for seed in (1, 2)]
    with pool(2) as mapped:
        for _, (drawing, threads, process) in mapped(run_and_look, worlds):
            assert drawing == [] and process != os.getpid()
            assert threads == dict.fromkeys(THREADS, "1") | {"MKL_NUM_THREADS": "3"}


class Seen(Exception):
    """Raised instead of running the jobs."""


@pytest.mark.parametrize(("task", "words"), [
    ("compare", ("task.scenarios=[baseline,fix_delivery]",)), ("frontier", ()),
    ("knockout", ("task.what=process:delivery",)), ("audit", ()), ("optimise", ())])
def test_what_a_worker_imports_of_a_task_draws_nothing(task, words, tmp_path, monkeypatch):
    """A worker imports what stands in the jobs that it is sent, and what that imports."""
    monkeypatch.chdir(tmp_path)

    def sent(function, jobs):
        (tmp_path / "job").write_bytes(pickle.dumps((function, jobs[0])))
        raise Seen

    monkeypatch.setattr(f"experiments.tasks.{task}.task.pool", lambda workers: nullcontext(sent))
    with pytest.raises(Seen):
        main([f"task={task}", "task.workers=1", "population.size=300", *words])
    assert imported(f"import pickle; pickle.load(open({str(tmp_path / 'job')!r}, 'rb'))", DRAWING) == "[]"


def test_what_a_worker_imports_of_the_engine_draws_nothing():
    assert imported(f"import {', '.join(IMPORTED)}", DRAWING) == "[]"


def test_wrong_settings_are_found_without_mesa_and_numba():
    """They are found after the help, which needs nothing heavy, and before the model."""
    code = "from experiments.command.main import main; assert main(['feed.attention=1.5']) == 2"
    assert imported(code, (*DRAWING, "mesa", "numba", "networkx", "pandas", "pyarrow", "distributed")) == "[]"


def imported(code, packages):
    """Return which packages a process has imported after this code."""
    look = f"; import sys; print([name for name in {packages!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + look], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
