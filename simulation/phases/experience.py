"""Experience: what owners meet, how good it was, and how that is felt.

    recovered  satisfaction += recovered (1 - satisfaction), first of all
    met        at purchase; with a rate per step; in the step after a failure of the
               brand; every n steps since the last purchase
    x          Normal(failure_quality, failure_spread) with probability f, else Normal(q, spread),
               + taste, - congestion (met - capacity)/met when overloaded, clipped to [0, 1]
    d          x - expectation at the step's start (Oliver 1980)
    S          clip(x + disconfirmation_weight (d if d >= 0 else loss_aversion d), 0, 1)
    satisfaction += min(1, satisfaction_rate salience) (S - satisfaction), process by process in config order
    expectation  += expectation_rate (mean x - expectation), after all processes of the step

q = clip(base + improvement - shock, 0, 1), f = clip(base - improvement + shock, 0, 1), unless an event sets
them.  At each purchase expectation = belief + promise (1 - belief) if the promise was seen, else belief; at the
first purchase satisfaction = belief.  The cause of a review is the process with the largest salience |d|.
Pain is the sum of salience max(0, -d) over experiences.

Reads   owned, owned_since, bought_now, times_bought, belief, promise_seen, taste, recovered, shock_quality,
        shock_failure, set_quality, set_failure, improved_quality, improved_failure
Writes  processes_met, failed_at, expectation, satisfaction, last_quality, last_gap, last_evaluation, last_cause,
        last_failed, own_weight, own_value, n_met, n_failed, sum_evaluation, sum_shortfall,
        delivered_quality, delivered_failure
Draws   MEET_PROCESS, FAILS, MET_QUALITY (person, process, step)
Source  Oliver (1980); loss aversion: Tversky & Kahneman (1992)
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_uniforms, fill_uniforms_by, normal_quantile
from simulation.world.state import FIXED_ONE

READS = ("owned", "owned_since", "bought_now", "times_bought", "belief", "promise_seen", "taste", "recovered",
         "shock_quality", "shock_failure", "set_quality", "set_failure", "improved_quality", "improved_failure")
WRITES = ("processes_met", "failed_at", "expectation", "satisfaction", "last_quality", "last_gap", "last_evaluation",
          "last_cause", "last_failed", "own_weight", "own_value", "n_met", "n_failed", "sum_evaluation",
          "sum_shortfall", "delivered_quality", "delivered_failure")
STREAMS = ("MEET_PROCESS", "FAILS", "MET_QUALITY")

Offer = namedtuple("Offer", "first quality spread failure failure_quality failure_spread salience on_purchase "
                            "rate after_failure every capacity congestion promise")
ExperienceDraws = namedtuple("ExperienceDraws", "seed fails quality step")
Felt = namedtuple("Felt", "processes_met failed_at expectation satisfaction last_quality last_gap last_evaluation "
                          "last_cause last_failed own_weight own_value n_met n_failed sum_evaluation sum_shortfall")


def experience(state, params, draws, step):
    """Let every owner meet processes and feel the result."""
    offer = current_offer(state, params)
    felt = Felt(*(getattr(state, name).ravel() for name in Felt._fields))
    state.delivered_quality[:], state.delivered_failure[:] = offer.quality, offer.failure
    for counter in (state.n_met, state.n_failed, state.sum_evaluation, state.sum_shortfall):
        counter[:] = 0
    rows, n = np.empty(state.n, np.int64), np.zeros(1, np.int64)
    recovered = state.recovered.ravel()
    _meet(state.owned, state.owned_since, state.bought_now, recovered, offer, draws.seed, int(Stream.MEET_PROCESS),
          step, felt, rows, n)
    load = np.maximum(felt.n_met - offer.capacity, 0.0) / np.maximum(felt.n_met, 1)
    e = params.experience
    _experience(rows[: int(n[0])], state.owned, state.bought_now, state.times_bought.ravel(), state.belief.ravel(),
                state.promise_seen.ravel(), state.taste.ravel(), recovered, offer, offer.congestion * load,
                e.disconfirmation_weight, e.loss_aversion, e.satisfaction_rate, e.expectation_rate, e.own_weight,
                ExperienceDraws(draws.seed, int(Stream.FAILS), int(Stream.MET_QUALITY), step), felt)


def current_offer(state, params):
    """Return what the processes of all brands deliver in this step, arrays (k,)."""
    processes = [p for brand in params.brands.values() for p in brand.processes.values()]
    counts = [len(brand.processes) for brand in params.brands.values()]
    column = {name: np.array([float(getattr(p, name)) for p in processes]) for name in
              ("quality", "spread", "failure_rate", "failure_quality", "failure_spread", "salience", "congestion")}
    when = {name: np.array([float(getattr(p.when, name)) for p in processes]) for name in
            ("on_purchase", "rate", "after_failure")}
    quality = np.clip(column["quality"] + state.improved_quality - state.shock_quality, 0.0, 1.0)
    failure = np.clip(column["failure_rate"] - state.improved_failure + state.shock_failure, 0.0, 1.0)
    return Offer(
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        quality=np.where(np.isnan(state.set_quality), quality, state.set_quality),
        failure=np.where(np.isnan(state.set_failure), failure, state.set_failure),
        every=np.array([p.when.every for p in processes]), spread=column["spread"],
        failure_quality=column["failure_quality"], failure_spread=column["failure_spread"], salience=column["salience"],
        congestion=column["congestion"],
        capacity=np.array([np.inf if p.capacity == "unlimited" else p.capacity for p in processes]),
        promise=np.array([brand.promise for brand in params.brands.values()]), **when)


@kernel
def _meet(owned, since, bought_now, recovered, offer, seed, stream, step, felt, rows, n):
    mine, age, bought = np.empty(BLOCK, np.int64), np.empty(BLOCK), np.empty(BLOCK, np.uint32)
    luck, hit, bits = np.empty(BLOCK), np.empty(BLOCK, np.uint32), np.empty(BLOCK, np.uint32)
    met, failed_at, feels = felt.processes_met, felt.failed_at, np.empty(BLOCK, np.bool_)
    found, brands = 0, offer.first.size - 1
    for start in range(0, owned.size, BLOCK):
        stop = min(start + BLOCK, owned.size)
        met[start:stop], felt.own_weight[start:stop], felt.own_value[start:stop], feels[:] = 0, 0.0, 0.0, False
        for b in range(brands):
            m = 0
            for i in range(start, stop):
                mine[m] = i
                m += owned[i] == b
            for j in range(m):                  # side by side, for all processes of the brand
                age[j], bought[j], bits[j] = step - since[mine[j]], bought_now[mine[j]] > 0, 0
            for k in range(offer.first[b], offer.first[b + 1]):
                times = offer.on_purchase[k], offer.every[k], offer.rate[k], offer.after_failure[k]
                felt.n_met[k] += meet_process(mine[:m], age, bought, failed_at, brands, b, k, k - offer.first[b], times,
                                              seed, stream, step, luck, hit, bits)
            for j in range(m):
                i = mine[j]
                again = recovered[i * brands + b] > 0.0
                met[i] = bits[j]
                feels[i - start] = (bits[j] > 0) | (bought[j] > 0) | again
        for i in range(start, stop):
            rows[found] = i
            found += feels[i - start]
    n[0] = found


@kernel
def meet_process(owners, age, bought, failed_at, brands, b, k, p, times, seed, stream, step, luck, hit, bits):
    """Set the bit of process ``k``, the brand's ``p``-th, where owners (m,) meet it; return how many do.

    Without jumps, for nobody can guess who does.
    """
    on_purchase, every, rate, after_failure = times
    for j in range(owners.size):
        hit[j] = bought[j] * np.uint32(on_purchase > 0.0)
    if every > 0:
        for j in range(owners.size):            # a quotient with a point: several at once
            turns = age[j] / np.float64(every)
            hit[j] |= (age[j] > 0.0) & (turns == math.floor(turns))
    if rate > 0.0 or after_failure > 0.0:
        fill_uniforms(seed, stream, step, owners, k, luck)
        for j in range(owners.size):
            failed_before = after_failure > 0.0 and failed_at[owners[j] * brands + b] == step - 1
            hit[j] |= luck[j] < (after_failure if failed_before else rate)
    n = 0
    for j in range(owners.size):
        bits[j] |= hit[j] << np.uint32(p)
        n += hit[j]
    return n


@kernel
def _experience(rows, owned, bought_now, times_bought, belief, promise_seen, taste, recovered, offer, overload,
                disconfirmation_weight, loss_aversion, satisfaction_rate, expectation_rate, own_weight, luck, felt):
    satisfaction, expected, at = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, np.int64)
    total, largest, n = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, np.int64)
    processes = np.max(np.diff(offer.first))    # of the brand that has most
    for start in range(0, rows.size, BLOCK):
        block = rows[start:start + BLOCK]
        total[:], largest[:], n[:] = 0.0, -1.0, 0
        begin(block, owned, bought_now, times_bought, belief, promise_seen, recovered, offer, felt, at, satisfaction,
              expected)
        for p in range(processes):
            met, fails, z = draws_of_meetings(p, block, owned, offer, luck, felt)
            for m in range(met.size):
                j = met[m]
                i, k = block[j], offer.first[owned[block[j]]] + p
                failed = fails[m] < offer.failure[k]
                mean, spread = offer.quality[k], offer.spread[k]
                if failed:
                    mean, spread = offer.failure_quality[k], offer.failure_spread[k]
                x = lived_quality(mean, spread, z[m], taste[at[j]], overload[k])
                d = x - expected[j]
                s = min(max(x + disconfirmation_weight * (d if d >= 0.0 else loss_aversion * d), 0.0), 1.0)
                satisfaction[j] += min(1.0, satisfaction_rate * offer.salience[k]) * (s - satisfaction[j])
                total[j], n[j] = total[j] + x, n[j] + 1
                felt.own_weight[i] += own_weight * offer.salience[k]
                felt.own_value[i] += own_weight * offer.salience[k] * x
                felt.sum_evaluation[k] += np.int64(round(s * FIXED_ONE))
                felt.sum_shortfall[k] += np.int64(round(offer.salience[k] * max(-d, 0.0) * FIXED_ONE))
                if failed:
                    felt.failed_at[at[j]] = luck.step
                    felt.n_failed[k] += 1
                if offer.salience[k] * abs(d) > largest[j]:
                    largest[j] = offer.salience[k] * abs(d)
                    record_most_salient(at[j], k, x, d, s, failed, felt)
        for j in range(block.size):
            felt.satisfaction[at[j]] = satisfaction[j]
            moved = expectation_rate * (total[j] / n[j] - expected[j]) if n[j] > 0 else 0.0
            felt.expectation[at[j]] = expected[j] + moved


@inlined
def lived_quality(mean, spread, z, taste, overload):
    """Return what a process was for a person, [0, 1]; numbers only (see simulation/adoption/contacts.py)."""
    x = mean + spread * normal_quantile(z) + np.float64(taste) - overload
    return min(max(x, 0.0), 1.0)


@kernel
def begin(block, owned, bought_now, times_bought, belief, promise_seen, recovered, offer, felt, at, satisfaction,
          expected):
    """Write where the people of a block (m,) stand with their brand, what they feel and expect before they meet it."""
    brands = offer.first.size - 1
    for j in range(block.size):
        at[j] = block[j] * brands + owned[block[j]]
        felt_before = np.float64(felt.satisfaction[at[j]])
        satisfaction[j] = felt_before + np.float64(recovered[at[j]]) * (1.0 - felt_before)
        expected[j] = np.float64(felt.expectation[at[j]])
        if bought_now[block[j]]:
            believed, promise = belief[at[j]], offer.promise[owned[block[j]]]
            expected[j] = believed + (promise * (1.0 - believed) if promise_seen[at[j]] else 0.0)
            if times_bought[at[j]] == 1:
                satisfaction[j] = believed


@kernel
def draws_of_meetings(p, block, owned, offer, luck, felt):
    """Return who of a block met the ``p``-th process of his brand (places in the block), and his luck there."""
    met, rows = np.empty(block.size, np.int64), np.empty(block.size, np.int64)
    which = np.empty(block.size, np.int64)
    n = 0
    for j in range(block.size):
        i = block[j]
        met[n], rows[n], which[n] = j, i, offer.first[owned[i]] + p
        n += np.int64((felt.processes_met[i] >> np.uint32(p)) & np.uint32(1))
    fails, z = np.empty(n), np.empty(n)
    fill_uniforms_by(luck.seed, luck.fails, luck.step, rows[:n], which[:n], fails)
    fill_uniforms_by(luck.seed, luck.quality, luck.step, rows[:n], which[:n], z)
    return met[:n], fails, z


@inlined
def record_most_salient(at, k, x, d, s, failed, felt):
    """Write down the process that impressed the person most in this step."""
    felt.last_quality[at], felt.last_gap[at], felt.last_evaluation[at] = x, d, s
    felt.last_cause[at], felt.last_failed[at] = k, failed
