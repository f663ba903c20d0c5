"""Feedback: what became of the reviews about each brand so far,
and how much work waits in its units.
"""

from __future__ import annotations

import numpy as np

from simulation.world.back_office import backlogs, feedback_census

FATES = ("fixed", "open", "misrouted", "ignored", "unheard")
UNITS = {f"cum_{fate}" if fate == "fixed" else f"n_{fate}": "reviews"
         for fate in FATES} | {"backlog": "tickets"}
MEANING = {
    "cum_fixed": "pieces of feedback worked on so far",
    "n_open": "reviews whose ticket is in a unit",
    "n_misrouted": "reviews on the way from a wrong unit to the right one",
    "n_ignored": "reviews seen, nothing done",
    "n_unheard": "reviews the brand never saw",
    "backlog": "tickets in the units, waiting or being worked on, outside ones included",
}
SOURCE = "assumption"


def measure(state, params) -> dict[str, np.ndarray]:
    """Count reviews by fate (the five add up to all reviews of the
    brand) and tickets in its units.
    """
    if not state.organisations:
        return {name: np.zeros(state.b) for name in UNITS}
    census = [feedback_census(state, b) for b in range(state.b)]
    counts = {name: np.array([float(c[fate]) for c in census])
              for name, fate in zip(UNITS, FATES, strict=False)}
    return counts | {"backlog": np.array([float(sum(backlogs(state, b).values()))
                                          for b in range(state.b)])}
