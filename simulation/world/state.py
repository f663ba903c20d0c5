"""State is columns and parts: everything that a phase may read or write, with its owner.

``COLUMNS`` are arrays of numbers, with unit and range.  Axes: ``n`` people, ``b`` brands, ``k``
processes of all brands in config order, ``m`` motives, ``r`` rungs.  ``PARTS`` is all the rest:
ties, tables of the ledger, what brands know.

Roles say how long a value holds: *trait* (set at step 0), *state* (kept from step to step),
*message* (written for other phases, cleared or refilled each step), *record* (grows by rows that
stay as they are, unless its meaning says otherwise).  A column has one owner, the phase that writes
it.  A part may have several, and its meaning says what each of them writes.  Agents influence each
other only through messages, so within a step row order cannot matter (except under sequential
activation, where it is the rule).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

import numpy as np

from simulation.numerics.fixed_point import FIXED_ONE as FIXED_ONE

NONE = -1
"""No brand, no process, no step: the code of absence in integer columns."""


class Rung(enum.IntEnum):
    """Rungs of the ladder of loyalty (Christopher, Payne & Ballantyne), and of the way down."""

    UNAWARE = 0
    PROSPECT = 1
    CUSTOMER = 2
    CLIENT = 3
    ADVOCATE = 4
    DETRACTOR = 5
    REJECTER = 6
    LAPSED = 7


class Role(enum.IntEnum):
    """Roles of people."""

    CUSTOMER = 0
    INFLUENCER = 1
    EXPERT = 2
    EMPLOYEE = 3


class Stance(enum.IntEnum):
    """What a person signals about a brand under the rule ``cascade_negative``."""

    NONE = 0
    POSITIVE = 1
    NEGATIVE = 2


class Silence(enum.IntEnum):
    """What a person keeps to themselves about a brand while an event silences them."""

    NONE = 0
    POSTS = 1
    POSTS_AND_RESHARES = 2


class Purchase(enum.IntEnum):
    """Kinds of conversion."""

    FIRST = 0
    REPEAT = 1
    SWITCH = 2
    RETURN = 3
    SEED = 4


@dataclass(frozen=True)
class Column:
    """One column: its name, axes, dtype, value at allocation, unit, range, role and owner."""

    name: str
    axes: str
    dtype: str
    initial: float
    unit: str
    range: str
    role: str
    owner: str


COLUMNS_OF = {
    "population": (
        # name,                     axes, dtype, initial, unit, range, role
        ("role",                    "n",   "i1", 0,      "code",        "Role",          "trait"),
        ("employer",                "n",   "i1", NONE,   "brand",       "-1 .. b-1",     "trait"),
        ("workplace",               "n",   "i2", NONE,   "unit",        "-1 .. u-1",     "trait"),
        ("activity",                "n",   "f4", 1,      "1",           "[0, inf)",      "trait"),
        ("expertise",               "n",   "f4", 0,      "1",           "[0, 1]",        "trait"),
        ("susceptibility",          "n",   "f4", 1,      "1",           "[0, inf)",      "trait"),
        ("reservation",             "n",   "f8", 0,      "belief",      "(-inf, inf)",   "trait"),
        ("response_style",          "n",   "f4", 0,      "points",      "(-inf, inf)",   "trait"),
        ("threshold",               "n",   "f8", 0,      "share",       "[0, inf)",      "trait"),
        ("willingness",             "n",   "f8", 0,      "currency",    "[0, inf)",      "trait"),
        ("motive_weight",           "nm",  "f4", 1,      "1",           "[0, 1]",        "trait"),
        ("taste",                   "nb",  "f4", 0,      "quality",     "(-inf, inf)",   "trait"),
    ),
    "events": (
        ("shock_quality",           "k",   "f8", 0,      "quality",     "[-1, 1]",       "message"),
        ("shock_failure",           "k",   "f8", 0,      "probability", "[-1, 1]",       "message"),
        ("set_quality",             "k",   "f8", np.nan, "quality",     "[0, 1] or nan", "message"),
        ("set_failure",             "k",   "f8", np.nan, "probability", "[0, 1] or nan", "message"),
        ("launched",                "b",   "u1", 1,      "flag",        "0, 1",          "state"),
        ("sharing_factor",          "b",   "f8", 1,      "1",           "[0, inf)",      "message"),
        ("silent",                  "nb",  "u1", 0,      "code",        "Silence",       "message"),
        ("unspoken",                "k",   "u1", 0,      "flag",        "0, 1",          "message"),
        ("withheld",                "nb",  "u1", 0,      "flag",        "0, 1",          "message"),
        ("withheld_before",         "nb",  "u1", 0,      "flag",        "0, 1",          "state"),
    ),
    "advertising": (
        ("ad_rate",                 "b",   "f8", 0,      "probability", "[0, 1]",        "state"),
        ("ad_rate_before",          "b",   "f8", 0,      "probability", "[0, 1]",        "state"),
        ("ad_hit",                  "nb",  "u1", 0,      "flag",        "0, 1",          "message"),
        ("promise_seen",            "nb",  "u1", 0,      "flag",        "0, 1",          "state"),
    ),
    "conversion": (
        ("aware",                   "nb",  "u1", 0,      "flag",        "0, 1",          "state"),
        ("considering",             "nb",  "u1", 0,      "flag",        "0, 1",          "state"),
        ("owned",                   "n",   "i1", NONE,   "brand",       "-1 .. b-1",     "state"),
        ("owned_since",             "n",   "i4", NONE,   "step",        "-1 .. step",    "state"),
        ("bought_now",              "n",   "u1", 0,      "flag",        "0, 1",          "message"),
        ("times_bought",            "nb",  "i2", 0,      "purchases",   "[0, inf)",      "state"),
        ("adopted_at",              "nb",  "i4", NONE,   "step",        "-1 .. step",    "state"),
        ("decided_at",              "nb",  "i4", NONE,   "step",        "-1 .. step",    "state"),
        ("left_at",                 "nb",  "i4", NONE,   "step",        "-1 .. step",    "state"),
        ("last_purchase",           "nb",  "i4", NONE,   "row",         "conversions",   "state"),
        ("stance",                  "nb",  "i1", 0,      "code",        "Stance",        "state"),
    ),
    "experience": (
        ("processes_met",           "n",   "u4", 0,      "bits",        "processes met", "message"),
        ("failed_at",               "nb",  "i4", NONE,   "step",        "-1 .. step",    "state"),
        ("expectation",             "nb",  "f4", 0,      "quality",     "[0, 1]",        "state"),
        ("satisfaction",            "nb",  "f4", 0,      "quality",     "[0, 1]",        "state"),
        ("last_quality",            "nb",  "f4", 0,      "quality",     "[0, 1]",        "state"),
        ("last_gap",                "nb",  "f4", 0,      "quality",     "[-1, 1]",       "state"),
        ("last_evaluation",         "nb",  "f4", 0,      "quality",     "[0, 1]",        "state"),
        ("last_cause",              "nb",  "i2", NONE,   "process",     "-1 .. k-1",     "state"),
        ("last_failed",             "nb",  "u1", 0,      "flag",        "0, 1",          "state"),
        ("own_weight",              "n",   "f8", 0,      "evidence",    "[0, inf)",      "message"),
        ("own_value",               "n",   "f8", 0,      "evidence",    "[0, inf)",      "message"),
        ("delivered_quality",       "k",   "f8", np.nan, "quality",     "[0, 1]",        "message"),
        ("delivered_failure",       "k",   "f8", np.nan, "probability", "[0, 1]",        "message"),
        ("n_met",                   "k",   "i8", 0,      "experiences", "[0, inf)",      "message"),
        ("n_failed",                "k",   "i8", 0,      "experiences", "[0, inf)",      "message"),
        ("sum_evaluation",          "k",   "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("sum_shortfall",           "k",   "i8", 0,      "2^-32",       "fixed point",   "message"),
    ),
    "exposure": (
        ("reads_weight",            "nb",  "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("reads_value",             "nb",  "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("good_weight",             "nb",  "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("good_value",              "nb",  "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("reads_trigger",           "nb",  "i8", 0,      "2^-32",       "fixed point",   "message"),
        ("reads_feed",              "b",   "i8", 0,      "reads",       "[0, inf)",      "message"),
        ("reads_site",              "b",   "i8", 0,      "reads",       "[0, inf)",      "message"),
        ("newest_read",             "n",   "i4", NONE,   "row",         "reads",         "state"),
    ),
    "belief": (
        ("belief",                  "nb",  "f8", 0,      "quality",     "[0, 1]",        "state"),
        ("confidence",              "nb",  "f8", 0,      "evidence",    "[0, inf)",      "state"),
        ("belief_without_bad_news", "nb",  "f8", 0,      "quality",     "[0, 1]",        "state"),
        ("belief_start",            "nb",  "f8", 0,      "quality",     "[0, 1]",        "state"),
        ("own_gain",                "nb",  "f4", 0,      "evidence",    "[0, inf)",      "state"),
    ),
    "ladder": (
        ("advocacy",                "nb",  "f4", 0,      "1",           "[-1, 1]",       "state"),
        ("rung",                    "nb",  "i1", 0,      "code",        "Rung",          "state"),
        ("likelihood_to_recommend", "n",   "i1", NONE,   "points",      "-1, 0 .. 10",   "state"),
        ("left",                    "n",   "u1", 0,      "flag",        "0, 1",          "message"),
        ("flows",                   "brr", "i8", 0,      "people",      "[0, n]",        "message"),
    ),
    "decision": (
        ("campaign",                "b",   "f8", 0,      "probability", "[0, 1]",        "message"),
        ("seeded",                  "n",   "i1", NONE,   "brand",       "-1 .. b-1",     "message"),
        ("offer",                   "b",   "f8", 0,      "strength",    "[0, inf)",      "message"),
        ("engaged",                 "nb",  "f4", 0,      "strength",    "[0, inf)",      "message"),
        ("recovered",               "nb",  "f4", 0,      "share",       "[0, 1]",        "message"),
        ("posting_negative",        "b",   "f8", 1,      "1",           "[0, inf)",      "message"),
        ("posting_positive",        "b",   "f8", 1,      "1",           "[0, inf)",      "message"),
    ),
    "organisation": (
        ("improved_quality",        "k",   "f8", 0,      "quality",     "[0, 1]",        "state"),
        ("improved_failure",        "k",   "f8", 0,      "probability", "[0, 1]",        "state"),
    ),
}
"""Columns by owner."""

COLUMNS = tuple(Column(*row, owner) for owner, rows in COLUMNS_OF.items() for row in rows)

N_RUNGS = len(Rung)


@dataclass(frozen=True)
class Part:
    """What is no column: its name, what it is, its role, its owners and its meaning.

    ``in_ledger`` tells a table of ``state.ledger`` from an attribute of the state.
    """

    name: str
    kind: str
    role: str
    owners: tuple[str, ...]
    meaning: str
    in_ledger: bool = False


PARTS = (
    Part("ties", "Ties", "trait", ("population",),
         "who sees whose posts, as the network was built"),
    Part("meetings", "rule", "trait", ("population",),
         "the rule by which people meet for one step, without being tied"),
    Part("added", "Ties", "record", ("population", "decision"),
         "ties that brands introduced: none at step 0; decision makes them anew when it adds some"),
    Part("site", "rows of posts by brand", "state", ("population", "review"),
         "the newest originals on the review site; empty at step 0"),
    Part("first_post", "row of posts", "state", ("review",),
         "first post of this step"),
    Part("passed_on", "set of (person, root)", "record", ("review",),
         "what everybody has passed on already: nobody does so twice"),
    Part("shares", "persons and rows of posts", "message", ("exposure", "review"),
         "what readers pass on in the next step; exposure writes it, review takes it away"),
    Part("first_read", "row of reads", "state", ("exposure",),
         "first reading of this step"),
    Part("advertising_share", "share (n,)", "state", ("conversion",),
         "where rules of contact write the share of advertising; nan between steps"),
    Part("observed", "Observed by brand", "state", ("listening", "decision"),
         "what each brand knows (listening), and its money, books and whom it wrote to (decision)"),
    Part("orders", "Orders", "message", ("decision", "organisation"),
         "money on its way to processes; decision gives it, organisation takes it when it acts"),
    Part("organisations", "BackOffice by brand", "state", ("organisation",),
         "queues of tickets, what became of reviews, and what has been improved"),
    Part("posts", "table", "record", ("review", "exposure"),
         "reviews and re-shares (review), with numbers of readers and helpful votes (exposure)",
         in_ledger=True),
    Part("reads", "table", "record", ("exposure",),
         "readings; dropped when they can no longer receive credit", in_ledger=True),
    Part("conversions", "table", "record", ("population", "conversion"),
         "purchases; population books first owners", in_ledger=True),
    Part("credits", "table", "record", ("population", "conversion"),
         "what purchases are credited to; population credits first owners", in_ledger=True),
    Part("lost", "table", "record", ("conversion",),
         "expected sales that bad news cost", in_ledger=True),
    Part("decisions", "table", "record", ("decision",),
         "what brand teams decided", in_ledger=True),
    Part("tickets", "table", "record", ("organisation",),
         "feedback at work; start, finish and effective step are filled in when they happen",
         in_ledger=True),
    Part("costs", "table", "record", ("decision", "organisation"),
         "what brands pay: for what teams do (decision), for finished tickets (organisation)",
         in_ledger=True),
)


@dataclass
class State:
    """The whole world of one run: sizes of axes, step, and all ``COLUMNS`` and ``PARTS``.

    Columns are attributes, written in place and never rebound, so a view taken once stays valid.
    Parts are attributes too, or tables of ``ledger``.
    """

    n: int
    b: int
    k: int
    m: int
    step: int = 0
    ties: object = None
    added: object = None
    meetings: object = None
    ledger: object = None
    observed: list = field(default_factory=list)
    organisations: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    site: object = None
    shares: tuple = ()
    advertising_share: np.ndarray = field(default_factory=lambda: np.empty(0))
    passed_on: set = field(default_factory=set)
    first_post: int = 0
    first_read: int = 0

    def __post_init__(self) -> None:
        sizes = {"n": self.n, "b": self.b, "k": self.k, "m": self.m, "r": N_RUNGS}
        for column in COLUMNS:
            shape = tuple(sizes[axis] for axis in column.axes)
            setattr(self, column.name, np.full(shape, column.initial, dtype=column.dtype))
