"""task=list: every group with its choices, and every parameter with what it may be."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Literal

from experiments.command.choices import choices
from simulation.config.catalogue import leaves
from simulation.config.schema import Params
from simulation.params import Strict, parameter

WRITES_FILES = False


class Task(Strict):
    """What to list."""

    kind: Literal["list"]
    what: str = parameter("text", "assumption", doc="show only lines with this text; empty: all")


def main(config: dict, params: Params, folder: Path) -> None:
    """Print the list."""
    print(listing(config["task"]["what"], type(params)))


def listing(what: str = "", schema: type[Params] = Params) -> str:
    """Return groups and parameters as readable text, only what contains ``what``."""
    lines = ["GROUPS   (python run.py group=choice)", ""]
    for group, names in choices().items():
        kept = {name: text for name, text in names.items() if _has(what, group, name, text)}
        for place, (name, text) in enumerate(kept.items()):
            lines += textwrap.wrap(f"{group if not place else '':<14}{name:<22}{text}", 110,
                                   subsequent_indent=" " * 36)
    lines += ["", "PARAMETERS   (python run.py key=value)", ""]
    for leaf in leaves(schema):
        if _has(what, leaf.path, leaf.kind, leaf.allowed, leaf.source, leaf.doc):
            kind = f"  [{leaf.kind}]" if leaf.kind not in ("", "any") else ""
            lines.append(f"{leaf.path}{kind}")
            tail = f"; {leaf.doc}" if leaf.doc else ""
            lines += textwrap.wrap(f"{leaf.allowed}; source: {leaf.source}{tail}", 110,
                                   initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines)


def _has(what: str, *texts: str) -> bool:
    return any(what.lower() in text.lower() for text in texts)
