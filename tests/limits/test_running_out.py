"""Memory or the disk runs out in spite of all checks: one line, the mark stays, no half-written table looks whole."""

import errno
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.command import main as command
from experiments.study.cells import Cell, run_cells
from experiments.study.paired_worlds import World, finish
from experiments.study.store import Store
from simulation.output.results import bytes_of, write_table
from simulation.params import ConfigError
from tests.worlds import params_of, run

ROOT = Path(__file__).parents[2]
SMALL = ("population.size=300", "steps=4", "output.figures=false")
HERE = lambda function, jobs: enumerate(map(function, jobs))  # noqa: E731 - a Map in this process
HUNGRY = """
import resource, sys
from unittest.mock import patch
import psutil
from experiments.command.main import main
assert main(["population.size=300", "steps=2", "output.figures=false", "hydra.run.dir=small"]) == 0
room = psutil.Process().memory_info().vms + 60 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (room, resource.RLIM_INFINITY))
with patch("experiments.command.main.refuse_what_cannot_fit"), patch("simulation.model.refuse_if_too_large"):
    sys.exit(main(["population.size=200000", "steps=2", "output.figures=false", "hydra.run.dir=large"]))
"""


@contextmanager
def files_of_at_most(size):
    """Let this process write no file larger than ``size`` bytes: what is longer ends in EFBIG."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_table_that_finds_no_room_leaves_no_file_and_spares_an_older_one(kind, tmp_path):
    frame = pd.DataFrame({"x": [i * 0.7371 for i in range(100_000)]})
    write_table(frame.head(3), tmp_path / "old", kind)
    old = (tmp_path / f"old.{kind}").read_bytes()
    for name in ("old", "new"):
        with files_of_at_most(50_000), pytest.raises(OSError) as error:
            write_table(frame, tmp_path / name, kind)
        assert error.value.errno == errno.EFBIG
    assert [path.name for path in tmp_path.iterdir()] == [f"old.{kind}"]
    assert (tmp_path / f"old.{kind}").read_bytes() == old


def test_a_run_whose_disk_fills_up_says_so_and_stays_incomplete(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    written, real = [], pq.write_table

    def full(table, path, **options):
        real(table, path, **options)
        written.append(Path(path).name)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("simulation.output.results.pq.write_table", full)
    assert command.main([*SMALL, "hydra.run.dir=out"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("grapevine: disk: No space left on device, writing into ") and said.count("\n") == 1
    assert "the tables of this run need about " in said and "Traceback" not in said
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        ".hydra", "INCOMPLETE", *(name.removesuffix(".part") for name in written[:2])}


def test_room_for_the_tables_is_looked_for_before_the_first_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulation.output.results.free_disk", lambda folder: 10_000)
    assert command.main([*SMALL, "hydra.run.dir=out"]) == 2
    assert "the tables need about 0.0 MB" in capsys.readouterr().err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {".hydra", "INCOMPLETE"}


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_room_that_tables_are_said_to_need_is_what_they_take(kind, tmp_path):
    tables = run("population.size=2000", "steps=60").results.tables()
    for name, frame in tables.items():
        write_table(frame, tmp_path / name, kind)
    taken = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert 0.6 < sum(bytes_of(frame, kind) for frame in tables.values()) / taken < 1.6


def test_a_run_that_runs_out_of_memory_says_what_would_fit(tmp_path):
    done = subprocess.run([sys.executable, "-c", HUNGRY], capture_output=True, text=True, cwd=tmp_path, timeout=300,
                          env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())})
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("grapevine: population.size: 200000 people") and "fit" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name for path in (tmp_path / "large").iterdir()} == {".hydra", "INCOMPLETE"}


def hungry(model):
    """Measure a world; that of seed 2 runs out of memory."""
    if model.params.seed == 2:
        raise MemoryError
    return model.params.seed


def frame_of(found):
    return pd.DataFrame(found, index=[0])


def test_a_world_that_runs_out_of_memory_does_not_take_the_others_with_it(tmp_path):
    params = params_of(*SMALL)
    store = Store(tmp_path, {"as it is": params})
    worlds = [World(seed, {"as it is": params}, hungry, frame_of) for seed in (1, 2, 3)]
    with pytest.raises(ConfigError, match=r"task\.workers: 1 of 3 worlds ran out of memory \(seed 2 in 'as it is'\)"):
        finish(store, worlds, HERE)
    assert store.missing([1, 2, 3]) == [2]


def test_a_cell_that_runs_out_of_memory_is_named():
    with pytest.raises(ConfigError, match=r"^few: seed 2 ran out of memory: population\.size: 300 people"):
        run_cells([Cell("few", SMALL, seeds=(1, 2))], hungry, HERE)


def test_another_error_of_the_system_is_a_bug_and_is_shown_as_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def broken(params):
        raise PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr("simulation.population.network_of", broken)
    with pytest.raises(PermissionError):
        command.main(list(SMALL))
