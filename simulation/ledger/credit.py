"""Credit: which reviews, and which other causes, made this sale.

Two stages, each summing to 1 for every sale.

Trigger (what made the person consider):  with T = 1 - (1 - p)(1 - q)^W,  W = sum of W_j
    advertising  ln(1 - p) / ln(1 - T)
    review j     W_j ln(1 - q) / ln(1 - T)
                 W_j = strength max(0, 2 y - 1) for feed reads of two steps before
    a repurchase that is due, and a seed, are the single trigger of their sale
    chance       everything, where neither was at work (somebody set the consideration from outside)
Persuasion (what made the person choose): share in the positive pulls on the belief since the last
decision
    review j        max(0, w_j (y_j - belief before))
    own experience  max(0, sum of w (x - belief)) of each step with own experiences
    carried belief  prior_confidence max(0, belief at the last decision - reservation)
    chance          everything, where no pull was positive (the taste shock alone decided)
At most ``depth`` reads are kept per stage (the heaviest); the rest is 'older'.

Lost sales: a decision's P(buy | beliefs without the reads below them) - P(buy | belief), given to
those reads in proportion to w (belief - y): the direct effect of bad news.

The functions that take tables are compiled into their callers: a tuple of arrays that is handed
over costs a count of references for each array, there and back.

Twin    tests/reference/credit.py: credit_sale, blame
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.ledger.codes import FEED, Source, Stage
from simulation.numerics.jit import inlined, kernel

REVIEW = int(Source.REVIEW)
ADVERTISING = int(Source.ADVERTISING)
EXPERIENCE = int(Source.EXPERIENCE)
CARRIED_BELIEF = int(Source.CARRIED_BELIEF)
OLDER = int(Source.OLDER)
CHANCE = int(Source.CHANCE)
TRIGGER = int(Stage.TRIGGER)
PERSUASION = int(Stage.PERSUASION)
NONE = -1
"""No channel, no post, nobody, no single trigger."""

TRIGGER_DELAY = 2
"""Steps from reading to sale: what is read at t triggers at t + 1, which is decided at t + 2."""

Sales = namedtuple("Sales", "buyers brands first_row causes rate carried")
"""Sales to be credited, arrays (s,).

    buyers, brands  who bought what
    first_row       row of the first sale in ``conversions``; the others follow
    causes          the single trigger (DUE, SEED), or -1 where reviews and advertising compete
    rate            advertising rate p that the buyer met in the step of the trigger
    carried         pull of the belief that the buyer held
"""

LostSales = namedtuple("LostSales", "people brands sales")
"""Decisions after bad news, arrays (d,): who decided on what, and the expected sales lost."""

Reading = namedtuple("Reading", "newest reads posts")
"""What was read: everybody's newest row in ``reads`` (n,), and the arrays of both tables."""

CreditRule = namedtuple("CreditRule", "step log_1q depth")
"""The step, ln(1 - q), and how many reads are kept per stage."""

Kept = namedtuple("Kept", "pulls keys rows")
"""The heaviest reads so far, in no order, (depth,): pull, key of the post, and row."""


def credit_sales(ledger, sales: Sales, newest_read: np.ndarray, decided_at: np.ndarray,
                 own_gain: np.ndarray, q: float, step: int, depth: int) -> np.ndarray:
    """Append both stages of credit for the sales (s,); return tree parents (s,).

    newest_read          (n,) row of each person's newest read
    decided_at, own_gain (n, b) step of the last decision, and pull of own experience since
    """
    credits = ledger.credits
    credits.reserve(sales.buyers.size * (2 * depth + 6))
    reading = Reading(newest_read, ledger.reads.arrays, ledger.posts.arrays)
    rule = CreditRule(step, float(log_one_minus(q)), depth)
    parents = np.empty(sales.buyers.size, np.int64)
    n = np.zeros(1, np.int64)
    _credit(sales, log_one_minus(sales.rate), decided_at, own_gain, rule, reading, credits.n,
            credits.arrays, parents, n)
    credits.n = int(n[0])
    return parents


def credit_simply(ledger, conversions: np.ndarray, stage: Stage, source: Source,
                  share: np.ndarray) -> None:
    """Append one credit (s,) per sale to a source that is no review; no rows without a share."""
    some = share > 0
    if some.any():
        ledger.credits.append({
            "conversion": conversions[some], "stage": stage, "source": source, "share": share[some],
            "channel": NONE, "post": NONE, "sharer": NONE, "author": NONE})


def credit_lost(ledger, lost_sales: LostSales, newest_read: np.ndarray, decided_at: np.ndarray,
                step: int, depth: int) -> None:
    """Append what the reads below the reader's belief cost in expected sales, by decision (d,)."""
    lost = ledger.lost
    lost.reserve(lost_sales.people.size * (depth + 1))
    reading = Reading(newest_read, ledger.reads.arrays, ledger.posts.arrays)
    n = np.zeros(1, np.int64)
    _lost(lost_sales, decided_at, step, reading, depth, lost.n, lost.arrays, n)
    lost.n = int(n[0])


