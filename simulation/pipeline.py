"""The step, as a tuple that can be read aloud.

    events         the world changes
    advertising    brands speak
    conversion     who considered decides; advertising and the reads of the step before start
                   considerations
    experience     owners meet processes
    review         some of them post
    exposure       others read, on the feed and on the site
    belief         what was read and lived changes beliefs
    ladder         everybody's rung is read; some leave
    listening      brands see some of the reviews
    decision       brand teams act on what they saw
    organisation   feedback reaches the units, and processes improve

The order is science.  Within a step nobody reacts to what happens later in it: reads of step t - 1
trigger considerations at t, which are decided at t + 1; what a team decides at t acts from t + 1.
What passes between phases is named in their READS and WRITES, and owned in ``world.state``.

Twin    tests/reference/whole_step.py: run_step
"""

from __future__ import annotations

import sys

from simulation.phases.advertising import advertising
from simulation.phases.belief import belief
from simulation.phases.conversion import conversion
from simulation.phases.decision import decision
from simulation.phases.events import events
from simulation.phases.experience.phase import experience
from simulation.phases.exposure.phase import exposure
from simulation.phases.ladder import ladder
from simulation.phases.listening import listening
from simulation.phases.organisation.phase import organisation
from simulation.phases.review.phase import review

STEP = (events, advertising, conversion, experience, review, exposure, belief, ladder, listening,
        decision, organisation)


def phases_of(params) -> tuple:
    """Return the phases that this config runs, in order."""
    return tuple(phase for phase in STEP if phase.__name__ not in params.without)


def plan() -> str:
    """Return the step as a table: each phase with what it reads, writes and draws."""
    return "\n".join(line for phase in STEP for line in lines_of_plan(phase))


def lines_of_plan(phase) -> list[str]:
    """Return the lines of one phase in the plan; its name stands in the first."""
    module = sys.modules[phase.__module__]
    declared = {"reads": module.READS, "writes": module.WRITES, "draws": module.STREAMS}
    names = (phase.__name__, "", "")
    return [f"{name:14}{title:8}{', '.join(what) or '-'}"
            for name, (title, what) in zip(names, declared.items(), strict=True)]


def run_step(state, params, draws, step: int) -> None:
    """Advance the world from ``step - 1`` to ``step``."""
    state.step = step
    for phase in phases_of(params):
        phase(state, params, draws, step)
