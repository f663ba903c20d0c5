"""The people of a network file: their ids, communities and attributes, in the order of their rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simulation.networks.tables import Table, as_number, natural, plain_id

TIE_KINDS = {"strong": 0, "weak": 1, "follows": 2, "introduced": 3}
"""Words that name a kind of tie of simulation/ties.py; other words get numbers from 4 on."""


@dataclass(frozen=True)
class People:
    """ids (n,), community int32 (n,), and every further column of the nodes file as an array (n,)."""

    ids: list[str]
    community: np.ndarray
    attributes: dict[str, np.ndarray]


def people_of(network, nodes: Table | None, ties: Table, ends: list[list[str]],
              facts: dict) -> tuple[People, dict[str, int]]:
    """Return the people, and the row of each id; ids that are not among ``nodes`` go by ``unknown_ids``."""
    if nodes is None:
        if network.community_column or network.id_columns:
            raise ValueError("network.community_column and network.id_columns: allowed only with "
                             "network.nodes_path (or a graph file), got no nodes file")
        ids = sorted(set(ends[0]) | set(ends[1]), key=natural)
        return People(ids, np.zeros(len(ids), np.int32), {}), {one: row for row, one in enumerate(ids)}
    key = network.id_columns or (nodes.names[0],)
    ids = nodes.ids(key, "network.id_columns")
    twice, times = Counter(ids).most_common(1)[0] if ids else ("", 0)
    if times > 1:
        raise ValueError(f"network.id_columns: an id must stand for one person, got {twice!r} {times} times "
                         f"in {nodes.path}; columns {', '.join(key)}")
    ids = ids + _unknown(network, nodes, ties, set(ids), ends, facts)
    names = _community(nodes, network.community_column, len(ids))
    codes = {name: code for code, name in enumerate(sorted(set(names), key=natural))}
    if network.community_column:
        facts["communities"] = list(codes)
    community = np.array([codes[name] for name in names], np.int32)
    attributes = {name: _array(column + [""] * (len(ids) - len(nodes)))
                  for name, column in zip(nodes.names, nodes.columns, strict=True)}
    return People(ids, community, attributes), {one: row for row, one in enumerate(ids)}


def _unknown(network, nodes: Table, ties: Table, known: set[str], ends: list[list[str]],
             facts: dict) -> list[str]:
    """Return the ids to add, after counting those that are not known."""
    unknown = sorted((set(ends[0]) | set(ends[1])) - known, key=natural)
    facts["unknown_ids"] = len(unknown)
    if unknown and network.unknown_ids == "error":
        row = next(row for row, pair in enumerate(zip(*ends, strict=True)) if not known.issuperset(pair))
        one = next(end[row] for end in ends if end[row] not in known)
        raise ValueError(f"network.unknown_ids: {len(unknown)} ids of {ties.path} are not in {nodes.path}, "
                         f"the first is {one!r} in {ties.unit} {ties.lines[row]}; allowed: "
                         f"network.unknown_ids=drop (leave these ties out) or add (make them people)")
    return unknown if network.unknown_ids == "add" else []


def _community(nodes: Table, column: str, n: int) -> list[str]:
    if not column:
        return [""] * n
    names = [plain_id(name) for name in nodes.column(column, "network.community_column")]
    return names + [""] * (n - len(names))


def kinds_of(ties: Table, column: str, facts: dict) -> np.ndarray:
    """Return the kind of every tie, int8 (e,): numbers as they are, words by TIE_KINDS or from 4 on."""
    if not column:
        return np.zeros(len(ties), np.int8)
    words = [plain_id(word) for word in ties.column(column, "network.kind_column")]
    found = sorted(set(words), key=natural)
    if np.isfinite([as_number(word) for word in found]).all():
        codes = {word: int(word) if word.isdecimal() else -1 for word in found}
    else:
        new = [word for word in found if word not in TIE_KINDS]
        codes = TIE_KINDS | {word: len(TIE_KINDS) + i for i, word in enumerate(new)}
        facts["kinds"] = {word: codes[word] for word in sorted(found, key=codes.get)}
    wrong = [word for word in found if not 0 <= codes[word] <= 127]
    if wrong:
        raise ValueError(f"network.kind_column: a kind must be a whole number from 0 to 127 or one of at "
                         f"most 124 words, got {wrong[0]!r} in {ties.where(words.index(wrong[0]))}")
    return np.array([codes[word] for word in words], np.int8)


def _array(column: list[str]) -> np.ndarray:
    """Return a column of text as whole numbers, numbers (empty: NaN) or text, whichever holds it."""
    numbers = np.array([as_number(text) for text in column])
    empty = np.array([text == "" for text in column])
    if not empty.all() and (np.isfinite(numbers) | empty).all():
        whole = not empty.any() and (numbers == np.rint(numbers)).all() and np.abs(numbers).max() < 2**53
        return numbers.astype(np.int64) if whole else numbers
    return np.array(column)
