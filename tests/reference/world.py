"""The world of the reference: columns are lists of Python numbers, tables are lists of dicts."""

from __future__ import annotations

import math

from .luck import Luck, f4

NONE = -1
ONE = 4294967296.0          # one, in the engine's fixed point

PERSON = {"role": 0, "employer": NONE, "workplace": NONE, "activity": 1.0, "expertise": 0.0, "susceptibility": 1.0,
          "reservation": 0.0, "response_style": 0.0, "threshold": 0.0, "willingness": 0.0, "owned": NONE,
          "owned_since": NONE, "bought_now": 0, "processes_met": 0, "own_weight": 0.0, "own_value": 0.0,
          "likelihood_to_recommend": NONE, "left": 0, "seeded": NONE}
PERSON_BRAND = {"taste": 0.0, "ad_hit": 0, "promise_seen": 0, "aware": 0, "considering": 0, "times_bought": 0,
                "adopted_at": NONE, "decided_at": NONE, "left_at": NONE, "last_purchase": NONE, "stance": 0,
                "expectation": 0.0, "satisfaction": 0.0, "last_quality": 0.0, "last_gap": 0.0,
                "last_evaluation": 0.0, "last_cause": NONE, "last_failed": 0, "failed_at": NONE,
                "reads_weight": 0.0, "reads_value": 0.0,
                "good_weight": 0.0, "good_value": 0.0, "reads_trigger": 0.0, "belief": 0.0, "confidence": 0.0,
                "belief_without_bad_news": 0.0, "belief_start": 0.0, "own_gain": 0.0, "advocacy": 0.0, "rung": 0,
                "engaged": 0.0, "recovered": 0.0, "silent": 0, "withheld": 0,
                "withheld_before": 0}
BRAND = {"reads_feed": 0, "reads_site": 0, "launched": 1,
         "sharing_factor": 1.0, "ad_rate": 0.0, "ad_rate_before": 0.0, "campaign": 0.0,
         "offer": 0.0, "posting_negative": 1.0, "posting_positive": 1.0}
PROCESS = {"shock_quality": 0.0, "shock_failure": 0.0, "set_quality": math.nan, "set_failure": math.nan,
           "n_met": 0, "n_failed": 0, "sum_evaluation": 0.0, "sum_shortfall": 0.0, "improved_quality": 0.0,
           "improved_failure": 0.0, "delivered_quality": math.nan, "delivered_failure": math.nan, "unspoken": 0}


class Process:
    """A process with its place: row among all, brand, and number within the brand."""

    def __init__(self, row, brand, number, name, values):
        self.row, self.brand, self.number, self.name, self.values = row, brand, number, name, values


class World:
    """All numbers of one run."""

    def __init__(self, params, ties, n):
        self.params, self.luck, self.n, self.step = params, Luck(params.seed), n, 0
        self.brands, self.motives = list(params.brands.values()), list(params.motives.values())
        self.brand_names = list(params.brands)
        self.processes = []
        for b, brand in enumerate(self.brands):
            for number, (name, values) in enumerate(brand.processes.items()):
                self.processes.append(Process(len(self.processes), b, number, name, values))
        self.take_ties(ties)
        self.make_columns()
        self.posts, self.reads, self.conversions, self.credits, self.lost = [], [], [], [], []
        self.reads_of = {}                             # the same reads by reader and brand
        self.tickets, self.costs, self.orders, self.gifts, self.ticket_of = [], [], [], {}, {}
        self.known, self.accounts, self.offices = [], [], []
        self.money = [brand.initial_budget for brand in self.brands]
        self.site = [[] for _ in self.brands]          # rows of originals, oldest first
        self.shares, self.passed_on = [], set()
        self.first_post = 0

    def take_ties(self, ties):
        """Keep who follows whom: (follower, strength, visibility) of each person."""
        self.ids = list(ties.ids)
        self.followers = [[] for _ in range(self.n)]
        sources, targets = ties.sources().tolist(), ties.targets.tolist()
        strengths, visibilities = ties.strength.tolist(), ties.visibility.tolist()
        for source, target, strength, visibility in zip(sources, targets, strengths, visibilities, strict=True):
            self.followers[source].append((target, strength, visibility))

    def make_columns(self):
        """Fill every column with its value at allocation."""
        brands = range(len(self.brands))
        for name, value in PERSON.items():
            setattr(self, name, [value] * self.n)
        for name, value in PERSON_BRAND.items():
            setattr(self, name, [[value for _ in brands] for _ in range(self.n)])
        for name, value in BRAND.items():
            setattr(self, name, [value for _ in brands])
        for name, value in PROCESS.items():
            setattr(self, name, [value for _ in self.processes])
        self.motive_weight = [[1.0 for _ in self.motives] for _ in range(self.n)]
        self.flows = [[[0] * 8 for _ in range(8)] for _ in brands]

    def processes_of(self, b):
        """Return the processes of a brand in config order."""
        return [process for process in self.processes if process.brand == b]


def clip(x, low=0.0, high=1.0):
    """Return ``x`` within [low, high]."""
    return min(max(x, low), high)


def store(column, i, value, b=None):
    """Write a float32 column."""
    if b is None:
        column[i] = f4(value)
    else:
        column[i][b] = f4(value)
