"""Exposure: who reads what, on the feed and on the review site, and what each reading weighs.

Feed    a post by u reaches each follower v with probability attention * visibility(u, v)
Site    a person considering b reads ``site.reads`` of the newest ``site.memory`` originals of b
        (choice recent: in an order of their own; helpful: the most credible and extreme;
        random: of all originals)
Once    a reader counts a root once a step (the heaviest reading), and never reads their own reviews
Weight  w = evidence strength credibility susceptibility (negativity if y < belief)
        credibility = (floor + slope expertise of the author)
                      (1 - discount of the motive, if noticed)
Share   a feed reader passes the post on in the next step with probability
        reshare min(1, activity) novelty^g (bad_news if y < .5, else the brand's sharing factor);
        g is the generation of the re-share to be made, at most ``generations``

Sums per person and brand are kept in 64-bit fixed point, so that any order gives the same bits.

Reads   first_post, site, ties, added, meetings, considering, decided_at, employer, belief,
        expertise, susceptibility, activity, sharing_factor
Writes  reads, first_read, posts (readers, helpful), reads_weight, reads_value, good_weight,
        good_value, reads_trigger, reads_feed, reads_site, newest_read, shares
Draws   FEED_READ, RESHARE (reader, post key), NOTICE, SITE_ORDER, HELPFUL (reader, root key)
Source  credibility: Mudambi & Schuff (2010); negativity: East, Hammond & Lomax (2008)
Twin    tests/reference/reading.py: exposure

The rules stand beside their kernels: who reads in ``feed_push`` (``feed_pull`` gives the same where
most people post) and ``site``, what it weighs in ``weight``, what it adds up to in ``sums``, who
passes it on in ``share``.
"""

from __future__ import annotations

from simulation.ledger.prune import drop_settled
from simulation.phases.exposure.feed_pull import pull_feed, uses_pull
from simulation.phases.exposure.feed_push import feed_ties, push_feed
from simulation.phases.exposure.share import share
from simulation.phases.exposure.site import read_site, vote
from simulation.phases.exposure.sums import add_up, count_once, forget

READS = ("first_post", "site", "ties", "added", "meetings", "considering", "decided_at", "employer",
         "belief", "expertise", "susceptibility", "activity", "sharing_factor")
WRITES = ("reads", "first_read", "posts", "reads_weight", "reads_value", "good_weight",
          "good_value", "reads_trigger", "reads_feed", "reads_site", "newest_read", "shares")
STREAMS = ("FEED_READ", "RESHARE", "NOTICE", "SITE_ORDER", "HELPFUL")


def exposure(state, params, draws, step):
    """Read, weigh, count once, add up, vote, and decide what to pass on."""
    forget(state)
    drop_settled(state, params, step)
    state.first_read = state.ledger.reads.n
    unique_until = read_feed(state, params, draws, step)
    read_site(state, params, draws, step)
    count_once(state, unique_until)
    add_up(state)
    vote(state, params, draws)
    share(state, params, draws)


def read_feed(state, params, draws, step) -> int:
    """Read the feed by post or by reader, whichever is quicker.

    Return the row up to which originals are unique.
    """
    ties = feed_ties(state, draws, step)
    if not uses_pull(state, params, ties):
        return push_feed(state, params, ties, draws, step)
    pull_feed(state, params, ties[0], draws, step)
    return state.ledger.reads.n
