"""Weight: what a review weighs with a reader.

    w = evidence strength credibility susceptibility (negativity if y < belief), 0 beyond the reach of the belief
    credibility = (floor + slope expertise of the author)(1 - discount of the motive, if noticed)

Draws   NOTICE (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, fill_pairs

Reader = namedtuple("Reader", "belief susceptibility evidence negativity reach detect")
Author = namedtuple("Author", "expertise floor slope discount")
ExposureDraws = namedtuple("ExposureDraws", "seed choose notice step")


def readers_of(state, params) -> Reader:
    """Return what readers bring to a review."""
    r = params.reading
    return Reader(state.belief, state.susceptibility, r.evidence, r.negativity, params.belief.reach, r.detect)


def authors_of(state, params) -> Author:
    """Return what decides the credibility of authors; discounts by code of the motive, 0 where it is not used."""
    r, discount = params.reading, np.zeros(256)
    for motive in params.motives.values():
        discount[motive.code] = motive.discount
    return Author(state.expertise, r.credibility_floor, r.credibility_expertise, discount)


def credibilities(author: Author, people: np.ndarray) -> np.ndarray:
    """Return the credibility (a,) of authors in whom nobody notices a motive."""
    return author.floor + author.slope * author.expertise[people].astype(np.float64)


@inlined
def weight_of(evidence, strength, credibility, susceptibility, negativity, valence, belief, reach):
    """Return what a review weighs with a reader; numbers only (see simulation/adoption/contacts.py)."""
    w = evidence * np.float64(strength) * credibility * np.float64(susceptibility)
    w *= negativity if valence < belief else 1.0        # no jump: nobody can guess what is bad news to whom
    return w if abs(valence - belief) <= reach else 0.0


@kernel
def fill_credibility(m, who, of, posts, luck, reader, author, out):
    """Write the credibility of ``m`` posts with their readers, who may notice a motive, into the head of ``out``."""
    expertise, discount, floor, slope = author.expertise, author.discount, author.floor, author.slope
    by, motive, root, key = posts.author, posts.motive, posts.root, posts.key
    where, whom, keys = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.uint64)
    drawn, some = np.empty(BLOCK), 0
    for j in range(m):
        p = of[j]
        out[j] = floor + slope * np.float64(expertise[by[p]])
        where[some], whom[some], keys[some] = j, who[j], key[root[p]]
        some += discount[motive[p]] > 0.0
    fill_pairs(luck.seed, luck.notice, whom[:some], keys[:some], drawn)
    for c in range(some):
        if drawn[c] < reader.detect:
            out[where[c]] *= 1.0 - discount[motive[of[where[c]]]]
