"""Memory: what a run will need, by part, before anything is built;
a run that cannot fit is refused.

    needed = code + max(building the network, people + ties + ledger + series + tables at the end)

Columns of people are counted from ``COLUMNS``, tables of the ledger from their dtypes.  How many
ties there will be is known by the network.  How much is said and sold is not known before a run:
the rates below are those of the default market, and a market that talks more needs more.  All
numbers are bytes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel

from simulation.ledger.tables import CONVERSIONS, CREDITS, LOST, POSTS, READS
from simulation.metrics import units_of
from simulation.params import ConfigError
from simulation.resources.machine import free_memory
from simulation.world.state import COLUMNS, N_RUNGS

CODE = 300e6
"""Python, the packages and the compiled kernels, measured."""
DRAWING = 80e6
"""Drawing the figures, measured."""
HELD_PER_TIE, HELD_WHERE_TIES_DIFFER, TURNED_PER_TIE = 4, 5, 12
"""Of ``Ties``: the target; with the kind; for rules of contact strength and in-ties,
where ties differ.
"""
HELD_PER_PERSON = 8 + 16 + 4
"""Of ``Ties``, per person: offsets, those of added ties in both directions, community."""
STEP_PER_PERSON = 100
"""Arrays that live for one phase only, measured."""
SPARE = 1.3
"""Tables double when they grow, and what was free stays with the process."""
VALUE, STEP_OF_A_METRIC = 8, 400
"""One value of a data frame; one value of the time series,
as the objects it stands in until it is a frame.
"""

SALES, POSTED = 0.014, 0.007
"""Sales and posts per person and step."""
READ_PER_POST, CREDITS_PER_SALE, LOST_PER_READ = 1.4, 5.5, 0.3
"""Reads per post and follower of the mean person; credits per sale; rows of lost sales per read."""


@dataclass(frozen=True)
class Estimate:
    """Bytes that one run needs, by part; ``peak`` is the most that it needs at once."""

    people: float
    ties: float
    building: float
    ledger: float
    series: float
    tables: float
    drawing: float

    @property
    def peak(self) -> float:
        """Return the most that is needed at once: the network is made before there are people."""
        return CODE + max(self.building, self.people + self.ties + self.ledger + self.series
                          + max(self.tables, self.drawing))


def estimate(params) -> Estimate:
    """Return what a run with these parameters needs."""
    n, e = people_and_ties(params)
    b, k = len(params.brands), sum(len(brand.processes) for brand in params.brands.values())
    sizes = {"n": n, "b": b, "k": k, "m": len(params.motives), "r": N_RUNGS}
    columns = sum(np.dtype(c.dtype).itemsize * math.prod(sizes[axis] for axis in c.axes)
                  for c in COLUMNS)
    rows, cells = ledger_rows(params, n, e), values_by_table(params)
    # else they are written group by group, see ``archive``
    cells["reads"] *= share_held(params) == 1.0
    return Estimate(people=columns + n * (HELD_PER_PERSON + STEP_PER_PERSON + 8 * b),
                    ties=e * held_per_tie(params),
                    building=n * HELD_PER_PERSON + e * params.network.built_per_tie,
                    ledger=SPARE * sum(size * rows[name] for name, (_, size) in TABLES.items()),
                    series=params.steps * b * numbers_recorded(params) * STEP_OF_A_METRIC,
                    tables=VALUE * (sum(cells.values()) + 2 * max(cells.values())),
                    drawing=DRAWING if params.output.figures else 0.0)


def numbers_recorded(params) -> int:
    """Return how many numbers the wanted metrics record, per brand and step."""
    return len(units_of(params.METRICS[name] for name, wanted in params.metrics.items() if wanted))


def held_per_tie(params) -> float:
    """Return the bytes that a tie takes while the run lasts."""
    if not params.network.ties_differ():
        return HELD_PER_TIE
    return HELD_WHERE_TIES_DIFFER + (0 if params.adoption.deliberates else TURNED_PER_TIE)


def values_by_table(params) -> dict[str, float]:
    """Return the expected number of values in the tables that grow with people and steps."""
    n, e = people_and_ties(params)
    rows = ledger_rows(params, n, e)
    cells = {name: width * rows[name] for name, (width, _) in TABLES.items()}
    cells["reads"] *= (params.output.ledger == "full") / share_held(params)
    return cells | {"people": n * (12 + 9 * len(params.brands))}


def values_written(params) -> float:
    """Return the expected number of values in all tables."""
    return sum(values_by_table(params).values())


def refuse_if_too_large(params, processes: int = 1, available: int | None = None) -> None:
    """Raise ConfigError, which says what would fit, where runs at once in so many
    processes need more than there is.

    ``available`` is what this process may use in all, in bytes (default: what this machine has
    free).
    """
    available = free_memory() if available is None else available
    if needed(params, processes) > available:
        raise ConfigError(too_large(params, processes, available))


def needed(params, processes: int = 1) -> float:
    """Return the bytes that so many processes need, each with a run of its own,
    and the one that waits for them.
    """
    return processes * estimate(params).peak + (CODE if processes > 1 else 0.0)


def too_large(params, processes: int, available: float) -> str:
    """Return where it is too large, what is needed, what there is, and what would fit."""
    several = largest(lambda x: needed(params, x), processes - 1, available)
    need = needed(params, processes if several else 1)
    lack = f"need about {gigabytes(need)}, this machine has {gigabytes(available)} free"
    size, kind = params.population.size, params.network.kind
    if several:
        return (f"task.workers: {processes} worlds at once, each of {size} people with "
                f"network.kind {kind}, {lack}; task.workers={several} would fit")
    if key := params.network.sized_by:
        part = max(available - CODE, 0.0) / max(needed(params) - CODE, 1.0)
        return (f"network.{key}: the people and ties in {getattr(params.network, key)} {lack}; "
                f"about {100 * part:.0f} % of them would fit")
    if (fit := largest(lambda x: needed(with_people(params, x)), size, available)) > 0:
        return (f"population.size: {size} people with network.kind {kind} {lack}; about "
                f"{rounded(fit)} would fit")
    if (fit := largest(lambda x: needed(like(params, {"steps": x})), params.steps, available)) > 0:
        return f"steps: {params.steps} steps {lack}; about {rounded(fit)} would fit"
    needs = lack.replace("need about", "needs at least")
    return f"memory: a run of any size {needs}; nothing would fit"


def largest(need: Callable[[int], float], most: int, available: float) -> int:
    """Return the largest number up to ``most`` whose need, which grows with it, is there;
    0 where none is.
    """
    return bisect_right(range(1, most + 1), available, key=need)


def with_people(params, size: int):
    """Return the same parameters for another number of people."""
    return like(params, {"population": like(params.population, {"size": size})})


def like(params, update: dict):
    """Return a copy that is only measured, never run: an event may lie beyond its steps."""
    return BaseModel.model_copy(params, update=update)


def gigabytes(size: float) -> str:
    """Return bytes in words: two digits are all that an estimate can say."""
    return f"{float(f'{size / 1e9:.2g}'):g} GB"


def rounded(number: int) -> str:
    """Return a number in words, rounded down to two digits."""
    unit = 10 ** max(len(str(number)) - 2, 0)
    number = number // unit * unit
    return f"{number / 1e6:g} million" if number >= 1_000_000 else str(number)


def bytes_of_row(dtypes: dict[str, str]) -> int:
    """Return the bytes of one row."""
    return sum(np.dtype(dtype).itemsize for dtype in dtypes.values())


TABLES = {"posts": (27, bytes_of_row(POSTS)), "sales": (8, bytes_of_row(CONVERSIONS)),
          "reads": (6, bytes_of_row(READS)), "credits": (8, bytes_of_row(CREDITS)),
          "lost": (6, bytes_of_row(LOST))}
"""Columns of the tables written, and bytes of a row in the ledger;
posts become reviews and experiences.
"""


def ledger_rows(params, n: float, e: float) -> dict[str, float]:
    """Return the expected rows of what grows with people and steps; of the reads,
    those that stand at once.
    """
    person_steps, without = n * params.steps, set(params.without)
    talk = params.talk.base / 1.15 if "review" not in without else 0.0
    posts = POSTED * talk * person_steps
    sales = max(SALES * person_steps, n) if "conversion" not in without else 0.0
    attention = params.feed.attention / 0.6 if "exposure" not in without else 0.0
    reads = READ_PER_POST * attention * posts * e / max(n, 1.0)
    kept = params.output.ledger != "none"
    return {"posts": posts, "sales": sales, "reads": share_held(params) * reads,
            "lost": kept * LOST_PER_READ * reads,
            "credits": kept * min(CREDITS_PER_SALE, 2.0 * params.output.credit_depth + 6.0) * sales}


def share_held(params) -> float:
    """Return the share of all reads in the ledger at once, measured;
    those for Parquet are expected to go to a file.
    """
    if params.output.ledger == "full" and params.output.tables == "csv":
        return 1.0
    return 0.35 if params.output.ledger != "none" and params.adoption.deliberates else 0.1


def people_and_ties(params) -> tuple[float, float]:
    """Return the expected numbers of people and of directed ties."""
    n = params.network.expected_size(params.population.size)
    return float(n), float(params.network.expected_ties(n))
