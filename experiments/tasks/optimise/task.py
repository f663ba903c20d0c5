"""task=optimise: the best split of money among its uses, by trial and Optuna.

Every split runs in the same random worlds, beside doing nothing.  The best of many is flattered by the luck of these
worlds, so it is run once more in new ones, and that is the number to believe.  Finished worlds are kept by split: a
search that was stopped proposes the same splits again, finds their worlds, and goes on to the same end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from experiments.page import pictures
from experiments.study.budget_uses import Money, spending_market
from experiments.study.scenarios import named
from experiments.study.workers import pool, workers_of
from experiments.tasks.optimise.figures import draw_front, draw_shares
from experiments.tasks.optimise.search import best, package, search
from experiments.tasks.optimise.splits import Bounds, bounds_of
from experiments.tasks.optimise.trials import Worlds, trials_table
from experiments.tasks.optimise.words import console
from simulation.config.messages import validate
from simulation.config.schema import Params
from simulation.output.results import write_table
from simulation.output.summary import UNITS
from simulation.params import ConfigError

RESUMES = True


class Task(Money):
    """Parameters of the task."""

    kind: Literal["optimise"]
    least: dict[str, float]
    at_most: dict[str, float]
    rank_by: str
    against: str
    trials: Annotated[int, Field(ge=1, le=100_000)]

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the figures that decide: one, or two with ``against``."""
        return (self.rank_by, self.against) if self.against else (self.rank_by,)


def main(config: dict, params: Params, folder: Path) -> None:
    """Search, run what was found in new worlds, and write the trials and the figure."""
    task, _ = validate(Task, config["task"])
    bounds = check(task)
    package()
    market = spending_market(task, params)
    with pool(workers_of(task.workers)) as mapped:
        worlds = Worlds(market, folder, mapped, params.seed)
        tried = search(worlds.gains, bounds, len(task.figures), task.trials, params.seed)
        chosen = best(tried)
        table = trials_table(tried, chosen, worlds)
    write_table(table, folder / "trials", params.output.tables)
    draw = draw_front if task.against else draw_shares
    pictures({draw.__name__.removeprefix("draw_"): draw(market, table, bounds)}, folder)
    print(console(market, table, bounds))
    print(f"written to {folder}")


def check(task: Task) -> Bounds:
    """Return the bounds of the shares; refuses figures that do not exist, and bounds that leave no split."""
    for where, name in zip(("task.rank_by", "task.against"), task.figures, strict=False):
        named(list(UNITS), name, where)
    if task.against == task.rank_by:
        raise ConfigError(f"task.against: must be another figure than task.rank_by, got {task.against!r}")
    return bounds_of(list(task.uses), task.least, task.at_most)
