"""Options at prices: which market each is, and which of them are the same one, so that it runs only once."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.study.budget_uses import Shares, SpendingMarket
from simulation.config.schema import Params

NOTHING = "doing nothing"
"""The variant with which all others are compared."""

NONE, ALL = "none", "all"
"""Whose prices are changed, where it is not one use."""


@dataclass(frozen=True)
class Cell:
    """One option at one set of prices: those of the use ``scaled`` are multiplied by ``scale``; ``run`` shows it."""

    option: str
    scaled: str
    scale: float
    run: str


def cells_of(market: SpendingMarket) -> tuple[list[Cell], dict[str, Params]]:
    """Return every option at every set of prices, and the markets to run by name, each once, doing nothing first."""
    variants = {NOTHING: market.params}
    known = {market.params.model_dump_json(): NOTHING}
    cells = []
    for scaled, scale, prices in prices_of(market):
        for option, shares in market.task.options.items():
            params = market.spending(shares, prices)
            mine = {use: prices[use] for use, share in shares.items() if share > 0 and use in prices}
            run = known.setdefault(params.model_dump_json(), ", ".join([option, *(f"{use} x {x:g}"
                                                                              for use, x in mine.items())]))
            variants.setdefault(run, params)
            cells.append(Cell(option, scaled, scale, run))
    return cells, variants


def prices_of(market: SpendingMarket) -> list[tuple[str, float, Shares]]:
    """Return (whose prices, multiple, multiple by use): as assumed first, then one use at a time, then all together."""
    used = used_of(market.task.options)
    scales = [scale for scale in dict.fromkeys(market.task.scales) if scale != 1.0]
    one = [(use, scale, {use: scale}) for use in used for scale in scales]
    return [(NONE, 1.0, {}), *one, *((ALL, scale, dict.fromkeys(used, scale)) for scale in scales)]


def used_of(options: dict[str, Shares]) -> list[str]:
    """Return the uses that get money in some option, in the order in which options name them."""
    return list(dict.fromkeys(use for shares in options.values() for use, share in shares.items() if share > 0))
