"""Compiled code: kept on disk, made once, by several processes at the same time without harm."""

import os
import subprocess
import sys
from pathlib import Path
from types import MethodType

import pytest
from numba.core.caching import IndexDataCacheFile

from experiments.tasks import warm
from simulation.numerics import jit

ROOT = Path(__file__).parents[2]
WARM = """
from experiments.tasks import warm
from experiments.command.main import main
from simulation.numerics.jit import compiled_files
warm.WORLDS = warm.WORLDS[:1]
assert not compiled_files() and main(["task=warm"]) == 0
before = compiled_files()
assert main(["hydra.run.dir=out", "population.size=3000"]) == 0 and compiled_files() == before
"""


def files(folder, ours=True):
    """Return the files of one kernel, as one process sees them."""
    found = IndexDataCacheFile(str(folder), "kernel-1.py311", "stamp of the source")
    if ours:
        found.save = MethodType(jit.save_by_signature, found)
    return found


def test_what_was_compiled_is_found_again_by_its_signature(tmp_path):
    files(tmp_path).save(("int64",), "code for whole numbers")
    files(tmp_path).save(("float64",), "code for numbers")
    assert files(tmp_path).load(("int64",)) == "code for whole numbers"
    assert files(tmp_path).load(("float64",)) == "code for numbers"
    assert files(tmp_path).load(("bool",)) is None


def slower_than_another(folder, ours):
    """Return what is found for float64 after two processes compiled at once, and the code of the one came late."""
    folder.mkdir()
    one, other = (files(folder, ours) for _ in range(2))
    kept, write = [], one._save_data
    one._load_index = other._load_index = dict     # both had looked before either wrote
    one._save_data = lambda name, data: kept.append((name, data))
    one.save("int64", "code for whole numbers")
    other.save("float64", "code for numbers")
    write(*kept[0])
    return files(folder).load("float64")


def test_two_processes_that_compile_for_different_types_do_not_get_the_code_of_the_other(tmp_path):
    """The wrong version is that of Numba, which numbers the files: both take the first number."""
    assert slower_than_another(tmp_path / "ours", True) == "code for numbers"
    assert slower_than_another(tmp_path / "theirs", False) == "code for whole numbers"


def test_kernels_keep_their_code_in_such_files():
    from simulation.ledger.credit import is_lighter
    assert is_lighter.compiled._cache._cache_file.save.__func__ is jit.save_by_signature


def test_code_of_older_sources_is_removed_after_a_month_and_nothing_else(tmp_path, monkeypatch):
    now = 1_000_000_000.0
    ages = {"0123456789abcdef": 31, "fedcba9876543210": 29, "0000000000000000": 400, "holiday-pictures": 400}
    for name, days in ages.items():
        inner = tmp_path / name / "phases"
        inner.mkdir(parents=True)
        (inner / "x.nbi").touch()
        for path in (inner / "x.nbi", inner, inner.parent):
            os.utime(path, (now - days * 86400,) * 2)
    monkeypatch.setattr(jit, "CACHE", tmp_path / "0000000000000000")
    assert jit.remove_old(now) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(set(ages) - {"0123456789abcdef"})


@pytest.mark.slow
def test_after_a_warm_up_a_default_run_compiles_nothing(tmp_path):
    """Only the first world of the warm-up is run: compiling every rule takes a minute."""
    cache = tmp_path / "cache"
    done = subprocess.run([sys.executable, "-c", WARM], capture_output=True, text=True, cwd=tmp_path,
                          env=os.environ | {"GRAPEVINE_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    files = jit.compiled_files(cache)
    assert len(files) > 50 and done.stdout.startswith(f"{len(files)} files of compiled code added to {cache}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "out"]     # the warm-up has no folder


def test_the_first_run_says_that_it_compiles(monkeypatch, capsys):
    from experiments.study.compile_notice import say_if_cold
    for cold, words in ((True, "Compiling the kernels"), (False, "")):
        monkeypatch.setattr("experiments.study.compile_notice.is_cold", lambda cold=cold: cold)
        say_if_cold()
        assert capsys.readouterr().err.startswith(words) and cold == bool(words)


def test_the_warm_up_meets_every_rule_of_adoption_and_belief_and_every_ledger():
    words = {word for world in warm.WORLDS for word in world}
    for group, default in (("adoption", "consider"), ("belief", "evidence")):
        rules = {path.stem for path in (ROOT / "configs" / group).glob("*.yaml")}
        assert rules - {default} <= {word.removeprefix(f"{group}=") for word in words}
    assert {"output.ledger=none", "output.ledger=full"} <= words
