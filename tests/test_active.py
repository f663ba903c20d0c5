"""Who is concerned is found in pieces of eight flags; whatever stands in them, nobody is missed."""

import numpy as np
import pytest

from simulation.numerics.compaction import WORD, WORDS, rows_where

PIECE = WORD * WORDS


@pytest.mark.parametrize("n", [0, 1, WORD - 1, WORD, WORD + 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 1.0])
def test_the_rows_found_are_those_that_are_set_in_ascending_order(n, share):
    flags = np.random.default_rng(n).random(n) < share
    assert rows_where(flags).tolist() == [i for i in range(n) if flags[i]]


@pytest.mark.parametrize("row", [0, WORD - 1, WORD, PIECE - 1, PIECE, 2 * PIECE + 3])
def test_a_single_row_is_found_wherever_it_stands(row):
    flags = np.zeros(2 * PIECE + 4, bool)
    flags[row] = True
    assert rows_where(flags).tolist() == [row]
