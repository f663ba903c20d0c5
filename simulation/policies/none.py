"""None: watch, and do nothing.

Cost    none
Effect  none: a run with it equals a run without any policy
Delay   none
Source  assumption (the control of every comparison)
"""

from typing import ClassVar, Literal

from simulation.numerics.randomness import Draws
from simulation.policies.base import Action, Policy
from simulation.world.observed import Observed


class DoNothing(Policy):
    """The team listens and lets things be."""

    kind: Literal["none"]
    source: ClassVar[str] = "assumption"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return no action."""
        return []
