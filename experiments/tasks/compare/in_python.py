"""A comparison from Python: scenarios on the same random worlds, a table of paired effects, no files.

    compare({"base": base, "dear": base.changed({"brands.alpha.price": 70})}, seeds=range(1, 31))
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import t

from experiments.study.paired_worlds import World, results_of
from experiments.study.workers import silent_pool, workers_of
from experiments.tasks.compare.effects import paired_effects
from experiments.tasks.compare.measure import kpis, numbers
from simulation.config.messages import got
from simulation.config.schema import Params
from simulation.output.summary import UNITS
from simulation.params import ConfigError
from simulation.resources.estimate import needed, refuse_if_too_large

COLUMNS = {"scenario": "scenario", "kpi": "outcome", "brand": "brand", "unit": "unit", "before": "baseline",
           "after": "mean", "difference": "effect", "standard_error": "standard_error", "low": "low", "high": "high",
           "probability_positive": "probability_positive", "worlds_positive": "worlds_positive",
           "variance_reduction": "variance_reduction", "pairs": "worlds"}
"""Columns of the table, by what ``paired_effects`` calls them."""


def compare(params: Mapping[str, Params], seeds: Iterable[int], workers: int | str = 1) -> pd.DataFrame:
    """Return what each scenario changes against the first, in the same random worlds.

    params   parameters by name; the first is the baseline
    seeds    the worlds: one whole number each, as ``range(1, 31)``
    workers  processes (``"auto"``: one per core); the table does not depend on it.  A script that
             wants several calls this under ``if __name__ == "__main__":``, as with any processes

    One row per scenario (but the first), brand and figure of the summary:

        scenario, outcome, brand, unit
        baseline, mean         means over the worlds without and with the change
        effect                 mean of the differences, world by world
        standard_error         of that mean; low, high: its 95 % interval (t distribution)
        probability_positive   that the mean difference is above 0, given these worlds
        worlds_positive        share of the worlds in which the difference is above 0
        variance_reduction     how many times more worlds independent luck would need
        worlds                 in which the figure is defined with and without the change

    Raises ConfigError with every problem of the input, and where memory is short.  What the worlds
    mean is told in docs/decisions/0009.
    """
    seeds = check(params, seeds, workers)
    processes = min(workers_of(workers), len(seeds))
    refuse_if_too_large(max(params.values(), key=needed), processes)
    worlds = [World(seed, dict(params), measure, condense) for seed in seeds]
    with silent_pool(processes) as mapped:
        frames = dict(results_of(worlds, mapped))
    together = pd.concat([frames[i].assign(seed=seed) for i, seed in enumerate(seeds)], ignore_index=True)
    return table_of(together, list(params))


def check(params, seeds, workers) -> list[int]:
    """Return the seeds as whole numbers; raises ConfigError with every problem."""
    whole, problems = seeds_of(seeds)
    problems += [*problems_of(params), *problems_of_workers(workers)]
    if problems:
        raise ConfigError(problems)
    return whole


def problems_of(params) -> list[str]:
    """Return what is wrong with the scenarios."""
    if not isinstance(params, Mapping):
        return [f"params: must be parameters by name, such as {{'base': base, 'dear': dear}}, "
                f"got {type(params).__name__}"]
    problems = [f"params: names must be text, got {got(name)}" for name in params if not isinstance(name, str)]
    problems += [f"params, {name}: must be parameters (of load_params or changed), got {type(one).__name__}"
                 for name, one in params.items() if not isinstance(one, Params)]
    if len(params) < 2:
        problems.append(f"params: must be at least two scenarios, the first of them the baseline, "
                        f"got {', '.join(map(str, params)) or 'none'}")
    return problems or problems_of_sizes(params)


def problems_of_sizes(params: Mapping[str, Params]) -> list[str]:
    """Return which scenarios have other people than the first: their luck could not be shared."""
    sizes = {name: one.network.size(one.population.size) for name, one in params.items()}
    first, *others = sizes
    return [f"params, {name}: population.size must be {sizes[first]}, as in {first} (worlds are shared person by "
            f"person), got {sizes[name]}" for name in others if sizes[name] != sizes[first]]


def seeds_of(seeds) -> tuple[list[int], list[str]]:
    """Return the seeds as whole numbers, and what is wrong with them."""
    must = "seeds: must be different whole numbers from 0, such as range(1, 31)"
    if isinstance(seeds, str | bytes) or not isinstance(seeds, Iterable):
        return [], [f"{must}, got {got(seeds)}"]
    given, whole = list(seeds), []
    for seed in given:
        try:
            whole.append(-1 if isinstance(seed, bool | np.bool_) else operator.index(seed))
        except TypeError:
            whole.append(-1)
    wrong = [seed for seed, number in zip(given, whole, strict=True) if not 0 <= number < 2**64]
    twice = sorted({number for number in whole if whole.count(number) > 1} - {-1}) if not wrong else []
    problems = [f"{must}, got {got(seed)}" for seed in wrong[:3]]
    problems += [f"{must}, got {seed} more than once" for seed in twice[:3]]
    return whole, problems or ([] if given else [f"{must}, got none"])


def problems_of_workers(workers) -> list[str]:
    """Return what is wrong with the number of processes."""
    is_number = isinstance(workers, int) and not isinstance(workers, bool) and workers >= 1
    if is_number or workers == "auto":
        return []
    return [f"workers: must be auto or a whole number >= 1, got {got(workers)}"]


def measure(model) -> dict[str, dict[str, float]]:
    """Return the figures of one finished run, by brand."""
    summary = model.results.summary
    return {brand: numbers(summary[brand]) for brand in model.params.brands}


def condense(found: dict[str, dict]) -> pd.DataFrame:
    """Return the tidy frame of a world."""
    return pd.concat([kpis(name, {"kpi": figures}) for name, figures in found.items()], ignore_index=True)


def table_of(worlds: pd.DataFrame, scenarios: list[str]) -> pd.DataFrame:
    """Return the table: scenarios, brands and outcomes in the order in which they were given."""
    table = paired_effects(worlds, scenarios, UNITS)
    pairs = table["pairs"].to_numpy()
    half = ((table["high"] - table["low"]) / 2.0).to_numpy()
    table["standard_error"] = half / t.ppf(0.975, np.maximum(pairs - 1, 1))
    for column, order in (("scenario", scenarios[1:]), ("brand", list(worlds["brand"].unique())), ("kpi", list(UNITS))):
        table[column] = pd.Categorical(table[column], order)
    table = table.sort_values(["scenario", "brand", "kpi"], ignore_index=True)
    return table.astype(dict.fromkeys(("scenario", "brand", "kpi"), str))[list(COLUMNS)].rename(columns=COLUMNS)
