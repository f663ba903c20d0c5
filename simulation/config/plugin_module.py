"""What a user's own module brings: rules, metrics and figures, looked at when it is imported.

    RULES = [Mine, ...]            subclasses of Motive, Adoption, Belief, Network or Policy
    METRICS = {"mine": metric}     modules or objects with ``UNITS`` and ``measure(state, params)``
    FIGURES = {"mine": draw}       functions ``draw(results)`` that return a matplotlib Figure

A module has at least one of them.  Whatever is wrong is raised as one ConfigError.
"""

from __future__ import annotations

import difflib
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

from simulation.adoption.base import Adoption
from simulation.adoption.influence import Influence
from simulation.beliefs.base import Belief
from simulation.motives.base import OCCASIONS, Motive
from simulation.networks.base import Network
from simulation.params import ConfigError, Rule
from simulation.policies.base import Policy

VERBS: dict[type[Rule], str] = {Motive: "trigger", Influence: "influence", Adoption: "decide",
                                Belief: "update", Network: "build", Policy: "decide"}
"""What a rule of each base class must define."""
FAMILIES = tuple(family for family in VERBS if family is not Influence)
NAME = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True)
class PlugIn:
    """What one module brings."""

    package: str
    rules: tuple[type[Rule], ...]
    metrics: Mapping[str, Any]
    figures: Mapping[str, Callable]


def load(package: str) -> PlugIn:
    """Import a module, from the working folder too, and return what it brings."""
    module = imported(package)
    if not any(hasattr(module, name) for name in ("RULES", "METRICS", "FIGURES")):
        raise ConfigError(
            f"plugins: {package} must define RULES = [Mine, ...], METRICS = {{'mine': metric}} or "
            f"FIGURES = {{'mine': draw}}, got a module with none of them")
    problems = [f"plugins: {line}" for line in problems_of(package, module)]
    if problems:
        raise ConfigError(problems)
    return PlugIn(package, tuple(getattr(module, "RULES", ())),
                  dict(getattr(module, "METRICS", {})), dict(getattr(module, "FIGURES", {})))


def imported(package: str) -> ModuleType:
    """Import a module; raises ConfigError where that fails."""
    if str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))
    try:
        return import_module(package)
    except Exception as error:      # whatever a user's own code raises when it is imported
        beside = [path.stem for path in Path.cwd().glob("*.py")]
        beside += [path.parent.name for path in Path.cwd().glob("*/__init__.py")]
        near = difflib.get_close_matches(package, beside, 1) if package not in beside else []
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"plugins: must be packages that can be imported, got {package!r} "
                          f"({reason_of(error)}){hint}") from error


def reason_of(error: Exception) -> str:
    """Return why a module could not be imported, with the line that failed."""
    if isinstance(error, ImportError | SyntaxError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}, in {Path(last.filename).name}, line {last.lineno}"


def problems_of(package: str, module: ModuleType) -> Iterator[str]:
    """Yield one line for everything in a module that is not what it must be."""
    rules = getattr(module, "RULES", [])
    if isinstance(rules, list | tuple):
        for rule in rules:
            yield from problems_of_rule(package, rule)
    else:
        yield f"{package}.RULES must be a list of rules, RULES = [Mine, ...], got {rules!r}"
    for what, check in (("METRICS", problems_of_metric), ("FIGURES", problems_of_figure)):
        entries = getattr(module, what, {})
        if not isinstance(entries, dict):
            yield (f"{package}.{what} must be a dict by name, {what} = {{'mine': ...}}, "
                   f"got {entries!r}")
            continue
        for name, entry in entries.items():
            if not isinstance(name, str) or not NAME.fullmatch(name):
                yield (f"a name in {package}.{what} must consist of letters, digits and "
                       f"underscores, got {name!r}")
            yield from check(f"{package}.{what}[{name!r}]", entry)


def problems_of_rule(package: str, rule: Any) -> Iterator[str]:
    """Yield what a rule lacks: its family, its kind, its source, what it does."""
    families = ", ".join(family.__name__ for family in FAMILIES)
    if not isinstance(rule, type) or not issubclass(rule, FAMILIES):
        yield f"{package}.RULES must hold subclasses of {families}, got {rule!r}"
        return
    at, kind = f"{package}.{rule.__name__}", rule.model_fields.get("kind")
    word = kind.annotation if kind else None
    if get_origin(word) is not Literal or len(get_args(word)) != 1:
        came = "none" if kind is None else str(word)
        yield f"{at} must have a kind of its own, kind: Literal['its_name'], got {came}"
    source = getattr(rule, "source", None)
    if not isinstance(source, str):
        yield (f"{at} must say where it comes from, source: ClassVar[str] = 'assumption' or a key "
               f"of the references, got {'nothing' if source is None else repr(source)}")
    family = next(family for family in VERBS if issubclass(rule, family))
    verb = VERBS[family]
    if getattr(rule, verb) is getattr(family, verb):
        yield f"{at} must define {verb}(), as every {family.__name__} does, got none"
    if family is Motive and rule.occasion not in OCCASIONS:
        yield f"{at}.occasion must be one of {', '.join(OCCASIONS)}, got {rule.occasion!r}"


def problems_of_metric(at: str, metric: Any) -> Iterator[str]:
    """Yield what a metric lacks: units, or what it measures."""
    units = getattr(metric, "UNITS", None)
    words = [*units, *units.values()] if isinstance(units, dict) else []
    if not words or not all(isinstance(word, str) for word in words):
        yield (f"{at} must have UNITS = {{'n_mine': 'people', ...}}, the unit of every number it "
               f"measures, got {'nothing' if units is None else repr(units)}")
    if not callable(getattr(metric, "measure", None)):
        yield f"{at} must have a function measure(state, params), got none in {metric!r}"


def problems_of_figure(at: str, draw: Any) -> Iterator[str]:
    """Yield what is wrong with a figure."""
    if not callable(draw):
        yield (f"{at} must be a function draw(results) that returns a matplotlib Figure, "
               f"got {draw!r}")
