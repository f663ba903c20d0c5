"""Events, advertising and experience, by their docstrings."""

from __future__ import annotations

import math
import zlib

from .luck import f4
from .world import NONE, clip


def events(world):
    """Write the timeline of this step."""
    for process in world.processes:
        world.shock_quality[process.row] = world.shock_failure[process.row] = 0.0
        world.set_quality[process.row] = world.set_failure[process.row] = math.nan
        world.unspoken[process.row] = 0
    for b in range(len(world.brands)):
        world.launched[b], world.sharing_factor[b] = 1, 1.0
        for i in range(world.n):
            world.silent[i][b] = 0
            world.withheld_before[i][b], world.withheld[i][b] = world.withheld[i][b], 0
    for event in world.params.events.values():
        apply_event(world, event)


def apply_event(world, event):
    """Let one event act if it is on."""
    b = world.brand_names.index(event.brand)
    if event.kind == "launch":
        world.launched[b] = int(world.step >= event.step)
    elif event.start <= world.step <= event.stop:
        if event.kind == "viral":
            world.sharing_factor[b] *= event.factor
            return
        if event.kind == "no_advertising":
            address = zlib.crc32(f"{event.brand}/no_advertising".encode())
            for i in range(world.n):
                world.withheld[i][b] |= int(world.luck.uniform("POLICY", 0, i, address) < event.share)
            return
        if event.kind == "silence_person":
            world.silent[int(event.person)][b] = max(world.silent[int(event.person)][b], 1 + event.reshares)
            return
        [k] = [process.row for process in world.processes_of(b) if process.name == event.process]
        if event.kind == "shock":
            world.shock_quality[k] += event.quality
            world.shock_failure[k] += event.failure
        elif event.kind == "silence_process":
            world.unspoken[k] = 1
        else:
            getattr(world, event.kind)[k] = event.value


def advertising(world):
    """Draw whom the brands reach."""
    rule = world.params.adoption
    for b in range(len(world.brands)):
        world.ad_rate_before[b] = world.ad_rate[b]
        rate = min(1.0, rule.p * rule.p_decay ** (world.step - 1) + world.campaign[b])
        world.ad_rate[b] = rate if world.launched[b] else 0.0
        for i in range(world.n):
            hit = world.luck.uniform("ADVERTISING", world.step, i, b) < world.ad_rate[b] and not world.withheld[i][b]
            world.ad_hit[i][b] = int(hit)
            world.promise_seen[i][b] |= int(hit)


def experience(world):
    """Let owners meet processes."""
    for name in ("n_met", "n_failed"):
        getattr(world, name)[:] = [0] * len(world.processes)
    for name in ("sum_evaluation", "sum_shortfall"):
        getattr(world, name)[:] = [0.0] * len(world.processes)
    for process in world.processes:
        world.delivered_quality[process.row], world.delivered_failure[process.row] = delivered(world, process)
    meetings = [processes_met(world, i) for i in range(world.n)]
    for processes in meetings:
        for process in processes:
            world.n_met[process.row] += 1
    for i in range(world.n):
        prepare(world, i, meetings[i])
    for i in range(world.n):
        if meetings[i]:
            live_through(world, i, meetings[i])


def processes_met(world, i):
    """Return the processes that a person meets in this step."""
    b = world.owned[i]
    return [process for process in world.processes_of(b) if is_met(world, i, process)] if b >= 0 else []


def is_met(world, i, process):
    """Tell whether the owner meets the process."""
    when, age = process.values.when, world.step - world.owned_since[i]
    if when.on_purchase and world.bought_now[i]:
        return True
    if when.every > 0 and age > 0 and age % when.every == 0:
        return True
    chance = when.rate
    failed_before = world.failed_at[i][process.brand] == world.step - 1
    if when.after_failure > 0.0 and failed_before:
        chance = when.after_failure
    return world.luck.uniform("MEET_PROCESS", world.step, i, process.row) < chance


def prepare(world, i, processes):
    """Clear the messages; set expectation and satisfaction at a purchase."""
    world.processes_met[i] = sum(1 << process.number for process in processes)
    world.own_weight[i] = world.own_value[i] = 0.0
    if world.owned[i] >= 0:
        recover(world, i, world.owned[i])
    if world.bought_now[i]:
        b = world.owned[i]
        belief = world.belief[i][b]
        lift = world.brands[b].promise * (1.0 - belief) if world.promise_seen[i][b] else 0.0
        world.expectation[i][b] = f4(belief + lift)
        if world.times_bought[i][b] == 1:
            world.satisfaction[i][b] = f4(belief)


def recover(world, i, b):
    """Lift the satisfaction of somebody whom the brand answered."""
    world.satisfaction[i][b] = f4(world.satisfaction[i][b]
                                  + world.recovered[i][b] * (1.0 - world.satisfaction[i][b]))


def delivered(world, process):
    """Return the quality and failure rate in this step."""
    k, values = process.row, process.values
    quality = clip(values.quality + world.improved_quality[k] - world.shock_quality[k])
    failure = clip(values.failure_rate - world.improved_failure[k] + world.shock_failure[k])
    quality = quality if math.isnan(world.set_quality[k]) else world.set_quality[k]
    failure = failure if math.isnan(world.set_failure[k]) else world.set_failure[k]
    return quality, failure


def met_quality(world, i, process):
    """Return (quality met, failed)."""
    values, k = process.values, process.row
    quality, failure = delivered(world, process)
    failed = world.luck.uniform("FAILS", world.step, i, k) < failure
    z = world.luck.normal("MET_QUALITY", world.step, i, k)
    x = values.failure_quality + values.failure_spread * z if failed else quality + values.spread * z
    x += world.taste[i][process.brand]
    if values.capacity != "unlimited" and world.n_met[k] > values.capacity:
        x -= values.congestion * (world.n_met[k] - values.capacity) / world.n_met[k]
    return clip(x), failed


def live_through(world, i, processes):
    """Feel everything met in this step."""
    b, rule = world.owned[i], world.params.experience
    expected, qualities, strongest = world.expectation[i][b], [], NONE
    for process in processes:
        x, failed = met_quality(world, i, process)
        gap = x - expected
        felt = clip(x + rule.disconfirmation_weight * (gap if gap >= 0.0 else rule.loss_aversion * gap))
        salience = process.values.salience
        before = world.satisfaction[i][b]
        world.satisfaction[i][b] = f4(before + min(1.0, rule.satisfaction_rate * salience) * (felt - before))
        world.own_weight[i] += rule.own_weight * salience
        world.own_value[i] += rule.own_weight * salience * x
        qualities.append(x)
        count(world, i, process, gap, felt, failed)
        if salience * abs(gap) > strongest:
            strongest = salience * abs(gap)
            record_most_salient(world, i, process, x, gap, felt)
            world.last_failed[i][b] = int(failed)
    world.expectation[i][b] = f4(expected + rule.expectation_rate * (sum(qualities) / len(qualities) - expected))


def count(world, i, process, gap, felt, failed):
    """Add one experience to the sums of its process."""
    world.sum_evaluation[process.row] += felt
    world.sum_shortfall[process.row] += process.values.salience * max(-gap, 0.0)
    if failed:
        world.n_failed[process.row] += 1
        world.failed_at[i][process.brand] = world.step


def record_most_salient(world, i, process, x, gap, felt):
    """Keep the cause of a review."""
    b = process.brand
    world.last_quality[i][b], world.last_gap[i][b] = f4(x), f4(gap)
    world.last_evaluation[i][b], world.last_cause[i][b] = f4(felt), process.row
