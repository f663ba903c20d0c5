"""Meeting: which owners meet which processes of their brand in a step.

    at purchase      if on_purchase
    by the calendar  every n steps since the last purchase
    by chance        with probability rate; in the step after a failure of the brand, after_failure
                     (where it is set)

Draws   MEET_PROCESS (person, process, step)
Twin    tests/reference/market.py: is_met
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_uniforms

When = namedtuple("When", "on_purchase rate after_failure every")
"""When one process is met, as numbers."""


def meet_processes(people, offer, felt, draws, step):
    """Write who met what in this step; return the rows of those who have something to feel.

    They met a process, bought the brand, or were recovered by it.
    """
    rows = np.empty(people.owned.size, np.int64)
    n_rows = np.zeros(1, np.int64)
    _meet(people, offer, felt, draws.seed, int(Stream.MEET_PROCESS), step, rows, n_rows)
    return rows[:int(n_rows[0])]


# -- rules -----------------------------------------------------------------------------------------


@inlined
def is_due(age, every):
    """Tell whether ``every`` steps have passed since the last purchase, once or more."""
    turns = age / np.float64(every)    # as a float: the loop vectorises
    return (age > 0.0) & (turns == math.floor(turns))


@inlined
def meeting_probability(rate, after_failure, failed_before):
    """Return after_failure, where set, in the step after a failure of the brand, else rate."""
    return after_failure if failed_before & (after_failure > 0.0) else rate


# -- kernels ---------------------------------------------------------------------------------------


@kernel
def _meet(people, offer, felt, seed, stream, step, rows, n_rows):
    owners = np.empty(BATCH, np.int64)
    age = np.empty(BATCH)
    u = np.empty(BATCH)
    bought = np.empty(BATCH, np.uint32)
    hit = np.empty(BATCH, np.uint32)
    bits = np.empty(BATCH, np.uint32)
    failed_before = np.empty(BATCH, np.bool_)
    feels = np.empty(BATCH, np.bool_)
    owned = people.owned
    brands = offer.first.size - 1
    found = 0
    for start in range(0, owned.size, BATCH):
        stop = min(start + BATCH, owned.size)
        # clear what people met in the step before
        felt.processes_met[start:stop] = 0
        felt.own_weight[start:stop] = 0.0
        felt.own_value[start:stop] = 0.0
        feels[:] = False
        for b in range(brands):
            # gather the owners of the brand
            m = gather_owners(start, stop, owned, b, owners)
            mine = owners[:m]
            gather_moments(mine, brands, b, step, people.owned_since, people.bought_now,
                           felt.failed_at, age, bought, failed_before)
            bits[:m] = 0
            for k in range(offer.first[b], offer.first[b + 1]):
                when = When(
                    offer.on_purchase[k], offer.rate[k], offer.after_failure[k], offer.every[k])
                # draw where chance decides
                if when.rate > 0.0 or when.after_failure > 0.0:
                    fill_uniforms(seed, stream, step, mine, k, u)
                # apply
                meet_process(m, bought, age, failed_before, u, when, hit)
                felt.n_met[k] += set_bits(hit[:m], k - offer.first[b], bits)
            # write
            write_meetings(mine, start, brands, b, bits, bought, people.recovered,
                           felt.processes_met, feels)
        for i in range(start, stop):
            rows[found] = i
            found += feels[i - start]
    n_rows[0] = found


@inlined
def gather_owners(start, stop, owned, b, owners):
    """Write the owners of brand ``b`` among the people of a block; return how many they are."""
    m = 0
    for i in range(start, stop):
        owners[m] = i
        m += owned[i] == b
    return m


@inlined
def gather_moments(owners, brands, b, step, owned_since, bought_now, failed_at, age, bought,
                   failed_before):
    """Write steps since the last purchase, who bought now, and who had a failure a step before."""
    for j in range(owners.size):
        i = owners[j]
        age[j] = step - owned_since[i]
        bought[j] = bought_now[i] > 0
        failed_before[j] = failed_at[i * brands + b] == step - 1


@inlined
def meet_process(m, bought, age, failed_before, u, when, hit):
    """Write 1 where owners (m,) meet a process; branch-free: the outcome is unpredictable."""
    on_purchase = np.uint32(when.on_purchase > 0.0)
    for j in range(m):
        hit[j] = bought[j] * on_purchase
    if when.every > 0:
        for j in range(m):
            hit[j] |= is_due(age[j], when.every)
    if when.rate > 0.0 or when.after_failure > 0.0:
        for j in range(m):
            hit[j] |= u[j] < meeting_probability(when.rate, when.after_failure, failed_before[j])


@inlined
def set_bits(hit, p, bits):
    """Set the bit of the brand's ``p``-th process where it was met; return how often."""
    n = 0
    for j in range(hit.size):
        bits[j] |= hit[j] << np.uint32(p)
        n += hit[j]
    return n


@inlined
def write_meetings(owners, start, brands, b, bits, bought, recovered, processes_met, feels):
    """Write what owners met, and whether the people of a block have anything to feel."""
    for j in range(owners.size):
        i = owners[j]
        processes_met[i] = bits[j]
        feels[i - start] = (bits[j] > 0) | (bought[j] > 0) | (recovered[i * brands + b] > 0.0)
