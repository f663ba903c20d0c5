"""One row of a table: a parameter, the world in which it matters, and what changing it must do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """A promise about one parameter.

    path       where it stands (for named entries one representative, such as ``brands.alpha.price``)
    kind       the rule it belongs to, where a family of rules stands at that place ('' elsewhere)
    world      overrides in Hydra's language: the small world in which it matters
    low, high  the two values that are compared, on the same seeds
    output     a function of the finished model
    direction  + (high gives more), - (less), changes, or refuses (high is an error that names the parameter)
    why        one sentence
    seeds      on how many seeds; the paired differences are added up
    also       what has to change together with ``high`` so that the config stays consistent
    """

    path: str
    world: tuple[str, ...]
    low: Any
    high: Any
    output: Callable[[Any], Any]
    direction: str
    why: str
    kind: str = ""
    seeds: int = 1
    also: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return how a failure names the parameter."""
        return f"{self.path}[{self.kind}]" if self.kind else self.path
