"""The family of adoption rules: what makes a person buy.

``decide`` fills a choice per person; rules that put a consideration before the decision also
``trigger`` it.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from simulation.numerics.randomness import Draws
from simulation.params import Rule, parameter, share
from simulation.world.state import State

UNDECIDED = -2
"""Code of a person who takes no decision in this step (-1 is a decision to buy nothing)."""


class Adoption(Rule):
    """A rule of adoption; one that ``deliberates`` has ``chances`` of choosing, given beliefs."""

    deliberates: ClassVar[bool] = False

    p: float = share("bass1969", doc="chance that advertising reaches a person, per brand and step")
    p_decay: float = parameter("1 per step", "goldenberg2007", gt=0, le=1,
                               doc="p at step t is p * decay^(t-1)")
    q: float = share("bass1969", doc="strength of influence; its exact meaning is the rule's")

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Write the brand bought (or NONE, or UNDECIDED) to ``choice`` int8 (n,).

        Rules of contact also write, for everybody who buys, the share of advertising in what made
        them buy to ``advertising_share`` float64 (n,), which is nan before.  Rules that deliberate
        get none of it (0,).
        """
        raise NotImplementedError

    @property
    def counts_meetings(self) -> bool:
        """Tell whether people met in passing count; where not, a network has no meetings."""
        return False

    @property
    def needs_ties(self) -> bool:
        """Tell whether single contacts are asked; where nobody has any, the rule is refused."""
        return False

    def trigger(self, state: State, params, draws: Draws, step: int) -> None:
        """Set who considers what from now on (rules that decide at once have nothing to do)."""


class Contact(Adoption):
    """A rule under which people decide at once, from which of their contacts own the product."""

    activation: Literal["synchronous", "sequential"]
    price_gate: bool = parameter("flag", "assumption",
                                 doc="buy only where price <= willingness to pay")

    repurchase_interval: Literal["never"]
