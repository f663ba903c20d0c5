"""Write all pages of docs/reference: ``python -m experiments.own_pages.reference_pages``.

Every fact comes from the code (columns, docstrings, streams, units, a tiny run); ``reference_words`` adds what
each thing means.  A test fails where a page is not current or a word is missing.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from experiments.own_pages import reference_words as words
from experiments.own_pages.parameters_page import parameters
from experiments.own_pages.rules_page import rules
from simulation import WordOfMouthModel, load_params
from simulation.metrics import METRICS
from simulation.numerics import randomness
from simulation.output import frames as tables
from simulation.output import summary
from simulation.output.results import Results
from simulation.pipeline import STEP
from simulation.world import state

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
WRITTEN = "Written by `python -m experiments.own_pages.reference_pages`; do not edit.\n"
AXES = {"n": "people", "b": "brands", "k": "processes of all brands", "m": "motives", "r": "rungs"}
TINY = ("scenario=listening_brand", "population.size=60", "network.communities=2", "steps=3", "adoption.p=0.2",
        "output.ledger=full", "output.figures=false")
"""A run that makes every table, small enough to be made whenever the pages are checked."""

COLUMNS_HEAD = """\
The state of the world is a set of columns. A *trait* is set at step 0, a *state* is written by its one owner phase, a
*message* is written by its owner for other phases. -1 stands for nobody, nothing and never.

Axes: {axes}.

"""
PARTS_HEAD = """\
What is no column. A *record* grows by rows that stay as they are, unless it says otherwise. Owners write it; those of a
table are the phases that append to it or fill it in.

"""
PHASES_HEAD = """\
One step runs these phases in this order; `without=[...]` leaves some out. Within a step nobody reacts to what happens
later in it. Each text below is the description at the top of the phase's file.

"""
STREAMS_HEAD = """\
A draw is a pure function of (seed, stream, step, who, which). A stream is a decision that needs luck; its number is
part of every address and is never changed. *Used by* lists the phases that declare it.

"""
METRICS_HEAD = """\
A metric has one value per brand and step. `metrics.<group>` says whether a group is recorded.

"""
TABLES_HEAD = """\
A run writes these tables as Parquet or CSV. They are also data frames: `model.results.timeseries`, `.people`, `.flows`
and `.processes`, and the others by name in `model.results.ledger`. How they hang together is told in
[how-to/read_the_tables.md](../how-to/read_the_tables.md). Persons and names are words, an empty word or -1 is nothing.

"""


def table(head: tuple[str, ...], rows: list[tuple]) -> str:
    """Return a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def code(names) -> str:
    """Return names as code, or a dash."""
    return ", ".join(f"`{name}`" for name in names) or "-"


def module_of(phase: Callable):
    """Return the module of a phase."""
    return sys.modules[phase.__module__]


def columns() -> str:
    """Return the page of all columns of the state."""
    axes = ", ".join(f"`{letter}` {name}" for letter, name in AXES.items())
    rows = [(f"`{c.name}`", f"`{c.axes}`", c.dtype, c.initial, c.unit, c.range, c.role, c.owner,
             ", ".join(phase.__name__ for phase in STEP if c.name in module_of(phase).READS) or "-",
             words.COLUMNS[c.name]) for c in state.COLUMNS]
    head = ("column", "axes", "type", "at first", "unit", "range", "role", "owner", "read by", "what it is")
    codes = [(f"`{enum.__name__}`", ", ".join(f"{x.value} {x.name.lower()}" for x in enum))
             for enum in (state.Rung, state.Role, state.Stance, state.Silence, state.Purchase)]
    return (f"# Columns\n\n{WRITTEN}\n{COLUMNS_HEAD.format(axes=axes)}{table(head, rows)}\n"
            f"## Parts\n\n{PARTS_HEAD}{parts_of_state()}\n## Codes\n\n{table(('name', 'values'), codes)}")


def parts_of_state() -> str:
    """Return the table of what the state holds beside its columns."""
    head = ("part", "type", "role", "owners", "read by", "what it is")
    return table(head, [(f"`{p.name}`", p.kind, p.role, ", ".join(p.owners), ", ".join(
        phase.__name__ for phase in STEP if p.name in module_of(phase).READS) or "-", p.meaning) for p in state.PARTS])


