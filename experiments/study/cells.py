"""A study: many worlds, each given by config alone, measured one by one on several processes.

    cells = [Cell("p=.03", ("experiment=replicate/bass",), {"adoption.p": 0.03}, range(1, 11)), ...]
    found = run_cells(cells, measure, map)          # {name of the cell: [measure(model), one per seed]}

``words`` are overrides in Hydra's language and may choose files; they are composed once for all cells that
share them.  ``values`` change single entries afterwards, which costs nothing: a sweep is made of them.
"""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.study.out_of_resources import out_of_memory
from experiments.study.paired_worlds import measured
from simulation.config.compose import check_params, compose
from simulation.params import ConfigError
from simulation.resources.machine import free_memory

SEEDS_A_JOB = 20
"""Seeds per job at most: small jobs balance the load, large ones save on checking the parameters."""


@dataclass(frozen=True)
class Cell:
    """One point of a design: the world, what differs in it, and the seeds of its runs."""

    name: str
    words: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    seeds: Sequence[int] = (1,)


def run_cells(cells: list[Cell], measure: Callable, mapped: Callable, done: Callable = lambda runs: None) -> dict:
    """Return what ``measure(model)`` found in every run, by cell, in the order of its seeds.

    ``done(runs)`` is called as runs finish.  Raises ConfigError where a cell asks for what is not allowed.
    """
    composed = {words: compose(*words) for words in dict.fromkeys(cell.words for cell in cells)}
    jobs = [(cell.name, config, seeds, measure) for cell in cells
            for config in [changed(composed[cell.words], cell.values)] for seeds in chunks(cell.seeds)]
    found: list[list] = [[] for _ in jobs]
    for i, results in mapped(run_job, jobs):
        found[i] = results
        done(len(results))
    out: dict[str, list] = {cell.name: [] for cell in cells}
    for (name, *_), results in zip(jobs, found, strict=True):
        out[name] += results
    return out


def chunks(seeds: Sequence[int]) -> list[Sequence[int]]:
    """Cut the seeds of a cell into jobs."""
    return [seeds[i:i + SEEDS_A_JOB] for i in range(0, len(seeds), SEEDS_A_JOB)]


def run_job(job: tuple) -> list:
    """Run some seeds of one cell to their end and measure each."""
    name, config, seeds, measure = job
    try:
        params = check_params(config)
    except ConfigError as error:
        raise ConfigError([f"{name}: {problem}" for problem in error.problems]) from None
    out = []
    gc.freeze()             # what is imported stays: it need not be looked through again and again
    for seed in seeds:
        try:
            out.append(measured(params.model_copy(update={"seed": seed}), measure))
        except MemoryError as error:
            why = out_of_memory(params, free_memory())
            raise ConfigError(f"{name}: seed {seed} ran out of memory: {why}") from error
    return out


def changed(config: dict, values: Mapping[str, Any]) -> dict:
    """Return a copy of a composed config with other values at some paths; a path must exist."""
    new = copy.deepcopy(config)
    for path, value in values.items():
        *parents, last = path.split(".")
        here = new
        for step in parents:
            here = here.get(step) if isinstance(here, dict) else None
        if not isinstance(here, dict) or last not in here:
            raise ConfigError(f"{path}: nothing stands there, got {value!r}")
        here[last] = value
    return new
