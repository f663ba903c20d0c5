"""Runs tests on a copy of the tree, sound or mutated, each run in a Python process of its own.

The compiler is switched off: a changed kernel would be compiled anew, which takes up to a minute, and the killers
are worlds of a few people.  Byte code of a patched file is never kept: a patch of equal length within one second
would be taken for the file before.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from xml.etree import ElementTree

from tests.mutants.mutant import ROOT, Mutant

PARTS = ("simulation", "configs", "experiments", "tests", "run.py", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".hypothesis", "outputs", "*.png")
LONGEST = 300.0
"""Seconds after which a run is given up: the mutant never ends."""

KILLED, SURVIVED, BROKEN = "killed", "survived", "badly written"
ASSERTIONS = ("assert ", "AssertionError", "Failed: ")
"""How the message of a failed assertion begins in pytest's report; other exceptions begin with their own name."""


@dataclass(frozen=True)
class Outcome:
    """What one run of pytest came to: exit status, tests run, messages of failures and of errors, output, seconds."""

    status: int
    tests: int
    failures: tuple[str, ...]
    errors: tuple[str, ...]
    output: str
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, and why: the message of the failed assertion, or what went wrong."""

    mutant: Mutant
    word: str
    why: str
    seconds: float


def copy_tree(folder: Path) -> Path:
    """Copy what the tests need of the tree into ``folder`` and return it."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, folder / part)
    return folder


@contextmanager
def patched(tree: Path, mutant: Mutant) -> Iterator[None]:
    """Change the mutant's file in ``tree``, and put it back afterwards."""
    file = tree / mutant.file
    sound = file.read_bytes()
    file.write_text(mutant.applied(sound.decode("utf-8")), encoding="utf-8", newline="")
    Path(cache_from_source(str(file))).unlink(missing_ok=True)
    try:
        yield
    finally:
        file.write_bytes(sound)


def environment(tree: Path, keep_byte_code: bool) -> dict[str, str]:
    """Return the environment of a run: the copy before everything that is installed, no compiler, no plug-ins."""
    inherited = {name: value for name, value in os.environ.items()
                 if not name.startswith("PYTEST_") and name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(filter(None, (str(tree), inherited.get("PYTHONPATH", ""))))
    no_byte_code = {} if keep_byte_code else {"PYTHONDONTWRITEBYTECODE": "1"}
    return inherited | no_byte_code | {
        "PYTHONPATH": path, "NUMBA_DISABLE_JIT": "1", "GRAPEVINE_CACHE_DIR": str(tree / "kernels"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def run_tests(tree: Path, killers: Iterable[str], keep_byte_code: bool = False, at: Path | None = None) -> Outcome:
    """Run these tests on the copy and return what came of it (``at``: another working directory)."""
    report = tree / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "tests.mutants.witness",
               f"--junitxml={report}", *killers]
    started = time.perf_counter()
    try:
        done = subprocess.run(command, cwd=at or tree, env=environment(tree, keep_byte_code), capture_output=True,
                              text=True, timeout=LONGEST)
        status, output = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        status, output = -1, f"no end within {LONGEST:.0f} seconds"
    return Outcome(status, *read_report(report), output, time.perf_counter() - started)


def read_report(report: Path) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return the number of tests, and the messages of failures and of errors, of pytest's report in XML."""
    if not report.exists():
        return 0, (), ()
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    messages = [tuple(found.get("message", "") for case in cases for found in case.findall(kind))
                for kind in ("failure", "error")]
    return len(cases), *messages


def judge(mutant: Mutant, outcome: Outcome) -> Verdict:
    """Say whether the killer failed by an assertion; any other end but a pass is the mutant's own mistake."""
    if outcome.status == 0 and outcome.tests > 0:
        return Verdict(mutant, SURVIVED, "its test passes", outcome.seconds)
    if outcome.status == 1 and outcome.failures and not outcome.errors:
        why = outcome.failures[0]
        word = KILLED if why.startswith(ASSERTIONS) else BROKEN
        return Verdict(mutant, word, why, outcome.seconds)
    why = "; ".join(outcome.errors) or outcome.output[-2000:]
    return Verdict(mutant, BROKEN, f"pytest ended with status {outcome.status}: {why}", outcome.seconds)


def try_mutant(tree: Path, mutant: Mutant) -> Verdict:
    """Run the mutant's killer alone on the mutated copy."""
    with patched(tree, mutant):
        return judge(mutant, run_tests(tree, [mutant.killer]))


def try_killers(tree: Path, mutants: Iterable[Mutant]) -> str:
    """Run the killers of ``mutants`` on the unchanged copy; return '' if all pass, else what pytest said."""
    killers = sorted({mutant.killer for mutant in mutants})
    outcome = run_tests(tree, killers, keep_byte_code=True)
    return "" if outcome.status == 0 and outcome.tests == len(killers) else outcome.output
