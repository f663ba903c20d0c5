"""Shared by all tests: where the real data are, and tiny helpers for runs that several tests look at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data sets; fails, and does not skip, where it is absent in continuous integration."""
    from experiments.empirical.data import data_folder

    try:
        return data_folder()
    except FileNotFoundError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
