"""Contagion: are adoption times of tied people more alike than chance within their village or city allows?

Tie correlation of the times (never = one step after the last) against the same times dealt out within communities.
Villages: yes.  Doctors: no.  The engine runs on the real networks: by its default rule, by the rule bass with its
defaults, with p and q estimated on odd communities and judged on even ones, and with q = 0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.empirical import surveys
from experiments.empirical.findings import Check, Finding, in_band, signed
from experiments.empirical.surveys import NEVER, Survey, alone_values, bass_values, measure, network_words, survey, told
from experiments.study.cells import Cell, run_cells
from simulation.statistics import (
    exposure,
    hazard_by_exposure,
    network_autocorrelation,
    person_steps,
    thresholds,
    times_or,
)

PATTERNS = {"kfamily": "contagion across ties", "medinnovations": "no contagion"}
SEEDS, FEW = range(431, 456), range(431, 441)
DEALT = 99
OFTEN = 0.1
"""Share of runs in which chance alone may look like contagion (p < .05)."""
MANY = 3
"""Adopted contacts from which on a person-step counts as highly exposed."""
WORLDS = ("default", "default of the rule bass", "calibrated", "without contagion")


def figures(data: Path) -> dict[str, tuple[float, ...]]:
    """Return by set the tie correlation of adoption times, and its mean and sd by chance within communities."""
    out = {}
    for name in NEVER:
        world = survey(data, name)
        test = autocorrelation(world, world.adopted_at, world.steps, np.ones(world.adopted_at.size, bool), dealt=499)
        out[name] = (test.value, test.mean, test.sd)
    return out


def autocorrelation(world: Survey, adopted_at: np.ndarray, steps: int, who: np.ndarray, dealt: int = DEALT):
    """Return the permutation test within communities of the tie correlation among ``who`` (n,)."""
    times = np.where(who, times_or(adopted_at, never=steps + 1), np.nan)
    return network_autocorrelation(times, world.source, world.target, np.random.default_rng(1),
                                   groups=world.community, statistic="correlation", permutations=dealt)


def cells(data: Path, name: str, world: Survey) -> list[Cell]:
    """Return the four worlds."""
    ties = network_words(data, name)
    contact = (*ties, *surveys.CONTACT, "adoption=bass")
    values = ({"steps": world.steps}, bass_values(world), alone_values(world))
    return [Cell(WORLDS[0], (*ties, *surveys.MARKET), {}, FEW),
            *(Cell(kind, contact, change, SEEDS) for kind, change in zip(WORLDS[1:], values, strict=True))]


def findings(data: Path, mapped) -> list[Finding]:
    """Judge the defaults on everybody, estimated p and q, and the world without q, on even communities."""
    out = []
    for name in NEVER:
        world = survey(data, name)
        everybody = np.ones(world.adopted_at.size, bool)
        for cell in cells(data, name, world):
            runs = run_cells([cell], measure, mapped)[cell.name]
            held_out = cell.name in WORLDS[2:]
            who, steps = (~world.odd, world.steps) if held_out else (everybody, cell.values.get("steps", 104))
            out.append(Finding(PATTERNS[name], name, cell.name, how(cell),
                               tuple(checks(name, world, runs, steps, who))))
    return out


def how(cell: Cell) -> str:
    """Return what was set, beside the network."""
    if cell.name == WORLDS[0]:
        return "nothing but the network"
    return "adoption=bass, nothing else" if "adoption.p" not in cell.values else told(cell.values, "bass")


def checks(name: str, world: Survey, runs: list[np.ndarray], steps: int, who: np.ndarray) -> list[Check]:
    """Return the checks of one world; the hazards only of villages and where steps are the years of the survey."""
    theirs = autocorrelation(world, world.adopted_at, world.steps, who)
    tests = [autocorrelation(world, run, steps, who) for run in runs]
    above, ours = theirs.value - theirs.mean, np.array([test.value - test.mean for test in tests])
    seen = float(np.mean([test.p < 0.05 for test in tests]))
    first = (signed("tied people more alike than chance in their village", above, ours, +1) if name == "kfamily" else
             Check("runs in which tied people are more alike than chance (p < .05)", f"p = {theirs.p:.2f}",
                   f"{100 * seen:.0f} % of runs", seen <= OFTEN))
    out = [first, in_band("tie correlation of times, less chance", above, ours)]
    adopters = np.mean([(run[who] >= 0).mean() for run in runs])
    out.append(Check("share who adopt", f"{(world.adopted_at[who] >= 0).mean():.2f}", f"{adopters:.2f}", None))
    if steps == world.steps and name == "kfamily":
        theirs, ours = exposed(world, world.adopted_at, who), np.array([exposed(world, run, who) for run in runs])
        words = (f"hazard with {MANY} or more adopted contacts over that with none",
                 "share of adopters who are ahead of all they name", "median threshold of the others")
        out += [in_band(text, theirs[i], ours[:, i]) for i, text in enumerate(words)]
    return out


def exposed(world: Survey, adopted_at: np.ndarray, who: np.ndarray) -> tuple[float, float, float]:
    """Return the ratio of hazards, the share of thresholds that are 0, and the median of the others."""
    number = exposure(adopted_at, world.source, world.target, world.steps, share=False)
    rows = person_steps(adopted_at, number)
    here = who[rows.person]
    hazard = hazard_by_exposure(rows.exposure[here], rows.adopted[here], np.array([0, 1, MANY, np.inf])).hazard
    own = thresholds(adopted_at, world.source, world.target)[who]
    own = own[np.isfinite(own)]
    return hazard[2] / hazard[0], float((own == 0).mean()), float(np.median(own[own > 0]))
