"""What is kept of a world: the sales that each way of attribution gives to each channel.

One tidy frame per world, with columns method, channel, sales:

    last touch, first touch, linear, time decay, survey   see ``touches``
    ledger (consider), ledger (choose)                    the two stages of the ledger, see ``ledger_of``
    holdout test   advertising alone: (sales per person who may be reached - sales per person held out) x people, in
                   a world in which a share of the people, by lot, sees no advertising; other sales are ``none``
    knock-out      sales as it is - sales with the channel off, in the same world; they need not sum to all sales
    all sales      sales as it is (channel ``all``)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.tasks.audit.channels import (
    ADVERTISING,
    AS_IT_IS,
    CHANNELS,
    EXPERIENCE,
    FEED,
    GIFTS,
    HOLDOUT,
    NAMES,
    NOTHING,
    SITE,
)
from experiments.tasks.audit.touches import by_channel, by_touch, named, paths_of, touches_of
from simulation.config.schema import Params
from simulation.ledger.codes import Channel, Source, Stage
from simulation.world.state import Purchase

TOUCHING = ("last touch", "first touch", "linear", "time decay", "survey")
LEDGER = ("ledger (consider)", "ledger (choose)")
TEST, KNOCKOUT, ALL = "holdout test", "knock-out", "all sales"
METHODS = (*TOUCHING, *LEDGER, TEST)
"""Everything that is held against the knock-out."""

GIVEN_TO = {Source.REVIEW: FEED, Source.ADVERTISING: ADVERTISING, Source.DUE: EXPERIENCE, Source.SEED: GIFTS,
            Source.EXPERIENCE: EXPERIENCE, Source.CARRIED_BELIEF: NOTHING, Source.OLDER: FEED,
            Source.CHANCE: NOTHING, Source.NEIGHBOURS: NOTHING}
CHANNEL_OF_SOURCE = np.array([GIVEN_TO[source] for source in Source])
"""Channel of each source where no read tells it; what is older than credit keeps counts as feed."""


class Watcher:
    """Notes whom advertising of a brand reached, and turns the market into another when ``start`` begins."""

    def __init__(self, name: str, model, brand: str, start: int, later: dict[str, Params]):
        self.name, self.model, self.start, self.later = name, model, start, later.get(name)
        self.b = list(model.params.brands).index(brand)
        self.people, self.steps = [np.empty(0, np.int64)], [np.empty(0, np.int64)]

    def __call__(self, step: int) -> None:
        """Look at the step that is done."""
        if self.name == AS_IT_IS:
            people = np.flatnonzero(self.model.state.ad_hit[:, self.b])
            self.people.append(people)
            self.steps.append(np.full(people.size, step))
        if self.later is not None and step == self.start - 1:
            self.model.params = self.later.model_copy(update={"seed": self.model.params.seed})

    @property
    def hits(self) -> tuple[np.ndarray, np.ndarray]:
        """Return person and step of every advertisement that reached somebody."""
        return np.concatenate(self.people), np.concatenate(self.steps)


def watch(name: str, model, task, later: dict[str, Params]) -> Watcher:
    """Return what watches one run."""
    return Watcher(name, model, task.brand, task.start, later)


def measure(model, watcher: Watcher, task) -> dict:
    """Return what is needed of one finished run."""
    sales, b = model.state.ledger.conversions, watcher.b
    rows = np.flatnonzero((sales["brand"] == b) & (sales["step"] >= first_step(task.start)))
    found: dict = {"sales": float(rows.size)}
    if watcher.name == HOLDOUT:
        found["effect"] = effect_of_test(sales["person"][rows], model.state.withheld[:, b] > 0)
    if watcher.name == AS_IT_IS:
        found["methods"] = touching(model, rows, watcher, task) | ledger_of(model.state.ledger, rows)
    return found


def first_step(start: int) -> int:
    """Return the first step whose sales count: step 0, in which first owners get the product, belongs to step 1."""
    return 0 if start == 1 else start


def effect_of_test(buyers: np.ndarray, held_out: np.ndarray) -> float:
    """Return the sales that the test says advertising makes, nan where a group is empty."""
    there, gone = np.count_nonzero(~held_out), np.count_nonzero(held_out)
    if not there or not gone:
        return float("nan")
    sold = np.bincount(buyers, minlength=held_out.size)
    return float((sold[~held_out].sum() / there - sold[held_out].sum() / gone) * held_out.size)


def touching(model, rows: np.ndarray, watcher: Watcher, task) -> dict[str, np.ndarray]:
    """Return what the rules of touch give to each of ``NAMES``, by rule."""
    sales = model.state.ledger.conversions
    given = sales["kind"][rows] == Purchase.SEED
    person, step = sales["person"][rows[~given]], sales["step"][rows[~given]]
    paths = paths_of(touches_of(model.state, watcher.b, watcher.hits), person, step, task.window)
    shares = by_touch(paths, task.half_life)
    shares["survey"] = named(paths, person, model.state.n, model.params.seed, task.recall.chance,
                             task.recall.half_life)
    return {name: by_channel(paths, share, np.count_nonzero(given)) for name, share in shares.items()}


def ledger_of(ledger, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the two stages of the ledger give to each of ``NAMES``."""
    credits = ledger.credits
    mine = np.isin(credits["conversion"], rows, kind="table")
    source, read_on = credits["source"][mine], credits["channel"][mine]
    channel = np.where(read_on == Channel.SITE, SITE, CHANNEL_OF_SOURCE[source])
    return {name: np.bincount(channel[stage], credits["share"][mine][stage], len(NAMES))
            for name, stage in zip(LEDGER, (credits["stage"][mine] == s for s in Stage),
                                   strict=True)}


def condense(found: dict[str, dict]) -> pd.DataFrame:
    """Return the tidy frame of a world."""
    there = found[AS_IT_IS]
    effect = found[HOLDOUT]["effect"]
    rows = [(method, name, value) for method, values in there["methods"].items()
            for name, value in zip(NAMES, values, strict=True)]
    rows += [(TEST, "advertising", effect), (TEST, "none", there["sales"] - effect)]
    rows += [(KNOCKOUT, channel, there["sales"] - found.get(channel, there)["sales"]) for channel in CHANNELS]
    rows.append((ALL, "all", there["sales"]))
    return pd.DataFrame(rows, columns=["method", "channel", "sales"])
