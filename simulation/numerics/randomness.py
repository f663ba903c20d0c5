"""Randomness by address: a draw is a pure function of (seed, stream, step, who[, whom or which]).

Nothing is ever consumed in order, so adding a person, a metric or a rule moves no other draw, and
two scenarios differ only downstream of their difference.

    generator  Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), a bijection of 128-bit counters
    key        the 64-bit seed
    counter    (row, which, step, stream) for one person; (reader, key low, key high, stream) for a
               reader and a review
    uniform    53 bits of the first two words, centred: (k + 1/2) / 2^53, so 0 and 1 never occur
    normal     inverse of the normal distribution by Wichura's algorithm AS 241 (1988)

Draw keys are identities, never positions in a table: a review is hash64(author, brand, step), a
re-share hash64(sharer, root key, step).
"""

from __future__ import annotations

import enum
import math

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.quantiles import beta_quantiles

BATCH = 512
"""Numbers that a kernel draws at once: few enough to stay in the nearest cache."""


class Stream(enum.IntEnum):
    """Decisions that need a draw.  Append only, never renumber: numbers are part of addresses."""

    TRAIT = 1              # population: one uniform per person and trait
    ADVERTISING = 2        # does the advertisement of a brand reach this person in this step?
    TRIGGER = 3            # do the reviews read make this person consider the brand?
    CHOICE = 4             # taste shock of a decision, per person and brand (which 0 = buy nothing)
    MEET_PROCESS = 5       # does the owner meet this process in this step?
    FAILS = 6              # does the process fail?
    MET_QUALITY = 7        # how good was it?
    MOTIVE_FIRES = 8       # does this motive make the person post?
    RATING_NOISE = 9       # noise of the stars given
    IDEA = 10              # does the post carry an idea?
    IDEA_STRENGTH = 11     # how good is the idea?
    FEED_READ = 12         # does the follower read the post? (reader, post key)
    RESHARE = 13           # does the reader pass the post on? (reader, post key)
    NOTICE = 14            # does the reader notice the author's motive? (reader, root key)
    SITE_ORDER = 15  # which recent reviews does the person pick on the site? (reader, root key)
    HELPFUL = 16           # does the site reader vote the review helpful? (reader, root key)
    CHURN = 17             # does the owner leave?
    LISTEN_SEEN = 18       # does the brand see the review? (brand, root key)
    LISTEN_SENTIMENT = 19  # is its sentiment misread?
    LISTEN_TOPIC = 20      # is its process misread?
    LISTEN_TOPIC_WRONG = 21  # as which other process?
    LISTEN_AUTHOR = 22     # is its author resolved to a customer?
    RELAY = 23  # does the employee carry the review to the right unit? (employee, root key)
    TICKET_HANDLED = 24    # is the item taken up by triage? (brand, root key)
    TICKET_ROUTE = 25      # is it routed to the right unit?
    TICKET_ROUTE_WRONG = 26  # to which other unit?
    TICKET_ARRIVAL = 27    # when within the step does it arrive?
    TICKET_SERVICE = 28    # how long is it worked on?
    INFLOW = 29            # how many tickets come from outside, and when? (unit, number)
    INFLOW_SERVICE = 30    # how long are they worked on?
    POLICY = 31            # choices of a policy (who is seeded, which pairs are introduced)
    MEETING = 32           # with whom does the person meet in this step?
    ORDER = 33             # the order of visits under sequential activation
    CONTACT = 34           # contact adoption rules: per person, brand and step
    TIE = 35               # contact adoption rules: per tie
    DISSATISFIED = 36      # does the buyer's product disappoint? (cascade_negative)
    REVIEW_KEY = 37        # not a draw: the hash that makes review keys
    RESHARE_KEY = 38       # not a draw: the hash that makes re-share keys
    EXPERT_HEARD = 39      # reserved


REVIEW_KEY, RESHARE_KEY = int(Stream.REVIEW_KEY), int(Stream.RESHARE_KEY)


@inlined
def philox(key0, key1, c0, c1, c2, c3):
    """Return two of the four 32-bit words of Philox4x32-10 (uint64 arithmetic on 32-bit values)."""
    mask = np.uint64(0xFFFFFFFF)
    m0, m1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
    w0, w1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
    for _ in range(10):
        p0 = m0 * c0
        p1 = m1 * c2
        c0, c1, c2, c3 = ((p1 >> np.uint64(32)) ^ c1 ^ key0, p1 & mask,
                          (p0 >> np.uint64(32)) ^ c3 ^ key1, p0 & mask)
        key0 = (key0 + w0) & mask
        key1 = (key1 + w1) & mask
    return c0, c1


