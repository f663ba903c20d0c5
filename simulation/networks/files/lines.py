"""Separated text line by line: every format, and for every mistake a
sentence that names the line.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from simulation.networks.files.column import Column


def separator_of(line: str) -> str | None:
    """Return what separates the cells of the first line; None stands for blanks."""
    return next((mark for mark in "\t,;" if mark in line), None)


def read_lines(file: Path, key: str) -> tuple[tuple[Column, ...], list[int], int]:
    """Return the columns, the line of each row and the number of comments of a file."""
    text = _text(file, key).split("\n")
    kept = [(number, line) for number, line in enumerate(text, 1) if line.strip()
            and line.lstrip()[0] != "#"]
    if not kept:
        raise ValueError(f"{key}: {file} is empty")
    comments = sum(line.lstrip().startswith("#") for line in text)
    rows, lines = _rows(kept, file, key)
    return tuple(Column.of(list(column)) for column in zip(*rows, strict=True)), lines, comments


def _text(file: Path, key: str) -> str:
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8-sig") as stream:
            return stream.read()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ValueError(f"{key}: {file} must be UTF-8 text (or text in .gz), "
                         f"got: {error}") from error


def _rows(kept: list[tuple[int, str]], file: Path, key: str) -> tuple[list[list[str]], list[int]]:
    """Return the cells of every line, all of one length, and the lines they came from."""
    separator = separator_of(kept[0][1])
    if separator is None:
        rows, lines = [line.split() for _, line in kept], [number for number, _ in kept]
    else:
        rows, lines = _quoted(kept, separator, file, key)
    width = len(rows[0])
    for row, number in zip(rows, lines, strict=True):
        if len(row) < width or (separator and len(row) > width):
            raise ValueError(f"{key}: line {number} of {file} must have {width} columns like the "
                             f"first line, got {len(row)}")
    return [row[:width] for row in rows], lines


def _quoted(kept: list[tuple[int, str]], separator: str, file: Path,
            key: str) -> tuple[list[list[str]], list[int]]:
    reader, rows, lines = csv.reader([line for _, line in kept], delimiter=separator,
                                     strict=True), [], []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            lines.append(kept[reader.line_num - 1][0])
    except csv.Error as error:
        start = kept[len(rows)][0]
        raise ValueError(f"{key}: line {start} of {file} must be separated text, "
                         f"got: {error}") from error
    return rows, lines
