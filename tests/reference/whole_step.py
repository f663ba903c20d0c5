"""The reference's step: the same phases, in the order of the model."""

from __future__ import annotations

from .buying import conversion
from .market import advertising, events, experience
from .minds import belief, ladder
from .people import populate
from .reading import exposure
from .talk import review
from .world import World

STEP = (events, advertising, conversion, experience, review, exposure, belief, ladder)


def make_world(params, ties, n):
    """Return the reference's world at step 0."""
    world = World(params, ties, n)
    populate(world)
    return world


def run_step(world, step):
    """Advance the reference by one step."""
    world.step = step
    for phase in STEP:
        if phase.__name__ not in world.params.without:
            phase(world)
