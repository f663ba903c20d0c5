"""Occasions: who may post on which brand in this step, and what their motives look at.

    experience  owners who met a process, and for ``lapsed_talk`` steps those who gave the brand up
    adoption    people who bought the brand in this step
    always      everybody, on every brand that is launched

Employees do not rate the brand they work for.

Draws   RATING_NOISE (person, brand, step), where a motive looks at the stars
Twin    tests/reference/talk.py: is_occasion, felt_quality
"""

from __future__ import annotations

import numpy as np

from simulation.motives.base import (
    OCCASION_FIELDS,
    Background,
    Candidates,
    LazyOccasions,
    fill_occasions,
)
from simulation.numerics.compaction import rows_where
from simulation.phases.review.writing import rating_noise, star_rating


def find_candidates(state, params, kind, step):
    """Return who may post on occasions of a kind: ``experience``, ``adoption`` or ``always``."""
    if kind == "always":
        rated = (state.launched > 0) & not_employed(state)
        people, brands = np.nonzero(rated)
        return Candidates(people, brands, np.zeros(people.size, bool))
    moment = state.processes_met if kind == "experience" else state.bought_now
    people = rows_where((moment > 0) & (state.employer != state.owned))
    brands = state.owned[people].astype(np.int64)
    if kind == "adoption":
        return Candidates(people, brands, state.processes_met[people] > 0)
    if params.talk.lapsed_talk > 0:
        lapsed, left = find_lapsed(state, params, step)
        people = np.concatenate([people, lapsed])
        brands = np.concatenate([brands, left])
    return Candidates(people, brands, np.ones(people.size, bool))


def not_employed(state):
    """Return who does not work for which brand, (n, b)."""
    return state.employer[:, None] != np.arange(state.b)


def find_lapsed(state, params, step):
    """Return the people who still talk of a brand that they gave up, and the brands."""
    since = step - state.left_at
    lapsed = (state.left_at >= 0) & (since > 0) & (since <= params.talk.lapsed_talk)
    lapsed &= (state.owned[:, None] < 0) & (state.last_cause >= 0) & not_employed(state)
    return np.nonzero(lapsed)


def gather_occasions(state, params, draws, step, candidates):
    """Return the occasions of candidates (o,), own weights (m, o), and the brands' factors (o,)."""
    processes = [p for brand in params.brands.values() for p in brand.processes.values()]
    salience = np.array([process.salience for process in processes])
    background = Background(
        state.belief.ravel(), state.last_evaluation.ravel(), state.last_gap.ravel(),
        state.last_cause.ravel(), state.engaged.ravel(), state.activity, state.ties.offsets,
        state.motive_weight, salience, state.offer, state.posting_negative, state.posting_positive)
    columns = np.empty((len(OCCASION_FIELDS), candidates.people.size))
    weights = np.empty((state.m, candidates.people.size))
    fill_occasions(*candidates, background, columns, weights)
    looked_up = dict(zip(OCCASION_FIELDS, columns, strict=True))
    factor = looked_up.pop("factor")

    def stars(evaluation):
        noise = rating_noise(params, draws, step, candidates.people, candidates.brands)
        return star_rating(evaluation + noise)

    return LazyOccasions(looked_up, params.talk.base, stars), weights, factor
