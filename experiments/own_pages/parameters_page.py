"""The reference page of all parameters: what each may be, its unit and source, and its values in the YAML files."""

from __future__ import annotations

import json

import yaml

from simulation.config.catalogue import Leaf, leaves
from simulation.config.compose import compose
from simulation.config.overrides import config_folder
from simulation.config.schema import Params

FAMILIES = {"network": "network", "adoption": "adoption", "belief": "belief", "motives.<name>": "motive",
            "brands.<name>.policies.<name>": "policy"}
"""Where a kind is chosen, and the group of files that hold its values."""

PARAMETERS_HEAD = """\
`<name>` stands for any name of your own, such as `brands.alpha`. A source is a key of
[the references](../references.md); `assumption` says plainly that there is none. The value is that of the default run,
or of the file of that kind; several where they differ.

"""
TABLE_HEAD = ("| parameter | kind | may be | unit | value | source | what it is |", "|---|---|---|---|---|---|---|")


def parameters(written: str) -> str:
    """Return the page; ``written`` says by what."""
    config, files, sections = compose(), files_by_kind(), {}
    for leaf in leaves(Params):
        title = leaf.path.split(".")[0] if "." in leaf.path else "the run"
        cells = (f"`{leaf.path}`", leaf.kind, leaf.allowed, leaf.unit, value_of(leaf, config, files), leaf.source,
                 leaf.doc)
        sections.setdefault(title, []).append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    parts = ["\n".join([f"## {title}", "", *TABLE_HEAD, *rows]) for title, rows in sections.items()]
    return f"# Parameters\n\n{written}\n{PARAMETERS_HEAD}" + "\n\n".join(parts) + "\n"


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


def _at(here, path: list[str]) -> list:
    """Return the values at a path; ``<name>`` goes through all entries."""
    if not path:
        return [here]
    if not isinstance(here, dict):
        return []
    inner = here.values() if path[0] == "<name>" else [here[path[0]]] if path[0] in here else []
    return [value for entry in inner for value in _at(entry, path[1:])]
