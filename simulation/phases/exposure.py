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

Reads   posts, site, ties, considering, belief, expertise, susceptibility, activity, sharing_factor
Writes  reads, reads_weight, reads_value, good_weight, good_value, reads_trigger, newest_read, shares
Draws   FEED_READ, RESHARE (reader, post key), NOTICE, SITE_ORDER, HELPFUL (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.credit import FEED, SITE
from simulation.jit import kernel
from simulation.randomness import Stream, uniform_pair
from simulation.state import FIXED_ONE, NONE

READS = ("considering", "belief", "expertise", "susceptibility", "activity", "sharing_factor")
WRITES = ("reads_weight", "reads_value", "good_weight", "good_value", "reads_trigger", "newest_read")
STREAMS = ("FEED_READ", "RESHARE", "NOTICE", "SITE_ORDER", "HELPFUL")

Links = namedtuple("Links", "offsets targets strength visibility")
Reader = namedtuple("Reader", "belief susceptibility evidence negativity reach detect")
Author = namedtuple("Author", "expertise floor slope discount")
Sums = namedtuple("Sums", "weight value good_weight good_value trigger")


def exposure(state, params, draws, step):
    """Read, weigh, count once, add up, vote, and decide what to pass on."""
    sums = Sums(state.reads_weight, state.reads_value, state.good_weight, state.good_value, state.reads_trigger)
    for column in sums:
        column[:] = 0
    reads, posts = state.ledger.reads, state.ledger.posts
    if state.ledger.level == "none":
        state.newest_read[reads["reader"]] = NONE
        reads.n = 0
    state.first_read = reads.n
    read_feed(state, params, draws, step)
    read_site(state, params, draws, step)
    n = np.zeros(1, np.int64)
    _count_once(state.first_read, reads.n, reads.raw, posts.raw, state.newest_read, n)
    reads.n = int(n[0])
    _add_up(state.first_read, reads.n, reads.raw, posts.raw, state.belief, sums)
    vote(state, params, draws)
    share(state, params, draws)


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
                           np.full(partners.size, state.meetings.strength, np.float32),
                           np.ones(partners.size, np.float32)))
    return links


def read_feed(state, params, draws, step):
    """Append all feed readings, a root possibly several times."""
    reads, posts, n = state.ledger.reads, state.ledger.posts, np.zeros(1, np.int64)
    if posts.n == state.first_post or params.feed.attention == 0.0:
        return
    sharers = posts["sharer"][state.first_post:]
    for links in links_of(state, draws, step):
        reads.reserve(int((links.offsets[sharers + 1] - links.offsets[sharers]).sum()))
        _feed(state.first_post, posts.n, posts.raw, links, params.feed.attention, draws.seed,
              int(Stream.FEED_READ), int(Stream.NOTICE), readers_of(state, params), authors_of(state, params),
              step, reads.n, reads.raw, n)
        reads.n = int(n[0])


def read_site(state, params, draws, step):
    """Append all site readings."""
    reads, posts, site, n = state.ledger.reads, state.ledger.posts, params.site, np.zeros(1, np.int64)
    for b in range(state.b):
        people = np.flatnonzero(state.considering[:, b])
        shown = state.site[b] if site.choice != "random" else all_originals(state, b)
        if people.size == 0 or shown.size == 0 or site.reads == 0:
            continue
        reads.reserve(people.size * site.reads)
        _site(people, shown, site.reads, site.choice == "helpful", site.strength, posts.raw, draws.seed,
              int(Stream.SITE_ORDER), int(Stream.NOTICE), readers_of(state, params), authors_of(state, params),
              step, reads.n, reads.raw, n)
        reads.n = int(n[0])


def all_originals(state, b):
    """Return the rows of all reviews of a brand so far."""
    posts = state.ledger.posts
    return np.flatnonzero((posts["brand"] == b) & (posts["generation"] == 0))


def vote(state, params, draws):
    """Count readers of each review, and let readers on the site vote it helpful."""
    reads, posts = state.ledger.reads, state.ledger.posts
    root = posts["root"][reads["post"][state.first_read:]]
    np.add.at(posts["readers"], root, 1)
    on_site = reads["channel"][state.first_read:] == SITE
    reader, root = reads["reader"][state.first_read:][on_site], root[on_site]
    r = params.reading
    credibility = r.credibility_floor + r.credibility_expertise * state.expertise[posts["author"][root]]
    helpful = draws.pair_uniforms(Stream.HELPFUL, reader, posts["key"][root]) < params.site.helpful_votes * credibility
    np.add.at(posts["helpful"], root[helpful], 1)


def share(state, params, draws):
    """Decide which of this step's feed readings are passed on in the next step."""
    reads, posts, feed = state.ledger.reads, state.ledger.posts, params.feed
    rows = state.first_read + np.flatnonzero(reads["channel"][state.first_read:] == FEED)
    post, reader = reads["post"][rows], reads["reader"][rows]
    generation = posts["generation"][post] + 1
    tone = np.where(posts["valence"][post] < 0.5, feed.bad_news, state.sharing_factor[posts["brand"][post]])
    chance = feed.reshare * np.minimum(state.activity[reader], 1.0) * feed.novelty ** generation * tone
    passes = draws.pair_uniforms(Stream.RESHARE, reader, posts["key"][post]) < np.minimum(chance, 1.0)
    passes &= generation <= feed.generations
    state.shares = (reader[passes], post[passes]) if passes.any() else ()


