"""What a split gains in shared worlds, and the table of all that were tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from experiments.study.budget_uses import SpendingMarket
from experiments.study.paired_worlds import World, finish
from experiments.study.store import Store
from experiments.study.workers import Map
from experiments.tasks.compare.words import LESS_IS_BETTER
from experiments.tasks.frontier.cells import NOTHING
from experiments.tasks.frontier.effects import figures_of
from experiments.tasks.frontier.measure import condense, measure
from experiments.tasks.optimise.search import Trial
from experiments.tasks.optimise.splits import KEEP
from simulation.config.schema import Params
from simulation.statistics import paired_effect
from simulation.statistics.paired import PairedEffect

SPLIT = "split"


@dataclass(frozen=True)
class Worlds:
    """The worlds of a search: ``replicates`` for every split, from ``seed`` on, and as many new ones after them."""

    market: SpendingMarket
    folder: Path
    mapped: Map
    seed: int

    def gains(self, shares: Mapping[str, float]) -> tuple[float, ...]:
        """Return what the search makes large: the mean differences, turned round where less is better."""
        effects, _ = self.effects(shares)
        return tuple(-effect.difference if name in LESS_IS_BETTER else effect.difference
                     for name, effect in zip(self.market.task.figures, effects, strict=True))

    def effects(self, shares: Mapping[str, float], new: bool = False) -> tuple[list[PairedEffect], float]:
        """Return the paired effect on each figure that decides, and the mean money spent; ``new``: in new worlds."""
        spent = {use: share for use, share in shares.items() if use != KEEP}
        without, split = (self.run(name, params, new) for name, params in
                          ((NOTHING, self.market.params), (SPLIT, self.market.spending(spent))))
        effects = [paired_effect(without.loc[name, NOTHING], split.loc[name, SPLIT])
                   for name in self.market.task.figures]
        return effects, float(split.loc["spent", SPLIT].mean())

    def run(self, name: str, params: Params, new: bool) -> pd.DataFrame:
        """Return the figures of the brand in this market, by figure and world."""
        task, variants = self.market.task, {name: params}
        first = self.seed + (task.replicates if new else 0)
        worlds = [World(seed, variants, measure, condense) for seed in range(first, first + task.replicates)]
        return figures_of(finish(Store(self.folder, variants), worlds, self.mapped), task.brand)


def trials_table(tried: list[Trial], chosen: list[Trial], worlds: Worlds) -> pd.DataFrame:
    """Return one row per trial: shares by use, money spent, the effect on each figure with its interval, whether it was
    chosen, and for the chosen the same effects in new worlds (``new_...``, nan for the others)."""
    picked = {trial.number for trial in chosen}
    return pd.DataFrame([row(trial, trial.number in picked, worlds) for trial in tried])


def row(trial: Trial, is_chosen: bool, worlds: Worlds) -> dict:
    """Return the row of one trial."""
    effects, spent = worlds.effects(trial.shares)
    out = {"trial": trial.number, **{f"share_{use}": share for use, share in trial.shares.items()}, "spent": spent}
    again = worlds.effects(trial.shares, new=True)[0] if is_chosen else [None] * len(effects)
    for name, effect in zip(worlds.market.task.figures, effects, strict=True):
        out |= {name: effect.difference, f"{name}_low": effect.low, f"{name}_high": effect.high}
    for name, effect in zip(worlds.market.task.figures, again, strict=True):
        values = (effect.difference, effect.low, effect.high) if effect else (float("nan"),) * 3
        out |= dict(zip((f"new_{name}", f"new_{name}_low", f"new_{name}_high"), values, strict=True))
    return out | {"chosen": is_chosen}
