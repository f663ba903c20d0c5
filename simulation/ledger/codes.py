"""Codes of the ledger: one enum per code; the words that stand in tables are its names.

    Source.OLDER == 6,  word(Source.OLDER) == "older",  words(Source)[6] == "older"

Kernels compare with ``int`` constants of these (``FEED = int(Channel.FEED)``).  Codes are part of what is stored
while a run lasts: append, never renumber.
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


class CostItem(enum.IntEnum):
    """What a brand pays for; the first six are the actions of its policies."""

    INVEST = 0
    ANSWER = 1
    SEED = 2
    ADVERTISE = 3
    OFFER = 4
    INTRODUCE = 5
    TICKET = 6


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
