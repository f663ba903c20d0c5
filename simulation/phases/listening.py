"""Listening: what each brand can know of what is said about it.

    seen       for sure on a site it can read, else with probability ``coverage``
    sentiment  -1 (1-2 stars), 0 (3), +1 (4-5); with probability ``sentiment_error`` -1 and +1 are read as
               each other, and 0 as either
    process    with probability ``topic_error`` another one of the brand's processes, all alike
    author     resolved to a person with probability ``author_resolution``
    reach      predicted readers = followers of the author x attention
    x'         memory x + this step's, for pain (reach of complaints by process), volume, counts of each
               sentiment, and voice
    NPS        100 (positive - negative) share; nan as long as nothing was seen.  Corrected shares (Rogan &
               Gladen 1978): (share + specificity - 1) / (sensitivity + specificity - 1), clipped to [0, 1],
               sensitivity = specificity = 1 - sentiment_error

A brand reads words, never the truth; nothing here changes the market.

Reads   owned, times_bought, posts, ties, added (public: who follows whom)
Writes  observed
Draws   LISTEN_SEEN, LISTEN_SENTIMENT, LISTEN_TOPIC, LISTEN_TOPIC_WRONG, LISTEN_AUTHOR (brand, review key)
Source  coverage and venues: Schweidel & Moe (2014); errors: SemEval-2017; correction: Rogan & Gladen (1978)
"""

from __future__ import annotations

import numpy as np

from simulation.ledger.tables import rows_at
from simulation.numerics.randomness import Stream
from simulation.policies.base import Observed
from simulation.world.state import NONE, Rung

READS = ("owned", "times_bought", "posts", "ties", "added")
WRITES = ("observed",)
STREAMS = ("LISTEN_SEEN", "LISTEN_SENTIMENT", "LISTEN_TOPIC", "LISTEN_TOPIC_WRONG", "LISTEN_AUTHOR")


def listening(state, params, draws, step):
    """Let every brand read what it sees of this step's reviews."""
    if not state.observed:
        state.observed = initial_observed(state, params)
    follow_ties(state)
    posts = state.ledger.posts
    new = rows_at(posts, step)
    new = new[posts["generation"][new] == 0]
    for b, brand in enumerate(params.brands.values()):
        observed = state.observed[b]
        heard = hear(state, params, draws, b, new)
        own = heard[posts["brand"][heard] == b]
        read(posts, draws, brand.listening, observed, own)
        followers = observed.followers[posts["author"][own]]
        observed.seen_reach = params.feed.attention * followers
        update_knowledge(brand.listening, observed, heard.size, params.feed.attention, followers)
        score_authors(posts, observed)
        if any(policy.reads_books and policy.is_active(step) for policy in brand.policies.values()):
            observed.is_customer = state.owned == b
            observed.rung_estimated = estimate_rungs(state, params, b)


def initial_observed(state, params):
    """Return what each brand knows and has at step 0: its processes, who follows whom, and its initial_budget."""
    followers = count_followers(state)
    observed, first = [], 0
    for b, brand in enumerate(params.brands.values()):
        p = len(brand.processes)
        observed.append(Observed(
            brand=b, processes=np.arange(first, first + p), names=tuple(brand.processes), pain=np.zeros(p),
            volume=np.zeros(p), sentiment=np.zeros(state.n, np.int8), reach_score=np.zeros(state.n),
            expert_score=np.zeros(state.n), rung_estimated=np.full(state.n, NONE, np.int8),
            is_customer=np.zeros(state.n, bool), followers=followers, networks=networks_of(state),
            money=brand.initial_budget))
        first += p
    return observed


def networks_of(state):
    """Return the ties that anybody can see: those of the start and those added since."""
    return tuple(ties for ties in (state.ties, state.added) if ties is not None)


def count_followers(state):
    """Return the number of followers of each person, int32 (n,)."""
    followers = np.zeros(state.n, np.int32)
    for ties in networks_of(state):
        followers += ties.out_degree().astype(np.int32)
    return followers


def follow_ties(state):
    """Count followers anew where ties were added since: all brands see the same platform."""
    networks = networks_of(state)
    if [id(ties) for ties in networks] == [id(ties) for ties in state.observed[0].networks]:
        return
    followers = count_followers(state)
    for observed in state.observed:
        observed.networks, observed.followers = networks, followers


def hear(state, params, draws, b, new):
    """Return the rows of this step's reviews, of any brand, that brand ``b`` sees."""
    listen = list(params.brands.values())[b].listening
    if (params.site.reads > 0 and listen.site_access) or new.size == 0:
        return new
    luck = draws.pair_uniforms(Stream.LISTEN_SEEN, np.full(new.size, b), state.ledger.posts["key"][new])
    return new[luck < listen.coverage]


