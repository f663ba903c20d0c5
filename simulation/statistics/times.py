"""Times of adoption: people who never adopt have none, so every statistic says what it puts there.
"""

from __future__ import annotations

import numpy as np


def times_or(adopted_at: np.ndarray, never: float = np.nan) -> np.ndarray:
    """Return times of adoption (n,) as floats, with ``never`` for people who
    did not adopt (negative or nan).

    nan leaves them out of what follows; the last step + 1 keeps them as the latest of all, as
    surveys do that code a time after the last interview.
    """
    times = np.array(adopted_at, float)
    times[~(times >= 0)] = never
    return times


def adoption_curve(adopted_at: np.ndarray, steps: int) -> np.ndarray:
    """Return how many people adopted by steps 0 .. ``steps``, (steps + 1,), from times (n,),
    negative for never.
    """
    adopted_at = np.asarray(adopted_at)
    return np.cumsum(np.bincount(adopted_at[adopted_at >= 0], minlength=steps + 1))


def time_to(cumulative: np.ndarray, share: float) -> float:
    """Return the first step (from 1) at which ``share`` of the final level is reached;
    nan if nobody adopts.
    """
    cumulative = np.asarray(cumulative, float)
    if cumulative.size == 0 or cumulative[-1] <= 0:
        return float("nan")
    return float(np.argmax(cumulative >= share * cumulative[-1]) + 1)
