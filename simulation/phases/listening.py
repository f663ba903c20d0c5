"""Listening: what each brand can know of what is said about it.

    seen       with probability 1 on a site it can read, else with probability ``coverage``
    sentiment  -1 (1-2 stars), 0 (3), +1 (4-5); with probability ``sentiment_error`` -1 and +1 are
               read as each other, and 0 as either
    process    with probability ``topic_error`` another one of the brand's processes, all alike
    author     resolved to a person with probability ``author_resolution``
    reach      predicted readers = attention x followers of the author
    x'         memory x + this step's, for pain (reach of complaints by process), volume, counts of
               each sentiment, and voice
    NPS        100 (positive - negative) share; nan as long as nothing was seen.  Corrected shares
               (Rogan & Gladen 1978): (share + specificity - 1) / (sensitivity + specificity - 1),
               clipped to [0, 1], sensitivity = specificity = 1 - sentiment_error

A brand reads words, never the truth; nothing here changes the market.

Reads   owned, times_bought, posts, ties, added (public: who follows whom)
Writes  observed
Draws   LISTEN_SEEN, LISTEN_SENTIMENT, LISTEN_TOPIC, LISTEN_TOPIC_WRONG, LISTEN_AUTHOR (brand,
        review key)
Source  coverage and venues: Schweidel & Moe (2014); errors: SemEval-2017; correction:
        Rogan & Gladen (1978)
Twin    tests/reference/hearing.py: listening
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.tables import rows_at
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import Stream, fill_uniforms_of_reader
from simulation.world.observed import follow_ties, initial_observed
from simulation.world.state import NONE, Rung

READS = ("owned", "times_bought", "posts", "ties", "added")
WRITES = ("observed",)
STREAMS = ("LISTEN_SEEN", "LISTEN_SENTIMENT", "LISTEN_TOPIC", "LISTEN_TOPIC_WRONG", "LISTEN_AUTHOR")

SENTIMENT = int(Stream.LISTEN_SENTIMENT)
TOPIC = int(Stream.LISTEN_TOPIC)
TOPIC_WRONG = int(Stream.LISTEN_TOPIC_WRONG)
AUTHOR = int(Stream.LISTEN_AUTHOR)

_, PROSPECT, CUSTOMER, CLIENT, ADVOCATE, DETRACTOR, REJECTER, LAPSED = (int(rung) for rung in Rung)

POSITIVE = 1
NEGATIVE = -1

Reviews = namedtuple("Reviews", "key stars process author")  # of the reviews read (s,)
Reading = namedtuple("Reading", "sentiment_error topic_error author_resolution first processes")
Seen = namedtuple("Seen", "sentiment process author")        # what is read into them (s,)


def listening(state, params, draws, step):
    """Let every brand read what it sees of this step's reviews."""
    if not state.observed:
        state.observed = initial_observed(state, params)
    follow_ties(state)
    posts = state.ledger.posts
    new = rows_at(posts, step)
    new = new[posts["generation"][new] == 0]
    for b, brand in enumerate(params.brands.values()):
        listen = brand.listening
        observed = state.observed[b]
        probability = probability_seen(listen.coverage, listen.site_access, params.site.reads)
        heard = hear(posts, draws, b, new, probability)
        own = heard[posts["brand"][heard] == b]
        read(posts, draws, listen, observed, own)
        followers = observed.followers[posts["author"][own]]
        observed.seen_reach = predicted_readers(followers, params.feed.attention)
        update_knowledge(listen, observed, heard.size, params.feed.attention, followers)
        score_authors(posts, observed)
        if any(policy.reads_books and policy.is_active(step) for policy in brand.policies.values()):
            observed.is_customer = state.owned == b
            observed.rung_estimated = estimate_rungs(state, params, b)


# -- rules: of numbers, or of arrays element by element -----------------------------------------

def probability_seen(coverage, site_access, site_reads):
    """Return the probability that a brand sees a review: 1 on a read site that it can read too."""
    return 1.0 if site_access and site_reads > 0 else coverage


@inlined
def true_sentiment(stars):
    """Return 1 for 4 and 5 stars, -1 for 1 and 2, 0 for 3."""
    return np.int64(stars >= 4) - np.int64(stars <= 2)


@inlined
def sentiment_as_read(truth, u, error):
    """Return the sentiment that a brand reads, misread where u < error.

    The same uniform decides how a middling review is misread: below half the error, as negative.
    """
    middling_as = NEGATIVE if u < 0.5 * error else POSITIVE
    misread_as = -truth if truth != 0 else middling_as
    return misread_as if u < error else truth


@inlined
def another_process(process, u, first, processes):
    """Return one of the other processes of a brand, all alike; its own start at ``first``."""
    shift = 1 + np.int64(u * (processes - 1))
    return first + (process - first + shift) % processes


def predicted_readers(followers, attention):
    """Return reach = attention x followers."""
    return attention * followers


def faded(known, new, memory):
    """Return x' = memory x + new."""
    return memory * known + new


def rogan_gladen(share, error):
    """Return a share corrected for errors at the rate ``error`` both ways (Rogan & Gladen 1978).

    With sensitivity = specificity = 1 - error, the quotient is (share - error) / (1 - 2 error).
    """
    return min(max((share - error) / (1.0 - 2.0 * error), 0.0), 1.0)


def net_promoter_score(positive, negative):
    """Return the NPS in points from the shares for and against."""
    return 100.0 * (positive - negative)


@inlined
def estimated_rung(owns, times_bought, sentiment):
    """Return the rung that a brand gives a person, -1 where it knows nothing.

    Its books tell who bought, how often, and who left; listening tells who is for it, who against.
    """
    if times_bought == 0:
        stranger = REJECTER if sentiment < 0 else NONE
        return PROSPECT if sentiment > 0 else stranger
    owner = CLIENT if times_bought > 1 else CUSTOMER
    owner = DETRACTOR if sentiment < 0 else owner
    owner = ADVOCATE if sentiment > 0 else owner
    return owner if owns else LAPSED


