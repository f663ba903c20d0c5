"""A comparison in plain words: a sentence per scenario, and the table on the console."""

from __future__ import annotations

import pandas as pd

from experiments.figures.words import listed, number, percent, pretty

SHOWN = ("npv", "profit", "revenue", "sales", "customers", "adoption", "nps", "mean_satisfaction", "reviews",
         "mean_stars", "share_negative", "detractors", "advocates", "lapsed", "lost_sales", "time_to_50")
"""Figures on the page, the ones in money first; all others stand in the tables."""

LESS_IS_BETTER = {"share_negative", "detractors", "share_detractors", "lapsed", "lost_sales", "share_one_star", "cost",
                  "time_to_10", "time_to_50", "time_to_90"}
"""Figures that a brand wants to be small."""

IN_FULL = {"npv": "net present value", "nps": "NPS", "time_to_50": "time to half of all buyers",
           "lost_sales": "sales lost to bad reviews"}


def pretty_kpi(name: str) -> str:
    """Return the name of a figure in words."""
    return IN_FULL.get(name, name.replace("_", " "))


def tone(effect, kpi: str) -> str:
    """Return gain, loss, or even where the interval holds zero; for some figures less is a gain."""
    if not (effect["low"] > 0 or effect["high"] < 0):
        return "even"
    return "gain" if (effect["difference"] > 0) != (kpi in LESS_IS_BETTER) else "loss"


def console(task, scenarios: dict, tables: dict[str, pd.DataFrame]) -> str:
    """Return what the console says: how much was run, one sentence per scenario, the best first."""
    first, *_ = scenarios.values()
    worlds = tables["runs"]["seed"].nunique()
    size = f"{first.params.population.size:,} people and {first.params.steps} steps"
    head = (f"{task.brand} in {worlds} worlds of {size}; each against {pretty(first.name)} in the same world, ranked "
            f"by {pretty_kpi(task.rank_by)}")
    currency = first.params.value.currency
    lines = [f"{rank}. {line}" for rank, line in enumerate(sentences(task, tables["effects"], currency), 1)]
    if task.replicates == "auto" and worlds == task.most:
        lines.append(f"{worlds} worlds (task.most) may be too few for task.precision {task.precision:g}: look at the "
                     f"intervals.")
    return "\n".join([head, *lines])


def sentences(task, effects: pd.DataFrame, currency: str) -> list[str]:
    """Return one sentence per scenario about sales, NPS and money, the best by ``rank_by`` first."""
    mine = effects[effects["brand"] == task.brand].sort_values("rank", kind="stable")
    return [sentence(name, mine[mine["scenario"] == name].set_index("kpi"), task.rank_by, currency)
            for name in mine["scenario"].unique()]


def sentence(name: str, effects: pd.DataFrame, rank_by: str, currency: str) -> str:
    """Return what one scenario does, in a sentence with intervals."""
    parts = [change(effects.loc["sales"], "", "sales"), change(effects.loc["nps"], "points of ", "NPS"),
             change(effects.loc["npv"], f"{currency} of ", "net present value")]
    if rank_by not in ("sales", "nps", "npv"):
        parts.append(change(effects.loc[rank_by], "in ", pretty_kpi(rank_by)))
    better = percent(effects.loc[rank_by, "worlds_positive"])
    return (f"{pretty(name).capitalize()} {listed(parts)}; {pretty_kpi(rank_by)} is higher in {better} of the "
            f"worlds.")


def change(effect: pd.Series, unit: str, what: str) -> str:
    """Return 'gains 412 sales (95 %: 371 to 455)', or that it cannot be told from no change."""
    if effect["difference"] == 0 and not effect["low"] < 0 < effect["high"]:
        return f"changes no {what}"
    if effect["low"] <= 0 <= effect["high"]:
        return f"may or may not change {what} ({amount(effect['difference'])}, {interval(effect)})"
    verb = "gains" if effect["difference"] > 0 else "loses"
    low, high = sorted((abs(effect["low"]), abs(effect["high"])))
    size, low, high = (number(rounded(value)) for value in (abs(effect["difference"]), low, high))
    return f"{verb} {size} {unit}{what} (95 %: {low} to {high})"


def headline(mine: pd.DataFrame, task, scenarios: dict) -> str:
    """Return the finding: which scenario is best by the ranking figure, and by how much."""
    best = mine[mine["kpi"] == task.rank_by].sort_values("rank").iloc[0]
    first, kpi = pretty(next(iter(scenarios))), pretty_kpi(task.rank_by)
    if not (best["low"] > 0 or best["high"] < 0):
        return f"Nothing is surely better than {first} in {kpi}; {pretty(best['scenario'])} comes nearest"
    if best["difference"] < 0:
        return f"Nothing beats {first} in {kpi}; {pretty(best['scenario'])} comes nearest"
    money = f" {next(iter(scenarios.values())).params.value.currency}" if best["unit"] == "currency" else ""
    return f"{pretty(best['scenario']).capitalize()} comes first: {amount(best['difference'])}{money} in {kpi}"


def interval(effect: pd.Series) -> str:
    """Return '95 %: -12 to +40'."""
    return f"95 %: {amount(effect['low'])} to {amount(effect['high'])}"


def amount(value: float) -> str:
    """Return a difference with its sign and three digits that matter."""
    if value != value:
        return "not defined"
    text = number(rounded(abs(value)))
    return text if text == "0" else ("+" if value > 0 else "\u2212") + text


def rounded(value: float) -> float:
    """Return a number without digits that an interval of this kind cannot carry: three that matter."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))
