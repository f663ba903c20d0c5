"""The family of policies: what a brand team does, knowing only what it observed.

A policy turns an ``Observed`` (``simulation.world.observed``) and the money left into ``Action``s.
It can change processes, answer, invite, inform and introduce; it can never edit, hide or write a
customer's review.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from simulation.ledger.codes import Act
from simulation.numerics.randomness import Draws, Stream
from simulation.params import Rule, parameter
from simulation.world.observed import Observed, no_rows


@dataclass
class Action:
    """One thing a brand team decided, with its proof points.

    ``negative`` and ``positive`` multiply the customers' probabilities to post below and above the
    middle in the next step (what answering is known to do; 1 = no change).
    """

    act: Act
    cost: float               # currency
    process: int = -1         # index among all processes, -1 = none
    people: np.ndarray = field(default_factory=no_rows)   # (a,) rows
    others: np.ndarray = field(default_factory=no_rows)   # (a,) rows, for introductions
    amount: float = 0.0       # see ``Act``
    lead: int = 0             # steps from the next one to the effect
    pain: float = 0.0         # proof points: what the team looked at
    volume: float = 0.0
    negative: float = 1.0
    positive: float = 1.0


class Policy(Rule):
    """An instruction to a brand team, active from step ``start`` to ``stop``, both included.

    ``reads_books`` says that it needs ``is_customer`` and ``rung_estimated``, which cost a pass
    over all people: listening fills them only in steps in which an active policy of the brand says
    so.
    """

    reads_books: ClassVar[bool] = False

    start: int = parameter("step", "assumption", ge=1)
    stop: int | Literal["end"] = parameter("step", "assumption", doc="end: to the end of the run")

    def is_active(self, step: int) -> bool:
        """Tell whether the policy runs in this step."""
        return step >= self.start and (self.stop == "end" or step <= self.stop)

    def decide(self, observed: Observed, budget: float, draws: Draws, step: int) -> list[Action]:
        """Return what to do; the costs of all actions together never exceed ``budget``."""
        raise NotImplementedError


def investment(observed: Observed, at: int, cost: float, lead_time: int) -> Action:
    """Return money for the own process at place ``at``, with pain and volume as proof points."""
    return Action(Act.INVEST, cost, process=int(observed.processes[at]), amount=cost,
                  lead=lead_time, pain=float(observed.pain[at]),
                  volume=float(observed.volume[at]))


def shuffle(observed: Observed, draws: Draws, step: int, rows: np.ndarray) -> np.ndarray:
    """Return one uniform per row (r,) to break ties with, by identity, not by place in a table."""
    return draws.uniforms(Stream.POLICY, step, rows, observed.book.address)


def first_by(score: np.ndarray, u: np.ndarray, count: int) -> np.ndarray:
    """Return the positions of the ``count`` highest scores, highest first, ties by ``u``."""
    return np.lexsort((u, -score))[:count]


def affordable(count: int, cost: float, budget: float) -> int:
    """Return how many of ``count`` units at ``cost`` each the budget pays for."""
    if count * cost <= budget:
        return count
    part = int(budget / cost)
    return part - (part * cost > budget)
