"""The real data: where they are, and how they are read; nothing of them is part of this project."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data"


def data_folder() -> Path:
    """Return the folder of the data: WOM_DATA_DIR, else ``../shared/data`` beside the project.

    Raises FileNotFoundError, and says what to do, where it is absent.
    """
    folder = Path(os.environ.get("WOM_DATA_DIR", DEFAULT))
    if not folder.is_dir():
        raise FileNotFoundError(f"the real data are not at {folder}: set WOM_DATA_DIR to the folder that holds "
                                "womens_clothing, ciaodvd, netdiffuser_kfamily, ...")
    return folder


def table(folder: Path, name: str) -> pd.DataFrame:
    """Return a table such as ``ciaodvd/ratings``, packed or not.  Raises FileNotFoundError where it is absent."""
    for ending in ("csv", "csv.gz"):
        path = folder / f"{name}.{ending}"
        if path.is_file():
            return pd.read_csv(path)
    raise FileNotFoundError(f"the real data have no {name}.csv or {name}.csv.gz in {folder}")


def is_odd(number: pd.Series | np.ndarray) -> np.ndarray:
    """Tell which rows are calibrated on: those with an odd number; the others are judged."""
    return np.asarray(number).astype(np.int64) % 2 == 1
