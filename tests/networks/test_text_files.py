"""Text read by the chunk is what it is line by line; text that is not plain is left to the reader of lines."""

import gzip
import random

import numpy as np
import pytest

from simulation.networks.files import chunks
from simulation.networks.files.chunks import read_chunks
from simulation.networks.files.column import Column, beside
from simulation.networks.files.lines import read_lines
from simulation.networks.files.tables import in_order, natural
from simulation.world.ids import RowNames, TextNames, held

PLAIN = {
    "commas": "source,target\nann,bob\nbob,cy\n",
    "no end of line": "ann,bob\nbob,cy",
    "windows": "ann,bob\r\nbob,cy\r\n",
    "a mark of bytes": "\ufeffann;bob\nbob;cy\n",
    "comments": "# one\nann\tbob\n\n  # two\nbob\tcy\n#three\n",
    "blanks": "  ann   bob \nbob\tcy\t\n\n cy ann\n",
    "blanks in cells": "ann , bob\n bob,cy\nann,  cy\n",
    "quotes": '"ann","bob"\n"",cy\n"#dan","cy"\n',
    "letters": "Zoë,Łukasz\nŁukasz,Zoë\n",
    "missing": "ann,NA\n,null\nnan,#N/A\n",
    "one column": "ann\nbob\n",
    "a tab at the end": "ann\tbob\t\n\t\t\nbob\tcy\tx\n",
}
UNUSUAL = {
    "a separator in quotes": '"ann,bob",cy\nbob,"a,b"\n',
    "a quote in a cell": 'ann,b"ob\n"bo""b",cy\n',
    "a line end in quotes": 'ann,"b\nob"\n',
    "a closed quote that opens": 'a","b\n',
    "too few": "ann,bob\ncy\n",
    "too many": "ann bob\nbob cy dan\n",
    "old line ends": "ann,bob\rbob,cy\r",
    "unusual blanks": "ann\u2003bob\nbob cy\n",
    "nothing": "",
    "comments alone": "# one\n\n",
}


def write(folder, text, name="edges.csv"):
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def cells(read):
    """Return the cells of every column, the lines and the comments of what was read."""
    columns, lines, comments = read
    return [[column[row] for row in range(len(column))] for column in columns], list(map(int, lines)), comments


@pytest.mark.parametrize("name", ["edges.csv", "edges.csv.gz"])
@pytest.mark.parametrize("size", [4, 2**25])
@pytest.mark.parametrize("case", PLAIN)
def test_plain_text_is_the_same_by_the_chunk_and_by_the_line(tmp_path, monkeypatch, case, size, name):
    monkeypatch.setattr(chunks, "CHUNK", size)
    file = write(tmp_path, PLAIN[case], name)
    assert cells(read_chunks(file)) == cells(read_lines(file, "network.path"))


@pytest.mark.parametrize("size", [4, 2**25])
@pytest.mark.parametrize("case", UNUSUAL)
def test_text_that_is_not_plain_is_left_to_the_reader_of_lines(tmp_path, monkeypatch, case, size):
    monkeypatch.setattr(chunks, "CHUNK", size)
    assert read_chunks(write(tmp_path, UNUSUAL[case])) is None


def test_a_broken_archive_and_broken_letters_are_left_to_the_reader_of_lines(tmp_path):
    (tmp_path / "edges.csv.gz").write_text("ann,bob\n")
    (tmp_path / "edges.csv").write_bytes(b"ann,b\xffob\n")
    assert read_chunks(tmp_path / "edges.csv.gz") is None and read_chunks(tmp_path / "edges.csv") is None


def test_a_column_holds_every_word_once_and_only_words_that_occur():
    column = Column.of(["b", "a", "b", "c"])
    assert (column.words.to_pylist(), column.codes.tolist()) == (["b", "a", "c"], [0, 1, 0, 2])
    less = column.select(np.array([1, 3]))
    assert (less.words.to_pylist(), less.codes.tolist()) == (["a", "c"], [0, 1])
    same = column.mapped(lambda word: "x" if word == "c" else word.replace("a", "b"))
    assert (same.words.to_pylist(), same.codes.tolist()) == (["b", "x"], [0, 0, 0, 1])


def test_cells_beside_each_other_are_joined_even_where_that_makes_them_equal():
    joined = beside([Column.of(["a/b", "a", "a"]), Column.of(["c", "b/c", "d"])])
    assert (joined.words.to_pylist(), joined.codes.tolist()) == (["a/b/c", "a/d"], [0, 0, 1])


@pytest.mark.parametrize("words", [["10", "9", "0", "123456789012345678"], ["01", "1", "ann", "2/b", "2/a", "-1", ""],
                                   ["1" * 19, "9", "٣", "2"], [],
                                   ["user10", "user9", "Zoë", "-1", "1.5", "ż b"], ["a\n1", "a", "b\n"]])
def test_names_are_sorted_as_people_count(words):
    shuffled = random.Random(1).sample(words, len(words))
    assert in_order(Column.of(shuffled).words).to_pylist() == sorted(words, key=natural)


def test_names_are_held_as_one_text_unless_they_are_the_rows():
    names = ["ann", "", "Zoë", "0"]
    assert isinstance(held(["0", "1", "2"]), RowNames) and isinstance(held(["0", "2", "1"]), TextNames)
    text = held(names)
    assert text == names and names == text and text != names[::-1] and text != ["ann"]
    assert (text[2], text[-1], text[1:3], len(text), "Zoë" in text, text.index("0")) == ("Zoë", "0", ["", "Zoë"], 4,
                                                                                        True, 3)
    with pytest.raises(IndexError):
        text[4]
