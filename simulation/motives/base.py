"""The family of motives: why a person posts.

A motive fires with probability ``clip(activity * base * salience * own weight * weight * trigger, 0, 1)``;
its ``trigger`` is a pure function of the occasion.  The review records the firing motive with the largest trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from simulation.numerics.jit import kernel
from simulation.params import Rule, parameter

OCCASION_FIELDS = ("gap", "evaluation", "salience", "activity", "followers", "incentive", "belief", "factor")
"""What ``fill_occasions`` writes of each occasion, row by row: what motives look at, and the brand's factor."""


@dataclass(frozen=True)
class Occasions:
    """Moments at which people may post, one per row; all arrays have shape (o,).

    gap         disconfirmation d = experience - expectation, [-1, 1]
    evaluation  S, how the experience was felt, [0, 1]
    salience    salience of the process that caused it, >= 0
    activity    the person's activity, [0, 2]
    followers   number of people who see the person's posts
    incentive   strength of what the brand offers for a review, >= 0
    belief      what the person believes of the brand, [0, 1]
    stars       stars the person would give without any motive's bias, 1 .. 5
    base        posting base rate of the config (a number)
    """

    gap: np.ndarray
    evaluation: np.ndarray
    salience: np.ndarray
    activity: np.ndarray
    followers: np.ndarray
    incentive: np.ndarray
    belief: np.ndarray
    stars: np.ndarray
    base: float

    @cached_property
    def readiness(self) -> np.ndarray:
        """Return activity * base * salience, (o,): what all motives of a person share."""
        return self.activity * self.base * self.salience


class LazyOccasions(Occasions):
    """Occasions whose stars are drawn when a motive first looks at them; few do.

    Motives read occasions and never copy them: ``dataclasses.replace`` does not know ``rate``.
    """

    def __init__(self, rate, **columns):
        vars(self).update(columns, rate=rate)

    @cached_property
    def stars(self) -> np.ndarray:
        """Return the stars, (o,)."""
        return self.rate(self.evaluation)


@kernel
def fill_occasions(people, brands, lived, saliences, activities, offsets, belief, last_evaluation, last_gap, last_cause,
            engaged, offer, negative, positive, motive_weight, columns, weights):
    """Write ``OCCASION_FIELDS`` of the occasions (o,) and people's own weights (m, o); columns by brand come flat."""
    gap, evaluation, salience, activity, followers, incentive, believed, factor = columns
    for j in range(people.size):
        i, b = people[j], brands[j]
        at = i * offer.size + b
        gap[j] = last_gap[at] if lived[j] else 0.0
        evaluation[j] = last_evaluation[at] if lived[j] else belief[at]
        salience[j] = saliences[last_cause[at]] if last_cause[at] >= 0 else 1.0
        activity[j], followers[j], believed[j] = activities[i], offsets[i + 1] - offsets[i], belief[at]
        incentive[j] = max(offer[b], np.float64(engaged[at]))
        factor[j] = negative[b] if evaluation[j] < 0.5 else positive[b]
    for m in range(weights.shape[0]):
        for j in range(people.size):
            weights[m, j] = motive_weight[people[j], m]


class Motive(Rule):
    """A reason to post.

    code      number that addresses its draws and stands in tables; never reused
    occasion  when it can fire: ``experience`` (a process was met), ``always`` or ``adoption``
    idea      whether such a post may carry an idea for the brand
    """

    code: ClassVar[int]
    occasion: ClassVar[str] = "experience"
    idea: ClassVar[bool] = False

    weight: float = parameter("1", "assumption", ge=0, le=10, doc="multiplies the chance to post")
    bias: float = parameter("quality", "assumption", ge=-1, le=1, doc="shift of the rating")
    discount: float = parameter("share", "assumption", ge=0, le=1,
                                doc="credibility lost with readers who notice the motive")

    def trigger(self, occasions: Occasions) -> np.ndarray:
        """Return the strength of the motive on each occasion, (o,), >= 0."""
        raise NotImplementedError

    def probability(self, occasions: Occasions, own_weight: np.ndarray, trigger: np.ndarray) -> np.ndarray:
        """Return the chance that the motive fires, (o,), given each person's own weight for it, and the trigger."""
        chance = occasions.readiness * own_weight * self.weight * trigger
        return np.clip(chance, 0.0, 1.0, out=chance)
