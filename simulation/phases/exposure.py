"""Exposure: who reads what, on the feed and on the review site, and what each reading weighs.

Feed    a post by u reaches each follower v with probability attention * visibility(u, v)
Site    a person considering b reads ``site.reads`` of the newest ``site.memory`` originals of b (choice recent:
        in an order of his own; helpful: the most credible and extreme; random: of all originals)
Once    a reader counts a root once a step (the heaviest reading), and never the own reviews
Weight  w = evidence strength credibility susceptibility (negativity if y < belief)
        credibility = (floor + slope expertise of the author)(1 - discount of the motive, if noticed)
Share   a feed reader passes the post on in the next step with probability
        reshare min(1, activity) novelty^g (bad_news if y < .5, else the brand's sharing factor);
        g is the generation of the re-share to be made, at most ``generations``

Sums per person and brand are kept in 64-bit fixed point, so that any order gives the same bits.

Reads   posts, site, ties, considering, decided_at, belief, expertise, susceptibility, activity, sharing_factor
Writes  reads, reads_weight, reads_value, good_weight, good_value, reads_trigger, newest_read, shares
Draws   FEED_READ, RESHARE (reader, post key), NOTICE, SITE_ORDER, HELPFUL (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.credit import FEED, SITE
from simulation.jit import inlined, kernel
from simulation.randomness import BLOCK, Stream, fill_uniforms_of_key, fill_uniforms_of_reader, uniform_pair
from simulation.settled import drop_settled
from simulation.state import FIXED_ONE

READS = ("considering", "decided_at", "belief", "expertise", "susceptibility", "activity", "sharing_factor")
WRITES = ("reads_weight", "reads_value", "good_weight", "good_value", "reads_trigger", "newest_read")
STREAMS = ("FEED_READ", "RESHARE", "NOTICE", "SITE_ORDER", "HELPFUL")

Links = namedtuple("Links", "offsets targets strength visibility")
Reader = namedtuple("Reader", "belief susceptibility evidence negativity reach detect")
Author = namedtuple("Author", "expertise floor slope discount")
Sums = namedtuple("Sums", "weight value good_weight good_value trigger")
Luck = namedtuple("Luck", "seed choose notice step")


def exposure(state, params, draws, step):
    """Read, weigh, count once, add up, vote, and decide what to pass on."""
    sums = Sums(state.reads_weight, state.reads_value, state.good_weight, state.good_value, state.reads_trigger)
    reads, posts = state.ledger.reads, state.ledger.posts
    forget(sums, reads["reader"][state.first_read:])
    drop_settled(state, params, step)
    state.first_read = reads.n
    sure = read_feed(state, params, draws, step)
    read_site(state, params, draws, step)
    n = np.zeros(1, np.int64)
    _count_once(state.first_read, sure, reads.n, reads.raw, posts.raw, state.newest_read, n)
    reads.n = int(n[0])
    flat = Sums(*(column.ravel() for column in sums))
    _add_up(state.first_read, reads.n, reads.raw, posts.raw, state.b, state.belief.ravel(), flat)
    vote(state, params, draws)
    share(state, params, draws)


def forget(sums, readers):
    """Set the sums of the step before back to 0: of its readers (r,), or of everybody where that is quicker."""
    for column in sums:
        if readers.size < column.shape[0] // 16:
            column[readers] = 0
        else:
            column[:] = 0


def readers_of(state, params):
    """Return what readers bring to a review."""
    r = params.reading
    return Reader(state.belief, state.susceptibility, r.evidence, r.negativity, params.belief.reach, r.detect)


def authors_of(state, params):
    """Return what decides the credibility of authors; discounts by code of the motive, 0 where it is not used."""
    r, discount = params.reading, np.zeros(256)
    for motive in params.motives.values():
        discount[motive.code] = motive.discount
    return Author(state.expertise, r.credibility_floor, r.credibility_expertise, discount)


def links_of(state, draws, step):
    """Return all links that carry posts in this step: the ties, those a brand introduced, and meetings."""
    links = [Links(t.offsets, t.targets, t.strength, t.visibility) for t in (state.ties, state.added) if len(t)]
    partners = state.meetings.partners(state.ties.community, draws, step)
    if partners.shape[1]:
        links.append(Links(np.arange(state.n + 1, dtype=np.int64) * partners.shape[1], partners.ravel(),
                           np.broadcast_to(np.float32(state.meetings.strength), partners.size),
                           np.broadcast_to(np.float32(1.0), partners.size)))
    return links


def read_feed(state, params, draws, step):
    """Append all feed readings, a root possibly several times; return the row up to which only re-shares can repeat."""
    reads, posts, n, sure = state.ledger.reads, state.ledger.posts, np.zeros(1, np.int64), None
    if posts.n == state.first_post or params.feed.attention == 0.0:
        return reads.n
    sharers = posts["sharer"][state.first_post:]
    for links in links_of(state, draws, step):
        reads.reserve(int((links.offsets[sharers + 1] - links.offsets[sharers]).sum()))
        _feed(state.first_post, posts.n, posts.raw, links, params.feed.attention,
              Luck(draws.seed, int(Stream.FEED_READ), int(Stream.NOTICE), step), readers_of(state, params),
              authors_of(state, params), reads.n, reads.raw, n)
        reads.n = int(n[0])
        sure = reads.n if sure is None else sure    # who is tied twice may read the same post twice
    return reads.n if sure is None else sure


def read_site(state, params, draws, step):
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


def all_originals(state, b):
    """Return the rows of all reviews of a brand so far."""
    posts = state.ledger.posts
    return np.flatnonzero((posts["brand"] == b) & (posts["generation"] == 0))


def ranks(posts, shown, author):
    """Return the place of the reviews ``shown`` (s,) on a site that shows the most helpful first, lowest first."""
    credibility = author.floor + author.slope * author.expertise[posts["author"][shown]].astype(np.float64)
    return -credibility * (1.0 + np.abs(2.0 * posts["valence"][shown] - 1.0)) - posts["helpful"][shown]


def vote(state, params, draws):
    """Count readers of each review, and let readers on the site vote it helpful."""
    reads, posts = state.ledger.reads, state.ledger.posts
    _count_readers(state.first_read, reads.n, reads.raw.post, posts.raw.root, posts.raw.readers)
    on_site = state.first_read + np.flatnonzero(reads["channel"][state.first_read:] == SITE)
    reader, root = reads["reader"][on_site], posts["root"][reads["post"][on_site]]
    r = params.reading
    credibility = r.credibility_floor + r.credibility_expertise * state.expertise[posts["author"][root]]
    helpful = draws.pair_uniforms(Stream.HELPFUL, reader, posts["key"][root]) < params.site.helpful_votes * credibility
    np.add.at(posts["helpful"], root[helpful], 1)


def share(state, params, draws):
    """Decide which of this step's feed readings are passed on in the next step."""
    reads, posts, feed, state.shares = state.ledger.reads, state.ledger.posts, params.feed, ()
    if feed.reshare == 0.0:
        return
    rows = state.first_read + np.flatnonzero(reads["channel"][state.first_read:] == FEED)
    post, reader = reads["post"][rows], reads["reader"][rows]
    generation = posts["generation"][post] + 1
    tone = np.where(posts["valence"][post] < 0.5, feed.bad_news, state.sharing_factor[posts["brand"][post]])
    chance = feed.reshare * np.minimum(state.activity[reader], 1.0) * feed.novelty ** generation * tone
    passes = draws.pair_uniforms(Stream.RESHARE, reader, posts["key"][post]) < np.minimum(chance, 1.0)
    passes &= generation <= feed.generations
    if passes.any():
        state.shares = (reader[passes], post[passes])


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


