"""The family of motives: why a person posts.

A motive fires with probability

    clip(activity base salience own_weight weight trigger, 0, 1)

and its ``trigger`` is a pure function of the occasion: the moment at which a person may post on a
brand.  The review records the firing motive with the largest trigger.

Twin    tests/reference/talk.py: trigger_of, probability
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.params import Rule, parameter

OCCASIONS = ("experience", "adoption", "always")
"""When motives can fire."""

OCCASION_FIELDS = ("gap", "evaluation", "salience", "activity", "followers", "incentive", "belief",
                   "factor")
"""What ``fill_occasions`` writes of each occasion: what motives look at, and the brand's factor."""

Candidates = namedtuple("Candidates", "people brands lived")
"""Who may post, on which brand, and whether they have lived something with it, all (o,)."""

Background = namedtuple("Background", "belief last_evaluation last_gap last_cause engaged activity "
                                      "offsets motive_weight salience offer posting_negative "
                                      "posting_positive")
"""What occasions are looked up in.

By person and brand, flat, the pair (i, b) in row i brands + b: belief .. engaged.  By person:
activity, offsets (i + 1 less i: followers), motive_weight (n, m).  By process: salience.  By brand:
offer, posting_negative, posting_positive.  One tuple and not several: each costs a call some time.
"""


@dataclass(frozen=True)
class Occasions:
    """Moments at which people may post on a brand, one per row; all arrays have shape (o,).

    gap         disconfirmation d = experience - expectation, [-1, 1]
    evaluation  S, how the experience was felt, [0, 1]
    salience    salience of the process that caused it, >= 0
    activity    the person's activity, >= 0
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
    """Occasions whose stars are drawn when a motive first looks at them; few motives do.

    Motives read occasions and never copy them: ``dataclasses.replace`` does not know ``rate``.
    """

    def __init__(self, columns: dict[str, np.ndarray], base: float, rate):
        vars(self).update(columns, base=base, rate=rate)

    @cached_property
    def stars(self) -> np.ndarray:
        """Return the stars, (o,)."""
        return self.rate(self.evaluation)


class Motive(Rule):
    """A reason to post.

    code      number that addresses its draws and stands in tables; never reused
    occasion  when it can fire, one of OCCASIONS: a process was met, the brand was bought, always
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

    def probability(self, occasions: Occasions, own_weight: np.ndarray,
                    trigger: np.ndarray) -> np.ndarray:
        """Return the probability that the motive fires, (o,).

        ``own_weight`` (o,) is each person's own weight for the motive.
        """
        unclipped = occasions.readiness * own_weight * self.weight * trigger
        return np.clip(unclipped, 0.0, 1.0, out=unclipped)


# -- rules -----------------------------------------------------------------------------------------


@inlined
def incentive_of(offer, engaged):
    """Return the larger of what the brand offers everybody and what it offers this person."""
    return max(offer, engaged)


@inlined
def posting_factor(s, posting_negative, posting_positive):
    """Return how the brand's answers change posting below, and from, S = .5 on."""
    return posting_negative if s < 0.5 else posting_positive


# -- kernels ---------------------------------------------------------------------------------------


@kernel
def fill_occasions(people, brands, lived, known, columns, weights):
    """Write the ``OCCASION_FIELDS`` of candidates (f, o), and their own weights (m, o)."""
    gap, evaluation, salience, activity, followers, incentive, belief, factor = columns
    for j in range(people.size):
        # gather
        i = people[j]
        b = brands[j]
        at = i * known.offer.size + b
        cause = known.last_cause[at]
        # who has lived nothing speaks of what they believe
        s = known.last_evaluation[at] if lived[j] else known.belief[at]
        # write
        gap[j] = known.last_gap[at] if lived[j] else 0.0
        evaluation[j] = s
        salience[j] = known.salience[cause] if cause >= 0 else 1.0
        activity[j] = known.activity[i]
        followers[j] = known.offsets[i + 1] - known.offsets[i]
        incentive[j] = incentive_of(known.offer[b], np.float64(known.engaged[at]))
        belief[j] = known.belief[at]
        factor[j] = posting_factor(s, known.posting_negative[b], known.posting_positive[b])
    for m in range(weights.shape[0]):
        for j in range(people.size):
            weights[m, j] = known.motive_weight[people[j], m]
