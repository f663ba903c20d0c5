"""Measuring: contestants in turn (A B C A B C ...), each in a fresh process.

Modules of contestants run a tiny world before they start the clock: what is compiled is compiled by then.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.child import MARK

ROOT = Path(__file__).parent.parent
ONE_CORE = {name: "1" for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}

MEMORY_GB = 22
"""What the work of ten million people may take, so that it fails before a machine of 24 GB does."""


@dataclass(frozen=True)
class Contestant:
    """A program that takes part: its name in the table, its module, and the largest size we wait for."""

    name: str
    module: str
    largest: int = 10 ** 9
    settings: dict = field(default_factory=dict)

    @property
    def is_rival(self) -> bool:
        """Tell whether the program is by other people."""
        return ".rivals." in self.module


@dataclass(frozen=True)
class Race:
    """Some work at one size, and who does it; ``on_graph``: on the graph file of that size."""

    name: str
    people: int
    contestants: tuple[Contestant, ...]
    settings: dict = field(default_factory=dict)
    on_graph: bool = False


@dataclass(frozen=True)
class Session:
    """How a session measures.

    pythons      for rivals, in order of preference
    repetitions  measurements of each contestant
    patience     seconds after which a measurement is given up
    graphs       folder of the graph files
    """

    pythons: tuple[str, ...]
    repetitions: int
    patience: float
    graphs: Path


def run_race(race: Race, session: Session) -> Iterator[dict]:
    """Yield every measurement of a race; who is missing, fails or is too slow is named once and not asked again."""
    settings, problem = race.settings | {"people": race.people}, {}
    if race.on_graph:
        path, problem = graph_file(race.people, session)
        settings["graph"] = str(path)
    out = set()
    for repetition in range(session.repetitions):
        for contestant in race.contestants:
            if contestant.name in out:
                continue
            if race.people > contestant.largest:
                found = {"left_out": f"not run above {contestant.largest:,} people"}
            else:
                found = problem or measure(contestant, settings | contestant.settings, session)
            if found.keys() & {"missing", "failed", "left_out"}:
                out.add(contestant.name)
            yield {"race": race.name, "people": race.people, "contestant": contestant.name,
                   "repetition": repetition, "at": time.strftime("%Y-%m-%dT%H:%M:%S"), "found": found}


def graph_file(people: int, session: Session) -> tuple[Path, dict]:
    """Return the graph file of a size, made where it is missing, and why it could not be made (or nothing)."""
    path, found = session.graphs / f"barabasi_albert_{people}.npz", {}
    if not path.exists():
        settings = {"people": people, "path": str(path), "memory_gb": MEMORY_GB}
        found = in_fresh_process(sys.executable, "benchmarks.engine.graph_maker", settings, session.patience)
    return path, {"failed": f"no graph: {found['failed']}"} if "failed" in found else {}


def measure(contestant: Contestant, settings: dict, session: Session) -> dict:
    """Return what one run of a contestant found, in the first Python that has its packages."""
    found: dict = {}
    for python in session.pythons if contestant.is_rival else (sys.executable,):
        found = in_fresh_process(python, contestant.module, settings, session.patience)
        if "missing" not in found:
            break
    return found


def in_fresh_process(python: str, module: str, settings: dict, patience: float) -> dict:
    """Return what ``module.measure(settings)`` found in a new process, or why it found nothing.

    ``process`` is the wall time (s) of that process from its start to its end.
    """
    command = [python, "-m", "benchmarks.child", module, json.dumps(settings)]
    started = time.perf_counter()
    try:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_CORE, capture_output=True, text=True,
                              timeout=patience)
    except subprocess.TimeoutExpired:
        return {"failed": f"not finished after {patience:.0f} s"}
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            return json.loads(line.removeprefix(MARK)) | {"process": time.perf_counter() - started}
    words = done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"]
    return {"failed": words[-1][:200]}
