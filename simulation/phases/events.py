"""Events: what happens to the market from outside, on the scenario's timeline.

    shock        quality falls and failure rises for a while (several shocks add up)
    set_quality, set_failure   the value is given for a while, whatever else happens
    launch       a brand enters the market
    viral        good reviews of a brand are passed on more often for a while
    silence_person, silence_process   somebody posts nothing for a while, or nobody posts about a
                 process: what the knock-outs of docs/how-to are made of
    no_advertising   a share of the people by lot, u < share, sees no advertising of a brand for a
                 while: the group held out in a test.  A person has one lot per brand, so a larger
                 share holds out the same people and more, and events of one brand the same.

Reads   the timeline in ``params.events``, ties (who is called what)
Writes  shock_quality, shock_failure, set_quality, set_failure, launched, sharing_factor, silent,
        unspoken, withheld, withheld_before
Draws   POLICY (person; brand, step 0)
Source  docs/odd.md, submodel events
Twin    tests/reference/market.py: events
"""

from __future__ import annotations

import zlib

import numpy as np

from simulation.numerics.randomness import Stream
from simulation.world.state import Silence

READS = ("ties",)
WRITES = ("shock_quality", "shock_failure", "set_quality", "set_failure", "launched",
          "sharing_factor", "silent", "unspoken", "withheld", "withheld_before")
STREAMS = ("POLICY",)


def events(state, params, draws, step):
    """Write what the timeline says for this step."""
    clear(state)
    for event in params.events.values():
        APPLY[event.kind](state, params, draws, event, step)


def clear(state):
    """Take back what the events of the step before did, all but the launches."""
    state.shock_quality[:] = 0.0
    state.shock_failure[:] = 0.0
    state.set_quality[:] = np.nan
    state.set_failure[:] = np.nan
    state.sharing_factor[:] = 1.0
    state.silent[:] = Silence.NONE
    state.unspoken[:] = 0
    state.withheld_before[:] = state.withheld
    state.withheld[:] = 0


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
    """Let one person post nothing of their own, or neither post nor pass on anything."""
    if is_on(event, step):
        i = state.ties.row_of(event.person)
        b = list(params.brands).index(event.brand)
        silence = Silence.POSTS_AND_RESHARES if event.reshares else Silence.POSTS
        state.silent[i, b] = max(state.silent[i, b], silence)


def silence_process(state, params, draws, event, step):
    """Let nobody post or pass on anything about a process."""
    if is_on(event, step):
        state.unspoken[row_of(params, event)] = 1


def no_advertising(state, params, draws, event, step):
    """Withhold the brand's advertising from those whose lot lies below the share."""
    if is_on(event, step):
        lot = zlib.crc32(f"{event.brand}/no_advertising".encode())
        u = draws.uniforms(Stream.POLICY, 0, np.arange(state.n), lot)
        state.withheld[u < event.share, list(params.brands).index(event.brand)] = 1


APPLY = {"shock": shock, "set_quality": set_quality, "set_failure": set_failure, "launch": launch,
         "viral": viral, "silence_person": silence_person, "silence_process": silence_process,
         "no_advertising": no_advertising}