@inlined
def inlined_uniform(seed, stream, step, row, which):
    """Return what ``uniform`` returns; a plain loop around it draws several numbers at once."""
    mask = np.uint64(0xFFFFFFFF)
    # with the casts the compiler multiplies 32-bit words
    a, b = philox(seed & mask, seed >> np.uint64(32), np.uint64(row) & mask,
                  np.uint64(which) & mask, np.uint64(step) & mask, np.uint64(stream) & mask)
    k = (a << np.uint64(21)) | (b >> np.uint64(11))
    return (np.float64(k) + 0.5) * (1.0 / 9007199254740992.0)


@inlined
def inlined_uniform_pair(seed, stream, row, key):
    """Return what ``uniform_pair`` returns; a plain loop around it
    draws several numbers at once.
    """
    mask = np.uint64(0xFFFFFFFF)
    return inlined_uniform(seed, stream, key >> np.uint64(32), row, key & mask)


@kernel
def uniform(seed, stream, step, row, which):
    """Return the uniform in (0, 1) at the address (row, which, step,
    stream) of ``seed`` (uint64).
    """
    return inlined_uniform(seed, stream, step, row, which)


@kernel
def uniform_pair(seed, stream, row, key):
    """Return the uniform in (0, 1) of a reader ``row`` and a review ``key`` (uint64)."""
    return inlined_uniform_pair(seed, stream, row, key)


@kernel
def fill_uniforms(seed, stream, step, rows, which, out):
    """Write the uniforms of ``rows`` (n,) for one ``which`` into the head of ``out``."""
    for j in range(rows.size):
        out[j] = inlined_uniform(seed, stream, step, rows[j], which)


@kernel
def fill_uniforms_between(seed, stream, step, start, stop, which, out):
    """Write the uniforms of the rows ``start`` .. ``stop`` for one
    ``which`` into the head of ``out``.
    """
    for j in range(stop - start):
        out[j] = inlined_uniform(seed, stream, step, start + j, which)


@kernel
def fill_uniforms_by(seed, stream, step, rows, which, out):
    """Write the uniforms of ``rows`` (n,), each for its own ``which`` (n,),
    into the head of ``out``.
    """
    for j in range(rows.size):
        out[j] = inlined_uniform(seed, stream, step, rows[j], which[j])


@kernel
def hash64(a, b, c, stream, extra):
    """Return a 64-bit hash of four 32-bit numbers and ``extra`` (used as key): an identity,
    not a draw.
    """
    high, low = philox(np.uint64(extra), np.uint64(0), np.uint64(a), np.uint64(b), np.uint64(c),
                       np.uint64(stream))
    return (high << np.uint64(32)) | low


