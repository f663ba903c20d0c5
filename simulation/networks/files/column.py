"""Columns of text that hold every different word once: ten million cells
are ten million small numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

WORDS = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Column:
    """Cell r is words[codes[r]]; words (pyarrow strings) are different, and every one occurs;
    codes int32 (rows,).
    """

    words: pa.Array
    codes: np.ndarray

    @classmethod
    def of(cls, cells: list[str]) -> Column:
        """Return the column with these cells; its words stand in the
        order in which they first occur.
        """
        encoded = pa.array(cells, pa.string()).dictionary_encode()
        return cls(encoded.dictionary, encoded.indices.to_numpy())

    @classmethod
    def joined(cls, parts: pa.ChunkedArray) -> Column:
        """Return the column made of parts of type ``WORDS``."""
        parts = parts.unify_dictionaries()
        return cls(parts.chunk(0).dictionary,
                   np.concatenate([part.indices.to_numpy() for part in parts.chunks]))

    def __len__(self) -> int:
        return self.codes.size

    def __getitem__(self, row: int) -> str:
        return self.words[int(self.codes[row])].as_py()

    def select(self, rows: np.ndarray | slice) -> Column:
        """Return the column with only these rows."""
        codes = self.codes[rows]
        used = np.zeros(len(self.words), bool)
        used[codes] = True
        if used.all():
            return Column(self.words, codes)
        return Column(self.words.filter(pa.array(used)),
                      (np.cumsum(used) - 1).astype(np.int32)[codes])

    def written(self, words: pa.Array) -> Column:
        """Return the column with other words (w,), which may be the same
        for several of the old ones.
        """
        return self if words.equals(self.words) else merged(words, self.codes)

    def mapped(self, function: Callable[[str], str]) -> Column:
        """Return the column with every word replaced by a function of it."""
        return self.written(pa.array([function(word) for word in self.words.to_pylist()],
                                     pa.string()))

    def rows_with(self, words: Collection[str] | pa.Array) -> np.ndarray:
        """Return which cells hold one of ``words``, bool (rows,)."""
        wanted = words if isinstance(words, pa.Array) else pa.array(list(words), pa.string())
        return pc.is_in(self.words, wanted).to_numpy(zero_copy_only=False)[self.codes]

    def places_in(self, names: pa.Array) -> np.ndarray:
        """Return the place of every cell among different ``names``, int32 (rows,);
        -1 where it is none of them.
        """
        return pc.fill_null(pc.index_in(self.words, names), -1).to_numpy()[self.codes]


def merged(words: pa.Array, codes: np.ndarray) -> Column:
    """Return the column of words that need not be different."""
    new = words.dictionary_encode()
    return Column(new.dictionary,
                  codes if len(new.dictionary) == len(words) else new.indices.to_numpy()[codes])


def beside(columns: list[Column]) -> Column:
    """Return the cells of several columns of the same rows, joined by '/'."""
    first, *others = columns
    for other in others:
        pair = first.codes.astype(np.int64) * len(other.words) + other.codes
        codes, numbers = pd.factorize(pair)
        left, right = np.divmod(numbers, max(len(other.words), 1))
        words = pc.binary_join_element_wise(first.words.take(pa.array(left)),
                                            other.words.take(pa.array(right)), "/")
        first = merged(words, codes.astype(np.int32))
    return first
