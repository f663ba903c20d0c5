"""Review: who posts, out of which motive, and what; and who passes on what was read a step before.

    motive m fires with probability  clip(activity base salience w_im trigger_m, 0, 1), times the brand's
                              posting_negative (S < .5) or posting_positive
    the review records the firing motive with the largest trigger
    stars = 1 + round(4 clip(S + bias + Normal(0, noise), 0, 1)),  valence y = (stars - 1) / 4

Who is silent writes nothing, and nobody speaks of an unspoken process (their draws are as ever).
At most one review per person, brand and step.  Employees do not rate the brand they work for.  A person passes a
review on at most once.  Posts of one step are ordered by author, re-shares follow.

Reads   processes_met, bought_now, owned, left_at, last_*, belief, activity, expertise, motive_weight, employer, offer,
        engaged, posting_negative, posting_positive, last_purchase, launched, silent, unspoken, ties
Writes  posts, first_post, site, passed_on, shares (taken away)
Draws   MOTIVE_FIRES (person, motive and brand, step), RATING_NOISE, IDEA, IDEA_STRENGTH (person,
        brand, step)
Source  Hennig-Thurau et al. (2004); asymmetric U of posting: Anderson (1998)
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simulation.motives.base import OCCASION_FIELDS, LazyOccasions, fill_occasions
from simulation.numerics.compaction import rows_where
from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_uniforms_by, reshare_keys, review_keys
from simulation.world.state import NONE, Silence

READS = ("processes_met", "bought_now", "owned", "left_at", "last_quality", "last_gap", "last_evaluation", "last_cause",
         "last_failed",
         "belief", "activity", "expertise", "motive_weight", "employer", "offer", "engaged", "posting_negative",
         "posting_positive", "last_purchase", "launched", "silent", "unspoken", "ties")
WRITES = ("posts", "first_post", "site", "passed_on", "shares")
STREAMS = ("MOTIVE_FIRES", "RATING_NOISE", "IDEA", "IDEA_STRENGTH")

BRAND_STRIDE = 256
"""Addresses of motives leave room for 256 motives per brand."""

AT_ONCE = 8192
"""Occasions looked at at once: what the motives make of them stays in the cache."""


@dataclass
class Drafts:
    """Occasions of one kind: whose, on which brand, and whether the person has lived something with it, (o,)."""

    people: np.ndarray
    brands: np.ndarray
    lived: np.ndarray


def review(state, params, draws, step):
    """Append this step's reviews and re-shares to the posts."""
    posts = state.ledger.posts
    state.first_post = posts.n
    chosen = without_the_silent(state, choose_motives(state, params, draws, step))
    if chosen["people"].size:
        where = posts.append(compose_reviews(state, params, draws, step, chosen))
        show_on_site(state, params, np.arange(where.start, where.stop))
    if state.shares:
        pass_on(state, step)


def drafts_of(state, params, kind, step):
    """Return the occasions of a kind: ``experience``, ``adoption`` or ``always``."""
    if kind == "always":
        people, brands = np.nonzero((state.launched > 0) & (state.employer[:, None] != np.arange(state.b)))
        return Drafts(people, brands, np.zeros(people.size, bool))
    moment = state.processes_met if kind == "experience" else state.bought_now
    people = rows_where((moment > 0) & (state.employer != state.owned))
    brands = state.owned[people].astype(np.int64)
    if kind == "adoption":
        return Drafts(people, brands, state.processes_met[people] > 0)
    if params.talk.lapsed_talk > 0:
        since = step - state.left_at
        lapsed, left = np.nonzero((state.left_at >= 0) & (since > 0) & (since <= params.talk.lapsed_talk)
                                  & (state.owned[:, None] < 0) & (state.last_cause >= 0)
                                  & (state.employer[:, None] != np.arange(state.b)))
        people, brands = np.concatenate([people, lapsed]), np.concatenate([brands, left])
    return Drafts(people, brands, np.ones(people.size, bool))


