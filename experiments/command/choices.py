"""What there is to choose from, read from the first comments of the YAML files; and the help screen.

Nothing heavy is imported here: ``python run.py --help`` answers at once.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

from simulation.config.overrides import config_folder, groups_of

HELP = """\
Grapevine: an agent-based simulation of word of mouth: experiences, reviews, beliefs, sales, listening brands.

    python run.py [group=choice] [key=value] [-m] [--cfg job] [plugins=[my_rules]]

Results go to outputs/<date>/<time>/.  Exit status: 0 done, 2 bad input, 3 some runs failed, 130 interrupted.

{groups}

  {add}
  Keys: seed, steps, population.size, feed.attention, brands.alpha.price, ...; all of them: task=list

Examples
  python run.py                                             one run of the default scenario
  python run.py scenario={scenario} steps=52 seed=7
  python run.py task=compare task.scenarios=[baseline,{scenario}]  in the same random worlds
  python run.py +policy@brands.alpha.policies.fix=fix_worst brands.alpha.budget=2000
  python run.py -m seed=1,2,3 scenario=baseline,{scenario}  six runs, one after another
"""
FIRST = ("task", "scenario", "experiment", "market", "network", "adoption", "belief", "motives", "population",
         "talk", "debug")
"""Groups that ``group=choice`` chooses from, in the order of the help screen."""

TWO_LINES = ("task", "scenario")
"""Groups of which a narrow screen, too, shows more than a line."""


def choices() -> dict[str, dict[str, str]]:
    """Return every group with its choices and what each is."""
    folder = config_folder()
    return {group: {name: first_comment(folder / group / f"{name}.yaml") for name in names}
            for group, names in groups_of([folder]).items()}


def first_comment(file: Path) -> str:
    """Return the first comment of a YAML file that is no directive of Hydra, on one line."""
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") and not line.startswith("# @package"):
            lines.append(line.removeprefix("#").strip())
        elif lines or (line.strip() and not line.startswith("#")):
            break
    return " ".join(lines)


def help_text(width: int | None = None) -> str:
    """Return the help screen: at most 30 lines."""
    width = min(width or shutil.get_terminal_size((100, 30)).columns, 110)
    groups = groups_of([config_folder()])
    lines = []
    for group in FIRST:
        text = _cut(groups.get(group, []), 2 * width - 40 if group in TWO_LINES else width - 13)
        lines += textwrap.wrap(text, width, initial_indent=f"  {group:<11}", subsequent_indent=" " * 13)
    more = ", ".join(group for group in groups if group.split("/")[0] not in FIRST)
    add = f"Added to a place, as below: {more}"
    scenarios = [name for name in groups.get("scenario", []) if name != "baseline"]
    scenario = "fix_delivery" if "fix_delivery" in scenarios else (scenarios or ["baseline"])[0]
    return HELP.format(groups="\n".join(lines), add=add, scenario=scenario)


def _cut(names: list[str], width: int) -> str:
    """Return the names on one line, ending in how many more there are."""
    text = ", ".join(names)
    shown = len(names)
    while len(text) > width and shown > 1:
        shown -= 1
        text = f"{', '.join(names[:shown])}, and {len(names) - shown} more"
    return text
