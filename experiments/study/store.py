"""The store of a study: one file per finished world, so that a study goes on where it was stopped.

A world counts as finished once its file has its final name: files are written beside it and renamed, which no kill
can interrupt.  Worlds of another design, another version of the engine or another source code lie in another folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from simulation.config.schema import Params
from simulation.params import ConfigError


def digest(parts: Iterable[str]) -> str:
    """Return twelve letters that change with any of the texts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode() + b"\0")
    return total.hexdigest()[:12]


@cache
def digest_of_code() -> str:
    """Return twelve letters that change with the source of the engine and of the tasks, and with their packages."""
    from simulation.output.provenance import versions

    tasks = Path(__file__).parents[1]
    sources = sorted([*tasks.parent.joinpath("simulation").rglob("*.py"), *tasks.rglob("*.py")])
    return digest([*(path.read_text(encoding="utf-8") for path in sources), str(sorted(versions().items()))])


def digest_of_design(variants: Mapping[str, Params], *settings: str) -> str:
    """Return twelve letters that change with the variants of a study and its settings, and not with its seeds."""
    return digest([*settings, *(f"{name} {params.model_copy(update={'seed': 0}).model_dump_json()}"
                                for name, params in variants.items())])


class Store:
    """The finished worlds of one design in ``folder``, by seed; ``settings`` are whatever else decides what is kept."""

    def __init__(self, folder: Path, variants: Mapping[str, Params], *settings: str):
        self.folder = Path(folder) / "worlds" / f"{digest_of_design(variants, *settings)}-{digest_of_code()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"hydra.run.dir: must be a folder that can be written, got {folder} ({error})") from error

    def path(self, seed: int) -> Path:
        """Return the file of a world."""
        return self.folder / f"{seed}.parquet"

    def missing(self, seeds: Iterable[int]) -> list[int]:
        """Return the seeds whose worlds are not finished yet."""
        return [seed for seed in seeds if not self.path(seed).exists()]

    def put(self, seed: int, frame: pd.DataFrame) -> None:
        """Keep a finished world."""
        part = self.path(seed).with_suffix(".part")
        frame.to_parquet(part, index=False, compression="zstd")
        os.replace(part, self.path(seed))

    def frames(self, seeds: Iterable[int]) -> pd.DataFrame:
        """Return the worlds of these seeds, with a column ``seed``."""
        return pd.concat([pd.read_parquet(self.path(seed)).assign(seed=seed) for seed in seeds], ignore_index=True)
