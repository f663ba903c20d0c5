"""Weight: what a review weighs with a reader.

    w = evidence strength credibility susceptibility (negativity if y < belief), 0 beyond the reach of the belief
    credibility = (floor + slope expertise of the author)(1 - discount of the motive, if noticed)

Draws   NOTICE (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.jit import inlined, kernel
from simulation.randomness import uniform_pair

Reader = namedtuple("Reader", "belief susceptibility evidence negativity reach detect")
Author = namedtuple("Author", "expertise floor slope discount")
Luck = namedtuple("Luck", "seed choose notice step")


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
    if valence < belief:
        w *= negativity
    return w if abs(valence - belief) <= reach else 0.0


@kernel
def credibility_of(v, p, posts, luck, reader, author):
    """Return the credibility of post ``p`` with reader ``v``, who may notice an author's motive."""
    credibility = author.floor + author.slope * np.float64(author.expertise[posts.author[p]])
    discount = author.discount[posts.motive[p]]
    if discount > 0.0 and uniform_pair(luck.seed, luck.notice, v, posts.key[posts.root[p]]) < reader.detect:
        credibility *= 1.0 - discount
    return credibility
