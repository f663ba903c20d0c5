"""State is columns: every number that a phase may read or write, with its unit, range and owner.

Axes: ``n`` people, ``b`` brands, ``k`` processes of all brands in config order, ``m`` motives.
Roles of a column: *trait* (set at step 0), *state* (written by its one owner phase), *message* (written by
its owner for other phases, cleared or refilled each step).  Agents influence each other only through
messages, so within a step row order cannot matter (except under sequential activation, where it is the rule).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

import numpy as np

NONE = -1
"""No brand, no process, no step: the code of absence in integer columns."""

FIXED_ONE = 4294967296.0
"""One, in the 64-bit fixed point (2^-32) in which sums over messages are kept, so that any order gives the
same bits."""


class Rung(enum.IntEnum):
    """Rungs of the ladder of loyalty (Christopher, Payne & Ballantyne), with the downward side added."""

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


COLUMNS = tuple(Column(*row) for row in (
    # name                      axes  dtype  initial unit        range            role       owner
    ("role",                    "n",  "i1",  0,    "code",      "Role",          "trait",   "population"),
    ("employer",                "n",  "i1",  NONE, "brand",     "-1 .. b-1",     "trait",   "population"),
    ("workplace",               "n",  "i2",  NONE, "unit",      "-1 .. u-1",     "trait",   "population"),
    ("activity",                "n",  "f4",  1,    "1",         "[0, inf)",      "trait",   "population"),
    ("expertise",               "n",  "f4",  0,    "1",         "[0, 1]",        "trait",   "population"),
    ("susceptibility",          "n",  "f4",  1,    "1",         "[0, inf)",      "trait",   "population"),
    ("reservation",             "n",  "f8",  0,    "belief",    "(-inf, inf)",   "trait",   "population"),
    ("response_style",          "n",  "f4",  0,    "points",    "(-inf, inf)",   "trait",   "population"),
    ("threshold",               "n",  "f8",  0,    "share",     "[0, inf)",      "trait",   "population"),
    ("willingness",             "n",  "f8",  0,    "currency",  "[0, inf)",      "trait",   "population"),
    ("motive_weight",           "nm", "f4",  1,    "1",         "[0, 1]",        "trait",   "population"),
    ("taste",                   "nb", "f4",  0,    "quality",   "(-inf, inf)",   "trait",   "population"),

    ("shock_quality",           "k",  "f8",  0,    "quality",   "[-1, 1]",       "message", "events"),
    ("shock_failure",           "k",  "f8",  0,    "probability", "[-1, 1]",     "message", "events"),
    ("set_quality",             "k",  "f8",  np.nan, "quality", "[0, 1] or nan", "message", "events"),
    ("set_failure",             "k",  "f8",  np.nan, "probability", "[0, 1] or nan", "message", "events"),
    ("launched",                "b",  "u1",  1,    "flag",      "0, 1",          "state",   "events"),
    ("sharing_factor",          "b",  "f8",  1,    "1",         "[0, inf)",      "message", "events"),
    ("silent",                  "nb", "u1",  0,    "code",      "0 .. 2",        "message", "events"),
    ("unspoken",                "k",  "u1",  0,    "flag",      "0, 1",          "message", "events"),
    ("withheld",                "nb", "u1",  0,    "flag",      "0, 1",          "message", "events"),
    ("withheld_before",         "nb", "u1",  0,    "flag",      "0, 1",          "state",   "events"),

    ("ad_rate",                 "b",  "f8",  0,    "probability", "[0, 1]",      "state",   "advertising"),
    ("ad_rate_before",          "b",  "f8",  0,    "probability", "[0, 1]",      "state",   "advertising"),
    ("ad_hit",                  "nb", "u1",  0,    "flag",      "0, 1",          "message", "advertising"),
    ("promise_seen",            "nb", "u1",  0,    "flag",      "0, 1",          "state",   "advertising"),

    ("aware",                   "nb", "u1",  0,    "flag",      "0, 1",          "state",   "conversion"),
    ("considering",             "nb", "u1",  0,    "flag",      "0, 1",          "state",   "conversion"),
    ("owned",                   "n",  "i1",  NONE, "brand",     "-1 .. b-1",     "state",   "conversion"),
    ("owned_since",             "n",  "i4",  NONE, "step",      "-1 .. step",    "state",   "conversion"),
    ("bought_now",              "n",  "u1",  0,    "flag",      "0, 1",          "message", "conversion"),
    ("times_bought",            "nb", "i2",  0,    "purchases", "[0, inf)",      "state",   "conversion"),
    ("adopted_at",              "nb", "i4",  NONE, "step",      "-1 .. step",    "state",   "conversion"),
    ("decided_at",              "nb", "i4",  NONE, "step",      "-1 .. step",    "state",   "conversion"),
    ("left_at",                 "nb", "i4",  NONE, "step",      "-1 .. step",    "state",   "conversion"),
    ("last_purchase",           "nb", "i4",  NONE, "row",       "conversions",   "state",   "conversion"),
    ("stance",                  "nb", "i1",  0,    "code",      "Stance",        "state",   "conversion"),

    ("processes_met",           "n",  "u4",  0,    "bits",      "processes met", "message", "experience"),
    ("failed_at",               "nb", "i4",  NONE, "step",      "-1 .. step",    "state",   "experience"),
    ("expectation",             "nb", "f4",  0,    "quality",   "[0, 1]",        "state",   "experience"),
    ("satisfaction",            "nb", "f4",  0,    "quality",   "[0, 1]",        "state",   "experience"),
    ("last_quality",            "nb", "f4",  0,    "quality",   "[0, 1]",        "state",   "experience"),
    ("last_gap",                "nb", "f4",  0,    "quality",   "[-1, 1]",       "state",   "experience"),
    ("last_evaluation",         "nb", "f4",  0,    "quality",   "[0, 1]",        "state",   "experience"),
    ("last_cause",              "nb", "i2",  NONE, "process",   "-1 .. k-1",     "state",   "experience"),
    ("last_failed",             "nb", "u1",  0,    "flag",      "0, 1",          "state",   "experience"),
    ("own_weight",              "n",  "f8",  0,    "evidence",  "[0, inf)",      "message", "experience"),
    ("own_value",               "n",  "f8",  0,    "evidence",  "[0, inf)",      "message", "experience"),
    ("delivered_quality",       "k", "f8",  np.nan, "quality", "[0, 1]",        "message", "experience"),
    ("delivered_failure",       "k", "f8",  np.nan, "probability", "[0, 1]",    "message", "experience"),
    ("n_met",                   "k",  "i8",  0,    "experiences", "[0, inf)",    "message", "experience"),
    ("n_failed",                "k",  "i8",  0,    "experiences", "[0, inf)",    "message", "experience"),
    ("sum_evaluation",          "k",  "i8",  0,    "2^-32",     "fixed point",   "message", "experience"),
    ("sum_shortfall",           "k",  "i8",  0,    "2^-32",     "fixed point",   "message", "experience"),

    ("reads_weight",            "nb", "i8",  0,    "2^-32",     "fixed point",   "message", "exposure"),
    ("reads_value",             "nb", "i8",  0,    "2^-32",     "fixed point",   "message", "exposure"),
    ("good_weight",             "nb", "i8",  0,    "2^-32",     "fixed point",   "message", "exposure"),
    ("good_value",              "nb", "i8",  0,    "2^-32",     "fixed point",   "message", "exposure"),
    ("reads_trigger",           "nb", "i8",  0,    "2^-32",     "fixed point",   "message", "exposure"),
    ("reads_feed",              "b",  "i8",  0,    "reads",     "[0, inf)",      "message", "exposure"),
    ("reads_site",              "b",  "i8",  0,    "reads",     "[0, inf)",      "message", "exposure"),
    ("newest_read",             "n",  "i4",  NONE, "row",       "reads",         "state",   "exposure"),

    ("belief",                  "nb", "f8",  0,    "quality",   "[0, 1]",        "state",   "belief"),
    ("confidence",              "nb", "f8",  0,    "evidence",  "[0, inf)",      "state",   "belief"),
    ("belief_without_bad_news", "nb", "f8",  0,    "quality",   "[0, 1]",        "state",   "belief"),
    ("belief_start",            "nb", "f8",  0,    "quality",   "[0, 1]",        "state",   "belief"),
    ("own_gain",                "nb", "f4",  0,    "evidence",  "[0, inf)",      "state",   "belief"),

    ("advocacy",                "nb", "f4",  0,    "1",         "[-1, 1]",       "state",   "ladder"),
    ("rung",                    "nb", "i1",  0,    "code",      "Rung",          "state",   "ladder"),
    ("likelihood_to_recommend", "n",  "i1",  NONE, "points",    "-1, 0 .. 10",   "state",   "ladder"),
    ("left",                    "n",  "u1",  0,    "flag",      "0, 1",          "message", "ladder"),
    ("flows",                   "brr", "i8", 0,    "people",    "[0, n]",        "message", "ladder"),

    ("campaign",                "b",  "f8",  0,    "probability", "[0, 1]",      "message", "decision"),
    ("seeded",                  "n",  "i1",  NONE, "brand",     "-1 .. b-1",     "message", "decision"),
    ("offer",                   "b",  "f8",  0,    "strength",  "[0, inf)",      "message", "decision"),
    ("engaged",                 "nb", "f4",  0,    "strength",  "[0, inf)",      "message", "decision"),
    ("recovered",               "nb", "f4",  0,    "share",     "[0, 1]",        "message", "decision"),
    ("posting_negative",        "b",  "f8",  1,    "1",         "[0, inf)",      "message", "decision"),
    ("posting_positive",        "b",  "f8",  1,    "1",         "[0, inf)",      "message", "decision"),

    ("improved_quality",        "k",  "f8",  0,    "quality",   "[0, 1]",        "state",   "organisation"),
    ("improved_failure",        "k",  "f8",  0,    "probability", "[0, 1]",      "state",   "organisation"),
))

N_RUNGS = len(Rung)


@dataclass
class State:
    """The whole world of one run: the columns of ``COLUMNS`` as attributes, and the sizes of their axes.

    Columns are written in place and never rebound, so a view taken once stays valid.
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
