"""Meetings: partners drawn afresh in every step, by address, and never stored.

    none               nobody meets anybody beyond the ties
    matching           everybody meets one other person: a uniform random perfect matching
    cliques_with_weak  everybody meets ``weak`` people of other communities (Goldenberg et al. 2001,
                       2007)
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.numerics.randomness import Draws, Stream
from simulation.params import Rule, parameter
from simulation.world.state import NONE


class NoMeetings(Rule):
    """Nobody meets anybody beyond the ties."""

    kind: Literal["none"]
    source: ClassVar[str] = "assumption"

    def partners(self, community: np.ndarray, draws: Draws, step: int) -> np.ndarray:
        """Return the people met by each person in this step, int32 (n, 0)."""
        return np.empty((community.size, 0), np.int32)


def _matching(community: np.ndarray, draws: Draws, step: int, round_: int) -> np.ndarray:
    """Return each person's partner (n,) under a uniform random matching;
    with an odd n one is left out.
    """
    n = community.size
    order = np.argsort(draws.uniforms(Stream.MEETING, step, np.arange(n), round_), kind="stable")
    half = n // 2
    partner = np.full(n, NONE, np.int32)
    left, right = order[:half], order[half:2 * half]
    partner[left], partner[right] = right, left
    return partner


class Matching(Rule):
    """Everybody meets one other person, chosen at random (with an odd number one stays alone)."""

    kind: Literal["matching"]
    strength: float = parameter("1", "assumption", gt=0, le=1, doc="strength of a meeting")
    source: ClassVar[str] = "deffuant2000"

    def partners(self, community: np.ndarray, draws: Draws, step: int) -> np.ndarray:
        """Return the person met by each person in this step, int32 (n, 1), -1 for nobody."""
        return _matching(community, draws, step, 0)[:, None]


class CliquesWithWeak(Rule):
    """Everybody meets ``weak`` people outside the own community;
    pairs that share one do not meet.
    """

    kind: Literal["cliques_with_weak"]
    weak: int = parameter("meetings per step", "goldenberg2001", ge=1, le=100)
    strength: float = parameter("1", "goldenberg2001", gt=0, le=1, doc="strength of a weak tie")
    source: ClassVar[str] = "goldenberg2007"

    def partners(self, community: np.ndarray, draws: Draws, step: int) -> np.ndarray:
        """Return the people met by each person in this step, int32 (n, weak), -1 for nobody."""
        out = np.empty((community.size, self.weak), np.int32)
        for round_ in range(self.weak):
            partner = _matching(community, draws, step, round_)
            met = partner >= 0
            same = met & (community[np.where(met, partner, 0)] == community)
            out[:, round_] = np.where(same, NONE, partner)
        return out


Meetings = Annotated[NoMeetings | Matching | CliquesWithWeak, Field(discriminator="kind")]
