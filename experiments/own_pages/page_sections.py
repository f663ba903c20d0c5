"""Pages written by hand with a part that a program writes, between two marks."""

from __future__ import annotations

from pathlib import Path


def write_between(page: Path, marks: tuple[str, str], text: str) -> None:
    """Put the text between the marks of a page, and leave the rest as it is."""
    old = page.read_text(encoding="utf-8")
    before, after = old.split(marks[0])[0], old.split(marks[1])[1]
    page.write_text(f"{before}{marks[0]}\n{text}\n{marks[1]}{after}", encoding="utf-8")
