"""Metrics: one module per question; ``METRICS`` names those that a config may record.

A metric has ``UNITS`` and ``MEANING``, what each of its numbers is counted in and what it is, by
name; ``SOURCE``; and ``measure(state, params)``, described in ``simulation.metrics.base``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from simulation.metrics import adoption, beliefs, feedback, money, nps, reviews, rungs

MODULES = (adoption, rungs, nps, reviews, beliefs, money, feedback)
METRICS = {module.__name__.rpartition(".")[2]: module for module in MODULES}
"""Name of each metric, as in a config -> its module."""


def units_of(metrics: Iterable[Any]) -> dict[str, str]:
    """Return the unit of every number of these metrics, by its name."""
    return {name: unit for metric in metrics for name, unit in metric.UNITS.items()}


UNITS = units_of(MODULES)


def measured(name: str, metric: Any, state, params) -> dict[str, np.ndarray]:
    """Return what the metric ``name`` measures: one value per brand for each of its ``UNITS``.

    Raises ValueError where ``measure`` returns anything else, as one of the user's own might.
    """
    found = metric.measure(state, params)
    if not isinstance(found, dict) or found.keys() != metric.UNITS.keys():
        got = sorted(map(str, found)) if isinstance(found, dict) else type(found).__name__
        raise ValueError(f"metrics.{name}: measure() must return a dict with the names in UNITS, "
                         f"{sorted(metric.UNITS)}, got {got}")
    for number, values in found.items():
        if np.asarray(values).dtype.kind not in "fiub":
            raise ValueError(f"metrics.{name}: measure() must return real numbers for {number!r}, "
                             f"got {np.asarray(values).dtype}")
        if np.shape(values) != (state.b,):
            raise ValueError(f"metrics.{name}: measure() must return an array with one value per "
                             f"brand, {(state.b,)}, for {number!r}, got {np.shape(values)}")
    return found
