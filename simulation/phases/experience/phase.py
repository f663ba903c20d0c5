"""Experience: what owners meet, how good it was, and how that is felt.

    recovered  satisfaction += recovered (1 - satisfaction), first of all
    met        at purchase; every n steps since the last purchase; by chance, with a rate per step,
               in the step after a failure of the brand with after_failure
    x          clip(Normal(mean, spread) + taste - overload, 0, 1), with probability f of a failure
               and its mean and spread, else with mean q and the spread of the process
    overload   congestion max(met - capacity, 0) / met
    d          x - expectation at the step's start (Oliver 1980)
    S          clip(x + disconfirmation_weight (d if d >= 0 else loss_aversion d), 0, 1)
    satisfaction += min(1, satisfaction_rate salience) (S - satisfaction),
               process by process in config order
    expectation  += expectation_rate (mean x - expectation), after all processes of the step

q = clip(base + improvement - shock, 0, 1), f = clip(base - improvement + shock, 0, 1), unless an
event sets them.  At each purchase expectation = belief + promise (1 - belief) if the promise was
seen, else belief; at the first purchase satisfaction = belief.  The cause of a review is the
process with the largest salience |d|.  Pain is the sum of salience max(0, -d) over experiences.

Reads   owned, owned_since, bought_now, times_bought, belief, promise_seen, taste, recovered,
        shock_quality, shock_failure, set_quality, set_failure, improved_quality, improved_failure
Writes  processes_met, failed_at, expectation, satisfaction, last_quality, last_gap,
        last_evaluation, last_cause, last_failed, own_weight, own_value, n_met, n_failed,
        sum_evaluation, sum_shortfall, delivered_quality, delivered_failure
Draws   MEET_PROCESS, FAILS, MET_QUALITY (person, process, step)
Source  Oliver (1980); loss aversion: Tversky & Kahneman (1992)
Twin    tests/reference/market.py: experience
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.randomness import Stream
from simulation.phases.experience.feeling import feel_meetings
from simulation.phases.experience.meeting import meet_processes

READS = ("owned", "owned_since", "bought_now", "times_bought", "belief", "promise_seen", "taste",
         "recovered", "shock_quality", "shock_failure", "set_quality", "set_failure",
         "improved_quality", "improved_failure")
WRITES = ("processes_met", "failed_at", "expectation", "satisfaction", "last_quality", "last_gap",
          "last_evaluation", "last_cause", "last_failed", "own_weight", "own_value", "n_met",
          "n_failed", "sum_evaluation", "sum_shortfall", "delivered_quality", "delivered_failure")
STREAMS = ("MEET_PROCESS", "FAILS", "MET_QUALITY")

Offer = namedtuple("Offer", "first quality spread failure failure_quality failure_spread salience "
                            "on_purchase rate after_failure every capacity congestion promise")
"""What brands deliver, by process (k,); ``promise`` by brand (b,).  The processes of brand b are
those from first[b] up to first[b + 1]."""

People = namedtuple("People", "owned owned_since bought_now times_bought belief promise_seen taste "
                              "recovered")
"""What is read of people; columns by brand are flat, the pair (i, b) in row i brands + b."""

Felt = namedtuple("Felt", "processes_met failed_at expectation satisfaction last_quality last_gap "
                          "last_evaluation last_cause last_failed own_weight own_value "
                          "n_met n_failed sum_evaluation sum_shortfall")
"""What is written of people, flat like ``People``, and from n_met on counted by process (k,)."""

Response = namedtuple("Response", "disconfirmation_weight loss_aversion satisfaction_rate "
                                  "expectation_rate own_weight")
"""How people respond to what they meet: the numbers of ``params.experience``."""

ExperienceDraws = namedtuple("ExperienceDraws", "seed fails quality step")


def experience(state, params, draws, step):
    """Let every owner meet processes and feel the result."""
    offer = current_offer(state, params)
    people = columns(state, People)
    felt = columns(state, Felt)
    response = Response(*(getattr(params.experience, name) for name in Response._fields))
    address = ExperienceDraws(draws.seed, int(Stream.FAILS), int(Stream.MET_QUALITY), step)
    state.delivered_quality[:] = offer.quality
    state.delivered_failure[:] = offer.failure
    for counter in (felt.n_met, felt.n_failed, felt.sum_evaluation, felt.sum_shortfall):
        counter[:] = 0
    rows = meet_processes(people, offer, felt, draws, step)
    overload = quality_lost(offer, felt.n_met)
    feel_meetings(rows, people, offer, overload, response, address, felt)


def columns(state, kind):
    """Return the flat columns of the state that a named tuple ``kind`` names."""
    return kind(*(getattr(state, name).ravel() for name in kind._fields))


def current_offer(state, params):
    """Return what the processes of all brands deliver in this step."""
    brands = list(params.brands.values())
    processes = [process for brand in brands for process in brand.processes.values()]
    moments = [process.when for process in processes]
    base = values(processes, "quality")
    quality = np.clip(base + state.improved_quality - state.shock_quality, 0.0, 1.0)
    base = values(processes, "failure_rate")
    failure = np.clip(base - state.improved_failure + state.shock_failure, 0.0, 1.0)
    capacity = [np.inf if p.capacity == "unlimited" else p.capacity for p in processes]
    return Offer(
        first=np.cumsum([0, *(len(brand.processes) for brand in brands)], dtype=np.int64),
        quality=np.where(np.isnan(state.set_quality), quality, state.set_quality),
        spread=values(processes, "spread"),
        failure=np.where(np.isnan(state.set_failure), failure, state.set_failure),
        failure_quality=values(processes, "failure_quality"),
        failure_spread=values(processes, "failure_spread"),
        salience=values(processes, "salience"),
        on_purchase=values(moments, "on_purchase"),
        rate=values(moments, "rate"),
        after_failure=values(moments, "after_failure"),
        every=np.array([when.every for when in moments]),
        capacity=np.array(capacity, float),
        congestion=values(processes, "congestion"),
        promise=values(brands, "promise"))


def values(things, name):
    """Return one parameter of processes, of their moments or of brands, as an array."""
    return np.array([float(getattr(thing, name)) for thing in things])


def quality_lost(offer, n_met):
    """Return the quality lost to overload, congestion max(met - capacity, 0) / met, (k,)."""
    return offer.congestion * (np.maximum(n_met - offer.capacity, 0.0) / np.maximum(n_met, 1))
