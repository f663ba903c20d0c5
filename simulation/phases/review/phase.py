"""Review: who posts, out of which motive, and what; and who passes on what was read a step before.

    An occasion is a moment at which a person may post on a brand: after an experience, at a
    purchase, or in every step, as the motive says.  On an occasion
    motive m fires with probability  clip(activity base salience w_im weight_m trigger_m, 0, 1),
                              times the brand's posting_negative (S < .5) or posting_positive
    the review records the firing motive with the largest trigger
    stars = 1 + round(4 clip(S + bias + Normal(0, noise), 0, 1)),  valence y = (stars - 1) / 4

Silenced people post nothing, and nobody writes about an unspoken process; their draws are still
made.  At most one review per person, brand and step.  Employees do not rate the brand they work
for.  A person passes a review on at most once.  Posts of one step are ordered by author, re-shares
follow.

Reads   processes_met, bought_now, owned, left_at, last_*, belief, activity, expertise,
        motive_weight, employer, offer, engaged, posting_negative, posting_positive,
        last_purchase, launched, silent, unspoken, ties
Writes  posts, first_post, site, passed_on, shares (taken away)
Draws   MOTIVE_FIRES (person, motive and brand, step), RATING_NOISE, IDEA, IDEA_STRENGTH (person,
        brand, step)
Source  Hennig-Thurau et al. (2004); asymmetric U of posting: Anderson (1998)
Twin    tests/reference/talk.py: review
"""

from __future__ import annotations

import numpy as np

from simulation.phases.review.firing import choose_motives
from simulation.phases.review.passing_on import pass_on
from simulation.phases.review.writing import compose_reviews, show_on_site
from simulation.world.state import Silence

READS = ("processes_met", "bought_now", "owned", "left_at", "last_quality", "last_gap",
         "last_evaluation", "last_cause", "last_failed", "belief", "activity", "expertise",
         "motive_weight", "employer", "offer", "engaged", "posting_negative", "posting_positive",
         "last_purchase", "launched", "silent", "unspoken", "ties")
WRITES = ("posts", "first_post", "site", "passed_on", "shares")
STREAMS = ("MOTIVE_FIRES", "RATING_NOISE", "IDEA", "IDEA_STRENGTH")


def review(state, params, draws, step):
    """Append this step's reviews and re-shares to the posts."""
    posts = state.ledger.posts
    state.first_post = posts.n
    chosen = drop_silenced(state, choose_motives(state, params, draws, step))
    if chosen["people"].size:
        where = posts.append(compose_reviews(state, params, draws, step, chosen))
        show_on_site(state, params, np.arange(where.start, where.stop))
    if state.shares:
        pass_on(state, step)


def drop_silenced(state, chosen):
    """Leave out those silenced on the brand, and posts about an unspoken process."""
    cause = state.last_cause[chosen["people"], chosen["brands"]]
    silence = state.silent[chosen["people"], chosen["brands"]]
    spoken = (silence == Silence.NONE) & ~((cause >= 0) & (state.unspoken[cause] > 0))
    return {name: values[spoken] for name, values in chosen.items()}
