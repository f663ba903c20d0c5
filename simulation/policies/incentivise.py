"""Incentivise: offer customers something for a review.

Cost    ``cost_per_customer`` for each customer of the books and step, whether or not a review
        comes of it; an offer goes to all customers or, where the budget does not reach, to nobody
Effect  the motive "economic incentive" gets the trigger ``strength`` for every customer; the
        motive has its own bias on the rating and its own discount with readers who notice
Delay   in the next step only; renewed while the policy runs
Source  motive: Hennig-Thurau, Gwinner, Walsh & Gremler (2004); the price of an offer is an
        assumption
"""

from typing import ClassVar, Literal

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter
from simulation.policies.base import Act, Action, Policy
from simulation.world.observed import Observed


class Incentivise(Policy):
    """Offer every customer an incentive for a review."""

    kind: Literal["incentivise"]
    strength: float = parameter("strength", "hennigthurau2004", ge=0, le=10)
    cost_per_customer: float = money("assumption", doc="per customer contacted and step")
    reads_books: ClassVar[bool] = True
    source: ClassVar[str] = "hennigthurau2004"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one offer to all customers, or nothing."""
        customers = int(observed.is_customer.sum())
        cost = customers * self.cost_per_customer
        if customers == 0 or cost > budget:
            return []
        return [Action(Act.OFFER, cost, amount=self.strength, volume=float(customers))]
