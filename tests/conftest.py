"""Shared by all tests: where the real data are, and tiny helpers for runs that several tests look at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("WOM_DATA_DIR", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data sets; fails, and does not skip, where it is absent in continuous integration."""
    if not DATA.is_dir():
        message = f"the real data are not at {DATA}; set WOM_DATA_DIR"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return DATA
