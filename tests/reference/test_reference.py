"""The engine and a second, blind implementation give the same world, row by row, after every step."""

import pytest
from simulation.compose import load_params
from simulation.pipeline import run_step as run_engine_step
from simulation.population import initial_state
from simulation.randomness import Draws

from .compare import differences
from .whole_step import make_world, run_step
from .worlds import WORLDS, overrides_of

def both_at_start(world_name, seed):
    """Return (params, draws, state, world) at step 0."""
    params = load_params(*overrides_of(world_name), f"seed={seed}")
    draws = Draws(params.seed)
    state = initial_state(params, draws)
    return params, draws, state, make_world(params, state.ties, state.n)


def first_difference(world_name, seed):
    """Run both and return (step, differences) of the first step that differs, and the engine's last state."""
    params, draws, state, world = both_at_start(world_name, seed)
    found = differences(state, world)
    for step in range(1, params.steps + 1):
        if found:
            return (step - 1, found), state
        run_engine_step(state, params, draws, step)
        run_step(world, step)
        found = differences(state, world)
    return ((params.steps, found) if found else None), state


@pytest.mark.parametrize("world_name", WORLDS)
def test_engine_and_reference_agree_row_by_row(world_name):
    for seed in (1, 2, 3):
        difference, _ = first_difference(world_name, seed)
        assert difference is None, f"{world_name}, seed {seed}, step {difference[0]}:\n" + "\n".join(difference[1])
