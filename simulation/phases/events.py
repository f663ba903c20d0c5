"""Events: what happens to the market from outside, on the scenario's timeline.

    shock        quality falls and failure rises for a while (several shocks add up)
    set_quality, set_failure   the value is given for a while, whatever else happens
    launch       a brand enters the market
    viral        good reviews of a brand are passed on more often for a while
    silence_person, silence_process   somebody says nothing for a while, or nobody speaks of a process:
                 what the knock-outs of docs/how-to are made of
    no_advertising   a share of the people by lot sees no advertising of a brand for a while: the group held
                 out in a test.  A person has one lot per brand, so a larger share holds out the same people
                 and others, and several events of one brand are about the same people.

Reads   the timeline in ``params.events``
Writes  shock_quality, shock_failure, set_quality, set_failure, launched, sharing_factor, silent,
        unspoken, withheld, withheld_before
Draws   POLICY (person; brand, step 0)
Source  docs/odd.md, submodel events
"""

from __future__ import annotations

import zlib

import numpy as np

from simulation.numerics.randomness import Stream

READS = ()
WRITES = ("shock_quality", "shock_failure", "set_quality", "set_failure", "launched", "sharing_factor", "silent",
          "unspoken", "withheld", "withheld_before")
STREAMS = ("POLICY",)


def events(state, params, draws, step):
    """Write what the timeline says for this step."""
    state.shock_quality[:], state.shock_failure[:] = 0.0, 0.0
    state.set_quality[:], state.set_failure[:] = np.nan, np.nan
    state.sharing_factor[:] = 1.0
    state.silent[:], state.unspoken[:] = 0, 0
    state.withheld_before[:] = state.withheld
    state.withheld[:] = 0
    for event in params.events.values():
        APPLY[event.kind](state, params, draws, event, step)


def row_of(params, event):
    """Return the row of the event's process among all processes."""
    first = 0
    for name, brand in params.brands.items():
        if name == event.brand:
            return first + list(brand.processes).index(event.process)
        first += len(brand.processes)
    raise KeyError(event.brand)


def is_on(event, step):
    """Tell whether the step lies within the event (both ends included)."""
    return event.start <= step <= event.stop


def shock(state, params, draws, event, step):
    """Lower quality and raise failure."""
    if is_on(event, step):
        k = row_of(params, event)
        state.shock_quality[k] += event.quality
        state.shock_failure[k] += event.failure


def set_quality(state, params, draws, event, step):
    """Fix the quality."""
    if is_on(event, step):
        state.set_quality[row_of(params, event)] = event.value


def set_failure(state, params, draws, event, step):
    """Fix the failure rate."""
    if is_on(event, step):
        state.set_failure[row_of(params, event)] = event.value


def launch(state, params, draws, event, step):
    """Keep the brand out of the market before its launch."""
    state.launched[list(params.brands).index(event.brand)] = step >= event.step


def viral(state, params, draws, event, step):
    """Multiply the chance that good reviews are passed on."""
    if is_on(event, step):
        state.sharing_factor[list(params.brands).index(event.brand)] *= event.factor


def silence_person(state, params, draws, event, step):
    """Let one person write nothing (1), or neither write nor pass on anything (2)."""
    if is_on(event, step):
        i, b = state.ties.row_of(event.person), list(params.brands).index(event.brand)
        state.silent[i, b] = max(state.silent[i, b], 2 if event.reshares else 1)


def silence_process(state, params, draws, event, step):
    """Let nobody write or pass on anything about a process."""
    if is_on(event, step):
        state.unspoken[row_of(params, event)] = 1


def no_advertising(state, params, draws, event, step):
    """Withhold the brand's advertising from those whose lot lies below the share."""
    if is_on(event, step):
        lot = draws.uniforms(Stream.POLICY, 0, np.arange(state.n), zlib.crc32(f"{event.brand}/no_advertising".encode()))
        state.withheld[lot < event.share, list(params.brands).index(event.brand)] = 1


APPLY = {"shock": shock, "set_quality": set_quality, "set_failure": set_failure, "launch": launch, "viral": viral,
         "silence_person": silence_person, "silence_process": silence_process,
         "no_advertising": no_advertising}
