"""Feeling: how good what owners met was, and how that moves satisfaction and expectation.

    x    clip(mean + spread z + taste - overload, 0, 1)
    d    x - expectation at the step's start
    S    clip(x + disconfirmation_weight (d if d >= 0 else loss_aversion d), 0, 1)
    satisfaction += min(1, satisfaction_rate salience) (S - satisfaction), meeting by meeting
    expectation  += expectation_rate (mean x - expectation), after all meetings of the step

Draws   FAILS, MET_QUALITY (person, process, step)
Twin    tests/reference/market.py: live_through
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, fill_uniforms_by, normal_quantile
from simulation.world.state import FIXED_ONE

# -- rules -----------------------------------------------------------------------------------------


@inlined
def recovered_satisfaction(satisfaction, recovered):
    """Return satisfaction + recovered (1 - satisfaction)."""
    return satisfaction + recovered * (1.0 - satisfaction)


@inlined
def expectation_at_purchase(belief, promise, promise_seen):
    """Return belief + promise (1 - belief) if the promise was seen, else belief."""
    return belief + (promise * (1.0 - belief) if promise_seen else 0.0)


@inlined
def lived_quality(mean, spread, z, taste, overload):
    """Return x = clip(mean + spread z + taste - overload, 0, 1)."""
    x = mean + spread * z + taste - overload
    return min(max(x, 0.0), 1.0)


@inlined
def felt_evaluation(x, d, disconfirmation_weight, loss_aversion):
    """Return S = clip(x + disconfirmation_weight (d if d >= 0 else loss_aversion d), 0, 1)."""
    impression = d if d >= 0.0 else loss_aversion * d
    return min(max(x + disconfirmation_weight * impression, 0.0), 1.0)


@inlined
def updated_satisfaction(satisfaction, s, satisfaction_rate, salience):
    """Return satisfaction + min(1, satisfaction_rate salience) (S - satisfaction)."""
    return satisfaction + min(1.0, satisfaction_rate * salience) * (s - satisfaction)


@inlined
def updated_expectation(expectation, mean_x, expectation_rate):
    """Return expectation + expectation_rate (mean x - expectation)."""
    return expectation + expectation_rate * (mean_x - expectation)


# -- kernels ---------------------------------------------------------------------------------------


@kernel
def feel_meetings(rows, people, offer, overload, response, draws, felt):
    """Let the people of ``rows`` feel what they met, the processes of their brand one by one."""
    pair = np.empty(BATCH, np.int64)
    place = np.empty(BATCH, np.int64)
    person = np.empty(BATCH, np.int64)
    process = np.empty(BATCH, np.int64)
    n = np.empty(BATCH, np.int64)
    satisfaction = np.empty(BATCH)
    expected = np.empty(BATCH)
    total = np.empty(BATCH)
    largest = np.empty(BATCH)
    u_fails = np.empty(BATCH)
    u_quality = np.empty(BATCH)
    x = np.empty(BATCH)
    d = np.empty(BATCH)
    s = np.empty(BATCH)
    failed = np.empty(BATCH, np.bool_)
    brands = offer.first.size - 1
    most = np.max(np.diff(offer.first))    # processes of the brand that has most
    for start in range(0, rows.size, BATCH):
        block = rows[start:start + BATCH]
        # gather what they feel and expect of their brand
        begin(block, people, brands, felt, pair, satisfaction, expected, total, n, largest)
        begin_purchases(block, people, offer.promise, pair, satisfaction, expected)
        for p in range(most):
            # gather who met the p-th process of their brand
            met = gather_meetings(p, block, people.owned, felt.processes_met, offer.first, place,
                                  person, process)
            j = place[:met]
            i = person[:met]
            k = process[:met]
            # draw
            fill_uniforms_by(draws.seed, draws.fails, draws.step, i, k, u_fails)
            fill_uniforms_by(draws.seed, draws.quality, draws.step, i, k, u_quality)
            # apply
            live_through(j, k, u_fails, u_quality, pair, people.taste, offer, overload, x, failed)
            feel(j, k, x, expected, offer.salience, response, satisfaction, d, s)
            # write
            add_qualities(j, x, total, n)
            add_evidence(i, k, x, offer.salience, response.own_weight, felt)
            count(k, d, s, failed, offer.salience, felt)
            record_failures(j, pair, failed, draws.step, felt.failed_at)
            record_most_salient(j, k, pair, x, d, s, failed, offer.salience, largest, felt)
        # write what they feel and expect now
        put_back(pair[:block.size], satisfaction, expected, total, n, response, felt)


@inlined
def begin(block, people, brands, felt, pair, satisfaction, expected, total, n, largest):
    """Write the pairs (i, b) of people (m,) and their brands, what they feel and expect."""
    owned = people.owned
    recovered = people.recovered
    for j in range(block.size):
        at = block[j] * brands + owned[block[j]]
        pair[j] = at
        satisfaction[j] = recovered_satisfaction(
            np.float64(felt.satisfaction[at]), np.float64(recovered[at]))
        expected[j] = np.float64(felt.expectation[at])
        total[j] = 0.0
        n[j] = 0
        largest[j] = -1.0


@inlined
def begin_purchases(block, people, promise, pair, satisfaction, expected):
    """Write what those who have just bought expect, and feel if it is for the first time."""
    for j in range(block.size):
        i = block[j]
        if people.bought_now[i]:
            at = pair[j]
            believed = people.belief[at]
            expected[j] = expectation_at_purchase(
                believed, promise[people.owned[i]], people.promise_seen[at])
            if people.times_bought[at] == 1:
                satisfaction[j] = believed


@inlined
def gather_meetings(p, block, owned, processes_met, first, place, person, process):
    """Write who of a block met the ``p``-th process of their brand, and which; return how many."""
    m = 0
    for j in range(block.size):
        i = block[j]
        place[m] = j
        person[m] = i
        process[m] = first[owned[i]] + p
        m += np.int64((processes_met[i] >> np.uint32(p)) & np.uint32(1))
    return m


@inlined
def live_through(place, process, u_fails, u_quality, pair, taste, offer, overload, x, failed):
    """Write how good each meeting was, and whether the process failed."""
    for m in range(place.size):
        k = process[m]
        failed[m] = u_fails[m] < offer.failure[k]
        mean = offer.failure_quality[k] if failed[m] else offer.quality[k]
        spread = offer.failure_spread[k] if failed[m] else offer.spread[k]
        z = normal_quantile(u_quality[m])
        x[m] = lived_quality(mean, spread, z, np.float64(taste[pair[place[m]]]), overload[k])


@inlined
def feel(place, process, x, expected, salience, response, satisfaction, d, s):
    """Write disconfirmation and felt evaluation of each meeting; move satisfaction."""
    for m in range(place.size):
        j = place[m]
        d[m] = x[m] - expected[j]
        s[m] = felt_evaluation(x[m], d[m], response.disconfirmation_weight, response.loss_aversion)
        satisfaction[j] = updated_satisfaction(
            satisfaction[j], s[m], response.satisfaction_rate, salience[process[m]])


@inlined
def add_qualities(place, x, total, n):
    """Add to what the mean quality of the step is worked out from."""
    for m in range(place.size):
        total[place[m]] += x[m]
        n[place[m]] += 1


@inlined
def add_evidence(person, process, x, salience, weight, felt):
    """Add each meeting to people's own evidence on the brand, weighted by its salience."""
    for m in range(person.size):
        w = weight * salience[process[m]]
        felt.own_weight[person[m]] += w
        felt.own_value[person[m]] += w * x[m]


