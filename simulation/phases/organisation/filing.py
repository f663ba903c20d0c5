"""File: which reviews are taken up, by triage of what was seen, or carried by an employee.

    kind     idea where the review holds one, else complaint or praise as read, else no ticket
    handled  with probability ``handled_share``, where units own the true process and the one read
    relayed  each reading at work with probability ``relay``, past triage

Twin    tests/reference/office.py: take_relayed, take_seen
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import Channel, TicketKind
from simulation.ledger.tables import rows_at
from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import Stream, fill_uniforms_of_reader
from simulation.world.back_office import IGNORED, TICKET, UNHEARD

FEED = int(Channel.FEED)
HANDLED = int(Stream.TICKET_HANDLED)

COMPLAINT = int(TicketKind.COMPLAINT)
PRAISE = int(TicketKind.PRAISE)
IDEA = int(TicketKind.IDEA)
NO_TICKET = -1

Feedback = namedtuple("Feedback", "rows kind process is_relayed")
"""Reviews that are taken up (r,): row in posts, kind of ticket, process as read, by an employee."""

NO_FEEDBACK = Feedback(*(np.empty(0, dtype) for dtype in (np.int64, np.int64, np.int64, bool)))

Seen = namedtuple("Seen", "rows sentiment process")
Reviews = namedtuple("Reviews", "key process idea")


def note_fates(state, b, new):
    """Note the fate of the brand's new reviews: unheard, or seen and so far ignored."""
    office = state.organisations[b]
    office.note(new, UNHEARD)
    if state.observed:
        office.note(state.observed[b].seen_posts, IGNORED)


def file(state, draws, rules, b, relayed):
    """Return the feedback (r,) taken up: what employees carry, then what triage lets pass."""
    carried = file_relayed(state, b, relayed) if relayed.size > 0 else NO_FEEDBACK
    if not state.observed or rules.handled_share == 0.0:
        return carried
    handled = triage(state, draws, rules, b)
    if carried.rows.size == 0:
        return handled
    return Feedback(*(np.concatenate(both) for both in zip(carried, handled, strict=True)))


# -- rules --------------------------------------------------------------------------------------

@inlined
def ticket_kind(sentiment, idea):
    """Return the kind of ticket that a review makes, from the sentiment as read and its idea."""
    if idea > 0.0:
        return IDEA
    if sentiment == 0:
        return NO_TICKET
    return COMPLAINT if sentiment < 0 else PRAISE


@inlined
def concerns_an_employee(stars, idea):
    """Return whether a review is worth carrying to a unit: a complaint, or one with an idea."""
    return stars <= 2 or idea > 0.0


# -- relay and triage ---------------------------------------------------------------------------

def relayed_reviews(state, params, draws, step):
    """Return the rows of the reviews (r,) that employees carry to a unit in this step."""
    relay = np.array([brand.organisation.relay for brand in params.brands.values()])
    if not relay.any():
        return np.empty(0, np.int64)
    posts = state.ledger.posts.arrays
    reads = state.ledger.reads.arrays
    new = rows_at(state.ledger.reads, step)
    at_work = np.empty_like(new)
    n = _read_at_work(new, reads.reader, reads.channel, reads.post, state.employer,
                      posts.root, posts.brand, posts.stars, posts.idea, at_work)
    reader = reads.reader[at_work[:n]]
    review = posts.root[reads.post[at_work[:n]]].astype(np.int64)
    u = draws.pair_uniforms(Stream.RELAY, reader, posts.key[review])
    return np.unique(review[u < relay[state.employer[reader]]])


def file_relayed(state, b, rows):
    """Return relayed reviews without a ticket as feedback; employees know the true process."""
    office = state.organisations[b]
    posts = state.ledger.posts
    is_fresh = (office.fate[rows] != TICKET) & (office.owner[posts["process"][rows]] >= 0)
    rows = rows[is_fresh]
    kind = np.where(posts["idea"][rows] > 0, IDEA, COMPLAINT)
    office.note(rows, TICKET)
    return Feedback(rows, kind, posts["process"][rows].astype(np.int64), np.ones(rows.size, bool))


def triage(state, draws, rules, b):
    """Return what the brand takes up of the reviews it saw, those with a ticket aside."""
    office = state.organisations[b]
    observed = state.observed[b]
    posts = state.ledger.posts.arrays
    s = observed.seen_posts.size
    found = Feedback(np.empty(s, np.int64), np.empty(s, np.int64), np.empty(s, np.int64),
                     np.zeros(s, bool))
    if s == 0:
        return found
    seen = Seen(observed.seen_posts, observed.seen_sentiment, observed.seen_process)
    reviews = Reviews(posts.key, posts.process, posts.idea)
    n = _triage(seen, reviews, office.owner, office.fate, rules.handled_share, draws.seed, b,
                found)
    feedback = Feedback(*(column[:n] for column in found))
    office.note(feedback.rows, TICKET)
    return feedback


# -- kernels ------------------------------------------------------------------------------------

@kernel
def _read_at_work(new, reader, channel, post, employer, root, brand, stars, idea, out):
    """Write which readings (r,) on the feed an employee may carry to a unit; return r."""
    n = 0
    for r in new:
        # gather
        own = employer[reader[r]]
        if own < 0 or channel[r] != FEED:
            continue
        review = root[post[r]]
        # apply, write
        if brand[review] == own and concerns_an_employee(stars[review], idea[review]):
            out[n] = r
            n += 1
    return n


@kernel
def _triage(seen, reviews, owner, fate, handled_share, seed, brand, out):
    """Write the feedback (r,) that is taken up of the seen reviews (s,); return r."""
    rows = seen.rows
    process_read = seen.process
    process = reviews.process
    # gather, draw
    key = np.empty(rows.size, np.uint64)
    u = np.empty(rows.size)
    for j in range(rows.size):
        key[j] = reviews.key[rows[j]]
    fill_uniforms_of_reader(seed, HANDLED, brand, key, u)
    n = 0
    for j in range(rows.size):
        # apply: kind, owner of the true process and of the one read, triage
        row = rows[j]
        kind = ticket_kind(seen.sentiment[j], reviews.idea[row])
        has_owner = owner[process[row]] >= 0 and owner[process_read[j]] >= 0
        if kind == NO_TICKET or fate[row] == TICKET or not has_owner or u[j] >= handled_share:
            continue
        # write
        out.rows[n] = row
        out.kind[n] = kind
        out.process[n] = process_read[j]
        n += 1
    return n
