"""Experience: what owners meet, how good it was, and how that is felt.

    recovered  satisfaction += recovered (1 - satisfaction), first of all
    met        at purchase; with a rate per step; in the step after a failure of the
               brand; every n steps since the last purchase
    x          Normal(failure_quality, failure_spread) with probability f, else Normal(q, spread),
               + taste, - congestion (met - capacity)/met when overloaded, clipped to [0, 1]
    d          x - expectation at the step's start (Oliver 1980)
    S          clip(x + kappa (d if d >= 0 else loss_aversion d), 0, 1)
    satisfaction += min(1, alpha salience) (S - satisfaction), process by process in config order
    expectation  += eta (mean x - expectation), after all processes of the step

q = clip(base + improvement - shock, 0, 1), f = clip(base - improvement + shock, 0, 1), unless an event sets
them.  At each purchase expectation = belief + promise (1 - belief) if the promise was seen, else belief; at the
first purchase satisfaction = belief.  The cause of a review is the process with the largest salience |d|.
Pain is the sum of salience max(0, -d) over experiences.

Reads   owned, since, bought_now, times_bought, belief, promise_seen, taste, recovered, shock_quality,
        shock_failure, set_quality, set_failure, improved_quality, improved_failure
Writes  met, failed_at, expectation, satisfaction, last_quality, last_gap, last_evaluation, last_cause,
        last_failed, own_weight, own_value, n_met, n_failed, sum_evaluation, sum_shortfall,
        delivered_quality, delivered_failure
Draws   MEET_PROCESS, FAILS, MET_QUALITY (person, process, step)
Source  Oliver (1980); loss aversion: Tversky & Kahneman (1992)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.jit import kernel
from simulation.randomness import Stream, normal_quantile, uniform
from simulation.state import FIXED_ONE

READS = ("owned", "since", "bought_now", "times_bought", "belief", "promise_seen", "taste", "recovered",
         "shock_quality", "shock_failure", "set_quality", "set_failure", "improved_quality", "improved_failure")
WRITES = ("met", "failed_at", "expectation", "satisfaction", "last_quality", "last_gap", "last_evaluation",
          "last_cause", "last_failed", "own_weight", "own_value", "n_met", "n_failed", "sum_evaluation",
          "sum_shortfall", "delivered_quality", "delivered_failure")
STREAMS = ("MEET_PROCESS", "FAILS", "MET_QUALITY")

Offer = namedtuple("Offer", "first quality spread failure failure_quality failure_spread salience on_purchase "
                            "rate after_failure every capacity congestion promise")
Felt = namedtuple("Felt", "met failed_at expectation satisfaction last_quality last_gap last_evaluation "
                          "last_cause last_failed own_weight own_value n_met n_failed sum_evaluation sum_shortfall")


def experience(state, params, draws, step):
    """Let every owner meet processes and feel the result."""
    offer = current_offer(state, params)
    felt = Felt(*(getattr(state, name) for name in Felt._fields))
    state.delivered_quality[:], state.delivered_failure[:] = offer.quality, offer.failure
    for counter in (state.n_met, state.n_failed, state.sum_evaluation, state.sum_shortfall):
        counter[:] = 0
    streams = (int(Stream.MEET_PROCESS), int(Stream.FAILS), int(Stream.MET_QUALITY))
    _meet(state.owned, state.since, state.bought_now, offer, draws.seed, streams[0], step, felt)
    load = np.maximum(felt.n_met - offer.capacity, 0.0) / np.maximum(felt.n_met, 1)
    e = params.experience
    _experience(state.owned, state.bought_now, state.times_bought, state.belief, state.promise_seen, state.taste,
                state.recovered, offer, offer.congestion * load, e.kappa, e.loss_aversion, e.alpha, e.eta,
                e.own_weight, draws.seed, streams[1], streams[2], step, felt)


def current_offer(state, params):
    """Return what the processes of all brands deliver in this step, arrays (k,)."""
    processes = [p for brand in params.brands.values() for p in brand.processes.values()]
    counts = [len(brand.processes) for brand in params.brands.values()]
    column = {name: np.array([float(getattr(p, name)) for p in processes]) for name in
              ("quality", "spread", "failure_rate", "failure_quality", "failure_spread", "salience", "congestion")}
    when = {name: np.array([float(getattr(p.when, name)) for p in processes]) for name in
            ("on_purchase", "rate", "after_failure", "every")}
    quality = np.clip(column["quality"] + state.improved_quality - state.shock_quality, 0.0, 1.0)
    failure = np.clip(column["failure_rate"] - state.improved_failure + state.shock_failure, 0.0, 1.0)
    return Offer(
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        quality=np.where(np.isnan(state.set_quality), quality, state.set_quality),
        failure=np.where(np.isnan(state.set_failure), failure, state.set_failure),
        spread=column["spread"], failure_quality=column["failure_quality"],
        failure_spread=column["failure_spread"], salience=column["salience"], congestion=column["congestion"],
        capacity=np.array([np.inf if p.capacity == "unlimited" else p.capacity for p in processes]),
        promise=np.array([brand.promise for brand in params.brands.values()]), **when)


@kernel
def _meet(owned, since, bought_now, offer, seed, stream, step, felt):
    for i in range(owned.size):
        felt.met[i] = 0
        b = owned[i]
        if b < 0:
            continue
        age = step - since[i]
        failed_before = felt.failed_at[i, b] == step - 1
        for k in range(offer.first[b], offer.first[b + 1]):
            met = bought_now[i] and offer.on_purchase[k] > 0
            met = met or (offer.every[k] > 0 and age > 0 and age % offer.every[k] == 0)
            if not met:
                chance = offer.rate[k]
                if failed_before and offer.after_failure[k] > 0:
                    chance = offer.after_failure[k]
                met = chance > 0.0 and uniform(seed, stream, step, i, k) < chance
            if met:
                felt.met[i] |= np.uint32(1) << np.uint32(k - offer.first[b])
                felt.n_met[k] += 1


@kernel
def met_quality(i, k, b, offer, overload, taste, seed, fails_stream, quality_stream, step):
    """Return (quality met, whether the process failed)."""
    fails = uniform(seed, fails_stream, step, i, k) < offer.failure[k]
    z = normal_quantile(uniform(seed, quality_stream, step, i, k))
    x = offer.quality[k] + offer.spread[k] * z
    if fails:
        x = offer.failure_quality[k] + offer.failure_spread[k] * z
    return min(max(x + taste - overload[k], 0.0), 1.0), fails


@kernel
def _experience(owned, bought_now, times_bought, belief, promise_seen, taste, recovered, offer, overload, kappa,
                loss_aversion, alpha, eta, own_weight, seed, fails_stream, quality_stream, step, felt):
    for i in range(owned.size):
        b = owned[i]
        felt.own_weight[i], felt.own_value[i] = 0.0, 0.0
        if b < 0:
            continue
        satisfaction = np.float64(felt.satisfaction[i, b])
        satisfaction += np.float64(recovered[i, b]) * (1.0 - satisfaction)
        expected = np.float64(felt.expectation[i, b])
        if bought_now[i]:
            expected = belief[i, b] + (offer.promise[b] * (1.0 - belief[i, b]) if promise_seen[i, b] else 0.0)
            if times_bought[i, b] == 1:
                satisfaction = belief[i, b]
        total, n, largest = 0.0, 0, -1.0
        for k in range(offer.first[b], offer.first[b + 1]):
            if not (felt.met[i] >> np.uint32(k - offer.first[b])) & np.uint32(1):
                continue
            x, fails = met_quality(i, k, b, offer, overload, np.float64(taste[i, b]), seed, fails_stream,
                                   quality_stream, step)
            d = x - expected
            s = min(max(x + kappa * (d if d >= 0.0 else loss_aversion * d), 0.0), 1.0)
            satisfaction += min(1.0, alpha * offer.salience[k]) * (s - satisfaction)
            total, n = total + x, n + 1
            felt.own_weight[i] += own_weight * offer.salience[k]
            felt.own_value[i] += own_weight * offer.salience[k] * x
            felt.sum_evaluation[k] += np.int64(round(s * FIXED_ONE))
            felt.sum_shortfall[k] += np.int64(round(offer.salience[k] * max(-d, 0.0) * FIXED_ONE))
            if fails:
                felt.failed_at[i, b] = step
                felt.n_failed[k] += 1
            if offer.salience[k] * abs(d) > largest:
                largest = offer.salience[k] * abs(d)
                felt.last_quality[i, b], felt.last_gap[i, b] = x, d
                felt.last_evaluation[i, b], felt.last_cause[i, b] = s, k
                felt.last_failed[i, b] = fails
        felt.satisfaction[i, b] = satisfaction
        felt.expectation[i, b] = expected + (eta * (total / n - expected) if n > 0 else 0.0)
