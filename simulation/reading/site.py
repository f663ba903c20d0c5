"""Site: a person who considers a brand reads ``site.reads`` of its newest ``site.memory`` originals.

    choice  recent: in an order of his own; helpful: the most credible and extreme; random: of all originals
    vote    a reader on the site finds a review helpful with probability helpful_votes * credibility

Draws   SITE_ORDER, NOTICE, HELPFUL (reader, root key)
"""

from __future__ import annotations

import numpy as np

from simulation.credit import SITE
from simulation.jit import inlined, kernel
from simulation.randomness import Stream, fill_uniforms_of_reader
from simulation.reading.weight import Luck, authors_of, credibilities, credibility_of, readers_of, weight_of


def read_site(state, params, draws, step) -> None:
    """Append all site readings."""
    reads, posts, site, n = state.ledger.reads, state.ledger.posts, params.site, np.zeros(1, np.int64)
    for b in range(state.b):
        people = np.flatnonzero(state.considering[:, b])
        shown = state.site[b] if site.choice != "random" else all_originals(state, b)
        if people.size == 0 or shown.size == 0 or site.reads == 0:
            continue
        reads.reserve(people.size * site.reads)
        authors = authors_of(state, params)
        rank = ranks(posts, shown, authors) if site.choice == "helpful" else np.zeros(shown.size)
        _site(people, shown, posts["key"][shown], posts["author"][shown], rank, site.reads, site.strength, posts.raw,
              Luck(draws.seed, int(Stream.SITE_ORDER), int(Stream.NOTICE), step), readers_of(state, params),
              authors, reads.n, reads.raw, n)
        reads.n = int(n[0])


def all_originals(state, b) -> np.ndarray:
    """Return the rows of all reviews of a brand so far."""
    posts = state.ledger.posts
    return np.flatnonzero((posts["brand"] == b) & (posts["generation"] == 0))


def ranks(posts, shown, author) -> np.ndarray:
    """Return the place of the reviews ``shown`` (s,) on a site that shows the most helpful first, lowest first."""
    credibility = credibilities(author, posts["author"][shown])
    return -credibility * (1.0 + np.abs(2.0 * posts["valence"][shown] - 1.0)) - posts["helpful"][shown]


def vote(state, params, draws) -> None:
    """Let readers on the site vote reviews helpful."""
    reads, posts = state.ledger.reads, state.ledger.posts
    on_site = state.first_read + np.flatnonzero(reads["channel"][state.first_read:] == SITE)
    reader, root = reads["reader"][on_site], posts["root"][reads["post"][on_site]]
    r = params.reading
    credibility = r.credibility_floor + r.credibility_expertise * state.expertise[posts["author"][root]]
    helpful = draws.pair_uniforms(Stream.HELPFUL, reader, posts["key"][root]) < params.site.helpful_votes * credibility
    np.add.at(posts["helpful"], root[helpful], 1)


@kernel
def _site(people, shown, keys, authors, rank, wanted, strength, posts, luck, reader, author, start, out, n):
    k, chosen, drawn = start, np.empty(wanted, np.int64), np.empty(shown.size)
    belief, susceptibility = reader.belief, reader.susceptibility
    for v in people:
        fill_uniforms_of_reader(luck.seed, luck.choose, v, keys, drawn)
        for c in range(choose(v, authors, rank, drawn, chosen)):
            p = shown[chosen[c]]
            b, y = posts.brand[p], posts.valence[p]
            credibility = author.floor + author.slope * np.float64(author.expertise[posts.author[p]])
            if author.discount[posts.motive[p]] > 0.0:
                credibility = credibility_of(v, p, posts, luck, reader, author)
            w = weight_of(reader.evidence, strength, credibility, susceptibility[v], reader.negativity, y,
                          belief[v, b], reader.reach)
            out.reader[k], out.post[k], out.step[k], out.channel[k] = v, p, luck.step, SITE
            out.strength[k], out.weight[k], out.gain[k] = strength, w, w * (y - belief[v, b])
            k += 1
    n[0] = k


@kernel
def choose(v, authors, rank, drawn, chosen):
    """Write the places of the reviews that ``v`` reads, lowest (rank, draw) first; return their number."""
    n = 0
    for j in range(authors.size):
        if authors[j] == v or (n == chosen.size and not comes_first(j, chosen[n - 1], rank, drawn)):
            continue
        place = n if n < chosen.size else n - 1
        while place > 0 and comes_first(j, chosen[place - 1], rank, drawn):
            chosen[place] = chosen[place - 1]
            place -= 1
        chosen[place] = j
        n = min(n + 1, chosen.size)
    return n


@inlined
def comes_first(one, other, rank, drawn):
    """Tell whether review ``one`` is chosen before ``other``."""
    return rank[one] < rank[other] or (rank[one] == rank[other] and drawn[one] < drawn[other])