def read(posts, draws, listen, observed, own):
    """Write what the brand makes of the reviews ``own`` (s,) about itself."""
    keys, me = posts["key"][own], np.full(own.size, observed.brand)
    stars = posts["stars"][own].astype(np.int64)
    truth = (stars >= 4).astype(np.int8) - (stars <= 2)
    luck = draws.pair_uniforms(Stream.LISTEN_SENTIMENT, me, keys)
    # one uniform decides whether and, for middling reviews, as what: below half the error it is negative
    wrong = np.where(truth != 0, -truth, np.where(luck < 0.5 * listen.sentiment_error, -1, 1))
    observed.seen_posts = own
    observed.seen_sentiment = np.where(luck < listen.sentiment_error, wrong, truth).astype(np.int8)
    observed.seen_process = read_process(posts, draws, listen, observed, own, keys, me)
    known = draws.pair_uniforms(Stream.LISTEN_AUTHOR, me, keys) < listen.author_resolution
    observed.seen_author = np.where(known, posts["author"][own], NONE).astype(np.int64)


def read_process(posts, draws, listen, observed, own, keys, me):
    """Return the process (s,) that the brand reads into each review; none stays none."""
    process, p = posts["process"][own].astype(np.int64), observed.processes.size
    if listen.topic_error == 0.0 or p < 2 or own.size == 0:
        return process
    misread = draws.pair_uniforms(Stream.LISTEN_TOPIC, me, keys) < listen.topic_error
    shift = 1 + (draws.pair_uniforms(Stream.LISTEN_TOPIC_WRONG, me, keys) * (p - 1)).astype(np.int64)
    first = observed.processes[0]
    return np.where(misread & (process >= 0), first + (process - first + shift) % p, process)


def update_knowledge(listen, observed, heard, attention, followers):
    """Fade what was known and add this step; ``heard`` counts the seen reviews of all brands.

    Followers (s,) are summed as whole numbers before attention multiplies them: any order, the same bits.
    """
    keep, sentiment = listen.memory, observed.seen_sentiment
    place, named = observed.seen_process - observed.processes[0], observed.seen_process >= 0
    complaint = named & (sentiment < 0)
    p = observed.processes.size
    observed.volume = keep * observed.volume + np.bincount(place[named], minlength=p)
    pain = attention * np.bincount(place[complaint], followers[complaint], minlength=p)
    observed.pain = keep * observed.pain + pain
    observed.positive = keep * observed.positive + np.count_nonzero(sentiment > 0)
    observed.negative = keep * observed.negative + np.count_nonzero(sentiment < 0)
    observed.neutral = keep * observed.neutral + np.count_nonzero(sentiment == 0)
    observed.voice = keep * observed.voice + sentiment.size
    observed.voice_all = keep * observed.voice_all + heard
    observed.nps_estimated = estimate_nps(listen, observed)


def estimate_nps(listen, observed):
    """Return positive less negative share of seen reviews in points, corrected if the brand knows how."""
    total = observed.positive + observed.negative + observed.neutral
    if total <= 0.0:
        return np.nan
    positive, negative = observed.positive / total, observed.negative / total
    informative = 1.0 - 2.0 * listen.sentiment_error  # sensitivity + specificity - 1
    if listen.corrected and informative > 0.0:
        positive, negative = (min(max((share - listen.sentiment_error) / informative, 0.0), 1.0)
                              for share in (positive, negative))
    return 100.0 * (positive - negative)


def score_authors(posts, observed):
    """Add this step's reach and helpful votes to the scores of the resolved authors, and note their mood."""
    known = observed.seen_author >= 0
    authors = observed.seen_author[known]
    observed.sentiment[authors] = observed.seen_sentiment[known]
    np.add.at(observed.reach_score, authors, observed.seen_reach[known])
    np.add.at(observed.expert_score, authors, posts["helpful"][observed.seen_posts[known]].astype(float))


def estimate_rungs(state, params, b):
    """Return the rung (n,) int8 that brand ``b`` would give each person, -1 where it knows nothing.

    Its books tell who bought, how often, and who left; its listening tells who is for it and who against.
    """
    bought = state.times_bought[:, b]
    mood = state.observed[b].sentiment if state.observed else np.zeros(state.n)    # nobody listens
    rung = np.full(state.n, NONE, np.int8)
    rung[mood > 0], rung[mood < 0] = Rung.PROSPECT, Rung.REJECTER
    customer = (state.owned == b) & (bought >= 1)
    rung[(bought >= 1) & ~customer] = Rung.LAPSED
    loyalty = np.where(bought > 1, Rung.CLIENT, Rung.CUSTOMER)
    loyalty = np.where(mood > 0, Rung.ADVOCATE, np.where(mood < 0, Rung.DETRACTOR, loyalty))
    rung[customer] = loyalty[customer]
    return rung
