"""From worlds to tables: the paired effects, their course over time, and what became of whom."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy.stats import t

from experiments.tasks.compare.measure import CLASSES
from simulation.statistics import paired_effect


def effects_table(worlds: pd.DataFrame, scenarios: list[str], rank_by: str, units: dict[str, str]) -> pd.DataFrame:
    """Return one row per scenario (but the first), brand and figure: the paired effect, and its rank by ``rank_by``."""
    table = paired_effects(worlds, scenarios, units)
    deciding = table[table["kpi"] == rank_by].set_index(["scenario", "brand"])["difference"]
    rank = deciding.groupby(level="brand").rank(ascending=False, method="min", na_option="bottom").astype(int)
    table = table.join(rank.rename("rank"), on=["scenario", "brand"])
    table["scenario"] = pd.Categorical(table["scenario"], scenarios[1:])
    table = table.sort_values(["brand", "rank", "scenario", "kpi"], kind="stable", ignore_index=True)
    return table.astype({"scenario": str})


def paired_effects(worlds: pd.DataFrame, scenarios: list[str], units: dict[str, str]) -> pd.DataFrame:
    """Return one row per brand, figure and scenario (but the first): the paired effect."""
    wide = (worlds[worlds["what"] == "kpi"]
            .pivot(index=["brand", "name", "seed"], columns="scenario", values="value"))
    rows = []
    for (brand, name), values in wide.groupby(level=["brand", "name"], sort=False):
        for scenario in scenarios[1:]:
            effect = paired_effect(values[scenarios[0]].to_numpy(), values[scenario].to_numpy())
            rows.append({"scenario": scenario, "brand": brand, "kpi": name, "unit": units[name], **asdict(effect)})
    return pd.DataFrame(rows)


def curves_table(worlds: pd.DataFrame, scenarios: list[str]) -> pd.DataFrame:
    """Return the mean paired difference of every curve, with its 95 % interval step by step."""
    wide = (worlds[worlds["what"] == "curve"]
            .pivot(index=["brand", "name", "step", "seed"], columns="scenario", values="value"))
    parts = []
    for scenario in scenarios[1:]:
        difference = (wide[scenario] - wide[scenarios[0]]).groupby(level=["brand", "name", "step"], sort=False)
        n = difference.count()
        half = t.ppf(0.975, np.maximum(n - 1, 1)) * difference.std() / np.sqrt(n)
        parts.append(pd.DataFrame({"scenario": scenario, "difference": difference.mean(),
                                   "low": difference.mean() - half, "high": difference.mean() + half}).reset_index())
    table = pd.concat(parts, ignore_index=True).rename(columns={"name": "metric"})
    return table[["scenario", "brand", "metric", "step", "difference", "low", "high"]]


def worth_table(worlds: pd.DataFrame, scenarios: list[str]) -> pd.DataFrame:
    """Return, per scenario and brand, people and change of worth by class, the change of costs, the total of both,
    and the return: the total per unit of money that the change spends more (nan where it spends no more)."""
    some = worlds[worlds["what"].str.startswith("worth")]
    rows = []
    for scenario in scenarios[1:]:
        for brand in some["brand"].unique():
            mine = some[(some["scenario"] == scenario) & (some["brand"] == brand)]
            value = mine[mine["what"] == "worth_value"].pivot(index="seed", columns="name", values="value")
            people = mine[mine["what"] == "worth_people"].pivot(index="seed", columns="name", values="value")
            costs = mine[mine["what"] == "worth_costs"].set_index("seed")["value"]
            rows += [line(scenario, brand, name, people[name], value[name]) for name in CLASSES]
            rows.append(line(scenario, brand, "costs", None, -costs))
            total = value.sum(axis=1) - costs
            rows.append(line(scenario, brand, "total", None, total))
            rows.append(line(scenario, brand, "return", None, (total / costs).where(costs > 0)))
    return pd.DataFrame(rows)


def line(scenario: str, brand: str, name: str, people, value) -> dict:
    """Return one row of the table of worth: mean people, and mean change of worth with its interval."""
    effect = paired_effect(np.zeros(len(value)), value.to_numpy())
    return {"scenario": scenario, "brand": brand, "class": name,
            "people": np.nan if people is None else float(people.mean()), "value": effect.difference,
            "low": effect.low, "high": effect.high}


def runs_table(worlds: pd.DataFrame, scenarios: list[str]) -> pd.DataFrame:
    """Return one row per run, sorted by world and scenario: every figure as ``brand.figure``."""
    kpi = worlds[worlds["what"] == "kpi"]
    wide = kpi.assign(column=kpi["brand"] + "." + kpi["name"]).pivot(index=["seed", "scenario"], columns="column",
                                                                    values="value").reset_index()
    wide["scenario"] = pd.Categorical(wide["scenario"], scenarios)
    wide = wide.sort_values(["seed", "scenario"], ignore_index=True).astype({"scenario": str})
    wide.columns.name = None
    return wide
