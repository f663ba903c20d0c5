"""Channels by which customers come, and the market without each of them.

    advertising   the brand's advertising, base and campaigns: nobody is reached, the money is spent all the same
                  (event ``no_advertising``; other brands advertise on)
    feed          word of mouth on the feed: nobody reads it, about any brand (``feed.attention`` = 0)
    site          the review site: nobody reads it, about any brand (``site.reads`` = 0)
    gifts         the brand gives nothing away: no policies of kind ``seed``, no first owners of its product; what
                  the policies would have cost is left for the other policies of the brand
    experience    own experience that brings buyers back: no purchase falls due again, of any brand
                  (``adoption.repurchase_interval`` beyond the end)

Two more names take what belongs to no channel: ``none`` (no touch; what was believed before, and luck; not tested)
and ``unknown`` (buyers who do not know).
"""

from __future__ import annotations

from simulation.config.event_kinds import NoAdvertising
from simulation.config.schema import Params
from simulation.params import ConfigError

CHANNELS = ("advertising", "feed", "site", "gifts", "experience")
NAMES = (*CHANNELS, "none", "unknown")
ADVERTISING, FEED, SITE, GIFTS, EXPERIENCE, NOTHING, UNKNOWN = range(len(NAMES))

AS_IT_IS, HOLDOUT = "as it is", "holdout"
DEPTH = 100
"""Readings that credit keeps per sale and stage: so many that hardly any is left over."""

EVENT = "audit"


def check_market(params: Params) -> None:
    """Refuse markets that leave no touches, and those in which advertising is withheld already."""
    problems = []
    if not params.adoption.deliberates:
        problems.append("adoption.kind: must be consider to be audited (under rules of contact nobody reads a review), "
                        f"got {params.adoption.kind!r}")
    if "events" in params.without:
        problems.append("without: must leave the phase events in, by which the audit withholds advertising, got events")
    problems += [f"events.{name}.kind: must be another than no_advertising, by which the audit itself tests "
                 f"advertising, got {event.kind!r}" for name, event in params.events.items()
                 if event.kind == "no_advertising"]
    if problems:
        raise ConfigError(problems)


def audited(params: Params) -> Params:
    """Return the market as it is, with every reading kept; what is kept changes nothing in the market."""
    kept = params.output.model_copy(update={"ledger": "full", "credit_depth": DEPTH})
    return params.model_copy(update={"output": kept})


def counted(params: Params) -> Params:
    """Return the market with nothing kept but purchases."""
    metrics = dict.fromkeys(params.metrics, False) | {"adoption": True}
    kept = params.output.model_copy(update={"ledger": "none"})
    return params.model_copy(update={"output": kept, "metrics": metrics})


def without(params: Params, channel: str, brand: str, start: int = 1) -> Params:
    """Return the market in which a channel is off, advertising from ``start`` on, all others throughout."""
    if channel == "advertising":
        return withheld(params, brand, 1.0, start)
    if channel == "feed":
        return params.model_copy(update={"feed": params.feed.model_copy(update={"attention": 0.0})})
    if channel == "site":
        return params.model_copy(update={"site": params.site.model_copy(update={"reads": 0})})
    if channel == "gifts":
        return without_gifts(params, brand)
    never = params.adoption.model_copy(update={"repurchase_interval": params.steps + 2})
    return params.model_copy(update={"adoption": never})


def withheld(params: Params, brand: str, share: float, start: int) -> Params:
    """Return the market in which a share of the people sees no advertising of the brand from ``start`` on."""
    event = NoAdvertising(kind="no_advertising", brand=brand, start=start, stop=params.steps, share=share)
    return params.model_copy(update={"events": params.events | {EVENT: event}})


def without_gifts(params: Params, brand: str) -> Params:
    """Return the market in which the brand gives nothing away."""
    offer = params.brands[brand]
    policies = {name: policy for name, policy in offer.policies.items() if policy.kind != "seed"}
    seeds = {name: seeds for name, seeds in params.population.seeds.items() if seeds.brand != brand}
    return params.model_copy(update={
        "brands": params.brands | {brand: offer.model_copy(update={"policies": policies})},
        "population": params.population.model_copy(update={"seeds": seeds})})


def variants_of(params: Params, brand: str, share: float, start: int) -> tuple[dict[str, Params], dict[str, Params]]:
    """Return the markets to run by name, and those into which they turn when ``start`` begins (where it is not 1).

    A channel whose knock-out changes no parameter is left out: the market would be the same.
    """
    before = counted(params)
    off = {channel: without(before, channel, brand, start) for channel in CHANNELS}
    off = {channel: market for channel, market in off.items() if market != before}
    later = {} if start == 1 else {name: market for name, market in off.items() if name != "advertising"}
    first = {name: before if name in later else market for name, market in off.items()}
    return {AS_IT_IS: audited(params), HOLDOUT: withheld(before, brand, share, start), **first}, later
