"""The people of a network file: their ids, communities and attributes,
in the order of their rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulation.networks.files.column import Column
from simulation.networks.files.tables import (
    Table,
    as_number,
    in_order,
    natural,
    numbers_of,
    plain_id,
)
from simulation.world.ids import Names, held

TIE_KINDS = {"strong": 0, "weak": 1, "follows": 2, "introduced": 3}
"""Words that name a kind of tie of simulation/world/ties.py; other words get numbers from 4 on."""


@dataclass(frozen=True)
class People:
    """ids (n,), community int32 (n,) or None, and every further column of the
    nodes file as an array (n,).
    """

    ids: Names
    community: np.ndarray | None
    attributes: dict[str, np.ndarray]


def people_of(network, nodes: Table | None, ties: Table, ends: list[Column],
              facts: dict) -> tuple[People, list[np.ndarray]]:
    """Return the people, and the row (-1: nobody's) of each of the ``ends`` of ties,
    int32 (e,) each.

    Ids that are not among ``nodes`` go by ``unknown_ids``.
    """
    if nodes is None:
        if network.community_column or network.id_columns:
            raise ValueError("network.community_column and network.id_columns: allowed only with "
                             "network.nodes_path (or a graph file), got no nodes file")
        ids, community, attributes = in_order(_words(ends)), None, {}
    else:
        ids = _ids(network, nodes)
        ids = pa.concat_arrays([ids, _unknown(network, nodes, ties, ids, ends, facts)])
        community = _community(network, nodes, len(ids) - len(nodes), facts)
        attributes = {name: _array(column, len(ids) - len(nodes))
                      for name, column in zip(nodes.names, nodes.columns, strict=True)}
    return People(held(ids.to_pylist()), community,
                  attributes), [end.places_in(ids) for end in ends]


def _words(ends: list[Column]) -> pa.Array:
    """Return the different ids at the ends of ties."""
    return pa.chunked_array([end.words for end in ends], pa.string()).unique()


def _ids(network, nodes: Table) -> pa.Array:
    """Return the ids of the nodes file, in its order."""
    key = network.id_columns or (nodes.names[0],)
    ids = nodes.ids(key, "network.id_columns")
    times = np.bincount(ids.codes, minlength=1)
    if times.max() > 1:
        raise ValueError(f"network.id_columns: an id must stand for one person, got "
                         f"{ids.words[int(times.argmax())].as_py()!r} {times.max()} times "
                         f"in {nodes.path}; columns {', '.join(key)}")
    return ids.words


def _unknown(network, nodes: Table, ties: Table, known: pa.Array, ends: list[Column],
             facts: dict) -> pa.Array:
    """Return the ids to add, after counting those that are not known."""
    words = _words(ends)
    unknown = in_order(words.filter(pc.invert(pc.is_in(words, known))))
    facts["unknown_ids"] = len(unknown)
    if len(unknown) and network.unknown_ids == "error":
        strange = [end.rows_with(unknown) for end in ends]
        row = int(np.flatnonzero(strange[0] | strange[1])[0])
        one = ends[0 if strange[0][row] else 1][row]
        raise ValueError(f"network.unknown_ids: {len(unknown)} ids of {ties.path} are not in "
                         f"{nodes.path}, the first is {one!r} in {ties.unit} {ties.lines[row]}; "
                         f"allowed: network.unknown_ids=drop (leave these ties out) or add (make "
                         f"them people)")
    return unknown if network.unknown_ids == "add" else unknown[:0]


def _community(network, nodes: Table, strangers: int, facts: dict) -> np.ndarray | None:
    """Return the community of everybody, by the natural order of names;
    strangers live in that of no name.
    """
    if not network.community_column:
        return None
    names = nodes.column(network.community_column, "network.community_column").mapped(plain_id)
    words = names.words.to_pylist()
    codes = {name: code
             for code, name in enumerate(sorted({*words, *[""] * bool(strangers)}, key=natural))}
    facts["communities"] = list(codes)
    home = np.array([codes[word] for word in words], np.int32)[names.codes]
    return np.concatenate([home, np.full(strangers, codes.get("", 0), np.int32)])


def kinds_of(ties: Table, column: str, facts: dict) -> np.ndarray:
    """Return the kind of every tie, int8 (e,): numbers as they are,
    words by TIE_KINDS or from 4 on.
    """
    if not column:
        return np.broadcast_to(np.int8(0), len(ties))
    kinds = ties.column(column, "network.kind_column").mapped(plain_id)
    words = kinds.words.to_pylist()
    found = sorted(words, key=natural)
    if np.isfinite([as_number(word) for word in found]).all():
        codes = {word: int(word) if word.isdecimal() else -1 for word in found}
    else:
        new = [word for word in found if word not in TIE_KINDS]
        codes = TIE_KINDS | {word: len(TIE_KINDS) + i for i, word in enumerate(new)}
        facts["kinds"] = {word: codes[word] for word in sorted(found, key=codes.get)}
    wrong = [word for word in found if not 0 <= codes[word] <= 127]
    if wrong:
        row = np.flatnonzero(kinds.rows_with(wrong[:1]))[0]
        raise ValueError(f"network.kind_column: a kind must be a whole number from 0 to 127 or "
                         f"one of at most 124 words, got {wrong[0]!r} in {ties.where(row)}")
    return np.array([codes[word] for word in words], np.int8)[kinds.codes]


def _array(column: Column, empty: int) -> np.ndarray:
    """Return a column of text, and ``empty`` rows more, as whole numbers, numbers (empty:
    NaN) or text.
    """
    if empty:
        column = Column.of([*column.words.take(pa.array(column.codes)).to_pylist(), *[""] * empty])
    numbers, blank = numbers_of(column.words), np.array(column.words.to_pylist(), object) == ""
    if not blank.all() and (np.isfinite(numbers) | blank).all():
        are_integers = (numbers == np.rint(numbers)).all() and np.abs(numbers).max() < 2**53
        whole = not blank.any() and are_integers
        return (numbers.astype(np.int64) if whole else numbers)[column.codes]
    return np.array(column.words.to_pylist())[column.codes]
