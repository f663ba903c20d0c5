"""task=audit: how wrong would the usual ways of attribution be in this world?

Every world (a seed) is run as it is, with each channel off, and with advertising withheld from a share of the people.
What last touch, first touch, linear, time decay, a survey, a holdout test and the ledger give to each channel stands
beside what is gone without it.  A study that was stopped goes on where it was when the same command is given again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd

from experiments.study.paired_worlds import World, finish
from experiments.study.scenarios import named
from experiments.study.store import Store
from experiments.study.workers import pool, workers_of
from experiments.tasks.audit.channels import check_market, variants_of
from experiments.tasks.audit.measure import condense, measure, watch
from experiments.tasks.audit.report import write_report
from experiments.tasks.audit.settings import Task
from experiments.tasks.audit.tables import audit_table
from experiments.tasks.audit.words import console
from simulation.config.messages import validate
from simulation.output.results import write_table
from simulation.params import ConfigError

RESUMES = True


def main(config: dict, params, folder: Path) -> None:
    """Run the worlds; write tables, the figure and the page."""
    task, _ = validate(Task, config["task"])
    check(task, params)
    worlds = run_worlds(task, params, folder)
    table = audit_table(worlds)
    write_table(table, folder / "audit", params.output.tables)
    write_table(worlds[["seed", "method", "channel", "sales"]], folder / "runs", params.output.tables)
    write_report(task, params, table, worlds, folder)
    print(console(task, params, table, worlds["seed"].nunique()))
    print(f"written to {folder} (open report.html)")


def check(task: Task, params) -> None:
    """Refuse a brand that is not there, a start after the end, and a market that cannot be audited."""
    named(list(params.brands), task.brand, "task.brand")
    if task.start > params.steps:
        raise ConfigError(f"task.start: must be at most steps ({params.steps}), got {task.start}")
    check_market(params)


def run_worlds(task: Task, params, folder: Path) -> pd.DataFrame:
    """Return what each method gives to each channel in every world."""
    variants, later = variants_of(params, task.brand, task.holdout, task.start)
    store = Store(folder, variants, task.model_dump_json(exclude={"replicates", "workers"}))
    worlds = [World(seed, variants, partial(measure, task=task), condense, partial(watch, task=task, later=later))
              for seed in range(params.seed, params.seed + task.replicates)]
    with pool(min(workers_of(task.workers), task.replicates)) as mapped:
        return finish(store, worlds, mapped)
