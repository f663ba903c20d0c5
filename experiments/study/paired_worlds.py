"""One random world, several variants of the market in it: the same luck and, where they ask for the same, one network.

    found = run_world(World(seed, {"as it is": params, "repaired": other}, measure, condense))

Draws have addresses, so two variants differ only downstream of their difference; the seed is the world.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from tqdm import tqdm

from experiments.study.out_of_resources import lost_worlds
from experiments.study.store import Store
from experiments.study.workers import Map
from simulation.config.schema import Params
from simulation.params import ConfigError
from simulation.resources.estimate import needed
from simulation.world.ties import Ties


@dataclass(frozen=True)
class World:
    """One world to run: its seed, the variants by name, and what is kept of them.

    ``measure(model)`` is called at the end of each run; ``condense(found)``, with what it returned by name, makes the
    result of the world.  ``watch(name, model)``, where there is one, is called before each run and returns what
    watches it: it is called with the step after every step, and handed to ``measure`` as second argument.  All of
    them travel to another process, so they must be functions of a module, or partial ones.
    """

    seed: int
    variants: Mapping[str, Params]
    measure: Callable
    condense: Callable = dict
    watch: Callable | None = None


@dataclass(frozen=True)
class OutOfMemory:
    """What comes back of a world that ran out of memory, in which variant; the others go on."""

    variant: str


def run_world(world: World) -> Any:
    """Run every variant in this world and return ``condense`` of what was measured."""
    from simulation.population import network_of

    networks, found = {}, {}
    gc.freeze()             # what is imported stays: it need not be looked through again and again
    for name, params in world.variants.items():
        params = params.model_copy(update={"seed": world.seed})
        recipe = (params.network.model_dump_json(), params.population.size)
        try:
            if recipe not in networks:
                networks[recipe] = network_of(params)
            found[name] = measured(params, world.measure, networks[recipe], world.watch and partial(world.watch, name))
        except MemoryError:
            return OutOfMemory(name)
    return world.condense(found)


def measured(params: Params, measure: Callable, ties: Ties | None = None, watch: Callable | None = None) -> Any:
    """Run one model, watched by ``watch(model)`` where there is one, and return what is measured of it."""
    from simulation.model import WordOfMouthModel

    model = WordOfMouthModel(params, ties=ties)
    watcher = (watch(model),) if watch else ()
    model.run(*watcher)
    found = measure(model, *watcher)
    del model, watcher
    gc.collect()            # a model is a ring of references: without this, finished ones pile up
    return found


def run_all(worlds: Sequence[World], mapped: Map, finished: int = 0) -> Iterator[tuple[int, Any]]:
    """Yield (number, result) of the worlds as they finish, with a bar that begins at those ``finished`` before.

    Raises ConfigError at the end, after all others have been yielded, where worlds ran out of memory.
    """
    with tqdm(total=finished + len(worlds), initial=finished, unit="world", disable=not sys.stderr.isatty(),
              leave=False) as bar:
        for i, found in results_of(worlds, mapped):
            yield i, found
            bar.update(1)


def results_of(worlds: Sequence[World], mapped: Map) -> Iterator[tuple[int, Any]]:
    """Yield (number, result) of the worlds as they finish, and say nothing meanwhile.

    Raises ConfigError at the end, after all others have been yielded, where worlds ran out of memory.
    """
    lost = []
    for i, found in mapped(run_world, worlds):
        if isinstance(found, OutOfMemory):
            lost.append((worlds[i].seed, found.variant))
        else:
            yield i, found
    if lost:
        largest = max(worlds[0].variants.values(), key=needed)
        raise ConfigError(lost_worlds(lost, len(worlds), largest))


def finish(store: Store, worlds: Sequence[World], mapped: Map) -> pd.DataFrame:
    """Run the worlds that are not in the store yet, and return the frames of all of them, with a column ``seed``."""
    seeds = [world.seed for world in worlds]
    missing = set(store.missing(seeds))
    jobs = [world for world in worlds if world.seed in missing]
    for i, frame in run_all(jobs, mapped, len(seeds) - len(jobs)):
        store.put(jobs[i].seed, frame)
    return store.frames(seeds)
