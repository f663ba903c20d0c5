"""Opinion leaders: those whom many name adopt early (correlation of in-degree and time among those named at all).

In the rule bass a person who is named by many sees no more than others, so nothing should come of it.  Where talk goes
both ways and every contact tries to convince (rule cascade), who is named by many is also told by many.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.empirical import surveys
from experiments.empirical.findings import WIDE, Finding, in_band, signed
from experiments.empirical.surveys import (
    NEVER,
    Survey,
    alone_values,
    bass_values,
    cascade_values,
    measure,
    network_words,
    survey,
    told,
)
from experiments.study.cells import Cell, run_cells
from simulation.statistics import times_or

PATTERN = "opinion leaders adopt early"
SEEDS, FEW = range(481, 506), range(481, 491)
WORLDS = ("default", "calibrated", "calibrated, talk both ways", "without contagion")


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return by set the correlation of in-degree and time of adoption among those whom anybody names."""
    out = {}
    for name in NEVER:
        world = survey(data, name)
        out[name] = (leading(world, world.adopted_at, world.steps, np.ones(world.adopted_at.size, bool)),)
    return out


def leading(world: Survey, adopted_at: np.ndarray, steps: int, who: np.ndarray) -> float:
    """Return the correlation of in-degree and time among those of ``who`` (n,) whom anybody names."""
    named = np.bincount(world.source, minlength=adopted_at.size)
    rows = who & (named > 0)
    return float(np.corrcoef(named[rows], times_or(adopted_at, never=steps + 1)[rows])[0, 1])


def cells(data: Path, name: str, world: Survey) -> list[tuple[Cell, str]]:
    """Return the worlds and what is set in each."""
    ties, both = network_words(data, name), network_words(data, name, mutual=True)
    values = bass_values(world), cascade_values(survey(data, name, mutual=True)), alone_values(world)
    contact = surveys.CONTACT
    return [(Cell(WORLDS[0], (*ties, *surveys.MARKET), {}, FEW), "nothing but the network"),
            (Cell(WORLDS[1], (*ties, *contact, "adoption=bass"), values[0], SEEDS), told(values[0], "bass")),
            (Cell(WORLDS[2], (*both, *contact, "adoption=cascade"), values[1], SEEDS),
             f"{told(values[1], 'cascade')}, network.directed=false"),
            (Cell(WORLDS[3], (*ties, *contact, "adoption=bass"), values[2], SEEDS), told(values[2], "bass"))]


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the default on everybody, the others on even communities; not where the data themselves cannot tell."""
    out = []
    for name in NEVER:
        world = survey(data, name)
        everybody, made = np.ones(world.adopted_at.size, bool), cells(data, name, world)
        runs = run_cells([cell for cell, _ in made], measure, mapped)
        for cell, how in made:
            default = cell.name == WORLDS[0]
            who, steps = (everybody, 104) if default else (~world.odd, world.steps)
            theirs = leading(world, world.adopted_at, world.steps, who)
            ours = np.array([leading(world, run, steps, who) for run in runs[cell.name]])
            nothing = np.std([leading(world, run, world.steps, who) for run in runs[WORLDS[3]]], ddof=1)
            known = bool(abs(theirs) > WIDE * nothing)
            out.append(Finding(PATTERN, name, cell.name, how, (
                signed("who is named by many adopts earlier", theirs, ours, -1, known),
                in_band("correlation of in-degree and time", theirs, ours, known))))
    return out
