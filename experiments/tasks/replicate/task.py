"""task=replicate: published results, run from config alone and judged one by one.

A replication is a preset ``configs/experiment/replicate/<name>.yaml`` and a module
``experiments/replications/<name>.py`` with

    PAGE                    the words of its page (``Page``)
    FAST                    True: every commit must hold it (tier fast); False: tier full only
    cells(full) -> [Cell]   the worlds to run
    measure(model)          what is kept of a run (called in a worker process)
    judge(found) -> [Claim] what was claimed and what came out
    draw(found) -> Figure   theory or published figure over the simulation

It uses the engine as any run does: no phase is called, no state is written.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field
from tqdm import tqdm

from experiments.figures import save
from experiments.study.cells import run_cells
from experiments.study.workers import pool, workers_of
from experiments.tasks.replicate.claims import Claim, Verdict, verdict_of
from experiments.tasks.replicate.gallery import write_gallery
from simulation.config.messages import did_you_mean
from simulation.params import ConfigError, Strict

REPLICATIONS = "experiments.replications"
"""Replications import this task's ``claims``, so they are found by name and not imported here."""


class Task(Strict):
    """Parameters of the task."""

    kind: Literal["replicate"]
    names: Literal["all"] | tuple[str, ...]
    tier: Literal["fast", "full"]
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)]


def main(config: dict, params, folder: Path) -> int:
    """Run the chosen replications, write table, figures and gallery; status 3 if one does not reproduce."""
    task = config["task"]
    modules, full = chosen(task["names"], task["tier"]), task["tier"] == "full"
    entries = []
    with pool(workers_of(task["workers"])) as mapped:
        for name, module in modules.items():
            entries.append(replicate(name, module, full, mapped, folder))
            print(line(entries[-1]), flush=True)
    table = pd.DataFrame([{"replication": entry["name"], "claim": claim.text, "published": claim.published,
                           "ours": claim.ours, "verdict": str(claim.verdict)}
                          for entry in entries for claim in entry["claims"]])
    table.to_csv(folder / "claims.csv", index=False, lineterminator="\n")
    write_gallery(entries, task["tier"], folder)
    print(f"written to {folder} (open gallery.html)")
    return 3 if any(entry["verdict"] is Verdict.NOT for entry in entries) else 0


def chosen(names, tier: str) -> dict[str, ModuleType]:
    """Return the modules of the replications to run, in the order of the gallery."""
    known = import_module(REPLICATIONS).NAMES
    if names == "all":
        modules = {name: import_module(f"{REPLICATIONS}.{name}") for name in known}
        return {name: module for name, module in modules.items() if module.FAST or tier == "full"}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None or not names:
        came = "an empty list" if unknown is None else f"{unknown!r}{did_you_mean(unknown, list(known))}"
        raise ConfigError(f"task.names: must be all, or a list of {', '.join(known)}; got {came}")
    return {name: import_module(f"{REPLICATIONS}.{name}") for name in known if name in names}


def replicate(name: str, module: ModuleType, full: bool, mapped, folder: Path) -> dict:
    """Run one replication and return its entry for the gallery."""
    started = time.perf_counter()
    cells = module.cells(full)
    runs = sum(len(cell.seeds) for cell in cells)
    with tqdm(total=runs, desc=name, unit="run", disable=not sys.stderr.isatty(), leave=False) as bar:
        found = run_cells(cells, module.measure, mapped, bar.update)
    claims: list[Claim] = module.judge(found)
    figure = folder / "figures" / f"{name}.png"
    figure.parent.mkdir(exist_ok=True)
    save(module.draw(found), figure)
    return {"name": name, "page": module.PAGE, "claims": claims, "verdict": verdict_of(claims), "figure": figure,
            "runs": runs, "seconds": time.perf_counter() - started}


def line(entry: dict) -> str:
    """Return what the console says of one replication."""
    head = f"{entry['verdict']:<15} {entry['name']:<12} {entry['page'].title}  [{entry['seconds']:.0f} s]"
    rows = [f"    {claim.verdict:<15} {claim.text}: published {claim.published}, ours {claim.ours}"
            for claim in entry["claims"]]
    return "\n".join([head, *rows])
