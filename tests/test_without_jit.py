"""Kernels are ordinary Python: without the compiler the same things happen, slowly."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parent.parent
WORLD = ("population.size=180", "steps=8", "adoption.p=0.1", "output.figures=false", "output.ledger=full")


def run(folder: Path, jit: bool, *overrides: str) -> dict[str, pd.DataFrame]:
    """Run in a process of its own, with or without the compiler; return its tables."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "0" if jit else "1"}
    subprocess.run([sys.executable, "-W", "ignore", str(ROOT / "run.py"), *WORLD, *overrides,
                    f"hydra.run.dir={folder}"], check=True, env=environment, capture_output=True, cwd=folder.parent)
    return {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


@pytest.mark.parametrize("overrides", [("scenario=listening_brand", "organisation@brands.alpha.organisation=standard"),
                                       ("scenario=baseline", "adoption=cascade"),
                                       ("scenario=baseline", "adoption=threshold")], ids=str)
def test_the_same_happens_with_and_without_the_compiler(tmp_path, overrides):
    compiled, plain = run(tmp_path / "jit", True, *overrides), run(tmp_path / "plain", False, *overrides)
    assert compiled.keys() == plain.keys() and len(compiled["conversions"]) > 10
    for name, table in compiled.items():
        pd.testing.assert_frame_equal(table, plain[name], rtol=1e-6, atol=1e-12, obj=name)
