"""The reference's step: the same phases, in the order of the model."""

from __future__ import annotations

from .buying import conversion
from .deciding import Account, decision
from .hearing import Knowledge, listening
from .market import advertising, events, experience
from .minds import belief, ladder
from .office import Office, organisation
from .people import populate
from .reading import exposure
from .talk import review
from .world import World

STEP = (events, advertising, conversion, experience, review, exposure, belief, ladder, listening, decision,
        organisation)


def make_world(params, ties, n):
    """Return the reference's world at step 0."""
    world = World(params, ties, n)
    populate(world)
    first_unit = 0
    for b, brand in enumerate(world.brands):
        world.known.append(Knowledge(world, b))
        world.accounts.append([Account(b, f"{world.brand_names[b]}/{name}", policy)
                                 for name, policy in brand.policies.items()])
        world.offices.append(Office(world, b, first_unit))
        first_unit += len(brand.organisation.units)
    return world


def run_step(world, step):
    """Advance the reference by one step."""
    world.step = step
    for phase in STEP:
        if phase.__name__ not in world.params.without:
            phase(world)
