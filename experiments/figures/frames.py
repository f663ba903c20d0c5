"""The data of figures: the tables of a run in the shapes that panels need."""

from __future__ import annotations

import numpy as np
import pandas as pd

RUNGS = ("unaware", "prospect", "customer", "client", "advocate", "detractor", "rejecter", "lapsed")


def series(results, metric: str) -> pd.DataFrame:
    """Return one metric as a frame (step x brand); without rows where it was not recorded."""
    table = results.timeseries
    table = table[table["metric"] == metric]
    frame = table.pivot(index="step", columns="brand", values="value")
    return frame.reindex(columns=list(results.params.brands)).rename_axis(columns=None)


def per_step(results, metric: str, brand: str) -> np.ndarray:
    """Return a metric of steps 1 .. the last as an array (steps,), 0 where it was not recorded."""
    frame = series(results, metric)
    return frame[brand].reindex(np.arange(1, results.state.step + 1)).fillna(0.0).to_numpy()


def edges(results) -> np.ndarray:
    """Return the borders of the steps on the time axis: step t is drawn from t - 1/2 to t + 1/2."""
    return np.arange(results.state.step + 1) + 0.5


def time_points(steps: int, intervals: int) -> list[int]:
    """Return the steps that cut the run into equal intervals, from 0 to the end."""
    return sorted({round(steps * i / intervals) for i in range(intervals + 1)})


def flow_matrices(results, brand: str) -> np.ndarray:
    """Return the moves of each step between rungs, (steps, 8, 8), from the flows table."""
    table = results.flows
    table = table[table["brand"] == brand]
    code = {rung: i for i, rung in enumerate(RUNGS)}
    out = np.zeros((results.state.step, len(RUNGS), len(RUNGS)))
    at = (table["step"].to_numpy(int) - 1, table["from_rung"].map(code).to_numpy(int),
          table["to_rung"].map(code).to_numpy(int))
    np.add.at(out, at, table["count"].to_numpy(float))
    return out


def moves_between(steps: np.ndarray, start: int, stop: int) -> np.ndarray:
    """Return how many people move from rung to rung between two points in time, (8, 8).

    The table counts moves per step and knows nobody by name; they are joined as if the people on a rung were
    alike.  What leaves and what arrives (row and column sums) is exact, whatever they are.
    """
    moved = np.diag(steps[start].sum(axis=1)) if start < len(steps) else np.diag(steps[-1].sum(axis=0))
    for flows in steps[start:stop]:
        size = flows.sum(axis=1, keepdims=True)
        moved = moved @ np.divide(flows, size, out=np.eye(len(flows)), where=size > 0)
    return moved


def decisions_by_step(results) -> pd.DataFrame:
    """Return what was spent: step, brand, policy, action, process, cost, effective, pain, volume; one row each.

    Answers and gifts stand in the ledger once per person; here they are one row per step and policy.
    """
    keys = ["brand", "policy", "action", "process", "step"]
    table = results.ledger["decisions"]
    return table.groupby(keys, as_index=False, sort=True).agg(
        cost=("cost", "sum"), people=("person", "count"), effective=("effective", "min"), pain=("pain", "first"),
        volume=("volume", "first"))


def owned_at(results, step: int) -> np.ndarray:
    """Return the brand that each person bought last up to a step, -1 for none, (n,); leaving is not known."""
    table = results.ledger["conversions"]
    table = table[table["step"] <= step]
    row = {person: i for i, person in enumerate(results.state.ties.ids)}
    code = {brand: b for b, brand in enumerate(results.params.brands)}
    owned = np.full(results.state.n, -1)
    owned[table["person"].map(row).to_numpy(int)] = table["brand"].map(code).to_numpy(int)
    return owned


def moving_mean(total: np.ndarray, weight: np.ndarray, reach: int) -> np.ndarray:
    """Return total / weight, both summed over the ``reach`` neighbours on either side; nan without weight."""
    window = np.ones(2 * reach + 1)
    total, weight = (np.convolve(x, window)[reach:reach + x.size] for x in (total, weight))
    return np.divide(total, weight, out=np.full(total.size, np.nan), where=weight > 0)
