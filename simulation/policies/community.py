"""Community: introduce advocates to each other.

Cost    ``cost_per_introduction`` for each pair, as far as the budget goes
Effect  the two follow each other from now on, with ties of ``strength`` and full visibility
Delay   from the next step, for good
Source  assumption: participants form relationships for specific purposes (docs, the domain); sizes
        are assumptions
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter
from simulation.policies.base import Act, Action, Observed, Policy, affordable, shuffle
from simulation.world.state import Rung


class Community(Policy):
    """Introduce estimated advocates to each other in random pairs; who is tied already is not introduced,
    so that nobody is introduced to the same person twice."""

    kind: Literal["community"]
    pairs: int = parameter("pairs per step", "assumption", ge=0, le=1_000_000)
    strength: float = parameter("1", "assumption", gt=0, le=1)
    cost_per_introduction: float = money("assumption")
    reads_books: ClassVar[bool] = True
    source: ClassVar[str] = "assumption"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one action with all pairs introduced, or nothing."""
        advocates = np.flatnonzero(observed.rung_estimated == Rung.ADVOCATE)
        order = advocates[np.argsort(shuffle(observed, draws, step, advocates))]
        limit = affordable(self.pairs, self.cost_per_introduction, budget)
        half = order.size // 2
        people, others = self.strangers(observed, order[:half], order[half:2 * half], limit)
        if people.size == 0:
            return []
        return [Action(Act.INTRODUCE, people.size * self.cost_per_introduction, people=people, others=others,
                       amount=self.strength, volume=float(advocates.size))]

    def strangers(self, observed: Observed, people: np.ndarray, others: np.ndarray,
                  limit: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the first ``limit`` pairs that are not tied yet, looking at no more pairs than needed."""
        found = np.empty(0, np.int64)
        for first in range(0, people.size, max(limit, 1)):
            if found.size >= limit:
                break
            block = np.arange(first, min(first + max(limit, 1), people.size))
            found = np.concatenate([found, block[~observed.are_tied(people[block], others[block])]])
        return people[found[:limit]], others[found[:limit]]
