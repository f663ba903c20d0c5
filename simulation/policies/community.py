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
from simulation.policies.base import Act, Action, Policy, affordable, shuffle
from simulation.world.observed import Observed
from simulation.world.state import Rung


class Community(Policy):
    """Introduce estimated advocates to each other in random pairs.

    People who are tied already are left out: nobody is introduced to the same person twice.
    """

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
        half = order.size // 2
        count = affordable(self.pairs, self.cost_per_introduction, budget)
        people, others = self.strangers(observed, order[:half], order[half:2 * half], count)
        if people.size == 0:
            return []
        cost = people.size * self.cost_per_introduction
        return [Action(Act.INTRODUCE, cost, people=people, others=others, amount=self.strength,
                       volume=float(advocates.size))]

    def strangers(self, observed: Observed, people: np.ndarray, others: np.ndarray,
                  count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the first ``count`` pairs not tied yet, looking at no more pairs than needed."""
        found = np.empty(0, np.int64)
        size = max(count, 1)
        for first in range(0, people.size, size):
            if found.size >= count:
                break
            batch = np.arange(first, min(first + size, people.size))
            are_tied = observed.are_tied(people[batch], others[batch])
            found = np.concatenate([found, batch[~are_tied]])
        return people[found[:count]], others[found[:count]]
