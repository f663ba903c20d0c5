"""From worlds to tables: what each way of attribution says of each channel, and how far that is from the knock-out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.tasks.audit.channels import CHANNELS
from experiments.tasks.audit.measure import ALL, KNOCKOUT, METHODS
from simulation.params import ConfigError
from simulation.statistics import paired_effect

NUMBERS = ["sales", "low", "high", "error", "error_low", "error_high"]
SHARES = ["share", "share_low", "share_high", "error_share", "error_share_low", "error_share_high"]


def audit_table(worlds: pd.DataFrame) -> pd.DataFrame:
    """Return one row per method and channel, the knock-out first; channel ``all`` is the sum of the method.

    columns
        sales, low, high               mean over the worlds, with its 95 % interval
        error, error_low, error_high   sales less those of the knock-out, paired by world; nan where it has none
        share, error_share, ...        the same as shares of all sales, with intervals of their own
    Raises ConfigError where nothing was sold.
    """
    values = worlds.pivot(index="seed", columns=["method", "channel"], values="sales")
    every = values[ALL]["all"]
    if every.sum() == 0:
        raise ConfigError("task.brand: must be a brand that sells something, got no sale in any world")
    rows = []
    for method in (KNOCKOUT, *METHODS):
        sums = values[method].sum(axis=1, min_count=values[method].shape[1])
        for channel, found in [*values[method].items(), ("all", sums)]:
            tested = channel in CHANNELS and method != KNOCKOUT
            error = found - (values[KNOCKOUT][channel] if tested else np.nan)
            rows.append((method, channel, *mean(found), *mean(error), *share(found, every), *share(error, every)))
    return pd.DataFrame(rows, columns=["method", "channel", *NUMBERS, *SHARES])


def mean(values: pd.Series) -> tuple[float, float, float]:
    """Return the mean over the worlds (w,) and its 95 % interval."""
    effect = paired_effect(np.zeros(len(values)), values)
    return effect.difference, effect.low, effect.high


def share(part: pd.Series, every: pd.Series) -> tuple[float, float, float]:
    """Return mean(part) / mean(every) over the worlds (w,) and its 95 % interval.

    The interval is that of the ratio: of part - share every, divided by mean(every).  It has no width where the part
    is the same share in every world, however much is sold there.

    Source  Cochran (1977), ratio estimates
    """
    there = part.notna()
    part, every = part[there], every[there]
    found = part.mean() / every.mean()
    _, low, high = mean(part - found * every)
    return found, found + low / every.mean(), found + high / every.mean()


def in_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table in shares of all sales, by method and channel, under the names of ``NUMBERS``."""
    return table.set_index(["method", "channel"])[SHARES].set_axis(NUMBERS, axis=1)


def channels_used(table: pd.DataFrame) -> list[str]:
    """Return the channels to which any method gives a sale, or which make a difference when they are off."""
    some = set(table.loc[table["sales"].fillna(0.0) != 0, "channel"])
    return [channel for channel in CHANNELS if channel in some]
