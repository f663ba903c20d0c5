"""Writing: the stars, the words and the ideas of a review, and the site that shows it.

    stars    1 + round(4 clip(S + bias + Normal(0, noise), 0, 1))
    valence  y = (stars - 1) / 4, or the author's belief where ``expression`` says so
    idea     expertise Beta(a, b) with probability ``idea_share``, of motives that carry ideas

Draws   RATING_NOISE, IDEA, IDEA_STRENGTH (person, brand, step)
Twin    tests/reference/talk.py: write_review, show_on_site
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.randomness import Stream, review_keys
from simulation.world.state import NONE

# -- rules -----------------------------------------------------------------------------------------


def star_rating(rating):
    """Return 1 + round(4 clip(rating, 0, 1)) stars, (o,)."""
    return (1 + np.round(4 * np.clip(rating, 0.0, 1.0))).astype(np.int64)


def valence_of(stars):
    """Return (stars - 1) / 4, (o,)."""
    return (stars - 1) / 4.0


def rating_noise(params, draws, step, people, brands):
    """Return noise z, z standard normal, (o,): how far a rating misses what was felt."""
    return params.talk.rating_noise * draws.normals(Stream.RATING_NOISE, step, people, brands)


# -- posts -----------------------------------------------------------------------------------------


def compose_reviews(state, params, draws, step, chosen):
    """Return the columns of this step's reviews."""
    i, b, m = chosen["people"], chosen["brands"], chosen["motive"]
    motives = list(params.motives.values())
    bias = np.array([motive.bias for motive in motives])[m]
    stars = star_rating(chosen["evaluation"] + bias + rating_noise(params, draws, step, i, b))
    valence = state.belief[i, b] if params.talk.expression == "belief" else valence_of(stars)
    first = state.ledger.posts.n
    return {"step": step, "author": i, "sharer": i, "brand": b,
            "process": state.last_cause[i, b], "stars": stars, "valence": valence,
            "motive": np.array([motive.code for motive in motives])[m],
            "incentivised": np.maximum(state.offer[b], state.engaged[i, b]) > 0,
            "idea": draw_ideas(state, params, draws, step, chosen),
            "key": review_keys(i, b, step), "root": np.arange(first, first + i.size),
            "parent": NONE, "generation": 0, "purchase": state.last_purchase[i, b],
            "quality": state.last_quality[i, b], "gap": chosen["gap"],
            "failed": state.last_failed[i, b], "evaluation": chosen["evaluation"],
            "readers": 0, "helpful": 0}


def draw_ideas(state, params, draws, step, chosen):
    """Return the strength of the idea in each review, expertise Beta(a, b), or 0 for none, (o,)."""
    i, b, talk = chosen["people"], chosen["brands"], params.talk
    carries = np.array([motive.idea for motive in params.motives.values()])[chosen["motive"]]
    carries &= draws.uniforms(Stream.IDEA, step, i, b) < talk.idea_share
    i = i[carries]
    b = b[carries]
    idea = np.zeros(carries.size)
    strength = draws.betas(Stream.IDEA_STRENGTH, step, i, talk.idea_a, talk.idea_b, b)
    idea[carries] = state.expertise[i] * strength
    return idea


def show_on_site(state, params, rows):
    """Put this step's reviews on top of the site, which remembers the newest of each brand.

    Within a step the order is that of the keys: neither the authors' rows nor their number matters.
    """
    posts = state.ledger.posts
    for b in range(state.b):
        new = rows[posts["brand"][rows] == b]
        new = new[np.argsort(posts["key"][new])]
        if new.size:
            state.site[b] = np.concatenate([state.site[b], new])[-params.site.memory:]