def occasions_of(state, params, draws, step, drafts):
    """Return what a motive may look at, everybody's own weights (m, o), and the brands' factors (o,)."""
    salience = np.array([p.salience for brand in params.brands.values() for p in brand.processes.values()])
    columns, weights = np.empty((len(OCCASION_FIELDS), drafts.people.size)), np.empty((state.m, drafts.people.size))
    pairs = (state.belief, state.last_evaluation, state.last_gap, state.last_cause, state.engaged)
    fill_occasions(drafts.people, drafts.brands, drafts.lived, salience, state.activity, state.ties.offsets,
            *(column.ravel() for column in pairs), state.offer, state.posting_negative, state.posting_positive,
            state.motive_weight, columns, weights)
    looked_up = dict(zip(OCCASION_FIELDS, columns, strict=True))
    factor = looked_up.pop("factor")
    def stars(felt):
        return stars_of(felt + rating_noise(params, draws, step, drafts.people, drafts.brands))

    occasions = LazyOccasions(stars, base=params.talk.base, **looked_up)
    return occasions, weights, factor


def rating_noise(params, draws, step, people, brands):
    """Return the noise of the stars that people give, (o,)."""
    return params.talk.rating_noise * draws.normals(Stream.RATING_NOISE, step, people, brands)


def stars_of(rating):
    """Return 1 .. 5 stars for a felt quality (any range)."""
    return (1 + np.round(4 * np.clip(rating, 0.0, 1.0))).astype(np.int64)


