"""Weight: what a review weighs with a reader.

    w           = evidence strength credibility susceptibility (negativity if y < belief),
                  0 where |y - belief| > reach of the belief rule
    credibility = (floor + slope expertise of the author)(1 - discount of the motive, if noticed)
    noticed     with probability ``reading.detect``

Draws   NOTICE (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
Twin    tests/reference/reading.py: weight_of
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, fill_pairs

People = namedtuple("People", "belief susceptibility expertise")
"""Columns of people: belief (n, b), susceptibility and expertise (n,)."""

ReadingRule = namedtuple("ReadingRule", "evidence negativity reach detect floor slope discount")
"""Numbers of the equations; ``discount`` (256,) by code of the motive, 0 where it is not used."""

ExposureDraws = namedtuple("ExposureDraws", "seed choose notice step")
"""Address of the draws: seed, the streams that choose what is read and notice motives, step."""

Candidates = namedtuple("Candidates", "reader post edge")
"""A batch of pairs of a reader and a post, and the row of the tie's strength, each (BATCH,)."""


def weighing_people(state) -> People:
    """Return the columns of people that decide what a review weighs."""
    return People(state.belief, state.susceptibility, state.expertise)


def reading_rule(params) -> ReadingRule:
    """Return the parameters that decide what a review weighs."""
    r = params.reading
    discount = np.zeros(256)
    for motive in params.motives.values():
        discount[motive.code] = motive.discount
    return ReadingRule(r.evidence, r.negativity, params.belief.reach, r.detect, r.credibility_floor,
                       r.credibility_expertise, discount)


def author_credibilities(state, params, authors: np.ndarray) -> np.ndarray:
    """Return the credibility (a,) of authors in whom nobody notices a motive."""
    r = params.reading
    expertise = state.expertise[authors].astype(np.float64)
    return credibility.function(r.credibility_floor, r.credibility_expertise, expertise)


# -- rules ----------------------------------------------------------------------------------------

@inlined
def credibility(floor, slope, expertise):
    """floor + slope expertise."""
    return floor + slope * expertise


@inlined
def review_weight(base, credibility, susceptibility, valence, belief, negativity, reach):
    """Base credibility susceptibility (negativity if y < belief); base = evidence strength."""
    w = base * credibility * susceptibility
    w *= negativity if valence < belief else 1.0     # branch-free: the outcome is unpredictable
    return w if abs(valence - belief) <= reach else 0.0


# -- kernels --------------------------------------------------------------------------------------

@inlined
def new_candidates():
    """Return room for a batch of candidates."""
    return Candidates(np.empty(BATCH, np.int64), np.empty(BATCH, np.int64),
                      np.zeros(BATCH, np.int64))


@kernel
def fill_credibility(m, candidates, posts, draws, people, rule, out):
    """Write the credibility of ``m`` posts with their readers, who may notice a motive."""
    reader = candidates.reader
    post = candidates.post
    author = posts.author
    motive = posts.motive
    root = posts.root
    key = posts.key
    expertise = people.expertise
    discount = rule.discount
    place = np.empty(BATCH, np.int64)
    noticer = np.empty(BATCH, np.int64)
    root_key = np.empty(BATCH, np.uint64)
    u = np.empty(BATCH)
    # gather: credibility, and the readings whose motive can be noticed
    noticeable = 0
    for j in range(m):
        p = post[j]
        out[j] = credibility(rule.floor, rule.slope, np.float64(expertise[author[p]]))
        place[noticeable] = j
        noticer[noticeable] = reader[j]
        root_key[noticeable] = key[root[p]]
        noticeable += discount[motive[p]] > 0.0
    # draw who notices
    fill_pairs(draws.seed, draws.notice, noticer[:noticeable], root_key[:noticeable], u)
    # apply the discount
    for c in range(noticeable):
        j = place[c]
        if u[c] < rule.detect:
            out[j] *= 1.0 - discount[motive[post[j]]]
