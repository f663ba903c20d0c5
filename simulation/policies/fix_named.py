"""Fix a named process: put money into it, whatever is said.

Cost    ``spend`` per step until ``limit`` is reached, as far as the budget goes
Effect  failure = floor + (failure - floor) exp(-money so far / spend_scale) of the process, see
        organisation
Delay   from the start of the step after the decision, plus ``lead_time``
Source  return on quality, money with diminishing returns: Rust, Zahorik & Keiningham (1995); the
        scale of the curve is an assumption, so rankings hold only over the range of scales that
        was swept
"""

from typing import ClassVar, Literal

from pydantic import Field

from simulation.numerics.randomness import Draws
from simulation.params import money, parameter
from simulation.policies.base import Action, Policy, investment
from simulation.world.observed import Observed


class FixNamed(Policy):
    """Invest in the own process called ``process``."""

    kind: Literal["fix_named"]
    process: str = parameter("name", "assumption", doc="one of the brand's own processes")
    spend: float = money("assumption", doc="per step")
    lead_time: int = parameter("steps", "assumption", ge=0, le=1000)
    limit: float | Literal["unlimited"] = Field(
        union_mode="left_to_right", description="all this policy may ever spend",
        json_schema_extra={"unit": "currency", "source": "assumption"})
    source: ClassVar[str] = "rust1995"

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return one investment, or nothing once the limit is reached."""
        left = float("inf") if self.limit == "unlimited" else self.limit - observed.book.spent
        cost = min(self.spend, budget, left)
        if cost <= 0.0:
            return []
        if self.process not in observed.names:
            raise ValueError(f"fix_named.process must be one of {list(observed.names)}, "
                             f"got {self.process!r}")
        return [investment(observed, observed.names.index(self.process), cost, self.lead_time)]
