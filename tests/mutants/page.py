"""The page docs/mutants.md, written from the list."""

from __future__ import annotations

from tests.mutants.mutant import ROOT, Mutant
from tests.mutants.mutants import AREAS

PAGE = ROOT / "docs" / "mutants.md"
HEAD = """# Mutants

Wrong versions of the engine, {number} of them, and for each the one test that notices. The test suite makes every one
of these mistakes in a copy of the code, runs the test named beside it alone, and demands that an assertion of that
test fails there and passes on the code as it is.

`python -m tests.mutants` runs them all, `python -m tests.mutants name1 name2` some of them. This page is written by
`python -m tests.mutants --write`.
"""


def row(mutant: Mutant) -> str:
    """Return one line of a table."""
    return f"| {mutant.what} (`{mutant.name}`) | [{mutant.file}](../{mutant.file}) | `{mutant.killer}` |"


def page() -> str:
    """Return the text of the page."""
    parts = [HEAD.format(number=sum(map(len, AREAS.values())))]
    for area, mutants in AREAS.items():
        table = ["| what was made wrong | where | killed by |", "|---|---|---|", *map(row, mutants)]
        parts.append(f"## {area}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
