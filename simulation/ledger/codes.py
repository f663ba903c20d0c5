"""Codes of the ledger: one enum per code; the words that stand in tables are its names.

    Source.OLDER == 6,  word(Source.OLDER) == "older",  words(Source)[6] == "older"

Kernels compare with the ``int`` constants at the end.  Codes are part of what is stored while a run
lasts: append, never renumber.
"""

from __future__ import annotations

import enum


class Stage(enum.IntEnum):
    """Stage of a credit: what made the person consider, and what made them choose."""

    TRIGGER = 0
    PERSUASION = 1


class Source(enum.IntEnum):
    """What a sale is credited to."""

    REVIEW = 0
    ADVERTISING = 1
    DUE = 2             # the repurchase was due
    SEED = 3            # the product was given
    EXPERIENCE = 4      # own experience since the last decision
    CARRIED_BELIEF = 5  # the belief at the last decision
    OLDER = 6           # reviews beyond the depth that credit keeps
    CHANCE = 7          # nothing in the model: the taste shock alone, or a state set from outside
    NEIGHBOURS = 8      # contacts who own the product, under rules of contact


class Channel(enum.IntEnum):
    """Where a review was read; -1 where a credit belongs to no reading."""

    FEED = 0
    SITE = 1


class Act(enum.IntEnum):
    """What a brand team can do; it is paid under the cost item of the same name and number."""

    INVEST = 0      # spend ``cost`` on ``process``; effective ``lead`` steps after the next
    ANSWER = 1      # answer complaints of ``people``; regain ``amount`` of the missing satisfaction
    SEED = 2        # give ``people`` the product, with an incentive of strength ``amount`` to talk
    ADVERTISE = 3   # raise the advertising rate by ``amount`` in the next step
    OFFER = 4       # offer all customers an incentive of strength ``amount`` in the next step
    INTRODUCE = 5   # introduce ``people`` to ``others``, pair by pair: ties of strength ``amount``


CostItem = enum.IntEnum("CostItem", {act.name: act.value for act in Act} | {"TICKET": 6})
"""What a brand pays for: what its team does, and the work of its units on tickets."""


class TicketKind(enum.IntEnum):
    """What a ticket is about."""

    COMPLAINT = 0
    PRAISE = 1
    IDEA = 2


class Route(enum.IntEnum):
    """How a ticket reached the unit that works on it."""

    RIGHT = 0
    WRONG = 1
    RELAY = 2           # an employee carried it to the right unit


def word(code: enum.IntEnum) -> str:
    """Return the word that stands for ``code`` in tables."""
    return code.name.lower()


def words(codes: type[enum.IntEnum]) -> tuple[str, ...]:
    """Return the words of an enum in the order of its codes."""
    return tuple(word(code) for code in codes)


FEED, SITE = (int(channel) for channel in Channel)
