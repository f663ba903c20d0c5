"""Splits of money: shares of all uses that sum to 1 and keep within bounds, as points of a cube.

A split is broken off like a stick, use by use: of what is left the next use takes a part between the least and the
most that leave a possible split for the others,

    share = least + (most - least) (1 - (1 - u)^(1/m)),  u in [0, 1],  m uses still to come

so that a uniform u without bounds gives every split the same chance (m - 1 breaks of a stick, Dirichlet(1, ..., 1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from experiments.study.budget_uses import problems_of
from experiments.study.scenarios import named
from simulation.params import ConfigError

KEEP = "keep"
"""The use that is none: money that stays where it is."""


@dataclass(frozen=True)
class Bounds:
    """The smallest and the largest share of each use, in the order in which the stick is broken."""

    least: Mapping[str, float]
    most: Mapping[str, float]

    @property
    def uses(self) -> list[str]:
        """Return the names of the uses, the money kept as the last."""
        return list(self.least)

    def split(self, point: Mapping[str, float]) -> dict[str, float]:
        """Return the shares at a point of the cube; ``point`` has a number in [0, 1] for each use but the last."""
        shares: dict[str, float] = {}
        for use, low, high, more in self.breaks(shares):    # which looks at the shares broken off so far
            part = 1.0 - (1.0 - point[use]) ** (1.0 / more) if more else 1.0
            shares[use] = low + (high - low) * part
        return shares

    def point(self, shares: Mapping[str, float]) -> dict[str, float]:
        """Return the point of the cube at which these shares lie."""
        point: dict[str, float] = {}
        for use, low, high, more in self.breaks(shares):
            part = (shares[use] - low) / (high - low) if high > low else 0.0
            if more:
                point[use] = 1.0 - (1.0 - min(max(part, 0.0), 1.0)) ** more
        return point

    def breaks(self, shares: Mapping[str, float]) -> Iterator[tuple[str, float, float, int]]:
        """Yield each use with the least and the most it can take after those before it, and how many come after."""
        left = 1.0
        for at, use in enumerate(self.uses):
            later = self.uses[at + 1:]
            low = max(self.least[use], left - sum(self.most[other] for other in later))
            high = max(low, min(self.most[use], left - sum(self.least[other] for other in later)))
            yield use, low, high, len(later)
            left -= shares[use]

    def corners(self) -> list[dict[str, float]]:
        """Return the splits to begin with: as much as possible into each use, and an even one, all within bounds."""
        wishes = [{use: 1.0} for use in self.uses] + [dict.fromkeys(self.uses, 1.0 / len(self.uses))]
        found = [self.nearest(wish) for wish in wishes]
        return [split for at, split in enumerate(found) if split not in found[:at]]

    def nearest(self, wish: Mapping[str, float]) -> dict[str, float]:
        """Return a split with the wished shares as far as bounds allow; the rest is kept, or goes where it may."""
        shares = dict(self.least)
        for use, share in [*wish.items(), *((use, 1.0) for use in reversed(self.uses))]:
            left = 1.0 - sum(shares.values())
            shares[use] += max(0.0, min(share - shares[use], left, self.most[use] - shares[use]))
        return shares


def bounds_of(uses: list[str], least: Mapping[str, float], at_most: Mapping[str, float]) -> Bounds:
    """Return the bounds of all uses; raises ConfigError where they leave no split."""
    names, problems = [*uses, KEEP], []
    if KEEP in uses:
        problems.append(f"task.uses: a name must not be {KEEP!r}, which is the money that is not spent")
    for where, given in (("task.least", least), ("task.at_most", at_most)):
        problems += [line for name in given for line in problems_of(named, names, name, where)]
        problems += [f"{where}.{name}: must be a number in [0, 1], got {share:g}" for name, share in given.items()
                     if not 0.0 <= share <= 1.0]
    bounds = Bounds({use: least.get(use, 0.0) for use in names}, {use: at_most.get(use, 1.0) for use in names})
    problems += [f"task.least.{use}: must be at most task.at_most.{use} ({bounds.most[use]:g}), got {low:g}"
                 for use, low in bounds.least.items() if low > bounds.most[use]]
    if sum(bounds.least.values()) > 1.0 + 1e-9:
        problems.append(f"task.least: must sum to at most 1, got {sum(bounds.least.values()):g}")
    if sum(bounds.most.values()) < 1.0 - 1e-9:
        problems.append(f"task.at_most: must sum to at least 1, got {sum(bounds.most.values()):g}")
    if problems:
        raise ConfigError(problems)
    return bounds
