"""Results: everything a run leaves behind, as data frames and as files."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.metrics import UNITS
from simulation.output.attribution import attribution_table
from simulation.output.frames import Names, ledger_tables, people_table
from simulation.output.summary import summarise
from simulation.phases.listening import estimate_rungs
from simulation.resources.machine import free_disk

ROWS_PER_GROUP = 100_000
ENCODING = {"compression": "zstd"}
ENCODING_OF_READS = {
    "use_dictionary": False, "write_statistics": ["step"],
    "compression": dict.fromkeys(("step", "reader", "review", "channel", "strength"), "lz4")
    | dict.fromkeys(("weight", "gain"), "none")}
"""Reads are many, and this takes a fifth of the time: values that hardly repeat need no dictionary, columns that nobody
searches by no extremes; weights to the last digit hardly shrink, and the rest shrinks quickly enough."""
BYTES_OF_A_VALUE = {"parquet": 2, "csv": 8}
"""Measured over the tables of the default run."""


class Results:
    """The outcome of one run; frames are made when somebody asks for them."""

    def __init__(self, state, params, recorder):
        self.state, self.params, self.recorder = state, params, recorder

    @cached_property
    def timeseries(self) -> pd.DataFrame:
        """Tidy: scenario, replicate (the seed), step, brand, metric, unit, value."""
        frame = self.recorder.timeseries()
        frame.insert(0, "replicate", self.params.seed)
        frame.insert(0, "scenario", self.params.name)
        frame.insert(5, "unit", frame["metric"].map(UNITS))
        return frame

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per person, in the user's ids."""
        estimated = [estimate_rungs(self.state, self.params, b) for b in range(self.state.b)]
        return people_table(self.state, self.params, estimated, self.recorder.books)

    @cached_property
    def flows(self) -> pd.DataFrame:
        """Moves between rungs, per step and brand."""
        return self.recorder.flows_table()

    @cached_property
    def processes(self) -> pd.DataFrame:
        """What every process delivered, per step."""
        return self.recorder.processes_table()

    @cached_property
    def ledger(self) -> dict[str, pd.DataFrame]:
        """The ledger tables by name."""
        return ledger_tables(self.state, self.params)

    @cached_property
    def attribution(self) -> pd.DataFrame:
        """What each brand's sales are credited to, by source, channel, process, motive, author and policy.

        Credit tells who was read, not what would have happened without him.  Raises ValueError where the ledger keeps
        no credits (output.ledger: none).
        """
        return attribution_table(self.state, self.params, Names(self.state, self.params))

    @cached_property
    def summary(self) -> dict:
        """The figures by which the run is judged."""
        return summarise(self.state, self.params, self.recorder.timeseries())

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by file name."""
        kept = {"attribution": self.attribution} if self.state.ledger.level != "none" else {}
        return {"timeseries": self.timeseries, "people": self.people, "flows": self.flows,
                "processes": self.processes, **kept, **self.ledger}

    def write(self, folder: Path) -> None:
        """Write all tables and the summary into ``folder``, in the format that the config names.

        Raises OSError (no space) before anything is written where the disk has no room for them.
        """
        tables, kind = self.tables(), self.params.output.tables
        check_room(folder, sum(bytes_of(frame, kind) for frame in tables.values()))
        for name, frame in tables.items():
            write_table(frame, folder / name, kind)
        with whole(folder / "summary.json") as part:
            part.write_text(json.dumps(without_nan(self.summary), indent=2, allow_nan=False) + "\n")


def without_nan(value):
    """Return the value with every nan as None: JSON has no nan."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    return None if isinstance(value, float) and value != value else value


def write_table(frame: pd.DataFrame, stem: Path, kind: str) -> None:
    """Write one table; the bytes depend on its content alone, and a file with the table's name is whole."""
    with whole(stem.with_suffix(f".{kind}")) as part:
        if kind == "csv":
            frame.to_csv(part, index=False, lineterminator="\n")
            return
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        encoding = ENCODING_OF_READS if stem.name == "reads" else ENCODING
        pq.write_table(table, part, row_group_size=ROWS_PER_GROUP, **encoding)


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Give a name beside ``file`` to write to; it becomes ``file`` at the end, and is removed where that fails."""
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
