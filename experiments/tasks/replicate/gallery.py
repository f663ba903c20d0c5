"""The gallery: one HTML file with every replication, its figure inside, that opens from disk."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

HERE = Path(__file__).parent
REFERENCES = HERE.parents[2] / "docs" / "references.md"
SECTIONS = (("Question", "question"), ("Prediction", "prediction"), ("Design", "design"))
AFTER = (("What would change our mind", "mind"), ("Limits", "limits"))


def write_gallery(entries: list[dict], tier: str, folder: Path) -> Path:
    """Write ``gallery.html`` into the folder and return its path."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape(["j2"]),
                              trim_blocks=True, lstrip_blocks=True)
    page = environment.get_template("gallery.html.j2").render(
        entries=[with_details(entry) for entry in entries], tier=tier, before=SECTIONS, after=AFTER)
    path = folder / "gallery.html"
    path.write_text(page, encoding="utf-8")
    return path


def with_details(entry: dict) -> dict:
    """Return an entry with its figure as text and its sources in full."""
    picture = base64.b64encode(entry["figure"].read_bytes()).decode()
    known = references()
    return entry | {"picture": f"data:image/png;base64,{picture}",
                    "references": [known.get(key, key) for key in entry["page"].sources]}


def references() -> dict[str, str]:
    """Return the references by key, without marks of emphasis; empty where the docs are not at hand."""
    if not REFERENCES.exists():
        return {}
    parts = re.split(r"^## (\w+)\n", REFERENCES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {key: text.strip().replace("*", "") for key, text in zip(parts[::2], parts[1::2], strict=True)}
