"""Checks across fields: what no single field can see.

``check_consistency`` needs only the parameters (and the file of a network that comes from one);
``check_network`` needs the ties, and is called by the model once they are built.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from simulation.config.messages import did_you_mean, got
from simulation.params import ConfigError
from simulation.world.ties import Ties

MOST_PROCESSES = 32
"""Processes of one brand; who met which is kept as one bit each."""

IDENTIFIER = re.compile(r"[A-Za-z0-9_]+")


def check_consistency(params) -> list[str]:
    """Return every problem that shows only across fields, one line each;
    empty where all is well.
    """
    checks = (_names, _seeds, _pairs, _sums, _brands, _motives, _metrics, _events, _contacts)
    return [line for check in checks for line in check(params)]


def check_network(params, ties: Ties) -> None:
    """Refuse an event about somebody who is not there, and a feed that runs away on these ties:
    each re-share would cause one more, without end.

    Refused where  reshare attention novelty (mean visible out-degree) >= 1,
    mean visible out-degree = sum(visibility) / n.
    """
    if ties.n == 0:
        raise ConfigError("network: must have at least one person, got 0")
    strangers = [f"events.{name}.person: must be the id of a person in this network (ids look like "
                 f"{ties.ids[0]!r}), got {event.person!r}" for name, event in params.events.items()
                 if event.kind == "silence_person" and event.person not in ties.rows]
    if strangers:
        raise ConfigError(strangers)
    feed, degree = params.feed, ties.sum_of_visibility() / ties.n
    growth = feed.reshare * feed.attention * feed.novelty * degree
    if growth >= 1.0 and feed.generations > 0 and "exposure" not in params.without:
        raise ConfigError(f"feed.reshare: re-sharing runs away; reshare {feed.reshare:g} x "
                          f"attention {feed.attention:g} x novelty {feed.novelty:g} x mean "
                          f"visible out-degree {degree:.4g} must be below 1, got {growth:.4g}; "
                          f"allowed here: feed.reshare below {feed.reshare / growth:.4g}")


def _is_missing(where: str, name: str, there, what: str) -> Iterator[str]:
    """Yield a line where ``name`` is not among ``there``."""
    if name not in there:
        yield (f"{where}: must be {what}, one of {', '.join(there) or '(there are none)'}, got "
               f"{got(name)}{did_you_mean(name, list(there))}")


def _order(where: str, low: str, high: str, group, strict: bool = False) -> Iterator[str]:
    """Yield a line where ``low`` lies above ``high``."""
    a, b = getattr(group, low), getattr(group, high)
    if a > b or (strict and a == b):
        yield (f"{where}.{low}: must be {'below' if strict else 'at most'} {where}.{high} "
                   f"({b:g}), got {a:g}")


def _names(params) -> Iterator[str]:
    """Names of entries stand in paths, columns and file names: letters, digits and underscores."""
    groups = {"brands": params.brands, "motives": params.motives, "events": params.events,
              "population.seeds": params.population.seeds}
    for name, brand in params.brands.items():
        groups |= {f"brands.{name}.processes": brand.processes,
                   f"brands.{name}.policies": brand.policies,
                   f"brands.{name}.organisation.units": brand.organisation.units}
    for where, group in groups.items():
        for name in group:
            if not IDENTIFIER.fullmatch(name):
                yield (f"{where}: a name must consist of letters, digits and underscores, "
                       f"got {got(name)}")


def _seeds(params) -> Iterator[str]:
    try:
        size = params.network.size(params.population.size)
    except (ValueError, OSError) as error:
        text = str(error)
        yield text if text.startswith("network.") else f"network.path: {text}"
        return
    for name, seeds in params.population.seeds.items():
        where = f"population.seeds.{name}"
        yield from _is_missing(f"{where}.brand", seeds.brand, params.brands, "a brand")
        if seeds.count > size:
            yield f"{where}.count: must be at most {size} (the number of people), got {seeds.count}"
        if seeds.by in ("list", "ball") and not seeds.people:
            yield f"{where}.people: must name at least one person for by: {seeds.by}, got []"
    if params.population.influencer_by == "list" and not params.population.influencer_list:
        yield ("population.influencer_list: must name at least one person for influencer_by: "
               "list, got []")


def _pairs(params) -> Iterator[str]:
    people, ladder = params.population, params.ladder
    for trait in ("susceptibility", "willingness"):
        yield from _order("population", f"{trait}_min", f"{trait}_max", people)
    yield from _order("ladder", "detractor", "promoter", ladder, strict=True)
    yield from _order("ladder", "fall", "rise", ladder, strict=True)
    if ladder.fall < ladder.rise < ladder.fall + ladder.band:
        yield (f"ladder.band: must be at most rise - fall ({ladder.rise - ladder.fall:g}), so "
               f"that a detractor stops being one before becoming an advocate, got "
               f"{ladder.band:g}")


def _sums(params) -> Iterator[str]:
    people, reading = params.population, params.reading
    for where, total in (
            ("population.influencer_share + expert_share + employee_share",
             people.influencer_share + people.expert_share + people.employee_share),
            ("reading.credibility_floor + credibility_expertise",
             reading.credibility_floor + reading.credibility_expertise)):
        if total > 1.0 + 1e-9:
            yield f"{where}: must sum to at most 1, got {total:g}"


def _brands(params) -> Iterator[str]:
    for name, brand in params.brands.items():
        where = f"brands.{name}"
        if len(brand.processes) > MOST_PROCESSES:
            yield f"{where}.processes: must be at most {MOST_PROCESSES}, got {len(brand.processes)}"
        yield from _units(where, brand)
        for policy, rule in brand.policies.items():
            at = f"{where}.policies.{policy}"
            if hasattr(rule, "process"):
                yield from _is_missing(f"{at}.process", rule.process, brand.processes,
                                       f"a process of {name}")
            if rule.stop != "end":
                yield from _order(at, "start", "stop", rule)


def _units(where: str, brand) -> Iterator[str]:
    """A brand without units has no back office; with units, every process has exactly one."""
    units, rules, there = brand.organisation.units, brand.organisation, brand.processes
    at = f"{where}.organisation.units"
    for unit, entry in units.items():
        for process in entry.processes:
            yield from _is_missing(f"{at}.{unit}.processes", process, there,
                                   "a process of the brand")
    count = Counter(process for unit in units.values() for process in unit.processes)
    for process in there if units else ():
        if count[process] != 1:
            yield (f"{at}: every process must have exactly one unit, got {count[process]} for "
                       f"{process!r}")
    if not units and (rules.handled_share > 0 or rules.relay > 0):
        yield f"{at}: must hold at least one unit where handled_share or relay is above 0, got none"


def _motives(params) -> Iterator[str]:
    """The draws of a motive are addressed by its kind: two of one kind would fire together."""
    first: dict[str, str] = {}
    for name, motive in params.motives.items():
        other = first.setdefault(motive.kind, name)
        if other != name:
            yield (f"motives.{name}.kind: every kind of motive may stand once, got "
                   f"{motive.kind!r}, which is motives.{other} already; change its weight "
                   f"instead, or remove it with ~motives.{other}")


def _metrics(params) -> Iterator[str]:
    for name in params.metrics:
        yield from _is_missing("metrics", name, params.METRICS, "the name of a metric")
    if not any(params.metrics.values()):
        yield "metrics: at least one must be true, or the run leaves nothing to look at, got none"


def _events(params) -> Iterator[str]:
    for name, event in params.events.items():
        where = f"events.{name}"
        yield from _is_missing(f"{where}.brand", event.brand, params.brands, "a brand")
        if hasattr(event, "process") and event.brand in params.brands:
            there = params.brands[event.brand].processes
            yield from _is_missing(f"{where}.process", event.process, there,
                                   f"a process of {event.brand}")
        if event.kind == "no_advertising" and not params.adoption.deliberates:
            yield (f"{where}.kind: no_advertising needs adoption.kind consider (under rules of "
                   f"contact one rate of advertising holds for everybody), got "
                   f"{params.adoption.kind!r}")
        key = "start" if hasattr(event, "start") else "step"
        if getattr(event, key) > params.steps:
            yield (f"{where}.{key}: must be at most steps ({params.steps}), "
                       f"got {getattr(event, key)}")
        if key == "start":
            yield from _order(where, "start", "stop", event)


def _contacts(params) -> Iterator[str]:
    """A cascade needs single contacts; a well-mixed network has none beyond those met."""
    network, adoption = params.network, params.adoption
    if network.meetings.kind != "none" and not (adoption.counts_meetings or adoption.deliberates):
        yield (f"network.meetings.kind: must be none with adoption.kind {adoption.kind} (it does "
               f"not look at people met in passing), got {network.meetings.kind!r}")
    if network.kind != "well_mixed" or not adoption.needs_ties:
        return
    if network.meetings.kind == "none" or not adoption.counts_meetings:
        yield (f"adoption.kind: must be bass, threshold or consider on network.kind well_mixed "
               f"(nobody has ties there), got {adoption.kind!r}; or choose another network, such "
               f"as network=erdos_renyi")
