"""Claims and verdicts: what was published, what came out here, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

STANDARD_ERRORS = 5.0
"""How far a mean may lie from its prediction, beyond the stated bias."""


class Verdict(StrEnum):
    """How a claim fared; the worst first."""

    NOT = "not reproduced"
    PART = "in part"
    CONTESTED = "contested"
    REPRODUCED = "reproduced"


@dataclass(frozen=True)
class Claim:
    """One claim: a sentence, the published or derived figure, ours with its 95 % interval, the verdict."""

    text: str
    published: str
    ours: str
    verdict: Verdict


@dataclass(frozen=True)
class Page:
    """The words of a replication's page; how to run it and what came out are added."""

    title: str
    question: str
    prediction: str
    design: str
    mind: str
    limits: str
    sources: tuple[str, ...]


def verdict_of(claims: list[Claim]) -> Verdict:
    """Return the verdict on a replication: that of its worst claim."""
    return min((claim.verdict for claim in claims), key=list(Verdict).index)


def equals(text: str, target: float, values, bias: float = 0.0, form: str = "{:.3f}",
           otherwise: Verdict = Verdict.NOT) -> Claim:
    """Claim that the mean of independent ``values`` (runs,) is ``target``, within bias and 5 standard errors."""
    mean, error = mean_and_error(values)
    agrees = abs(mean - target) <= bias + STANDARD_ERRORS * error
    note = f" (may differ by {form.format(bias)})" if bias else ""
    return Claim(text, form.format(target) + note, interval(mean, error, form),
                 Verdict.REPRODUCED if agrees else otherwise)


def lies_within(text: str, low: float, high: float, values, form: str = "{:.3f}",
                otherwise: Verdict = Verdict.NOT) -> Claim:
    """Claim that the mean of ``values`` (runs,) lies between two bounds."""
    mean, error = mean_and_error(values)
    return Claim(text, f"{form.format(low)} to {form.format(high)}", interval(mean, error, form),
                 Verdict.REPRODUCED if low <= mean <= high else otherwise)


def is_positive(text: str, published: str, differences, form: str = "{:+.3f}",
                otherwise: Verdict = Verdict.NOT) -> Claim:
    """Claim that the mean of paired ``differences`` (pairs,) is above 0 by 5 standard errors."""
    mean, error = mean_and_error(differences)
    return Claim(text, published, interval(mean, error, form),
                 Verdict.REPRODUCED if mean > STANDARD_ERRORS * error else otherwise)


def holds(text: str, published: str, ours: str, agrees: bool, otherwise: Verdict = Verdict.NOT) -> Claim:
    """Claim something that is checked elsewhere, such as an order or a bound that every run must keep."""
    return Claim(text, published, ours, Verdict.REPRODUCED if agrees else otherwise)


def mean_and_error(values) -> tuple[float, float]:
    """Return the mean of independent values (runs,) and its standard error; one value alone has error 0."""
    values = np.asarray(values, float)
    error = values.std(ddof=1) / np.sqrt(values.size) if values.size > 1 else 0.0
    return float(values.mean()), float(error)


def interval(mean: float, error: float, form: str) -> str:
    """Return a mean with its 95 % interval in words."""
    if error == 0.0:
        return form.format(mean)
    return f"{form.format(mean)} ({form.format(mean - 1.96 * error)} to {form.format(mean + 1.96 * error)})"
