"""What a comparison of engine and data found: checks, their verdict, and how they are shown.

A figure of the engine is *close* to that of the data where shares, coefficients and correlations differ by at most
CLOSE; where the data are one small draw, where it lies within WIDE standard deviations of single runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLOSE = 0.05
WIDE = 2.0
SURE = 5.0
"""Standard errors of a mean over runs from which on its sign is taken for certain."""
COMES_OUT, IN_PART, DOES_NOT, CANNOT_TELL = "comes out", "in part", "does not", "cannot tell"


@dataclass(frozen=True)
class Check:
    """One comparison: what, the data's figure, the engine's, and whether they agree; None: shown, not judged."""

    text: str
    data: str
    engine: str
    holds: bool | None


@dataclass(frozen=True)
class Finding:
    """What one world makes of one pattern in one set of data; ``how`` names the parameters that were set."""

    pattern: str
    data: str
    world: str
    how: str
    checks: tuple[Check, ...]

    @property
    def verdict(self) -> str:
        """Return whether all, some or none of the judged checks hold."""
        held = [check.holds for check in self.checks if check.holds is not None]
        if not held:
            return CANNOT_TELL
        return COMES_OUT if all(held) else IN_PART if any(held) else DOES_NOT


def close(text: str, data: float, engine: float, within: float = CLOSE, digits: int = 3) -> Check:
    """Compare two numbers; they agree where they differ by at most ``within``."""
    return Check(text, f"{data:.{digits}f}", f"{engine:.{digits}f}", bool(abs(data - engine) <= within))


def in_band(text: str, data: float, runs: np.ndarray, is_known: bool = True) -> Check:
    """Compare a figure with single runs (k,): mean +- WIDE sd; not judged where the data cannot tell it from none."""
    mean, sd = np.mean(runs), np.std(runs, ddof=1)
    return Check(text, f"{data:.3f}", f"{mean:.3f}, sd of runs {sd:.3f}",
                 bool(abs(data - mean) <= WIDE * sd) if is_known else None)


def signed(text: str, data: float, runs: np.ndarray, sign: int, is_known: bool = True) -> Check:
    """Ask for the sign of the mean over runs (k,), SURE standard errors away from nothing."""
    mean, error = np.mean(runs), np.std(runs, ddof=1) / len(runs) ** 0.5
    return Check(text, f"{data:+.3f}", f"{mean:+.3f}, se {error:.3f}",
                 bool(sign * mean > SURE * error) if is_known else None)


def nearest(shares: np.ndarray, found: dict[str, np.ndarray]) -> str:
    """Return the name of the world whose figures (k,) lie nearest to ``shares``, by the largest difference."""
    return min(found, key=lambda name: float(np.abs(found[name] - shares).max()))


def percents(shares: np.ndarray) -> str:
    """Return shares in percent, as text."""
    return " / ".join(f"{100 * share:.1f}" for share in shares)
