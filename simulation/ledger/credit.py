"""Credit: which reviews, and which other causes, made this sale.

Two stages, each summing to 1 for every sale.

Trigger (what made the person consider):  with T = 1 - (1 - p)(1 - q)^W
    advertising  ln(1 - p) / ln(1 - T)
    review j     W_j ln(1 - q) / ln(1 - T),   W_j = strength max(0, 2 y - 1), feed reads two steps before
    a repurchase that is due, and a seed, are the single trigger of their sale
    chance       everything, where neither was at work (somebody set the consideration from outside)
Persuasion (what made the person choose): positive pulls on the belief since the last decision, normalised
    review j        max(0, w_j (y_j - belief before))
    own experience  max(0, sum of w (x - belief)) of each step with own experiences
    carried belief  prior_confidence max(0, belief at the last decision - reservation)
    chance          everything, where no pull was positive (the taste shock alone decided)
At most ``depth`` reads are kept per stage (the heaviest); the rest is 'older'.

Lost sales: a decision's P(buy | beliefs without the reads below them) - P(buy | belief), given to those
reads in proportion to w (belief - y): the direct effect of bad news.

Functions that take the tables are compiled into their callers: a tuple of arrays that is handed over costs a count of
references for each array, there and back.
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined, kernel

REVIEW, ADVERTISING, DUE, SEED, EXPERIENCE, CARRIED, OLDER, CHANCE, NEIGHBOURS = range(9)
TRIGGER, PERSUASION = 0, 1
FEED, SITE, NO_CHANNEL = 0, 1, -1


@kernel
def is_lighter(value, key, other_value, other_key):
    """Order pulls by value, and equal ones by the key of the post: never by their place in a table."""
    return value < other_value or (value == other_value and key < other_key)


@kernel
def keep_heaviest(value, key, row, values, keys, rows, n):
    """Insert a pull among the ``n`` heaviest kept so far; return (new n, value pushed out)."""
    if n < values.size:
        values[n], keys[n], rows[n] = value, key, row
        return n + 1, 0.0
    low = 0
    for j in range(1, n):
        if is_lighter(values[j], keys[j], values[low], keys[low]):
            low = j
    if not is_lighter(values[low], keys[low], value, key):
        return n, value
    out = values[low]
    values[low], keys[low], rows[low] = value, key, row
    return n, out


@inlined
def collect_reads(i, b, since, trigger_step, newest, reads, posts, sign, of_trigger, values, keys, rows):
    """Collect the heaviest pulls of person ``i``'s reads about ``b`` since a step; return (n, rest)."""
    n, rest = 0, 0.0
    r = newest[i]
    while r >= 0 and reads.step[r] >= since:
        p = reads.post[r]
        if posts.brand[p] == b:
            value = sign * reads.gain[r]
            if of_trigger:
                value = reads.strength[r] * (2.0 * posts.valence[p] - 1.0)
                if reads.channel[r] != FEED or reads.step[r] != trigger_step:
                    value = 0.0
            if value > 0.0:
                n, pushed = keep_heaviest(value, posts.key[p], r, values, keys, rows, n)
                rest += pushed
        r = reads.previous[r]
    return n, rest


@inlined
def write_credit(k, conversion, stage, source, share, out):
    """Write a credit to something else than a review at ``k`` if its share is positive; return the next free row."""
    if share <= 0.0:
        return k
    out.conversion[k], out.stage[k], out.source[k], out.share[k] = conversion, stage, source, share
    out.channel[k], out.post[k], out.sharer[k], out.author[k] = NO_CHANNEL, -1, -1, -1
    return k + 1


@inlined
def write_review(k, conversion, stage, share, read, reads, posts, out):
    """Write a credit to the review that was read in row ``read`` at ``k``; return the next free row."""
    if share <= 0.0:
        return k
    p = reads.post[read]
    out.conversion[k], out.stage[k], out.source[k], out.share[k] = conversion, stage, REVIEW, share
    out.channel[k], out.post[k], out.sharer[k] = reads.channel[read], posts.root[p], posts.sharer[p]
    out.author[k] = posts.author[p]
    return k + 1


@inlined
def credit_trigger(k, conversion, i, b, step, log_1p, log_1q, newest, reads, posts, values, keys, rows, out):
    """Write the trigger stage of one sale; return (next free row, purchase of the largest cause or -1)."""
    n, rest = collect_reads(i, b, step - 2, step - 2, newest, reads, posts, 1.0, True, values, keys, rows)
    total = -log_1p - rest * log_1q
    for a in range(n):
        total -= values[a] * log_1q
    if total <= 0.0:      # nothing in the model made the person consider: somebody set it from outside
        return write_credit(k, conversion, TRIGGER, CHANCE, 1.0, out), -1
    k = write_credit(k, conversion, TRIGGER, ADVERTISING, -log_1p / total, out)
    parent, best, best_key = -1, -log_1p / total, np.uint64(0)
    for a in range(n):
        p = reads.post[rows[a]]
        share = -values[a] * log_1q / total
        if share > best or (share == best and posts.key[p] > best_key):
            parent, best, best_key = posts.purchase[posts.root[p]], share, posts.key[p]
        k = write_review(k, conversion, TRIGGER, share, rows[a], reads, posts, out)
    return write_credit(k, conversion, TRIGGER, OLDER, -rest * log_1q / total, out), parent


