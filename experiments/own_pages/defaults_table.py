"""The table of defaults in docs/validation.md: where each number comes from, and how much hangs on it.

    python -m experiments.own_pages.defaults_table --write      # measures for some ten minutes on two cores

Every number of the baseline is made 20 % larger (smaller where it cannot be), one at a time, for both brands, on the
same seeds, and the mean difference is scaled to 10 %.  What no paper and no pattern fixes and yet moves the outcome is
marked unknown: it must be swept before anybody believes a level.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from experiments.own_pages.defaults_words import CALIBRATED, FIXED, PUBLISHED
from experiments.own_pages.page_sections import write_between
from experiments.study.cells import Cell, changed, run_cells
from experiments.study.workers import pool, workers_of
from simulation.config.compose import check_params, compose
from simulation.params import ConfigError

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
MARKS = ("<!-- table of defaults: written by python -m experiments.own_pages.defaults_table -->",
         "<!-- end of the table -->")
WORDS = ("scenario=baseline",)
SEEDS, SHARE = range(301, 304), 0.2
IDLE = ("brands.alpha.listening.", "brands.alpha.organisation.")
"""Parts without effect in the baseline, where nobody acts on what is heard."""
MATTERS = 1.0
"""Points of adoption or of the score for a change of 10 %: from here on a value matters."""


def measure(model) -> tuple[float, float]:
    """Return adoption in percent of people, and the net promoter score at the end, mean of the brands."""
    summary = model.results.summary
    score = np.nanmean([summary[brand]["nps"] for brand in model.params.brands])
    return 100.0 * summary["all"]["adoption"], float(score)


def numbers(config: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield path and value of every number of a run; of two equal brands the first stands for both."""
    for key, value in config.items():
        at = (*path, key)
        if at[0] in ("task", "hydra", "seed", "metrics") or (at[0] == "brands" and len(at) > 1 and at[1] != "alpha"):
            continue
        if isinstance(value, dict):
            yield from numbers(value, at)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield ".".join(at), value


def cells_of(config: dict) -> list[Cell]:
    """Return the baseline and a cell per number, 20 % larger, or smaller where larger is not allowed."""
    cells = [Cell("baseline", WORDS, {}, SEEDS)]
    varied = [(path, value) for path, value in numbers(config)
              if value and not path.startswith(IDLE) and not origin(path).startswith("fixed")]
    for path, value in varied:
        both = (other(path, value, sign, config) for sign in (1, -1))
        cells += [cell for cell in both if is_allowed(config, cell.values)][:1]
    return cells


def other(path: str, value: float, sign: int, config: dict) -> Cell:
    """Return the cell in which one number is 20 % larger or smaller, a whole number by at least one."""
    new = value * (1 + sign * SHARE)
    if isinstance(value, int):
        new = round(new) if round(new) != value else value + sign
    return Cell(f"{path}{'+' if sign > 0 else '-'}", WORDS, {place: new for place in places(path, config)}, SEEDS)


def places(path: str, config: dict) -> list[str]:
    """Return the same place in every brand."""
    if not path.startswith("brands.alpha."):
        return [path]
    return [path.replace("alpha", brand, 1) for brand in config["brands"]]


def is_allowed(config: dict, change: dict) -> bool:
    """Tell whether a config with these values passes all checks."""
    try:
        check_params(changed(config, change))
    except ConfigError:
        return False
    return True


def effects(found: dict, cells: list[Cell], config: dict) -> dict[str, tuple[float, float, float]]:
    """Return by path what 10 % more do to adoption and to the score, and the standard error of the former."""
    base, values, out = np.array(found["baseline"]), dict(numbers(config)), {}
    for cell in cells[1:]:
        path = cell.name[:-1]
        larger = next(iter(cell.values.values())) / values[path] - 1.0
        tenth = (np.array(found[cell.name]) - base) / (10.0 * larger)
        out[path] = (*tenth.mean(axis=0), tenth[:, 0].std(ddof=1) / len(tenth) ** 0.5)
    return out


def origin(path: str) -> str:
    """Return where a value comes from: fixed, published, calibrated or assumed."""
    for word, table in (("fixed", FIXED), ("published", PUBLISHED), ("calibrated", CALIBRATED)):
        for start, why in table.items():
            if path == start or path.startswith(f"{start}."):
                return f"{word}: {why}"
    return "assumed"


def status(path: str, effect: tuple | None) -> str:
    """Return validated, calibrated, assumed or unknown, as the page explains the words."""
    word = origin(path).split(":")[0]
    if word in ("fixed", "published"):
        return "validated" if word == "published" else "fixed"
    if effect is not None and max(abs(effect[0]), abs(effect[1])) >= MATTERS:
        return "calibrated" if word == "calibrated" else "**unknown**"
    return word


def table(config: dict, effect: dict) -> str:
    """Return the table in Markdown, one row per number of the baseline."""
    rows = ["| parameter | default | where the number comes from | 10 % more: adoption, points | score, points | "
            "status |", "|---|---|---|---|---|---|"]
    for path, value in numbers(config):
        moved = effect.get(path)
        words = (f"{moved[0]:+.1f} (se {moved[2]:.1f})", f"{moved[1]:+.1f}") if moved else (unmoved(path, value), "")
        rows.append(f"| `{path}` | {value:g} | {origin(path)} | {words[0]} | {words[1]} | {status(path, moved)} |")
    return "\n".join(rows)


def unmoved(path: str, value: float) -> str:
    """Return why a number was not varied."""
    if path.startswith(IDLE):
        return "none: nobody acts here"
    return "not varied" if value else "not varied: 0"


def main(argv: list[str]) -> None:
    """Measure, and write the table into the page or print it."""
    config = compose(*WORDS)
    cells = cells_of(config)
    with pool(workers_of("auto")) as mapped:
        found = run_cells(cells, measure, mapped, lambda runs: print(".", end="", flush=True))
    text = table(config, effects(found, cells, config))
    if "--write" in argv:
        write_between(PAGE, MARKS, text)
    else:
        print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
