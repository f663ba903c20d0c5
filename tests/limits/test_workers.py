"""Worker processes: they run the code that their parent runs, lost ones are replaced, and Dask knows our settings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import dask
import distributed
import pytest

from experiments.study.workers import SETTINGS, pool

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from experiments.study.workers import pool

def engine(job):
    import simulation.world.ties
    return simulation.world.ties.__file__

if __name__ == "__main__":
    with pool(2) as mapped:
        print(*(file for _, file in mapped(engine, [1, 2])), sep="\\n")
"""


def die(mark):
    """Kill this process, unless the file is there; return what stands in it."""
    if not mark.exists():
        mark.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return int(mark.read_text())


def always_die(job):
    """Kill this process, as a system without memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_job_of_a_worker_that_was_killed_is_done_by_another(tmp_path):
    marks = [tmp_path / f"{i}" for i in range(3)]
    marks[1].write_text("-1")
    with pool(2) as mapped:
        found = dict(mapped(die, marks))
    assert found[1] == -1 and found[0] > 0 and found[2] > 0


def test_a_job_that_kills_every_worker_counts_as_a_shortage_of_memory():
    with pool(2) as mapped, pytest.raises(MemoryError, match="a worker process was killed"):
        list(mapped(always_die, [1]))


def test_workers_find_the_engine_that_their_parent_finds(tmp_path):
    """Not another copy that happens to stand in the working directory."""
    (tmp_path / "here" / "simulation" / "world").mkdir(parents=True)
    for name in ("__init__", "model", "world/__init__", "world/ties"):
        (tmp_path / "here" / "simulation" / f"{name}.py").touch()
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=str(ROOT)))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=tmp_path / "here", timeout=120,
                          env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"})
    assert done.stdout.split("\n")[:2] == [str(ROOT / "simulation" / "world" / "ties.py")] * 2, done.stderr


def test_every_setting_is_one_that_dask_knows():
    """Dask does not complain of others, and would go on as if nothing were set."""
    assert distributed.__version__
    known = {key: dask.config.get(key, "unknown") for key in SETTINGS if not key.endswith("NUMBA_NUM_THREADS")}
    assert "unknown" not in known.values(), known
