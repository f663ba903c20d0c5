"""Seed: give the product to chosen people, and a reason to talk about it.

Cost    ``cost_per_seed`` for each person (contact and incentive; the unit itself is booked as a
        sale at price 0 by conversion), as far as the budget goes
Effect  each seeded person who owns nothing gets the product; the incentive to post stands for good.
        What they write still follows from what they experience
Delay   they own it in the next step; done once, in the step ``start``
Source  seeding hubs: Hinz, Skiera, Barrot & Becker (2011); limits of it: Bakshy et al. (2011)
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter
from simulation.policies.base import Act, Action, Policy, affordable, first_by, shuffle
from simulation.world.observed import Observed


class Seed(Policy):
    """Seed the ``count`` people with most followers (public), or most helpful votes (as listened
    to), or at random; ties are broken by address."""

    kind: Literal["seed"]
    by: Literal["influencers", "random", "experts"]
    count: int = parameter("people", "assumption", ge=0, le=10_000_000)
    incentive: float = parameter("strength", "hennigthurau2004", ge=0, le=10)
    cost_per_seed: float = money("assumption")
    source: ClassVar[str] = "hinz2011"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one action with all seeded people in the step ``start``, else nothing."""
        n = observed.followers.size
        count = affordable(min(self.count, n), self.cost_per_seed, budget)
        if step != self.start or count == 0:
            return []
        score = self.score(observed)
        people = first_by(score, shuffle(observed, draws, step, np.arange(n)), count)
        return [Action(Act.SEED, count * self.cost_per_seed, people=people, amount=self.incentive,
                       volume=float(score[people].sum()))]

    def score(self, observed: Observed) -> np.ndarray:
        """Return by what each person (n,) is chosen: followers, helpful votes, or nothing."""
        if self.by == "influencers":
            return observed.followers
        if self.by == "experts":
            return observed.expert_score
        return np.zeros(observed.followers.size)
