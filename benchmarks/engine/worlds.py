"""The worlds of the benchmarks, as overrides that anybody can give to run.py."""

from __future__ import annotations

from functools import cache
from typing import Any

from experiments.study.cells import changed
from simulation.config.compose import check_params, compose

NETWORK = ("network=barabasi_albert", "network.ties_each=5")

MARKET = ("market=monopoly", *NETWORK, "output.ledger=none", "talk.base=2")
"""The full model: the default market with one brand, which listens and repairs, on a network with hubs.

Every phase runs.  People post somewhat more than by default (1.15), for an ordinary campaign is one with twenty
reads per person in a hundred steps: a million people read 26 million times, and three of four buy.
"""

CONTACTS = ("scenario=baseline", "market=monopoly", "output.ledger=none",
            "without=[events,experience,review,exposure,belief,ladder,listening,decision,organisation]",
            "metrics={adoption: true, rungs: false, nps: false, reviews: false, beliefs: false, money: false, "
            "feedback: false}")
"""Of the step only what makes contacts buy; nothing is recorded but adoption."""

CASCADE = (*CONTACTS, "adoption=cascade", "adoption.attempts=once", "adoption.p=0", "adoption.q=0.1", "until=quiet",
           "quiet_steps=1", "steps=1000")
"""The independent cascade: each owner tries each tie once, with probability .1."""

IMITATION = (*CONTACTS, "adoption=bass", "adoption.combine=sum", "adoption.p=0.002", "adoption.q=0.1")
"""Bass on a network: a person adopts with probability p + q times the share of neighbours who own the product."""

EVERYBODY = (*MARKET, "scenario=baseline", "motives=everybody", "adoption.p=1", "population.reservation_mean=0",
             "population.reservation_sd=0", "brands.alpha.processes.product.when.rate=1", "feed.reshare=0", "steps=8")
"""Everybody owns the product, meets it in every step and posts about it."""


@cache
def composed(words: tuple[str, ...]) -> dict:
    """Return the composed configuration of some overrides; composing takes longer than many a run."""
    return compose(*words)


def params_of(words: tuple[str, ...], values: dict[str, Any]):
    """Return the parameters of a world in which some entries have other values."""
    return check_params(changed(composed(words), values))