@kernel
def weight_of(v, p, strength, posts, reader, author, seed, notice_stream):
    """Return the weight of post ``p`` with reader ``v``."""
    a, b, y = posts.author[p], posts.brand[p], posts.valence[p]
    credibility = author.floor + author.slope * np.float64(author.expertise[a])
    discount = author.discount[posts.motive[p]]
    if discount > 0.0 and uniform_pair(seed, notice_stream, v, posts.key[posts.root[p]]) < reader.detect:
        credibility *= 1.0 - discount
    w = reader.evidence * np.float64(strength) * credibility * np.float64(reader.susceptibility[v])
    if y < reader.belief[v, b]:
        w *= reader.negativity
    return w if abs(y - reader.belief[v, b]) <= reader.reach else 0.0


@kernel
def write_read(k, v, p, step, channel, strength, weight, gain, out):
    """Write one reading at row ``k``."""
    out.reader[k], out.post[k], out.step[k], out.channel[k] = v, p, step, channel
    out.strength[k], out.weight[k], out.gain[k] = strength, weight, gain


@kernel
def _feed(first, stop, posts, links, attention, seed, read_stream, notice_stream, reader, author, step, start,
          out, n):
    k = start
    for p in range(first, stop):
        for e in range(links.offsets[posts.sharer[p]], links.offsets[posts.sharer[p] + 1]):
            v = links.targets[e]
            if v < 0 or v == posts.author[p]:
                continue
            if uniform_pair(seed, read_stream, v, posts.key[p]) < attention * np.float64(links.visibility[e]):
                w = weight_of(v, p, links.strength[e], posts, reader, author, seed, notice_stream)
                gain = w * (posts.valence[p] - reader.belief[v, posts.brand[p]])
                write_read(k, v, p, step, FEED, links.strength[e], w, gain, out)
                k += 1
    n[0] = k


@kernel
def _site(people, shown, wanted, by_help, strength, posts, seed, order_stream, notice_stream, reader, author,
          step, start, out, n):
    k = start
    rank, luck, taken = np.empty(shown.size), np.empty(shown.size), np.empty(shown.size, np.bool_)
    for v in people:
        for j in range(shown.size):
            p = shown[j]
            taken[j] = posts.author[p] == v
            rank[j], luck[j] = 0.0, uniform_pair(seed, order_stream, v, posts.key[p])
            if by_help:
                credibility = author.floor + author.slope * np.float64(author.expertise[posts.author[p]])
                rank[j] = -credibility * (1.0 + abs(2.0 * posts.valence[p] - 1.0)) - posts.helpful[p]
        for _ in range(min(wanted, shown.size)):
            best = -1
            for j in range(shown.size):
                if not taken[j] and (best < 0 or rank[j] < rank[best]
                                     or (rank[j] == rank[best] and luck[j] < luck[best])):
                    best = j
            if best < 0:
                break
            taken[best] = True
            p = shown[best]
            w = weight_of(v, p, strength, posts, reader, author, seed, notice_stream)
            write_read(k, v, p, step, SITE, strength, w, w * (posts.valence[p] - reader.belief[v, posts.brand[p]]),
                       out)
            k += 1
    n[0] = k


@kernel
def _count_once(start, stop, reads, posts, newest, n):
    k = start
    for c in range(start, stop):
        v, p, w = reads.reader[c], reads.post[c], reads.weight[c]
        r = newest[v]
        while r >= start and posts.root[reads.post[r]] != posts.root[p]:
            r = reads.previous[r]
        if r >= start:
            held = reads.weight[r]
            if w > held or (w == held and posts.key[p] < posts.key[reads.post[r]]):
                write_read(r, v, p, reads.step[c], reads.channel[c], reads.strength[c], w, reads.gain[c], reads)
            continue
        write_read(k, v, p, reads.step[c], reads.channel[c], reads.strength[c], w, reads.gain[c], reads)
        reads.previous[k] = newest[v]
        newest[v] = k
        k += 1
    n[0] = k


@kernel
def _add_up(first, stop, reads, posts, belief, sums):
    for r in range(first, stop):
        v, p, w = reads.reader[r], reads.post[r], reads.weight[r]
        b, y = posts.brand[p], posts.valence[p]
        sums.weight[v, b] += np.int64(round(w * FIXED_ONE))
        sums.value[v, b] += np.int64(round(w * y * FIXED_ONE))
        if y >= belief[v, b]:
            sums.good_weight[v, b] += np.int64(round(w * FIXED_ONE))
            sums.good_value[v, b] += np.int64(round(w * y * FIXED_ONE))
        if reads.channel[r] == FEED and y > 0.5:
            sums.trigger[v, b] += np.int64(round(reads.strength[r] * (2.0 * y - 1.0) * FIXED_ONE))
