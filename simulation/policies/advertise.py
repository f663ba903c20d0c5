"""Advertise: reach people with the brand's own message.

Cost    ``cost_per_person_reached`` x people in the market x added probability;
        with less money, less is bought
Effect  advertising reaches each person with an additional probability ``amount`` per step: makes
        aware, starts a consideration, shows the promise
Delay   in the next step only; renewed while the policy runs
Source  coefficient of innovation: Bass (1969); the price of a contact is an assumption
"""

from typing import ClassVar, Literal

from simulation.numerics.randomness import Draws
from simulation.params import money, share
from simulation.policies.base import Act, Action, Policy
from simulation.world.observed import Observed


class Advertise(Policy):
    """Raise the advertising rate of the next step."""

    kind: Literal["advertise"]
    amount: float = share("bass1969", doc="added probability per person and step")
    cost_per_person_reached: float = money("assumption")
    source: ClassVar[str] = "bass1969"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one campaign of the size that the budget pays for."""
        people = observed.followers.size
        full_cost = self.cost_per_person_reached * people * self.amount
        part = 1.0 if full_cost <= budget else budget / full_cost
        amount = self.amount * part
        if amount <= 0.0:
            return []
        return [Action(Act.ADVERTISE, full_cost * part, amount=amount)]
