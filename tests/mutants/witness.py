"""A pytest plug-in for runs on a copy: it stops a run that tests other code than that of its working directory."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Raise a usage error (exit status 4) unless engine and tests are imported from the working directory."""
    import simulation
    import tests
    here = Path.cwd().resolve()
    for package in (simulation, tests):
        home = Path(package.__file__).resolve().parents[1]
        if home != here:
            raise pytest.UsageError(f"{package.__name__} is imported from {home}, not from the copy {here}")