# -- what a brand hears and knows ----------------------------------------------------------------

def hear(posts, draws, b, new, probability):
    """Return those of the rows ``new`` (r,) of reviews, of any brand, that brand ``b`` sees."""
    if probability == 1.0 or new.size == 0:
        return new
    u = draws.pair_uniforms(Stream.LISTEN_SEEN, np.full(new.size, b), posts["key"][new])
    return new[u < probability]


def read(posts, draws, listen, observed, own):
    """Write what the brand makes of the reviews ``own`` (s,) about itself."""
    reviews = Reviews(*(posts[name][own] for name in Reviews._fields))
    reading = Reading(listen.sentiment_error, listen.topic_error, listen.author_resolution,
                      int(observed.processes[0]), observed.processes.size)
    s = own.size
    seen = Seen(np.empty(s, np.int8), np.empty(s, np.int64), np.empty(s, np.int64))
    if s > 0:
        _read(reviews, reading, draws.seed, observed.brand, seen)
    observed.seen_posts = own
    observed.seen_sentiment = seen.sentiment
    observed.seen_process = seen.process
    observed.seen_author = seen.author


def update_knowledge(listen, observed, heard, attention, followers):
    """Fade what was known and add this step; ``heard`` counts the seen reviews of all brands.

    Followers (s,) are summed as whole numbers before attention multiplies them: the order
    of the reviews does not show.
    """
    memory = listen.memory
    sentiment = observed.seen_sentiment
    p = observed.processes.size
    place = observed.seen_process - observed.processes[0]
    named = observed.seen_process >= 0
    complaint = named & (sentiment < 0)
    volume = np.bincount(place[named], minlength=p)
    complained_to = np.bincount(place[complaint], followers[complaint], minlength=p)
    observed.volume = faded(observed.volume, volume, memory)
    observed.pain = faded(observed.pain, predicted_readers(complained_to, attention), memory)
    observed.positive = faded(observed.positive, np.count_nonzero(sentiment > 0), memory)
    observed.negative = faded(observed.negative, np.count_nonzero(sentiment < 0), memory)
    observed.neutral = faded(observed.neutral, np.count_nonzero(sentiment == 0), memory)
    observed.voice = faded(observed.voice, sentiment.size, memory)
    observed.voice_all = faded(observed.voice_all, heard, memory)
    observed.nps_estimated = estimate_nps(listen, observed)


def estimate_nps(listen, observed):
    """Return the NPS of the seen reviews in points, corrected if so configured; nan without any.

    Readings that are wrong half of the time tell nothing: then there is nothing to correct.
    """
    total = observed.positive + observed.negative + observed.neutral
    if total <= 0.0:
        return np.nan
    positive = observed.positive / total
    negative = observed.negative / total
    if listen.corrected and listen.sentiment_error < 0.5:
        positive = rogan_gladen(positive, listen.sentiment_error)
        negative = rogan_gladen(negative, listen.sentiment_error)
    return net_promoter_score(positive, negative)


def score_authors(posts, observed):
    """Score resolved authors by reach and helpful votes, and note their sentiment."""
    known = observed.seen_author >= 0
    authors = observed.seen_author[known]
    helpful = posts["helpful"][observed.seen_posts[known]].astype(float)
    observed.sentiment[authors] = observed.seen_sentiment[known]
    np.add.at(observed.reach_score, authors, observed.seen_reach[known])
    np.add.at(observed.expert_score, authors, helpful)


def estimate_rungs(state, params, b):
    """Return the rung (n,) int8 that brand ``b`` would give each person, -1 = knows nothing."""
    nobody_listens = not state.observed
    sentiment = np.zeros(state.n, np.int8) if nobody_listens else state.observed[b].sentiment
    rung = np.empty(state.n, np.int8)
    _estimate_rungs(state.owned, state.times_bought, sentiment, b, rung)
    return rung


# -- kernels --------------------------------------------------------------------------------------

@kernel
def _read(reviews, reading, seed, brand, seen):
    """Write sentiment, process and author as read into the reviews (s,); no process stays none."""
    key = reviews.key
    process = reviews.process
    u = np.empty(key.size)
    # draw and apply: the sentiment
    fill_uniforms_of_reader(seed, SENTIMENT, brand, key, u)
    for j in range(key.size):
        truth = true_sentiment(reviews.stars[j])
        seen.sentiment[j] = sentiment_as_read(truth, u[j], reading.sentiment_error)
    # draw and apply: the author
    fill_uniforms_of_reader(seed, AUTHOR, brand, key, u)
    for j in range(key.size):
        seen.author[j] = reviews.author[j] if u[j] < reading.author_resolution else NONE
    # draw and apply: the process
    for j in range(key.size):
        seen.process[j] = process[j]
    if reading.topic_error == 0.0 or reading.processes < 2:
        return
    which = np.empty(key.size)
    fill_uniforms_of_reader(seed, TOPIC, brand, key, u)
    fill_uniforms_of_reader(seed, TOPIC_WRONG, brand, key, which)
    for j in range(key.size):
        if u[j] < reading.topic_error and process[j] >= 0:
            seen.process[j] = another_process(
                np.int64(process[j]), which[j], reading.first, reading.processes)


@kernel
def _estimate_rungs(owned, times_bought, sentiment, b, rung):
    """Write the estimated rung with brand ``b`` of everybody."""
    for i in range(owned.size):
        rung[i] = estimated_rung(owned[i] == b, times_bought[i, b], sentiment[i])
