"""Attributes of agents that are columns: a handle reads and writes its row of the model's state.

The column is looked up through the instance (``agent.model.state``), never kept by the class, so
two models of one class cannot read each other's rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from simulation.world.state import Role, Rung

RUNGS = tuple(Rung)
ROLES = tuple(Role)


class Field:
    """A column as an attribute, one number per row; writable where a range is given."""

    def __init__(self, doc: str, low: float = math.nan, high: float = math.inf):
        self.__doc__ = doc
        self.low = low
        self.high = high

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent, owner: type | None = None):
        return self if agent is None else self.numbers(agent.model.state, agent.row).item()

    def __set__(self, agent, value) -> None:
        self.write(agent.model.state, agent.row, value)

    def numbers(self, state, rows):
        """Return the numbers of ``rows``: a scalar for one row, an array for many."""
        return getattr(state, self.name)[rows]

    def array(self, state, rows: np.ndarray) -> np.ndarray:
        """Return the numbers of ``rows`` as float64 or int64, as NumPy makes them of a list."""
        numbers = self.numbers(state, rows)
        return numbers.astype(np.float64 if numbers.dtype.kind == "f" else np.int64)

    def values(self, model, rows: np.ndarray) -> list:
        """Return what the attribute says of each of ``rows``, as a list."""
        return self.numbers(model.state, rows).tolist()

    def write(self, state, rows, value) -> None:
        """Write ``value`` into ``rows``; raises AttributeError or ValueError where not allowed."""
        getattr(state, self.name)[rows] = self.checked(value)

    def checked(self, value):
        """Return ``value`` if it lies in the range."""
        if math.isnan(self.low):
            raise AttributeError(f"{self.name} cannot be set: {self.__doc__}")
        if not np.all((np.asarray(value) >= self.low) & (np.asarray(value) <= self.high)):
            raise ValueError(f"{self.name} must be in [{self.low:g}, {self.high:g}], got {value}")
        return value


class Derived(Field):
    """A number that is computed from several columns or from the ties."""

    def __init__(self, doc: str, compute):
        super().__init__(doc)
        self.compute = compute

    def numbers(self, state, rows):
        """Return what ``compute`` makes of ``rows``."""
        return self.compute(state, rows)


class Code(Derived):
    """A code shown as a member of an enum (or a word); ``words(model)`` gives them by code."""

    def __init__(self, doc: str, compute, words):
        super().__init__(doc, compute)
        self.words = words

    def __get__(self, agent, owner: type | None = None):
        if agent is None:
            return self
        return self.words(agent.model)[self.compute(agent.model.state, agent.row)]

    def array(self, state, rows: np.ndarray) -> np.ndarray | None:
        """Return the codes of an enum of integers; None where the codes stand for words."""
        return super().array(state, rows) if self.words(None) else None

    def values(self, model, rows: np.ndarray) -> list:
        """Return the members or words of ``rows``."""
        words = self.words(model)
        return [words[code] for code in self.numbers(model.state, rows).tolist()]


class PerBrand(Field):
    """A column with one number per brand; the attribute is a view of the row, by brand name."""

    def __get__(self, agent, owner: type | None = None):
        if agent is None:
            return self
        column = getattr(agent.model.state, self.name)
        return ByBrand(self, agent.model.roster.brands, column[agent.row])

    def values(self, model, rows: np.ndarray) -> list:
        """Return the views of ``rows``."""
        column = getattr(model.state, self.name)
        brands = model.roster.brands
        return [ByBrand(self, brands, column[row]) for row in rows.tolist()]

    def write(self, state, rows, value) -> None:
        """Write one value for all brands, or one per brand in their order."""
        numbers = list(value.values()) if isinstance(value, Mapping) else value
        getattr(state, self.name)[rows] = self.checked(numbers)


class ByBrand(Mapping):
    """What a person holds of every brand, ``agent.belief["alpha"]``; writing writes the column."""

    __slots__ = ("brands", "field", "row")

    def __init__(self, field: PerBrand, brands: dict[str, int], row: np.ndarray):
        self.field = field
        self.brands = brands
        self.row = row

    def __getitem__(self, brand: str):
        return self.row[place(self.brands, brand)].item()

    def __setitem__(self, brand: str, value) -> None:
        self.row[place(self.brands, brand)] = self.field.checked(value)

    def __iter__(self):
        return iter(self.brands)

    def __len__(self) -> int:
        return len(self.brands)

    def __array__(self, dtype=None, copy=None):
        if dtype is None and self.row.dtype.kind == "f":
            dtype = np.float64
        return np.array(self.row, dtype=dtype)

    def __deepcopy__(self, memo) -> dict:
        return dict(self)

    def __repr__(self) -> str:
        return repr(dict(self))


def place(brands: dict[str, int], brand: str) -> int:
    """Return the index of a brand; raises KeyError with the brands there are."""
    if brand not in brands:
        raise KeyError(f"no brand is called {brand!r}; there are {', '.join(brands)}")
    return brands[brand]


def brand_words(model):
    """Return the names of the brands by code, None last (for -1)."""
    return () if model is None else model.roster.brand_names


def count_followers(state, rows):
    """Return the number of followers, those that brands introduced included."""
    return sum(ties.offsets[rows + 1] - ties.offsets[rows] for ties in (state.ties, state.added))


def count_follows(state, rows):
    """Return the number of people followed, those that brands introduced included."""
    both = (state.ties, state.added)
    return sum(ties.in_offsets[rows + 1] - ties.in_offsets[rows] for ties in both)


def main_rung(state, rows):
    """Return the rung with the brand owned; for people who own nothing, the highest code."""
    owned = state.owned[rows]
    rungs = state.rung[rows]
    if isinstance(rows, int):
        return rungs[owned] if owned >= 0 else max(rungs.tolist())
    brand = np.maximum(owned, 0)[:, None].astype(np.int64)
    own = np.take_along_axis(rungs, brand, axis=1)[:, 0]
    return np.where(owned >= 0, own, rungs.max(axis=1))
