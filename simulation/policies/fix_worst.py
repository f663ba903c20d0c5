"""Fix the worst: put money into the process that seems to hurt most.

Cost    ``spend`` per step, as far as the budget goes
Effect  failure = floor + (failure - floor) exp(-money so far / spend_scale) of the process, see
        organisation
Delay   from the start of the step after the decision, plus ``lead_time``
Source  return on quality, money with diminishing returns: Rust, Zahorik & Keiningham (1995); the
        scale of the curve is an assumption, so rankings hold only over the range of scales that
        was swept
"""

from typing import ClassVar, Literal

import numpy as np

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter
from simulation.policies.base import Action, Policy, first_by, investment, shuffle
from simulation.world.observed import Observed


class FixWorst(Policy):
    """Invest in the own process with the largest pain (predicted readers of seen complaints).

    Until a process was named by ``min_volume`` seen reviews, nothing is spent.  Once at work the
    team stays with its process and looks again every ``review_every`` steps; without money it
    neither looks nor forgets.
    """

    kind: Literal["fix_worst"]
    spend: float = money("assumption", doc="per step")
    lead_time: int = parameter("steps", "assumption", ge=0, le=1000)
    min_volume: float = parameter(
        "reviews", "assumption", ge=0, le=1e9,
        doc="seen reviews (fading) that name a process before it is believed")
    review_every: int = parameter("steps", "assumption", ge=1, le=10000)
    source: ClassVar[str] = "rust1995"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one investment, or nothing."""
        process = observed.book.process
        if process < 0 or (step - self.start) % self.review_every == 0:
            process = self.worst(observed, draws, step)
        cost = min(self.spend, budget)
        if process < 0 or cost <= 0.0:
            return []
        at = int(np.flatnonzero(observed.processes == process)[0])
        return [investment(observed, at, cost, self.lead_time)]

    def worst(self, observed: Observed, draws: Draws, step: int) -> int:
        """Return the process with the largest pain among those seen often enough, or -1."""
        is_believed = (observed.volume >= self.min_volume) & (observed.pain > 0.0)
        known = np.flatnonzero(is_believed)
        if known.size == 0:
            return -1
        u = shuffle(observed, draws, step, observed.processes[known])
        [first] = first_by(observed.pain[known], u, 1)
        return int(observed.processes[known[first]])
