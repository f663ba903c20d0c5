"""The same command gives the same bytes, in another process and with another number of threads."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = ("population.size=1000", "steps=30", "adoption.p=0.02", "output.figures=false", "output.ledger=full")


def run(folder: Path, threads: int) -> dict[str, str]:
    """Run in a process of its own; return the hash of every table."""
    environment = os.environ | {"NUMBA_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads),
                                "PYTHONHASHSEED": str(threads)}
    subprocess.run([sys.executable, str(ROOT / "run.py"), *COMMAND, f"hydra.run.dir={folder}"], check=True,
                   env=environment, capture_output=True, cwd=folder.parent)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.parquet"))}


def test_two_processes_with_one_and_two_threads_write_the_same_bytes(tmp_path):
    one, two = run(tmp_path / "one", 1), run(tmp_path / "two", 2)
    assert one == two
    assert {"timeseries.parquet", "people.parquet", "flows.parquet", "reviews.parquet", "reads.parquet",
            "conversions.parquet", "credits.parquet", "tickets.parquet", "decisions.parquet", "costs.parquet",
            "experiences.parquet"} <= set(one)
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert {"seed", "versions", "commit", "network_sha256", "command", "phases", "seconds",
            "peak_memory_mb"} <= set(manifest)
    assert (tmp_path / "one" / "config.yaml").exists() and (tmp_path / "one" / "summary.json").exists()