@kernel
def _feed(first, stop, posts, links, attention, luck, reader, author, start, out, n):
    k, drawn = start, np.empty(BLOCK)
    targets, strength, visibility = links.targets, links.strength, links.visibility
    belief, susceptibility = reader.belief, reader.susceptibility
    out_reader, out_post, out_step, out_channel = out.reader, out.post, out.step, out.channel
    out_strength, out_weight, out_gain = out.strength, out.weight, out.gain
    for p in range(first, stop):
        a, b, y = posts.author[p], posts.brand[p], posts.valence[p]
        everybody = author.discount[posts.motive[p]] == 0.0
        credibility = author.floor + author.slope * np.float64(author.expertise[a])
        last = links.offsets[posts.sharer[p] + 1]
        for block in range(links.offsets[posts.sharer[p]], last, BLOCK):
            end = min(block + BLOCK, last)
            fill_uniforms_of_key(luck.seed, luck.choose, targets[block:end], posts.key[p], drawn)
            for e in range(block, end):
                v = targets[e]
                if v < 0 or v == a or drawn[e - block] >= attention * np.float64(visibility[e]):
                    continue
                if not everybody:
                    credibility = credibility_of(v, p, posts, luck, reader, author)
                w = weight_of(reader.evidence, strength[e], credibility, susceptibility[v], reader.negativity, y,
                              belief[v, b], reader.reach)
                out_reader[k], out_post[k], out_step[k], out_channel[k] = v, p, luck.step, FEED
                out_strength[k], out_weight[k], out_gain[k] = strength[e], w, w * (y - belief[v, b])
                k += 1
    n[0] = k


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


@kernel
def _count_once(start, sure, stop, reads, posts, newest, n):
    k = start
    for c in range(start, stop):
        v, p, w = reads.reader[c], reads.post[c], reads.weight[c]
        r = newest[v]
        if c >= sure or posts.generation[p] > 0:    # an original read along the ties is the first of its root
            while r >= start and posts.root[reads.post[r]] != posts.root[p]:
                r = reads.previous[r]
        else:
            r = -1
        row = k
        if r >= start:
            row = r
            held = reads.weight[r]
            if not (w > held or (w == held and posts.key[p] < posts.key[reads.post[r]])):
                continue
        else:
            reads.previous[k] = newest[v]
            newest[v] = k
            k += 1
        if row != c:
            reads.reader[row], reads.post[row] = v, p
            reads.step[row], reads.channel[row] = reads.step[c], reads.channel[c]
            reads.strength[row], reads.weight[row], reads.gain[row] = reads.strength[c], w, reads.gain[c]
    n[0] = k


@kernel
def _add_up(first, stop, reads, posts, brands, belief, sums):
    reader, post, w, channel, strength = reads.reader, reads.post, reads.weight, reads.channel, reads.strength
    brand, valence = posts.brand, posts.valence
    total, value, good, good_value, trigger = sums
    for r in range(first, stop):
        p = post[r]
        y, j = valence[p], reader[r] * brands + brand[p]
        weight, weighted = np.int64(round(w[r] * FIXED_ONE)), np.int64(round(w[r] * y * FIXED_ONE))
        total[j] += weight
        value[j] += weighted
        if y >= belief[j]:
            good[j] += weight
            good_value[j] += weighted
        if channel[r] == FEED and y > 0.5:
            trigger[j] += np.int64(round(strength[r] * (2.0 * y - 1.0) * FIXED_ONE))


@kernel
def _count_readers(first, stop, post, root, readers):
    for r in range(first, stop):
        readers[root[post[r]]] += 1