def phases() -> str:
    """Return the page of the phases, in order."""
    rows = [(place, f"[{p.__name__}](#{p.__name__})", begun(module_of(p).__doc__.splitlines()[0].split(": ", 1)[1]))
            for place, p in enumerate(STEP, 1)]
    parts = [f"# Phases\n\n{WRITTEN}\n{PHASES_HEAD}{table(('', 'phase', 'what happens'), rows)}"]
    for phase in STEP:
        module = module_of(phase)
        sets = [(what, code(getattr(module, what))) for what in ("READS", "WRITES", "STREAMS")]
        parts.append(f"## {phase.__name__}\n\n```text\n{module.__doc__.strip()}\n```\n\n"
                     f"{table(('declared in code', 'columns, parts or streams'), sets)}")
    return "\n".join(parts)


def streams() -> str:
    """Return the page of the streams of random draws."""
    said = dict(re.findall(r"^    ([A-Z_]+) = \d+ *# (.+)$", inspect.getsource(randomness.Stream), re.MULTILINE))
    rows = [(s.value, f"`{s.name}`", said[s.name], ", ".join(
        p.__name__ for p in STEP if s.name in module_of(p).STREAMS) or "-") for s in randomness.Stream]
    doc = randomness.__doc__.strip()
    return (f"# Streams\n\n{WRITTEN}\n{STREAMS_HEAD}{table(('number', 'stream', 'what it decides', 'used by'), rows)}\n"
            f"## Addresses\n\n```text\n{doc}\n```\n")


def metrics() -> str:
    """Return the page of the metrics and of the figures of the summary."""
    parts = [f"# Metrics\n\n{WRITTEN}\n{METRICS_HEAD}"]
    for name, module in METRICS.items():
        rows = [(f"`{metric}`", unit, module.MEANING[metric]) for metric, unit in module.UNITS.items()]
        parts.append(f"## {name}\n\n{module.__doc__.strip()}\n\n{table(('metric', 'unit', 'what it is'), rows)}\n")
    rows = [(f"`{name}`", unit, words.SUMMARY[name]) for name, unit in summary.UNITS.items()]
    return "".join(parts) + (
        "## Summary\n\nOne value per brand and run, in `summary.json`. Under `all` stand `adoption`, `customers` "
        f"(people who ever bought any brand) and `people`.\n\n{table(('figure', 'unit', 'what it is'), rows)}")


def written_tables() -> str:
    """Return the page of the tables that a run writes."""
    parts = [f"# Tables\n\n{WRITTEN}\n{TABLES_HEAD}"]
    model = WordOfMouthModel(load_params(*TINY), seed=1)
    for name, frame in model.run().tables().items():
        rows = [(f"`{column}`", kind_of(name, column, frame[real[0]] if real else None),
                 words.UNITS.get(column, ""), meaning)
                for column, meaning in words.TABLES[name].items() for real in [spelled(frame, column)]]
        unknown = [c for c in frame if not any(c in spelled(frame, column) for column in words.TABLES[name])]
        if unknown:
            raise KeyError(f"reference_words.TABLES[{name!r}] says nothing about {unknown}")
        parts.append(f"## {name}\n\n{said_of(name)}\n\n{table(('column', 'type', 'unit', 'what it is'), rows)}\n")
    return "".join(parts).rstrip("\n") + "\n"


def spelled(frame, column: str) -> list[str]:
    """Return the columns of the frame that ``column`` stands for, as ``belief_<brand>`` does for all brands."""
    stem, marked, _ = column.partition("<")
    if not marked:
        return [column]
    ends = ("_alpha", "_beta")
    return [c for c in frame if c.startswith(stem) and (c[len(stem) - 1:] in ends or stem == "attribute_")]


def kind_of(name: str, column: str, values) -> str:
    """Return the type of a column in words."""
    if values is None or values.dtype.kind not in "iufb":
        return "as given" if column.startswith("attribute_") else "text"
    return {"i": "whole number", "u": "whole number", "f": "number", "b": "true or false"}[values.dtype.kind]


def said_of(name: str) -> str:
    """Return the first sentence that the code says about a table."""
    maker = getattr(tables, f"{name.removesuffix('_sales')}_table", None) or getattr(Results, name)
    doc = inspect.getdoc(getattr(maker, "func", maker))
    return begun(doc.removeprefix("Return ").splitlines()[0])


def begun(text: str) -> str:
    """Return a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


PAGES: dict[str, Callable[[], str]] = {"parameters": partial(parameters, WRITTEN), "rules": partial(rules, WRITTEN),
                                       "columns": columns, "phases": phases, "streams": streams, "metrics": metrics,
                                       "tables": written_tables}


def write(folder: Path = FOLDER) -> None:
    """Write all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / f"{name}.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
    print(f"written: {', '.join(f'{name}.md' for name in PAGES)} in {FOLDER}")
