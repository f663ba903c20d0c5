"""Recover: answer those who complain.

Cost    ``cost_per_answer`` for each answer, as far as the budget goes
Effect  satisfaction of each answered customer rises by ``lift`` of what is missing to 1; people
        post 1 + (``negative_posting`` - 1) a times as often below the middle, and
        1 + (``positive_posting`` - 1) a times above it, a = answered / seen complaints of this step
Delay   none: the customer feels it, and others post, in the next step
Source  posting .865 and 1.167 reproduce the +.12 star and +12 % volume of hotels that respond
        (Proserpio & Zervas 2017); the opposite sign exists (Chevalier, Dover & Mayzlin 2018):
        sweep it. Recovery lifts satisfaction but hardly repurchase (de Matos, Henrique & Rossi
        2007): no effect on belief or loyalty is built in.
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter, share
from simulation.policies.base import Act, Action, Policy, affordable, first_by, shuffle
from simulation.world.observed import Observed


class Recover(Policy):
    """Answer seen complaints whose author is known, the highest predicted reach first."""

    kind: Literal["recover"]
    cost_per_answer: float = money("assumption")
    per_step: int = parameter("answers", "assumption", ge=0, le=10_000_000)
    lift: float = share("dematos2007", doc="of the missing satisfaction")
    negative_posting: float = parameter("1", "proserpio2017", ge=0, le=10, doc="with all answered")
    positive_posting: float = parameter("1", "proserpio2017", ge=0, le=10, doc="with all answered")
    source: ClassVar[str] = "proserpio2017"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one action with all people answered, or nothing."""
        is_complaint = observed.seen_sentiment < 0
        complaints = int(is_complaint.sum())
        known = np.flatnonzero(is_complaint & (observed.seen_author >= 0))
        count = affordable(min(known.size, self.per_step), self.cost_per_answer, budget)
        if count == 0:
            return []
        u = shuffle(observed, draws, step, observed.seen_author[known])
        chosen = known[first_by(observed.seen_reach[known], u, count)]
        a = count / complaints
        return [Action(
            Act.ANSWER, count * self.cost_per_answer,
            people=observed.seen_author[chosen],
            amount=self.lift,
            negative=1.0 + (self.negative_posting - 1.0) * a,
            positive=1.0 + (self.positive_posting - 1.0) * a,
            pain=float(observed.seen_reach[chosen].sum()),
            volume=float(complaints))]
