"""The engine and a second, blind implementation give the same world, row by row, after every step."""

import functools

import pytest

from simulation.config.compose import load_params
from simulation.numerics.randomness import Draws
from simulation.pipeline import run_step as run_engine_step
from simulation.population import initial_state

from .compare import differences
from .luck import philox
from .whole_step import make_world, run_step
from .worlds import WORLDS, overrides_of, seeds_of


@functools.cache
def params_of(world_name):
    """Return the parameters of a world (composing them takes longer than running it)."""
    return load_params(*overrides_of(world_name))


def both_at_start(world_name, seed):
    """Return (params, draws, state, world) at step 0."""
    params = params_of(world_name).model_copy(update={"seed": seed})
    draws = Draws(params.seed)
    state = initial_state(params, draws)
    return params, draws, state, make_world(params, state.ties, state.n)


def run_both(world_name, seed):
    """Run both; return the first step that differs with its differences (or None), and the reference."""
    params, draws, state, world = both_at_start(world_name, seed)
    found = differences(state, world)
    for step in range(1, params.steps + 1):
        if found:
            break
        run_engine_step(state, params, draws, step)
        run_step(world, step)
        found = differences(state, world)
    return (f"{world_name}, seed {seed}, step {world.step}:\n" + "\n".join(found)) if found else None, world


@pytest.mark.parametrize(("world_name", "seed"), [(name, seed) for name in WORLDS for seed in seeds_of(name)])
def test_engine_and_reference_agree_row_by_row_after_every_step(world_name, seed):
    difference, world = run_both(world_name, seed)
    assert difference is None, difference
    assert world.posts and world.reads and world.conversions and world.credits, "nothing happened: no comparison"


def test_every_one_of_twenty_seeds_is_used_in_several_worlds():
    uses = [seed for name in WORLDS for seed in seeds_of(name)]
    assert all(uses.count(seed) >= 2 for seed in range(1, 21))
    assert all(len(set(seeds_of(name))) == 3 for name in WORLDS)


def test_the_generator_of_the_reference_gives_the_published_words():
    assert philox(0, (0, 0, 0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    ones = 0xFFFFFFFF
    assert philox(ones << 32 | ones, (ones,) * 4) == (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)


def test_things_that_rarely_happen_do_happen_in_the_worlds_made_for_them():
    _, crowded = run_both("units that work on tickets", seeds_of("units that work on tickets")[0])
    assert {ticket["route"] for ticket in crowded.tickets} == {0, 1, 2}
    assert {ticket["kind"] for ticket in crowded.tickets} == {0, 1, 2}
    assert max(crowded.improved_failure) > 0.0
    assert max(crowded.improved_quality) > 0.0
    _, busy = run_both("brands that listen badly and fix", seeds_of("brands that listen badly and fix")[0])
    assert {cost["item"] for cost in busy.costs} >= {0, 1, 3, 4}
    assert any(post["incentivised"] for post in busy.posts)
    _, viral = run_both("everything at once", seeds_of("everything at once")[0])
    assert {sale["kind"] for sale in viral.conversions} == {0, 1, 2, 3, 4}
    assert {credit["source"] for credit in viral.credits} == set(range(8))
    assert max(post["generation"] for post in viral.posts) >= 2
    assert max(post["idea"] for post in viral.posts) > 0.0
    assert {rung for row in viral.rung for rung in row} >= {1, 2, 3, 7}