def log_one_minus(x: np.ndarray | float) -> np.ndarray | float:
    """Return ln(1 - x), finite also at x = 1 (then as if x were 1 - 1e-16)."""
    return np.log1p(-np.minimum(x, 1.0 - 1e-16))


# -- rules -----------------------------------------------------------------------------------------

@inlined
def reminder(strength, valence):
    """W_j = strength max(0, 2 y - 1)."""
    return strength * max(0.0, 2.0 * valence - 1.0)


@inlined
def share_of_trigger(weight, log_missed, log_1t):
    """Share = weight ln(1 - chance) / ln(1 - T): reviews weigh W_j, advertising weighs 1."""
    return weight * log_missed / log_1t


@inlined
def share_of_pull(pull, total):
    """Share = pull / sum of pulls."""
    return pull / total


@inlined
def share_of_loss(sales, pull, total):
    """Lost sales of one read = expected sales lost x pull / sum of pulls."""
    return sales * pull / total


@kernel
def is_lighter(pull, key, other_pull, other_key):
    """Order by pull, and equal pulls by the key of the post: never by their place in a table."""
    return pull < other_pull or (pull == other_pull and key < other_key)


# -- kernels: gather the heaviest reads ------------------------------------------------------------

@inlined
def keep_heaviest(pull, key, row, kept, n):
    """Insert a pull among the ``n`` heaviest kept so far; return (new n, pull pushed out)."""
    pulls, keys, rows = kept
    place, pushed = n, 0.0
    if n == pulls.size:
        place = 0
        for j in range(1, n):
            if is_lighter(pulls[j], keys[j], pulls[place], keys[place]):
                place = j
        if not is_lighter(pulls[place], keys[place], pull, key):
            return n, pull
        pushed = pulls[place]
    pulls[place] = pull
    keys[place] = key
    rows[place] = row
    return min(n + 1, pulls.size), pushed


@inlined
def gather_reminders(i, b, read_at, reading, kept):
    """Keep the heaviest reminders of ``b`` read on the feed in one step; return (n, rest)."""
    reads, posts = reading.reads, reading.posts
    n, rest = 0, 0.0
    r = reading.newest[i]
    while r >= 0 and reads.step[r] >= read_at:
        p = reads.post[r]
        if posts.brand[p] == b and reads.channel[r] == FEED and reads.step[r] == read_at:
            pull = reminder(reads.strength[r], posts.valence[p])
            if pull > 0.0:
                n, pushed = keep_heaviest(pull, posts.key[p], r, kept, n)
                rest += pushed
        r = reads.previous[r]
    return n, rest


@inlined
def gather_gains(i, b, since, sign, reading, kept):
    """Keep the heaviest of person ``i``'s reads about ``b`` since a step; return (n, rest).

    The pull is w (y - belief) where ``sign`` is 1, and w (belief - y) where it is -1.
    """
    reads, posts = reading.reads, reading.posts
    n, rest = 0, 0.0
    r = reading.newest[i]
    while r >= 0 and reads.step[r] >= since:
        p = reads.post[r]
        pull = sign * reads.gain[r]
        if posts.brand[p] == b and pull > 0.0:
            n, pushed = keep_heaviest(pull, posts.key[p], r, kept, n)
            rest += pushed
        r = reads.previous[r]
    return n, rest


# -- kernels: write --------------------------------------------------------------------------------

@inlined
def write_credit(k, conversion, stage, source, share, out):
    """Write a credit to no review at ``k`` if its share is positive; return the next free row."""
    if share <= 0.0:
        return k
    out.conversion[k] = conversion
    out.stage[k] = stage
    out.source[k] = source
    out.share[k] = share
    out.channel[k] = NONE
    out.post[k] = NONE
    out.sharer[k] = NONE
    out.author[k] = NONE
    return k + 1


@inlined
def write_review(k, conversion, stage, share, read, reading, out):
    """Write a credit to the review of the read ``read`` at ``k``; return the next free row."""
    if share <= 0.0:
        return k
    p = reading.reads.post[read]
    out.conversion[k] = conversion
    out.stage[k] = stage
    out.source[k] = REVIEW
    out.share[k] = share
    out.channel[k] = reading.reads.channel[read]
    out.post[k] = reading.posts.root[p]
    out.sharer[k] = reading.posts.sharer[p]
    out.author[k] = reading.posts.author[p]
    return k + 1


