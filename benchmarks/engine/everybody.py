"""Exposure when everybody posts: nanoseconds per message, one message being one post offered along one tie."""

from __future__ import annotations

import numpy as np

from benchmarks.engine.stopwatch import watched
from benchmarks.engine.worlds import EVERYBODY
from simulation import WordOfMouthModel, load_params

PACKAGES = ("numpy", "numba")
SETTLED = 3
"""From step 3 on everybody owns the product and posts in every step."""


def measure(settings: dict) -> dict:
    """Run some steps in which everybody posts; ``seconds`` is the best exposure phase, with its messages."""
    run_one(200, settings.get("attention"))
    steps = run_one(settings["people"], settings.get("attention"))
    best = min(steps, key=lambda step: step["seconds"] / step["messages"])
    return best | {"steps": steps}


def run_one(people: int, attention: float | None) -> list[dict]:
    """Return, for each settled step, seconds, messages offered, reads kept and the share of people who posted."""
    more = () if attention is None else (f"feed.attention={attention}",)
    model, steps = WordOfMouthModel(load_params(*EVERYBODY, *more, f"population.size={people}")), []

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