@inlined
def credit_persuasion(k, conversion, i, b, since, own, carried, newest, reads, posts, values, keys, rows, out):
    """Write the persuasion stage of one sale; return the next free row."""
    n, rest = collect_reads(i, b, since, 0, newest, reads, posts, 1.0, False, values, keys, rows)
    total = rest + own + carried
    for a in range(n):
        total += values[a]
    if total <= 0.0:
        return write_credit(k, conversion, PERSUASION, CHANCE, 1.0, out)
    for a in range(n):
        k = write_review(k, conversion, PERSUASION, values[a] / total, rows[a], reads, posts, out)
    k = write_credit(k, conversion, PERSUASION, EXPERIENCE, own / total, out)
    k = write_credit(k, conversion, PERSUASION, CARRIED, carried / total, out)
    return write_credit(k, conversion, PERSUASION, OLDER, rest / total, out)


@kernel
def _credit(buyers, brands, first_row, causes, decided_at, step, log_1p, log_1q, own_gain, carried, newest,
            reads, posts, depth, start, out, out_parent, out_n):
    values, keys, rows = np.empty(depth), np.empty(depth, np.uint64), np.empty(depth, np.int64)
    k = start
    for j in range(buyers.size):
        i, b, conversion = buyers[j], brands[j], first_row + j
        out_parent[j] = -1
        if causes[j] >= 0:
            k = write_credit(k, conversion, TRIGGER, causes[j], 1.0, out)
        else:
            k, out_parent[j] = credit_trigger(k, conversion, i, b, step, log_1p[j], log_1q, newest, reads, posts,
                                              values, keys, rows, out)
        own = np.float64(own_gain[i, b])
        k = credit_persuasion(k, conversion, i, b, decided_at[i, b], own, carried[j], newest, reads, posts, values,
                              keys, rows, out)
    out_n[0] = k


@kernel
def _lost(people, brands, sales, decided_at, step, newest, reads, posts, depth, start, out, out_n):
    values, keys, rows = np.empty(depth), np.empty(depth, np.uint64), np.empty(depth, np.int64)
    k = start
    for j in range(people.size):
        i, b = people[j], brands[j]
        n, rest = collect_reads(i, b, decided_at[i, b], 0, newest, reads, posts, -1.0, False, values, keys, rows)
        total = rest
        for a in range(n):
            total += values[a]
        for a in range(n + 1):
            value = values[a] if a < n else rest
            if value <= 0.0:
                continue
            p = reads.post[rows[a]] if a < n else -1
            out.step[k], out.person[k], out.brand[k] = step, i, b
            out.sales[k] = sales[j] * value / total
            out.channel[k] = reads.channel[rows[a]] if p >= 0 else NO_CHANNEL
            out.post[k] = posts.root[p] if p >= 0 else -1
            out.author[k] = posts.author[p] if p >= 0 else -1
            k += 1
    out_n[0] = k


def log_one_minus(x: np.ndarray | float) -> np.ndarray | float:
    """Return ln(1 - x), finite also at x = 1 (then as if x were 1 - 1e-16)."""
    return np.log1p(-np.minimum(x, 1.0 - 1e-16))


def credit_sales(ledger, buyers: np.ndarray, brands: np.ndarray, first_row: int, causes: np.ndarray,
                 decided_at: np.ndarray, step: int, p: np.ndarray, q: float, own_gain: np.ndarray,
                 carried: np.ndarray, newest: np.ndarray, depth: int) -> np.ndarray:
    """Append both stages of credit for the sales (s,) whose rows start at ``first_row``; return tree parents.

    ``causes`` holds the single trigger (DUE, SEED) of a sale, or -1 where reviews and advertising compete.
    ``p`` (s,) is the advertising rate that the buyer met in the step of the trigger, ``carried`` (s,) the pull of
    the belief held.
    """
    credits = ledger.credits
    credits.reserve(buyers.size * (2 * depth + 6))
    parents, n = np.empty(buyers.size, np.int64), np.zeros(1, np.int64)
    _credit(buyers, brands, first_row, causes, decided_at, step, log_one_minus(p), float(log_one_minus(q)),
            own_gain, carried, newest, ledger.reads.arrays, ledger.posts.arrays, depth, credits.n, credits.arrays,
            parents, n)
    credits.n = int(n[0])
    return parents


def credit_simply(ledger, conversions: np.ndarray, stage: int, source: int, share: np.ndarray) -> None:
    """Append one credit (s,) per sale to a source that is no review; rows without a share are left out."""
    some = share > 0
    if some.any():
        ledger.credits.append({"conversion": conversions[some], "stage": stage, "source": source,
                               "channel": NO_CHANNEL, "post": -1, "sharer": -1, "author": -1,
                               "share": share[some]})


def credit_lost(ledger, people: np.ndarray, brands: np.ndarray, sales: np.ndarray, decided_at: np.ndarray,
                step: int, newest: np.ndarray, depth: int) -> None:
    """Append what the reads below the reader's belief cost in expected sales, ``sales`` (d,) per decision."""
    lost = ledger.lost
    lost.reserve(people.size * (depth + 1))
    n = np.zeros(1, np.int64)
    _lost(people, brands, sales, decided_at, step, newest, ledger.reads.arrays, ledger.posts.arrays, depth, lost.n,
          lost.arrays, n)
    lost.n = int(n[0])
