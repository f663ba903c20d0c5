"""Firing: which motives make people post, and which of them a review records.

    fires  if u < clip(activity base salience w_im weight_m trigger_m, 0, 1) factor_b
    wins   the firing motive with the largest trigger, the first of the config among equals

Draws   MOTIVE_FIRES (person, motive and brand, step)
Source  the motive's own
Twin    tests/reference/talk.py: motive_of
"""

from __future__ import annotations

import numpy as np

from simulation.motives.base import Candidates
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_uniforms_by
from simulation.phases.review.occasions import find_candidates, gather_occasions
from simulation.world.state import NONE

BRAND_STRIDE = 256
"""Addresses of motives leave room for 256 motives per brand."""

OCCASIONS_AT_ONCE = 8192
"""Occasions looked at at once: what the motives make of them stays in the cache."""


def choose_motives(state, params, draws, step):
    """Return who posts on which brand, and the index and trigger of the motive that made them."""
    parts = []
    for kind in dict.fromkeys(motive.occasion for motive in params.motives.values()):
        candidates = find_candidates(state, params, kind, step)
        for start in range(0, max(candidates.people.size, 1), OCCASIONS_AT_ONCE):
            batch = Candidates(*(column[start:start + OCCASIONS_AT_ONCE] for column in candidates))
            parts.append(fire(state, params, draws, step, kind, batch))
    chosen = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return one_per_person_and_brand(chosen)


def fire(state, params, draws, step, kind, candidates):
    """Return the candidates (o,) who post, with the motive of the largest trigger that fired."""
    occasions, weights, factor = gather_occasions(state, params, draws, step, candidates)
    motives = [(m, motive) for m, motive in enumerate(params.motives.values())
               if motive.occasion == kind]
    trigger = np.empty((len(motives), factor.size))
    probability = np.empty_like(trigger)
    names = list(params.motives)
    for row, (m, motive) in enumerate(motives):
        trigger[row] = checked(motive.trigger(occasions), names[m], factor.size)
        probability[row] = motive.probability(occasions, weights[m], trigger[row])
    probability *= factor
    best = np.full(factor.size, -1.0)
    row_of = np.full(factor.size, NONE)
    codes = np.array([motive.code for _, motive in motives])
    _fire(candidates.people, candidates.brands, trigger, probability, codes,
          draws.seed, int(Stream.MOTIVE_FIRES), step, best, row_of)
    some = rows_where(row_of >= 0)
    return {"people": candidates.people[some], "brands": candidates.brands[some],
            "motive": np.array([m for m, _ in motives])[row_of[some]], "trigger": best[some],
            "evaluation": occasions.evaluation[some], "gap": occasions.gap[some]}


def checked(trigger, name, occasions):
    """Return what ``trigger`` gave; raises ValueError unless it is a number >= 0 per occasion."""
    must = f"motives.{name}: trigger() must return one number >= 0 per occasion, {(occasions,)}"
    if np.shape(trigger) != (occasions,):
        raise ValueError(f"{must}, got {np.shape(trigger)}")
    if np.asarray(trigger).dtype.kind not in "fiub":
        raise ValueError(f"{must}, got {np.asarray(trigger).dtype}")
    if occasions and not np.min(trigger) >= 0.0:     # nan is not
        raise ValueError(f"{must}, got {np.min(trigger):g}")
    return trigger


def one_per_person_and_brand(chosen):
    """Keep the largest trigger where several kinds of occasion made somebody post on a brand."""
    pair = chosen["people"] * BRAND_STRIDE + chosen["brands"]
    if (np.diff(pair) > 0).all():      # one kind of occasion: already in order, each pair once
        return chosen
    order = np.lexsort((-chosen["trigger"], chosen["brands"], chosen["people"]))
    is_first = np.ones(order.size, bool)
    is_first[1:] = np.diff(pair[order]) != 0
    return {name: values[order[is_first]] for name, values in chosen.items()}


# -- rules -----------------------------------------------------------------------------------------


@inlined
def may_win(probability, trigger, best):
    """Tell whether a motive can fire, and with a larger trigger than any that has fired."""
    return (probability > 0.0) & (trigger > best)


@inlined
def fires(u, probability):
    """Tell whether a motive makes the person post."""
    return u < probability


# -- kernels ---------------------------------------------------------------------------------------


@kernel
def _fire(people, brands, trigger, probability, codes, seed, stream, step, best, row_of):
    place = np.empty(BATCH, np.int64)
    person = np.empty(BATCH, np.int64)
    which = np.empty(BATCH, np.int64)
    u = np.empty(BATCH)
    for start in range(0, people.size, BATCH):
        stop = min(start + BATCH, people.size)
        for row in range(codes.size):
            # gather those for whom the draw decides
            n = 0
            for j in range(start, stop):
                place[n] = j
                person[n] = people[j]
                which[n] = codes[row] + BRAND_STRIDE * brands[j]
                n += may_win(probability[row, j], trigger[row, j], best[j])
            # draw
            fill_uniforms_by(seed, stream, step, person[:n], which[:n], u)
            # apply
            for k in range(n):
                j = place[k]
                if fires(u[k], probability[row, j]):
                    best[j] = trigger[row, j]
                    row_of[j] = row
