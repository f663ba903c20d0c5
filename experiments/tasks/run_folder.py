"""The folder of a finished run: its tables, each read when it is asked for, and the words that they need.

Whatever is wrong with a folder is raised as a ConfigError about ``task.run``.  A run is read without the rules it was
made with, so that one with plug-ins, or of another version, can be read too as long as the columns are there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml
from pydantic import BaseModel, ValidationError

from experiments.command.main import INCOMPLETE
from experiments.figures.words import when
from simulation.params import ConfigError

COLUMNS = {
    "people": ("id", "role", "employer", "followers", "follows", "community", "activity", "expertise",
               "susceptibility", "reservation", "owns"),
    "reviews": ("review", "step", "author", "sharer", "brand", "process", "stars", "motive", "incentivised", "root",
                "generation", "purchase", "readers", "helpful"),
    "experiences": ("review", "process", "quality", "disconfirmation", "failed"),
    "conversions": ("conversion", "step", "person", "brand", "kind", "price", "margin", "parent"),
    "credits": ("conversion", "stage", "source", "channel", "review", "author", "sharer", "share"),
    "lost_sales": ("step", "person", "brand", "review", "author", "sales"),
    "reads": ("step", "reader", "review", "channel", "weight", "gain"),
    "decisions": ("step", "brand", "policy", "action", "person", "amount", "cost"),
}
"""Columns that readers of a folder rely on."""

WORDS = {"id", "role", "employer", "owns", "person", "author", "sharer", "reader", "brand", "process", "motive", "kind",
         "stage", "source", "channel", "policy", "action"}
"""Columns of text: in CSV an id 007 stays what it is, and nothing is the empty word."""


class Kept(BaseModel):
    """What a run wrote, and how."""

    ledger: Literal["none", "conversions", "full"]
    tables: Literal["parquet", "csv"]


class Money(BaseModel):
    """What money is called."""

    currency: str


class RunParams(BaseModel):
    """The part of a run's ``config.yaml`` that readers of its tables need; the rest is not looked at."""

    name: str
    seed: int
    step_days: float
    brands: dict[str, Any]
    value: Money
    output: Kept


class RunFolder:
    """A finished run; ``table(name)`` reads a table of the folder once."""

    def __init__(self, folder: Path, params: RunParams):
        self.folder, self.params = folder, params
        self.tables: dict[str, pd.DataFrame] = {}

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; raises ConfigError where it is missing, damaged, or without a column we rely on."""
        if name not in self.tables:
            self.tables[name] = self.read(name)
        return self.tables[name]

    def read(self, name: str) -> pd.DataFrame:
        """Read a table in the format that the run wrote."""
        file = self.folder / f"{name}.{self.params.output.tables}"
        if not file.is_file():
            raise bad(f"{self.folder}, in which there is no {file.name}")
        try:
            frame = read_csv(file) if file.suffix == ".csv" else pd.read_parquet(file)
        except (OSError, ValueError) as error:
            raise bad(f"{self.folder}, whose {file.name} cannot be read ({first_line(error)})") from error
        missing = [column for column in COLUMNS[name] if column not in frame]
        if missing:
            raise bad(f"{self.folder}, whose {file.name} has no column {', '.join(missing)}: another version wrote it")
        return frame

    def row(self, table: str, number: int) -> pd.Series:
        """Return one row of conversions or reviews, whose numbers are their places."""
        return self.table(table).iloc[number]

    def when(self, step: int) -> str:
        """Return a step in words: 'week 48'."""
        return when(self, step)

    def money(self, amount: float) -> str:
        """Return an amount with its currency."""
        return f"{amount:,.2f}".removesuffix(".00") + f" {self.params.value.currency}"


def open_run(text: str) -> RunFolder:
    """Return the run in the folder ``text``; raises ConfigError unless that is a finished run with credits."""
    if not text:
        raise bad("nothing: name it, such as task.run=outputs/2026-11-22/10-00-00-000000")
    folder = Path(text)
    if not folder.is_dir():
        raise bad(f"{text}: there is no such folder")
    if (folder / INCOMPLETE).exists():
        raise bad(f"{text}: a file {INCOMPLETE} stands in it, so the run is still going on, or it failed")
    params = read_params(folder)
    run = RunFolder(folder, params)
    run.table("conversions")
    if params.output.ledger == "none":
        raise bad(f"{text}: it was made with output.ledger=none, which keeps no credits; make it again with "
                  f"output.ledger=conversions or output.ledger=full")
    return run


def read_params(folder: Path) -> RunParams:
    """Return what is needed of the ``config.yaml`` of a run."""
    file = folder / "config.yaml"
    if not file.is_file():
        raise bad(f"{folder}, in which there is no config.yaml")
    try:
        return RunParams.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"]) or "a mapping"
        raise bad(f"{folder}, whose config.yaml is not that of a run (look at {where})") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise bad(f"{folder}, whose config.yaml cannot be read ({first_line(error)})") from error


def read_csv(file: Path) -> pd.DataFrame:
    """Return a table from CSV with the types that Parquet would have given."""
    names = list(pd.read_csv(file, nrows=0).columns)
    text = [name for name in names if name in WORDS or name.startswith(("rung_", "attribute_"))]
    nothing = {name: [""] for name in names if name not in text}
    return pd.read_csv(file, dtype=dict.fromkeys(text, str), keep_default_na=False, na_values=nothing)


def bad(came: str) -> ConfigError:
    """Return the error for a folder that cannot be used."""
    return ConfigError(f"task.run: must be the folder of a finished run, got {came}")


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, shortened."""
    return str(error).splitlines()[0][:80] if str(error) else type(error).__name__


def who(person: str) -> str:
    """Return a person in words: a bare number alone would not say what it counts."""
    return f"person {person}" if person.isdigit() else person


def plain(name: str) -> str:
    """Return a name as words."""
    return name.replace("_", " ")


def percent(share: float) -> str:
    """Return a share in per cent with one decimal; the two never stand on different lines."""
    return f"{100 * share:.1f}\u00a0%" if share >= 0.0005 else "<0.1\u00a0%"
