"""The recorder: watches the world on a schedule and keeps what it saw;
it never changes anything.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.metrics import measured
from simulation.numerics.jit import inlined, kernel
from simulation.output.customer_value import Books
from simulation.world.state import FIXED_ONE, Rung


class Recorder:
    """Keeps metrics, flows between rungs, the state of processes,
    and (metric money) what customers are worth.
    """

    def __init__(self, params):
        self.params = params
        self.series: list[tuple[int, dict[str, np.ndarray]]] = []
        self.flows: list[tuple[int, np.ndarray]] = []
        self.processes: list[tuple[int, dict[str, np.ndarray]]] = []
        self.posting = np.zeros((2, 10), np.int64)
        self.books = Books(params) if params.metrics.get("money") else None

    def observe(self, state) -> None:
        """Record the present step (flows from step 1 on)."""
        values = {}
        for name, wanted in self.params.metrics.items():
            if wanted:
                values |= measured(name, self.params.METRICS[name], state, self.params)
        self.series.append((state.step, values))
        if self.books:
            self.books.observe(state)
        if state.step > 0:
            self.flows.append((state.step, state.flows.copy()))
            self.processes.append((state.step, process_row(state, self.params)))
            self.posting += posting_row(state)

    def timeseries(self) -> pd.DataFrame:
        """Return step, brand, metric, value: one row per step, brand and metric."""
        brands = list(self.params.brands)
        rows = [(step, brand, metric, float(value[b])) for step, values in self.series
                for metric, value in values.items() for b, brand in enumerate(brands)]
        frame = pd.DataFrame(rows, columns=["step", "brand", "metric", "value"])
        return frame.sort_values(["step", "brand", "metric"], kind="stable", ignore_index=True)

    def flows_table(self) -> pd.DataFrame:
        """Return step, brand, from_rung, to_rung, count:
        only moves that happened (staying included).
        """
        names = np.array([rung.name.lower() for rung in Rung])
        brands = np.array(list(self.params.brands))
        parts = []
        for step, flows in self.flows:
            b, before, after = np.nonzero(flows)
            parts.append(pd.DataFrame({"step": step, "brand": brands[b], "from_rung": names[before],
                                       "to_rung": names[after], "count": flows[b, before, after]}))
        if not parts:
            return pd.DataFrame(columns=["step", "brand", "from_rung", "to_rung", "count"])
        return pd.concat(parts, ignore_index=True)

    def processes_table(self) -> pd.DataFrame:
        """Return one row per step and process: what it delivered, and its pain,
        true and as seen.
        """
        names = [(brand, process) for brand, b in self.params.brands.items()
                 for process in b.processes]
        parts = [pd.DataFrame({"step": step, "brand": [n[0] for n in names],
                               "process": [n[1] for n in names]} | row)
                 for step, row in self.processes]
        if not parts:
            return pd.DataFrame(columns=["step", "brand", "process"])
        return pd.concat(parts, ignore_index=True)


def posting_row(state) -> np.ndarray:
    """Return people with an experience, and those who posted on it, by tenth of the evaluation S,
    int64 (2, 10).
    """
    posts, tenths = state.ledger.posts, np.zeros((2, 10), np.int64)
    if state.n_met.any():       # else nobody is to be looked at
        _count_met(state.processes_met, state.owned, state.last_evaluation, tenths[0])
    _count_posts(posts["generation"][state.first_post:], posts["evaluation"][state.first_post:],
                 tenths[1])
    return tenths


@inlined
def tenth(value):
    """Return the tenth of [0, 1], 0 .. 9, in which a value (float32) lies."""
    return min(int(np.float32(10.0) * value), 9)


@kernel
def _count_met(met, owned, last_evaluation, tenths):
    for i in range(met.size):
        if met[i]:
            tenths[tenth(last_evaluation[i, owned[i]])] += 1


@kernel
def _count_posts(generation, evaluation, tenths):
    for p in range(generation.size):
        if generation[p] == 0:
            tenths[tenth(evaluation[p])] += 1


def process_row(state, params) -> dict[str, np.ndarray]:
    """Return what every process did in this step, (k,) each.

    pain       shortfalls of expectation felt by customers, sum of salience max(0, -d) over
               experiences
    pain_seen  what the brand's listening makes of it (predicted readers of seen complaints, fading)
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = state.sum_evaluation / FIXED_ONE / state.n_met
    seen = np.full(state.k, np.nan)
    for observed in state.observed:
        seen[observed.processes] = observed.pain
    return {"quality": state.delivered_quality.copy(),
            "failure_rate": state.delivered_failure.copy(), "n_met": state.n_met.copy(),
            "n_failed": state.n_failed.copy(), "mean_evaluation": mean,
            "pain": state.sum_shortfall / FIXED_ONE, "pain_seen": seen}
