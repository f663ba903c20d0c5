"""Diffusions for the tests of statistics: drawn with numpy from known rules, and two real ones."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd


def ring(n: int, reach: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Return the ties of a ring on which everybody sees ``reach`` people on either side."""
    i = np.arange(n)
    steps = [k for k in range(-reach, reach + 1) if k]
    return np.concatenate([(i + k) % n for k in steps]), np.tile(i, len(steps))


def spread(rng, source, target, n: int, steps: int, chance) -> np.ndarray:
    """Draw times of adoption (n,): ``chance`` (number and share of adopted in-neighbours) in every step."""
    adopted_at, degree = np.full(n, -1), np.bincount(target, minlength=n)
    for step in range(1, steps + 1):
        k = np.bincount(target, weights=adopted_at[source] >= 0, minlength=n)
        now = (adopted_at < 0) & (rng.random(n) < chance(k, k / np.maximum(degree, 1)))
        adopted_at[now] = step
    return adopted_at


class Survey(NamedTuple):
    """Adoption times as surveyed, distinct ties (alter -> ego) of all relations, communities, and the code of never."""

    times: np.ndarray
    source: np.ndarray
    target: np.ndarray
    community: np.ndarray
    never: int


def survey(data: Path, name: str, never: int) -> Survey:
    """Read one of the netdiffuser sets; several nominations of one person by another are one tie."""
    folder = data / name
    nodes = pd.read_csv(folder / "nodes.csv")
    named = pd.read_csv(next(folder.glob("nominations.csv*")))
    row = {person: i for i, person in enumerate(zip(nodes["community"], nodes["id"], strict=True))}
    inside = named[named["alter_in_sample"]]
    ties = {(row[c, alter], row[c, ego])
            for c, ego, alter in inside[["community", "ego", "alter"]].itertuples(index=False)}
    source, target = np.array(sorted(ties)).T
    return Survey(nodes["toa"].to_numpy(int), source, target, nodes["community"].to_numpy(int), never)
