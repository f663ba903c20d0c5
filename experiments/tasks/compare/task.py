"""task=compare: scenarios on the same random worlds; who gains what, and how sure that is.

Every world (a seed) is run once per scenario, with the same luck and the same network.  What is compared is each
figure's difference to the first scenario, world by world.  A study that was stopped, by whatever, goes on where it
was when the same command is given again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from experiments.study.paired_worlds import World, finish
from experiments.study.scenarios import Scenario, everything_recorded, named, scenarios_of
from experiments.study.store import Store
from experiments.study.workers import pool, workers_of
from experiments.tasks.compare.effects import curves_table, effects_table, runs_table, worth_table
from experiments.tasks.compare.measure import condense, measure
from experiments.tasks.compare.report import write_report
from experiments.tasks.compare.words import console
from simulation.config.messages import validate
from simulation.output.results import write_table
from simulation.output.summary import UNITS
from simulation.params import Strict
from simulation.statistics import coverage, worlds_needed
from simulation.statistics.paired import FIRST_STAGE

RESUMES = True


class Task(Strict):
    """Parameters of the task."""

    kind: Literal["compare"]
    scenarios: tuple[str, ...]
    brand: str
    rank_by: str
    replicates: Literal["auto"] | Annotated[int, Field(ge=2, le=1_000_000)]
    precision: Annotated[float, Field(gt=0, le=10)]
    most: Annotated[int, Field(ge=FIRST_STAGE, le=1_000_000)]
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)]


def main(config: dict, params, folder: Path) -> None:
    """Run the scenarios in as many worlds as needed; write tables, figures and the page."""
    task, _ = validate(Task, config["task"])
    scenarios = scenarios_of(task.scenarios, params)
    check(task, scenarios)
    worlds, target = run_worlds(task, scenarios, params.seed, folder)
    names = list(scenarios)
    tables = {"effects": effects_table(worlds, names, task.rank_by, UNITS), "curves": curves_table(worlds, names),
              "worth": worth_table(worlds, names), "runs": runs_table(worlds, names)}
    for name, frame in tables.items():
        write_table(frame, folder / name, params.output.tables)
    covered = {name: coverage(d, target, task.most) for name, d in differences(worlds, task, names).items()}
    write_report(task, scenarios, tables, covered, folder)
    print(console(task, scenarios, tables))
    print(f"written to {folder} (open report.html)")


def check(task: Task, scenarios: dict[str, Scenario]) -> None:
    """Refuse a brand or a figure that is not there."""
    brands = [name for name in next(iter(scenarios.values())).params.brands
              if all(name in other.params.brands for other in scenarios.values())]
    named(brands, task.brand, "task.brand")
    named(list(UNITS), task.rank_by, "task.rank_by")
    for scenario in scenarios.values():
        everything_recorded(scenario.params)


def run_worlds(task: Task, scenarios: dict[str, Scenario], seed: int, folder: Path) -> tuple[pd.DataFrame, float]:
    """Return all worlds, and the half-width that was aimed at (nan with a given number of replicates)."""
    variants = {name: scenario.params for name, scenario in scenarios.items()}
    store, names = Store(folder, variants), list(scenarios)
    first = FIRST_STAGE if task.replicates == "auto" else task.replicates
    with pool(workers_of(task.workers)) as mapped:
        worlds = finish(store, worlds_of(range(seed, seed + first), variants), mapped)
        if task.replicates != "auto":
            return worlds, float("nan")
        target = task.precision * abs(figure(worlds, task, names[0]).mean())
        wanted = max(worlds_needed(d, target) for d in differences(worlds, task, names).values())
        return finish(store, worlds_of(range(seed, seed + min(wanted, task.most)), variants), mapped), target


def worlds_of(seeds: range, variants: dict) -> list[World]:
    """Return the worlds of a comparison."""
    return [World(seed, variants, measure, condense) for seed in seeds]


def figure(worlds: pd.DataFrame, task: Task, scenario: str) -> pd.Series:
    """Return the ranking figure of one scenario, by seed."""
    mine = worlds[(worlds["what"] == "kpi") & (worlds["scenario"] == scenario) & (worlds["brand"] == task.brand)
                  & (worlds["name"] == task.rank_by)]
    return mine.set_index("seed")["value"]


def differences(worlds: pd.DataFrame, task: Task, names: list[str]) -> dict[str, pd.Series]:
    """Return the differences of the ranking figure to the first scenario, by scenario."""
    base = figure(worlds, task, names[0])
    return {name: figure(worlds, task, name) - base for name in names[1:]}
