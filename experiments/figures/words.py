"""The words of figures: numbers, shares, names and times as a reader wants them."""

from __future__ import annotations

import math

CREDIT = "ledger credit, knock-out not computed"
"""Stands wherever credit is shown without its knock-out."""

STEP_WORDS = {1.0: "day", 7.0: "week", 30.0: "month", 365.0: "year"}


def step_word(params) -> str:
    """Return what one step is called: day, week, month, year, else step."""
    return next((word for days, word in STEP_WORDS.items() if abs(params.step_days - days) <= 0.02 * days), "step")


def when(results, step: float) -> str:
    """Return a point in time in words: 'week 48'."""
    return f"{step_word(results.params)} {int(step)}"


def each_step(results) -> str:
    """Return 'per week' or what one step is called."""
    return f"per {step_word(results.params)}"


def number(value: float) -> str:
    """Return a number with separators and at most three meaningful digits behind a point."""
    if not math.isfinite(value):
        return "none"
    if abs(value - round(value)) < 1e-9 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def percent(share: float) -> str:
    """Return a share in percent, whole from 10 % on."""
    if not math.isfinite(share):
        return "none"
    digits = 0 if abs(share) >= 0.0995 or share == 0 else 1
    return f"{100 * share:.{digits}f}\u00a0%"


def several(count: float, one: str, many: str = "") -> str:
    """Return a count with its noun in the right number."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def pretty(name: str, width: int = 28) -> str:
    """Return a name as words, cut with an ellipsis where it is too long."""
    words = str(name).replace("_", " ")
    return words if len(words) <= width else words[:width - 1].rstrip() + "…"


def brief(brands: list[str]):
    """Return a function that writes names as short as a sentence about that many brands needs."""
    width = 28 if len(brands) < 3 else 17
    return lambda name: pretty(name, width)


def signed(value: float) -> str:
    """Return whole points with their sign, zero without one."""
    return f"{value:+.0f}" if abs(value) >= 0.5 else "0"


def listed(parts: list[str]) -> str:
    """Return 'a', 'a and b', or 'a, b and c'."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def source_line(results) -> str:
    """Return scenario, seed, people, network and length of the run."""
    params = results.params
    return (f"Grapevine · scenario {params.name} · seed {params.seed} · {several(results.state.n, 'person', 'people')}"
            f" · network {params.network.kind} · {several(results.state.step, step_word(params))}")
