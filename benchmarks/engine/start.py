"""What a user waits for before anything happens: imports, the help screen, kernels compiled and kernels loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGES = ("mesa", "numpy", "numba", "pandas", "pydantic", "hydra-core")
ROOT = Path(__file__).parents[2]
IMPORT = ("-c", "import simulation; simulation.WordOfMouthModel, simulation.load_params")
TINY = ("-c", "from simulation import WordOfMouthModel, load_params\n"
              "WordOfMouthModel(load_params('population.size=200', 'steps=30')).run()")


def measure(settings: dict) -> dict:
    """Return wall times (s) of fresh processes; an empty interpreter is among them."""
    found = {"interpreter": wait_for("-c", "pass"), "import_simulation": wait_for(*IMPORT),
             "help": wait_for("run.py", "--help")}
    with tempfile.TemporaryDirectory() as empty:
        found["cold"] = wait_for(*TINY, GRAPEVINE_CACHE_DIR=empty)
        found["warm"] = wait_for(*TINY, GRAPEVINE_CACHE_DIR=empty)
    return found | {"compile": found["cold"] - found["warm"], "seconds": found["warm"]}


def wait_for(*words: str, **variables: str) -> float:
    """Return how long Python takes for some words on its command line; raises where it fails."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, env=os.environ | variables, check=True, capture_output=True)
    return time.perf_counter() - started