@inlined
def credit_trigger(k, conversion, i, b, rule, log_1p, reading, kept, out):
    """Write the trigger stage of one sale; return (next free row, purchase of its main cause)."""
    posts = reading.posts
    # gather: the reminders, and ln(1 - T) = ln(1 - p) + W ln(1 - q)
    n, rest = gather_reminders(i, b, rule.step - TRIGGER_DELAY, reading, kept)
    log_1t = log_1p + rest * rule.log_1q
    for a in range(n):
        log_1t += kept.pulls[a] * rule.log_1q
    # nothing in the model made the person consider: somebody set it from outside
    if log_1t >= 0.0:
        return write_credit(k, conversion, TRIGGER, CHANCE, 1.0, out), NONE
    # write: advertising first, and what is larger takes its place as the parent
    largest, largest_key, parent = share_of_trigger(1.0, log_1p, log_1t), np.uint64(0), NONE
    k = write_credit(k, conversion, TRIGGER, ADVERTISING, largest, out)
    for a in range(n):
        p = reading.reads.post[kept.rows[a]]
        share = share_of_trigger(kept.pulls[a], rule.log_1q, log_1t)
        if is_lighter(largest, largest_key, share, posts.key[p]):
            largest, largest_key = share, posts.key[p]
            parent = posts.purchase[posts.root[p]]
        k = write_review(k, conversion, TRIGGER, share, kept.rows[a], reading, out)
    share = share_of_trigger(rest, rule.log_1q, log_1t)
    return write_credit(k, conversion, TRIGGER, OLDER, share, out), parent


@inlined
def credit_persuasion(k, conversion, i, b, since, own, carried, reading, kept, out):
    """Write the persuasion stage of one sale; return the next free row."""
    # gather: every positive pull
    n, rest = gather_gains(i, b, since, 1.0, reading, kept)
    total = rest + own + carried
    for a in range(n):
        total += kept.pulls[a]
    # the taste shock alone decided
    if total <= 0.0:
        return write_credit(k, conversion, PERSUASION, CHANCE, 1.0, out)
    # write
    for a in range(n):
        share = share_of_pull(kept.pulls[a], total)
        k = write_review(k, conversion, PERSUASION, share, kept.rows[a], reading, out)
    k = write_credit(k, conversion, PERSUASION, EXPERIENCE, share_of_pull(own, total), out)
    k = write_credit(k, conversion, PERSUASION, CARRIED_BELIEF, share_of_pull(carried, total), out)
    return write_credit(k, conversion, PERSUASION, OLDER, share_of_pull(rest, total), out)


@kernel
def _credit(sales, log_1p, decided_at, own_gain, rule, reading, start, out, out_parent, out_n):
    """Write both stages of all sales, sale by sale, from row ``start`` on."""
    depth, k = rule.depth, start
    kept = Kept(np.empty(depth), np.empty(depth, np.uint64), np.empty(depth, np.int64))
    for j in range(sales.buyers.size):
        i, b = sales.buyers[j], sales.brands[j]
        conversion, cause = sales.first_row + j, sales.causes[j]
        parent = NONE
        if cause >= 0:
            k = write_credit(k, conversion, TRIGGER, cause, 1.0, out)
        else:
            k, parent = credit_trigger(k, conversion, i, b, rule, log_1p[j], reading, kept, out)
        out_parent[j] = parent
        own = np.float64(own_gain[i, b])
        k = credit_persuasion(k, conversion, i, b, decided_at[i, b], own, sales.carried[j], reading,
                              kept, out)
    out_n[0] = k


@inlined
def write_lost(k, step, i, b, sales, channel, post, author, out):
    """Write expected sales lost at ``k``; return the next free row."""
    out.step[k] = step
    out.person[k] = i
    out.brand[k] = b
    out.sales[k] = sales
    out.channel[k] = channel
    out.post[k] = post
    out.author[k] = author
    return k + 1


@kernel
def _lost(lost_sales, decided_at, step, reading, depth, start, out, out_n):
    """Write what the reads below the belief cost, decision by decision, from row ``start`` on."""
    reads, posts, k = reading.reads, reading.posts, start
    kept = Kept(np.empty(depth), np.empty(depth, np.uint64), np.empty(depth, np.int64))
    for j in range(lost_sales.people.size):
        i, b, sales = lost_sales.people[j], lost_sales.brands[j], lost_sales.sales[j]
        # gather: every pull below the belief
        n, rest = gather_gains(i, b, decided_at[i, b], -1.0, reading, kept)
        total = rest
        for a in range(n):
            total += kept.pulls[a]
        # write
        for a in range(n):
            r = kept.rows[a]
            p = reads.post[r]
            share = share_of_loss(sales, kept.pulls[a], total)
            k = write_lost(k, step, i, b, share, reads.channel[r], posts.root[p], posts.author[p],
                           out)
        if rest > 0.0:
            share = share_of_loss(sales, rest, total)
            k = write_lost(k, step, i, b, share, NONE, NONE, NONE, out)
    out_n[0] = k
