"""task=frontier: the same money, spent in different ways, in the same random worlds.

Every option divides ``task.budget`` among uses of money.  Each runs in every world beside doing nothing; what is
compared are the differences, world by world.  The prices of effects are assumptions, so they are multiplied by
``task.scales``, one use at a time and all together, and the answer says over which of them the best option stays
first.  A study that was stopped goes on where it was when the same command is given again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from experiments.study.budget_uses import Money, check_shares, spending_market
from experiments.study.paired_worlds import World, finish
from experiments.study.store import Store
from experiments.study.workers import pool, workers_of
from experiments.tasks.compare.effects import runs_table
from experiments.tasks.frontier.cells import NOTHING, Cell, cells_of
from experiments.tasks.frontier.effects import frontier_table, lead, ranges
from experiments.tasks.frontier.measure import condense, measure
from experiments.tasks.frontier.report import write_report
from experiments.tasks.frontier.words import console
from simulation.config.messages import validate
from simulation.config.schema import Params
from simulation.output.results import write_table
from simulation.params import ConfigError

RESUMES = True


class Task(Money):
    """Parameters of the task."""

    kind: Literal["frontier"]
    options: Annotated[dict[str, dict[str, float]], Field(min_length=1)]
    scales: tuple[float, ...]


def main(config: dict, params: Params, folder: Path) -> None:
    """Run every option at every price in all worlds; write tables, figures and the page."""
    task, _ = validate(Task, config["task"])
    check(task)
    market = spending_market(task, params)
    cells, variants = cells_of(market)
    worlds = run_worlds(task, variants, params.seed, folder)
    table = frontier_table(worlds, cells, task)
    write_table(table, folder / "frontier", params.output.tables)
    write_table(named_runs(worlds, cells), folder / "runs", params.output.tables)
    said = ranges(table), lead(worlds, cells, task)
    write_report(market, table, *said, folder)
    print(console(market, table, *said))
    print(f"written to {folder} (open report.html)")


def check(task: Task) -> None:
    """Refuse options that cannot be, all of them at once."""
    problems = [line for name, shares in task.options.items()
                for line in check_shares(shares, task, f"task.options.{name}")]
    if not all(0.0 < scale <= 1000.0 for scale in task.scales):
        problems.append(f"task.scales: must be a list of numbers in (0, 1000], got {list(task.scales)}")
    if NOTHING in task.options:
        problems.append(f"task.options: a name must not be {NOTHING!r}, with which all options are compared")
    if problems:
        raise ConfigError(problems)


def run_worlds(task: Task, variants: dict[str, Params], seed: int, folder: Path) -> pd.DataFrame:
    """Return the figures of every variant in every world."""
    worlds = [World(number, variants, measure, condense) for number in range(seed, seed + task.replicates)]
    with pool(workers_of(task.workers)) as mapped:
        return finish(Store(folder, variants), worlds, mapped)


def named_runs(worlds: pd.DataFrame, cells: list[Cell]) -> pd.DataFrame:
    """Return one row per run: world, variant, and every figure as ``brand.figure``."""
    return runs_table(worlds, list(dict.fromkeys([NOTHING, *(cell.run for cell in cells)])))


