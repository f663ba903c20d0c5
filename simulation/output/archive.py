"""Archive: at level ``full`` reads go to their file while a run lasts, so they need little memory.

    with archived(model.state, params, folder):
        model.run().write(folder)

The file has the bytes that ``Results.write`` would give it: groups of ``ROWS_PER_GROUP`` rows in
the order of reading.  It is called ``reads.parquet.part`` until the block ends, and removed where
that fails.  What was handed over is not in ``Results.ledger`` any more, only in the file.  CSV, and
runs without a folder, keep their reads in memory.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.ledger.codes import Channel, words
from simulation.ledger.tables import READS, Table
from simulation.output.results import ENCODING_OF_READS, ROWS_PER_GROUP, whole

WRITTEN = {"step": "step", "reader": "reader", "review": "post", "channel": "channel",
           "strength": "strength", "weight": "weight", "gain": "gain"}
"""Columns of the file, as in ``frames.reads_table``, and those of the ledger they come from."""
KEPT = {name: READS[name] for name in WRITTEN.values()}
Kept = namedtuple("Kept", KEPT)


@contextmanager
def archived(state, params, folder: Path) -> Iterator[None]:
    """Write the reads of this block to ``reads.parquet`` in ``folder``, where that file is wanted.

    Raises OSError where the disk runs full.
    """
    if params.output.ledger != "full" or params.output.tables != "parquet":
        yield
        return
    with whole(folder / "reads.parquet") as part, ReadsFile(part, state.ties.ids) as file:
        state.ledger.sink = file
        yield
        state.ledger.hand_over()


class ReadsFile:
    """A Parquet file of reads that grows by whole groups of rows; the rest waits in memory."""

    def __init__(self, path: Path, ids: Sequence[str]):
        self.words = {"reader": as_words(list(ids)), "channel": as_words(words(Channel))}
        self.waiting = Table(Kept, KEPT)
        self.writer = pq.ParquetWriter(path, self.group().schema, **ENCODING_OF_READS)

    def __enter__(self) -> ReadsFile:
        return self

    def __exit__(self, kind, error, trace) -> None:
        with self.writer:
            if kind is None and len(self.waiting):
                self.writer.write_table(self.group())

    def __call__(self, reads: Table, first: int) -> None:
        """Take the rows from ``first`` on, and write every group that gets full."""
        while first < len(reads):
            stop = min(first + ROWS_PER_GROUP - len(self.waiting), len(reads))
            self.waiting.append({name: reads[name][first:stop] for name in KEPT})
            first = stop
            if len(self.waiting) == ROWS_PER_GROUP:
                self.writer.write_table(self.group())
                self.waiting.n = 0

    def group(self) -> pa.Table:
        """Return the rows that wait, in the words of the user."""
        columns = {title: pa.array(self.waiting[name]) for title, name in WRITTEN.items()}
        columns |= {title: named.take(columns[title]) for title, named in self.words.items()}
        return pa.table(columns)


def as_words(names: Sequence[str]) -> pa.Array:
    """Return words as a data frame holds them: versions of pandas differ in the type of text."""
    return pa.array(pd.Series(names))