@kernel
def normal_quantile(u):
    """Return the standard normal quantile of ``u`` in (0, 1): Wichura's AS 241,
    about 1e-16 relative.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r
                         + 67265.770927008700853) * r + 45921.953931549871457) * r
                       + 13731.693765509461125) * r + 1971.5909503065514427) * r
                     + 133.14166789178437745) * r
                    + 3.387132872796366608) / (((((((5226.495278852545925 * r
                                                     + 28729.085735721942674) * r
                                                    + 39307.89580009271061) * r
                                                   + 21213.794301586595867) * r
                                                  + 5394.1960214247511077) * r
                                                 + 687.1870074920579083) * r
                                                + 42.313330701600911252) * r + 1.0)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        z = (((((((7.7454501427834140764e-4 * r + .0227238449892691845833) * r
                  + .24178072517745061177) * r + 1.27045825245236838258) * r
                + 3.64784832476320460504) * r + 5.7694972214606914055) * r
              + 4.6303378461565452959) * r
             + 1.42343711074968357734) / (((((((1.05075007164441684324e-9 * r
                                                + 5.475938084995344946e-4) * r
                                               + .0151986665636164571966) * r
                                              + .14810397642748007459) * r
                                             + .68976733498510000455) * r
                                            + 1.6763848301838038494) * r
                                           + 2.05319162663775882187) * r + 1.0)
    else:
        r -= 5.0
        z = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                  + .0012426609473880784386) * r + .026532189526576123093) * r
                + .29656057182850489123) * r + 1.7848265399172913358) * r
              + 5.4637849111641143699) * r
             + 6.6579046435011037772) / (((((((2.04426310338993978564e-15 * r
                                               + 1.4215117583164458887e-7) * r
                                              + 1.8463183175100546818e-5) * r
                                             + 7.868691311456132591e-4) * r
                                            + .0148753612908506148525) * r
                                           + .13692988092273580531) * r + .59983220655588793769) * r
                                         + 1.0)
    return -z if q < 0.0 else z


@kernel
def fill_uniforms_of_reader(seed, stream, row, keys, out):
    """Write the uniforms of one reader and the reviews ``keys`` (n,) into the head of ``out``."""
    for j in range(keys.size):
        out[j] = inlined_uniform_pair(seed, stream, row, keys[j])


@kernel
def fill_pairs(seed, stream, rows, keys, out):
    """Write the uniforms of pairs of a reader (n,) and a review's key
    (n,) into the head of ``out``.
    """
    for j in range(rows.size):
        out[j] = inlined_uniform_pair(seed, stream, rows[j], keys[j])


@kernel
def _fill_quantiles(u, out):
    for j in range(u.size):
        out[j] = normal_quantile(u[j])


@kernel
def _fill_review_keys(authors, brands, step, out):
    for j in range(authors.size):
        out[j] = hash64(authors[j], brands[j], step, REVIEW_KEY, 0)


@kernel
def _fill_reshare_keys(sharers, roots, step, out):
    for j in range(sharers.size):
        low, high = roots[j] & np.uint64(0xFFFFFFFF), roots[j] >> np.uint64(32)
        out[j] = hash64(sharers[j], low, high, RESHARE_KEY, step)


class Draws:
    """The draws of one run, as arrays: every method is a pure function of
    its arguments and ``seed``.
    """

    def __init__(self, seed: int):
        self.seed = np.uint64(seed)

    def uniforms(self, stream: Stream, step: int, rows: np.ndarray,
                 which: int | np.ndarray = 0) -> np.ndarray:
        """Return one uniform in (0, 1) for each of ``rows`` (n,);
        a row's draw ignores the other rows.

        ``which`` is one number for all rows, or one for each (a brand, a process, a motive).
        """
        out = np.empty(len(rows))
        which = np.broadcast_to(np.asarray(which, np.int64), out.shape)
        fill_uniforms_by(self.seed, int(stream), step, np.asarray(rows, np.int64), which, out)
        return out

    def normals(self, stream: Stream, step: int, rows: np.ndarray,
                which: int | np.ndarray = 0) -> np.ndarray:
        """Return one standard normal for each of ``rows`` (n,),
        by inverse transform of its uniform.
        """
        u = self.uniforms(stream, step, rows, which)
        out = np.empty_like(u)
        _fill_quantiles(u, out)
        return out

    def betas(self, stream: Stream, step: int, rows: np.ndarray, a: float, b: float,
              which: int | np.ndarray = 0) -> np.ndarray:
        """Return one Beta(a, b) variate for each of ``rows`` (n,),
        by inverse transform of its uniform.
        """
        return beta_quantiles(self.uniforms(stream, step, rows, which), a, b)

    def pair_uniforms(self, stream: Stream, rows: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return one uniform in (0, 1) for each pair of a reader's row and a review's key (n,)."""
        out = np.empty(len(rows))
        fill_pairs(self.seed, int(stream), np.asarray(rows, np.int64), np.asarray(keys, np.uint64),
                   out)
        return out


def review_keys(authors: np.ndarray, brands: np.ndarray, step: int) -> np.ndarray:
    """Return the identities (n,) uint64 of reviews by (author, brand, step)."""
    out = np.empty(len(authors), np.uint64)
    _fill_review_keys(np.asarray(authors, np.int64), np.asarray(brands, np.int64), step, out)
    return out


def reshare_keys(sharers: np.ndarray, roots: np.ndarray, step: int) -> np.ndarray:
    """Return the identities (n,) uint64 of re-shares by (sharer, root key, step)."""
    out = np.empty(len(sharers), np.uint64)
    _fill_reshare_keys(np.asarray(sharers, np.int64), np.asarray(roots, np.uint64), step, out)
    return out
