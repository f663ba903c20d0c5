"""Results: everything a run leaves behind, as data frames and as files."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.config.messages import did_you_mean, got
from simulation.metrics import units_of
from simulation.output import brief
from simulation.output.attribution import attribution_table
from simulation.output.frames import Names, ledger_names, ledger_tables, people_table
from simulation.output.summary import summarise
from simulation.params import ConfigError
from simulation.phases.listening import estimate_rungs
from simulation.resources.machine import free_disk

ROWS_PER_GROUP = 100_000
ENCODING = {"compression": "zstd"}
ENCODING_OF_READS = {
    "use_dictionary": False, "write_statistics": ["step"],
    "compression": dict.fromkeys(("step", "reader", "review", "channel", "strength"), "lz4")
    | dict.fromkeys(("weight", "gain"), "none")}
"""Reads are many, and this takes a fifth of the time: values that hardly repeat need no dictionary,
columns that nobody searches by no extremes; weights to the last digit hardly shrink,
and the rest shrinks quickly enough."""
BYTES_OF_A_VALUE = {"parquet": 2, "csv": 8}
"""Measured over the tables of the default run."""


FIGURES = "experiments.figures"
"""The package that draws.  It is found by name, when somebody asks for a figure: the engine itself
draws nothing."""


class made_once:
    """A property of ``Results`` that is worked out once for a step,
    and anew after further steps.
    """

    def __init__(self, make):
        self.make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner, name: str) -> None:
        self.name = name

    def __get__(self, results, owner=None) -> Any:
        if results is None:
            return self
        kept = results.kept()
        if self.name not in kept:
            kept[self.name] = self.make(results)
        return kept[self.name]


class Results:
    """The outcome of a run so far; frames are made when somebody asks for them.

    There is one such object for a model.  What it has made is kept until the model makes a step;
    whoever changes people by hand between two steps calls ``forget()``.  A frame taken out of it
    before further steps stays as it is.
    """

    def __init__(self, state, params, recorder):
        self.state, self.params, self.recorder = state, params, recorder
        self.forget()

    def __repr__(self) -> str:
        return brief.results_line(self)

    def _repr_html_(self) -> str:
        return brief.results_html(self, figure_names(self.params))

    def kept(self) -> dict[str, Any]:
        """Return what has been made at this step, by name."""
        if self._made_at != self.state.step:
            self.forget()
        return self._made

    def forget(self) -> None:
        """Drop what has been made; it is made anew from the state as it is."""
        self._made: dict[str, Any] = {}
        self._made_at = self.state.step

    @made_once
    def timeseries(self) -> pd.DataFrame:
        """Tidy: scenario, replicate (the seed), step, brand, metric, unit, value."""
        frame = self.recorder.timeseries()
        frame.insert(0, "replicate", self.params.seed)
        frame.insert(0, "scenario", self.params.name)
        frame.insert(5, "unit", frame["metric"].map(units_of(self.params.METRICS.values())))
        return frame

    @made_once
    def people(self) -> pd.DataFrame:
        """One row per person, in the user's ids."""
        estimated = [estimate_rungs(self.state, self.params, b) for b in range(self.state.b)]
        return people_table(self.state, self.params, estimated, self.recorder.books)

    @made_once
    def flows(self) -> pd.DataFrame:
        """Moves between rungs, per step and brand."""
        return self.recorder.flows_table()

    @made_once
    def processes(self) -> pd.DataFrame:
        """What every process delivered, per step."""
        return self.recorder.processes_table()

    @made_once
    def ledger(self) -> dict[str, pd.DataFrame]:
        """The ledger tables by name."""
        return ledger_tables(self.state, self.params)

    @made_once
    def attribution(self) -> pd.DataFrame:
        """What each brand's sales are credited to, by source, channel, process, motive,
        author and policy.

        Credit tells who was read, not what would have happened without him.  Raises ValueError
        where the ledger keeps no credits (output.ledger: none).
        """
        return attribution_table(self.state, self.params, Names(self.state, self.params))

    @made_once
    def summary(self) -> dict:
        """The figures by which the run is judged."""
        return summarise(self.state, self.params, self.recorder.timeseries())

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by file name."""
        kept = {"attribution": self.attribution} if self.state.ledger.level != "none" else {}
        return {"timeseries": self.timeseries, "people": self.people, "flows": self.flows,
                "processes": self.processes, **kept, **self.ledger}

    def table_names(self) -> list[str]:
        """Return the names of all tables; none is made for it."""
        kept = ["attribution"] if self.state.ledger.level != "none" else []
        return ["timeseries", "people", "flows", "processes", *kept,
                *ledger_names(self.state.ledger)]

    def figure(self, name: str) -> Any:
        """Return a figure of the run as a matplotlib ``Figure``; a notebook shows it as a picture.

        Raises ConfigError, which names those there are, where there is none of this name.
        """
        names = figure_names(self.params)
        if not names:
            raise ImportError("results.figure needs Grapevine's own package `experiments`, and "
                              "Python finds none or another one: begin with `import grapevine`")
        if name not in names:
            raise ConfigError(f"figure: must be {', '.join(names)}, got {got(name)}"
                              f"{did_you_mean(name, names)}")
        return import_module(f"{FIGURES}.shown").draw_figure(self, name)

    def write(self, folder: str | Path) -> None:
        """Write all tables and the summary into ``folder``, in the format that the config names.

        The folder is made where it is missing.  Raises OSError (no space) before anything is
        written where the disk has no room for them.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        tables, kind = self.tables(), self.params.output.tables
        check_room(folder, sum(bytes_of(frame, kind) for frame in tables.values()))
        for name, frame in tables.items():
            write_table(frame, folder / name, kind)
        with whole(folder / "summary.json") as part:
            part.write_text(json.dumps(without_nan(self.summary), indent=2, allow_nan=False) + "\n")


def figure_names(params) -> list[str]:
    """Return the names of all figures, plug-ins' included;
    none where the package that draws is not there.
    """
    try:
        return [*import_module(FIGURES).FIGURES, *params.FIGURES]
    except (ModuleNotFoundError, AttributeError):
        return []


def without_nan(value):
    """Return the value with every nan as None: JSON has no nan."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    return None if isinstance(value, float) and value != value else value


def write_table(frame: pd.DataFrame, stem: Path, kind: str) -> None:
    """Write one table; the bytes depend on its content alone,
    and a file with the table's name is whole.
    """
    with whole(stem.with_suffix(f".{kind}")) as part:
        if kind == "csv":
            frame.to_csv(part, index=False, lineterminator="\n")
            return
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        encoding = ENCODING_OF_READS if stem.name == "reads" else ENCODING
        pq.write_table(table, part, row_group_size=ROWS_PER_GROUP, **encoding)


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Give a name beside ``file`` to write to; it becomes ``file`` at the end,
    and is removed where that fails.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        yield part
        os.replace(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def bytes_of(frame: pd.DataFrame, kind: str) -> int:
    """Return about how many bytes a table takes as a file."""
    return frame.size * BYTES_OF_A_VALUE[kind]


def check_room(folder: Path, size: int) -> None:
    """Raise OSError (no space) where ``folder`` has no room for files of so many bytes in all."""
    if size > free_disk(folder):
        raise OSError(errno.ENOSPC, f"the tables need about {size / 1e6:,.1f} MB", str(folder))