@inlined
def count(process, d, s, failed, salience, felt):
    """Add each meeting to the sums of its process, in fixed point."""
    for m in range(process.size):
        k = process[m]
        felt.n_failed[k] += failed[m]
        felt.sum_evaluation[k] += np.int64(round(s[m] * FIXED_ONE))
        felt.sum_shortfall[k] += np.int64(round(salience[k] * max(-d[m], 0.0) * FIXED_ONE))


@inlined
def record_failures(place, pair, failed, step, failed_at):
    """Write the step in which people last had a failure of their brand."""
    for m in range(place.size):
        if failed[m]:
            failed_at[pair[place[m]]] = step


@inlined
def record_most_salient(place, process, pair, x, d, s, failed, salience, largest, felt):
    """Write the meeting that impressed each person most in this step: the cause of a review."""
    for m in range(place.size):
        j = place[m]
        impression = salience[process[m]] * abs(d[m])
        if impression > largest[j]:
            largest[j] = impression
            at = pair[j]
            felt.last_quality[at] = x[m]
            felt.last_gap[at] = d[m]
            felt.last_evaluation[at] = s[m]
            felt.last_cause[at] = process[m]
            felt.last_failed[at] = failed[m]


@inlined
def put_back(pair, satisfaction, expected, total, n, response, felt):
    """Write what people feel, and what they expect after what they met."""
    for j in range(pair.size):
        at = pair[j]
        felt.satisfaction[at] = satisfaction[j]
        felt.expectation[at] = expected[j]
        if n[j] > 0:
            mean_x = total[j] / n[j]
            felt.expectation[at] = updated_expectation(
                expected[j], mean_x, response.expectation_rate)
