"""task=list: every group with its choices, and every parameter with what it may be; and the reference page.

``python -m experiments.tasks.list --write`` writes docs/reference/parameters.md anew.
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import Any, Literal

import yaml

from experiments.command.choices import choices
from simulation.config.catalogue import Leaf, leaves
from simulation.config.compose import compose
from simulation.config.overrides import config_folder
from simulation.config.schema import Params
from simulation.params import Strict, parameter

WRITES_FILES = False
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "parameters.md"
FAMILIES = {"network": "network", "adoption": "adoption", "belief": "belief", "motives.<name>": "motive",
            "brands.<name>.policies.<name>": "policy"}
"""Where a kind is chosen, and the group of files that hold its values."""

HEAD = """\
# Parameters

Written by `python -m experiments.tasks.list --write`; do not edit.  `<name>` stands for any name of your
own, such as `brands.alpha`.  A source is a key of [the references](../references.md); `assumption` says
plainly that there is none.  The value is that of the default run, or of the file of that kind; several where
they differ.
"""


class Task(Strict):
    """What to list."""

    kind: Literal["list"]
    what: str = parameter("text", "assumption", doc="show only lines with this text; empty: all")


def main(config: dict, params: Params, folder: Path) -> None:
    """Print the list."""
    print(listing(config["task"]["what"]))


def listing(what: str = "") -> str:
    """Return groups and parameters as readable text, only what contains ``what``."""
    lines = ["GROUPS   (python run.py group=choice)", ""]
    for group, names in choices().items():
        kept = {name: text for name, text in names.items() if _has(what, group, name, text)}
        for place, (name, text) in enumerate(kept.items()):
            lines += textwrap.wrap(f"{group if not place else '':<14}{name:<22}{text}", 110,
                                   subsequent_indent=" " * 36)
    lines += ["", "PARAMETERS   (python run.py key=value)", ""]
    for leaf in leaves(Params):
        if _has(what, leaf.path, leaf.kind, leaf.allowed, leaf.source, leaf.doc):
            kind = f"  [{leaf.kind}]" if leaf.kind not in ("", "any") else ""
            lines.append(f"{leaf.path}{kind}")
            tail = f"; {leaf.doc}" if leaf.doc else ""
            lines += textwrap.wrap(f"{leaf.allowed}; source: {leaf.source}{tail}", 110,
                                   initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines)


def _has(what: str, *texts: str) -> bool:
    return any(what.lower() in text.lower() for text in texts)


def reference() -> str:
    """Return the reference page of all parameters."""
    config, files, section = compose(), files_by_kind(), None
    lines = [HEAD]
    for leaf in leaves(Params):
        title = leaf.path.split(".")[0] if "." in leaf.path else "the run"
        if title != section:
            lines += [""] if section else []
            section = title
            lines += [f"## {title}", "", "| parameter | kind | may be | unit | value | source | what it is |",
                      "|---|---|---|---|---|---|---|"]
        value = value_of(leaf, config, files)
        cells = (f"`{leaf.path}`", leaf.kind, leaf.allowed, leaf.unit, value, leaf.source, leaf.doc)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def files_by_kind() -> dict[tuple[str, str], list[dict]]:
    """Return the values in the files of each (group, kind)."""
    found: dict[tuple[str, str], list[dict]] = {}
    for group in FAMILIES.values():
        for file in sorted((config_folder() / group).glob("*.yaml")):
            values = yaml.safe_load(file.read_text(encoding="utf-8"))
            found.setdefault((group, values["kind"]), []).append(values)
    return found


def value_of(leaf: Leaf, config: dict, files: dict[tuple[str, str], list[dict]]) -> str:
    """Return the value of a parameter as text: several where entries differ, at most four."""
    place = next((place for place in FAMILIES if leaf.path.startswith(f"{place}.")), None)
    if place and leaf.kind != "any":
        path = leaf.path.removeprefix(f"{place}.").split(".")
        there = files.get((FAMILIES[place], leaf.kind), [])
        found = [value for values in there for value in _at(values, path)]
    else:
        found = list(_at(config, leaf.path.split(".")))
    shown = list(dict.fromkeys(json.dumps(value) for value in found))
    return ", ".join(shown[:4]) + (", ..." if len(shown) > 4 else "")


def _at(here: Any, path: list[str]) -> list:
    """Return the values at a path; ``<name>`` goes through all entries."""
    if not path:
        return [here]
    if not isinstance(here, dict):
        return []
    inner = here.values() if path[0] == "<name>" else [here[path[0]]] if path[0] in here else []
    return [value for entry in inner for value in _at(entry, path[1:])]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        REFERENCE.parent.mkdir(parents=True, exist_ok=True)
        REFERENCE.write_text(reference(), encoding="utf-8")
    else:
        print(reference(), end="")
