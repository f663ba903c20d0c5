"""Exposure when everybody posts: nanoseconds per message, one message being one post offered along one tie."""

from __future__ import annotations

import numpy as np

from benchmarks.engine.graph_ties import ties_of
from benchmarks.engine.market import load_kernels
from benchmarks.engine.stopwatch import watched
from benchmarks.engine.worlds import EVERYBODY, params_of
from benchmarks.graphs import read_graph
from simulation import WordOfMouthModel
from simulation.world.ties import Ties

PACKAGES = ("numpy", "numba")
SETTLED = 3
"""From step 3 on everybody owns the product and posts in every step."""


def measure(settings: dict) -> dict:
    """Run some steps in which everybody posts; ``seconds`` is the median exposure phase, with its messages."""
    load_kernels(EVERYBODY)
    steps = run_one(ties_of(read_graph(settings["graph"])), settings.get("attention"))
    ordered = sorted(steps, key=lambda step: step["seconds"] / step["messages"])
    return ordered[len(ordered) // 2] | {"steps": steps}


def run_one(ties: Ties, attention: float | None) -> list[dict]:
    """Return, for each settled step, seconds, messages offered, reads kept and the share of people who posted."""
    more = {} if attention is None else {"feed.attention": attention}
    model, steps = WordOfMouthModel(params_of(EVERYBODY, more), ties=ties), []

    def note(phase: str, seconds: float) -> None:
        if phase == "exposure" and model.tick >= SETTLED:
            steps.append(step_of(model.state, seconds))

    with watched(note):
        model.run()
    return steps


def step_of(state, seconds: float) -> dict:
    """Return the work of the exposure phase that has just ended."""
    sharers = state.ledger.posts["sharer"][state.first_post:]
    return {"seconds": seconds, "messages": int(state.ties.out_degree()[sharers].sum()),
            "reads": len(state.ledger.reads) - state.first_read, "posting": np.unique(sharers).size / state.n}
