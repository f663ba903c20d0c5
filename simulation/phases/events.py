"""Events: what happens to the market from outside, on the scenario's timeline.

    shock        quality falls and failure rises for a while (several shocks add up)
    set_quality, set_failure   the value is given for a while, whatever else happens
    launch       a brand enters the market
    viral        good reviews of a brand are passed on more often for a while

Reads   the timeline in ``params.events``
Writes  shock_quality, shock_failure, set_quality, set_failure, launched, sharing_factor
Draws   none
Source  docs/odd.md, submodel events
"""

from __future__ import annotations

import numpy as np

READS = ()
WRITES = ("shock_quality", "shock_failure", "set_quality", "set_failure", "launched", "sharing_factor")
STREAMS = ()


def events(state, params, draws, step):
    """Write what the timeline says for this step."""
    state.shock_quality[:], state.shock_failure[:] = 0.0, 0.0
    state.set_quality[:], state.set_failure[:] = np.nan, np.nan
    state.sharing_factor[:] = 1.0
    for event in params.events.values():
        APPLY[event.kind](state, params, event, step)


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


def shock(state, params, event, step):
    """Lower quality and raise failure."""
    if is_on(event, step):
        k = row_of(params, event)
        state.shock_quality[k] += event.quality
        state.shock_failure[k] += event.failure


def set_quality(state, params, event, step):
    """Fix the quality."""
    if is_on(event, step):
        state.set_quality[row_of(params, event)] = event.value


def set_failure(state, params, event, step):
    """Fix the failure rate."""
    if is_on(event, step):
        state.set_failure[row_of(params, event)] = event.value


def launch(state, params, event, step):
    """Keep the brand out of the market before its launch."""
    state.launched[list(params.brands).index(event.brand)] = step >= event.step


def viral(state, params, event, step):
    """Multiply the chance that good reviews are passed on."""
    if is_on(event, step):
        state.sharing_factor[list(params.brands).index(event.brand)] *= event.factor


APPLY = {"shock": shock, "set_quality": set_quality, "set_failure": set_failure, "launch": launch, "viral": viral}