def choose_motives(state, params, draws, step):
    """Return the people who post, their brands, and the index and trigger of the motive that made them."""
    parts = []
    for kind in dict.fromkeys(motive.occasion for motive in params.motives.values()):
        drafts = drafts_of(state, params, kind, step)
        for start in range(0, max(drafts.people.size, 1), AT_ONCE):
            few = Drafts(*(getattr(drafts, field.name)[start:start + AT_ONCE] for field in fields(Drafts)))
            parts.append(fire(state, params, draws, step, kind, few))
    return one_per_person_and_brand({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def fire(state, params, draws, step, kind, drafts):
    """Return those of the drafts (o,) that become reviews, with the motive of the largest trigger that fired."""
    occasions, weights, factor = occasions_of(state, params, draws, step, drafts)
    motives = [(m, motive) for m, motive in enumerate(params.motives.values()) if motive.occasion == kind]
    trigger, chance = np.empty((2, len(motives), factor.size))
    for row, (m, motive) in enumerate(motives):
        trigger[row] = motive.trigger(occasions)
        chance[row] = motive.probability(occasions, weights[m], trigger[row])
    best, row_of = np.full(factor.size, -1.0), np.full(factor.size, NONE)
    _fire(drafts.people, drafts.brands, trigger, chance * factor, np.array([motive.code for _, motive in motives]),
          draws.seed, int(Stream.MOTIVE_FIRES), step, best, row_of)
    some = rows_where(row_of >= 0)
    return {"people": drafts.people[some], "brands": drafts.brands[some],
            "motive": np.array([m for m, _ in motives])[row_of[some]], "trigger": best[some],
            "evaluation": occasions.evaluation[some], "gap": occasions.gap[some]}


@kernel
def _fire(people, brands, trigger, chance, code, seed, stream, step, best, row_of):
    able, who, which = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    drawn = np.empty(BLOCK)
    for start in range(0, people.size, BLOCK):
        for row in range(code.size):
            n = 0
            for j in range(start, min(start + BLOCK, people.size)):
                able[n], who[n], which[n] = j, people[j], code[row] + BRAND_STRIDE * brands[j]
                n += (chance[row, j] > 0.0) & (trigger[row, j] > best[j])
            fill_uniforms_by(seed, stream, step, who[:n], which[:n], drawn)
            for k in range(n):
                j = able[k]
                if drawn[k] < chance[row, j]:
                    best[j], row_of[j] = trigger[row, j], row


def one_per_person_and_brand(chosen):
    """Keep the largest trigger where several kinds of occasion made a person post on the same brand."""
    place = chosen["people"] * BRAND_STRIDE + chosen["brands"]
    if (np.diff(place) > 0).all():      # as most often, where there is one kind of occasion
        return chosen
    order = np.lexsort((-chosen["trigger"], chosen["brands"], chosen["people"]))
    chosen = {name: values[order] for name, values in chosen.items()}
    first = np.ones(order.size, bool)
    first[1:] = (np.diff(chosen["people"]) != 0) | (np.diff(chosen["brands"]) != 0)
    return {name: values[first] for name, values in chosen.items()}


def without_the_silent(state, chosen):
    """Leave out who says nothing about the brand, and what is about a process that nobody speaks of."""
    cause = state.last_cause[chosen["people"], chosen["brands"]]
    silence = state.silent[chosen["people"], chosen["brands"]]
    spoken = (silence == Silence.NONE) & ~((cause >= 0) & (state.unspoken[cause] > 0))
    return {name: values[spoken] for name, values in chosen.items()}


def compose_reviews(state, params, draws, step, chosen):
    """Return the columns of this step's reviews."""
    i, b, m = chosen["people"], chosen["brands"], chosen["motive"]
    motives = list(params.motives.values())
    bias = np.array([motive.bias for motive in motives])[m]
    stars = stars_of(chosen["evaluation"] + bias + rating_noise(params, draws, step, i, b))
    valence = (stars - 1) / 4.0
    if params.talk.expression == "belief":
        valence = state.belief[i, b]
    carries = np.array([motive.idea for motive in motives])[m]
    carries &= draws.uniforms(Stream.IDEA, step, i, b) < params.talk.idea_share
    idea = np.zeros(i.size)
    idea[carries] = state.expertise[i[carries]] * draws.betas(Stream.IDEA_STRENGTH, step, i[carries],
                                                              params.talk.idea_a, params.talk.idea_b, b[carries])
    first = state.ledger.posts.n
    return {"step": step, "author": i, "sharer": i, "brand": b, "process": state.last_cause[i, b], "stars": stars,
            "valence": valence, "motive": np.array([motive.code for motive in motives])[m],
            "incentivised": np.maximum(state.offer[b], state.engaged[i, b]) > 0, "idea": idea,
            "key": review_keys(i, b, step), "root": np.arange(first, first + i.size), "parent": NONE,
            "generation": 0, "purchase": state.last_purchase[i, b], "quality": state.last_quality[i, b],
            "gap": chosen["gap"], "failed": state.last_failed[i, b], "evaluation": chosen["evaluation"],
            "readers": 0, "helpful": 0}


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


def pass_on(state, step):
    """Append the re-shares that readers of the step before decided on, each person and root once."""
    posts = state.ledger.posts
    sharers, parents = state.shares
    state.shares = ()
    root = posts["root"][parents]
    fresh = np.array([(s, r) not in state.passed_on for s, r in zip(sharers.tolist(), root.tolist(), strict=True)],
                     dtype=bool)
    process = posts["process"][root]
    silence = state.silent[sharers, posts["brand"][root]]
    fresh &= (silence != Silence.POSTS_AND_RESHARES) & ~((process >= 0) & (state.unspoken[process] > 0))
    sharers, parents, root = sharers[fresh], parents[fresh], root[fresh]
    if sharers.size == 0:
        return
    state.passed_on.update(zip(sharers.tolist(), root.tolist(), strict=True))
    row = {name: posts[name][root] for name in ("author", "brand", "process", "stars", "valence", "motive",
                                                "incentivised", "idea", "root", "purchase", "quality", "gap",
                                                "evaluation", "failed")}
    posts.append(row | {"step": step, "sharer": sharers, "parent": parents, "readers": 0, "helpful": 0,
                        "generation": posts["generation"][parents] + 1,
                        "key": reshare_keys(sharers, posts["key"][root], step)})
