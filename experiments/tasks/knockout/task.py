"""task=knockout: ledger credit beside causal credit.

The ledger says whose review was read before a sale; the knock-out says how many sales there would have been without
it.  On a chain the two agree.  Where somebody else would have told the same, the ledger says more; where a sale made
others talk, it says less.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from experiments.figures import save
from experiments.study.paired_worlds import World, run_all
from experiments.study.scenarios import everything_recorded
from experiments.study.workers import pool, workers_of
from experiments.tasks.knockout.figure import draw
from experiments.tasks.knockout.measure import condense, measure
from experiments.tasks.knockout.targets import Target, target_of, without
from experiments.tasks.knockout.words import console
from simulation.config.messages import validate
from simulation.output.results import write_table
from simulation.output.summary import UNITS
from simulation.params import Strict
from simulation.statistics import paired_effect


class Task(Strict):
    """Parameters of the task."""

    kind: Literal["knockout"]
    what: str
    brand: str
    replicates: Annotated[int, Field(ge=1, le=1_000_000)]
    acquisition_cost: Annotated[float, Field(ge=0)]
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)]


def main(config: dict, params, folder: Path) -> None:
    """Run the worlds with and without the target; write the table and the figure."""
    task, _ = validate(Task, config["task"])
    everything_recorded(params)
    target = target_of(task.what, task.brand, params)
    worlds = run_worlds(task, target, config, params)
    table = knockout_table(worlds)
    write_table(table, folder / "knockout", params.output.tables)
    if "worth" in worlds[0]:
        frame = pd.DataFrame({"figure": list(worlds[0]["worth"]), "value": list(worlds[0]["worth"].values())})
        write_table(frame, folder / "worth", params.output.tables)
    (folder / "figures").mkdir(exist_ok=True)
    save(draw(target, table, len(worlds), params), folder / "figures" / "knockout.png")
    print(console(target, table, worlds, params))
    print(f"written to {folder}")


def run_worlds(task: Task, target: Target, config: dict, params) -> list[dict]:
    """Return what came out of every world."""
    variants = {"as it is": params, "without": without(target, config, params)}
    seeds = range(params.seed, params.seed + (1 if target.of_one_world else task.replicates))
    jobs = [World(seed, variants, partial(measure, target=target),
                  partial(condense, acquisition_cost=task.acquisition_cost, of_a_person=target.kind == "person"))
            for seed in seeds]
    found: list[dict] = [{}] * len(jobs)
    with pool(min(workers_of(task.workers), len(jobs))) as mapped:
        for i, world in run_all(jobs, mapped):
            found[i] = world
    return found


def knockout_table(worlds: list[dict]) -> pd.DataFrame:
    """Return one row per figure: what the target adds to it, and for sales what the ledger credits to it.

    columns figure, unit, without, as_it_is, knockout (mean paired difference), low, high, ledger_trigger,
    ledger_persuasion (nan where a figure is not what the ledger counts)
    """
    credit = {stage: sum(world["credit"][stage] for world in worlds) / len(worlds)
              for stage in ("trigger", "persuasion")}
    rows = []
    for name in worlds[0]["kpi"]:
        pairs = [world["kpi"][name] for world in worlds]
        effect = paired_effect([pair[0] for pair in pairs], [pair[1] for pair in pairs])
        rows.append({"figure": name, "unit": UNITS[name], "without": effect.before, "as_it_is": effect.after,
                     "knockout": effect.difference, "low": effect.low, "high": effect.high}
                    | {f"ledger_{stage}": value if name == "sales" else float("nan")
                       for stage, value in credit.items()})
    return pd.DataFrame(rows)
