"""Scenarios of a comparison: names of files, or lists of overrides, on top of the words of the command."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from simulation.config.compose import check_params, compose
from simulation.config.messages import did_you_mean
from simulation.config.overrides import config_folder
from simulation.config.schema import Params
from simulation.params import ConfigError

NOT_OURS = re.compile(r"[+~]*([\w/]+@)?(task|scenario|hydra)([.=/@]|$)")
"""Words of the command that do not describe the market, or that choose its scenario."""


@dataclass(frozen=True)
class Scenario:
    """One variant of the market: its name, its parameters, and what it is in a sentence."""

    name: str
    params: Params
    says: str


def scenarios_of(wanted: tuple[str, ...], params: Params) -> dict[str, Scenario]:
    """Return the scenarios by name, each composed with the words of the running command.

    An entry of ``wanted`` is the name of a file in ``configs/scenario``, or a name of the user's own with overrides,
    as ``cheap: scenario=baseline brands.alpha.price=50``.  Raises ConfigError with every problem of every scenario.
    """
    words = words_of_the_command()
    entries = dict(entry_of(entry) for entry in wanted)
    problems, found = [], {}
    if len(entries) < 2 or len(entries) < len(wanted):
        problems.append(f"task.scenarios: must be at least two of different names, got {', '.join(wanted) or 'none'}")
    for name, more in entries.items():
        try:
            found[name] = Scenario(name, params_of((*words, *more), params, name), sentence(more))
        except ConfigError as error:
            problems += [f"task.scenarios, {name}: {problem}" for problem in error.problems]
    if problems:
        raise ConfigError(problems)
    return found


def entry_of(entry: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a scenario and its overrides."""
    name, colon, words = entry.partition(":")
    return name.strip(), tuple(shlex.split(words)) if colon else (f"scenario={name.strip()}",)


def params_of(words: tuple[str, ...], like: Params, name: str) -> Params:
    """Return the parameters that these words make, with the plug-ins of ``like`` and a name of their own."""
    params = check_params(compose(*words), like.PACKAGES)
    return params.model_copy(update={"name": name})


def words_of_the_command(scenario: str = "") -> tuple[str, ...]:
    """Return the overrides of the running command that describe the market.

    With ``scenario`` they begin with the scenario that the command chooses, or this one where it chooses none; without,
    the task chooses scenarios by itself, and ConfigError is raised where the command does.
    """
    from hydra.core.hydra_config import HydraConfig

    first = (f"scenario={scenario}",) if scenario else ()
    if not HydraConfig.initialized():
        return first
    told = HydraConfig.get()
    words = tuple(told.overrides.task)
    chosen = tuple(word for word in words if word.startswith("scenario="))
    if chosen and not scenario:
        raise ConfigError(f"scenario: this task compares what stands in task.scenarios, got {chosen[0]}")
    theirs = [source.path for source in told.runtime.config_sources
              if source.provider not in ("hydra", "main", "schema") and source.schema == "file"]
    search = (f"hydra.searchpath=[{','.join(f'file://{path}' for path in theirs)}]",) if theirs else ()
    return (*(chosen or first), *(word for word in words if not NOT_OURS.match(word)), *search)


def sentence(words: tuple[str, ...]) -> str:
    """Return what a scenario is: the first comment of its file, or its overrides."""
    files = [word.removeprefix("scenario=") for word in words if word.startswith("scenario=")]
    others = [word for word in words if not word.startswith("scenario=")]
    said = []
    for name in files:
        path = config_folder() / "scenario" / f"{name}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        comments = [line[1:].strip() for line in lines if line.startswith("# ") and "@package" not in line]
        said.append(" ".join(comments) or name)
    return "; ".join([*said, *others])


def named(names: list[str], name: str, where: str) -> str:
    """Return ``name`` if it is one of ``names``; raises ConfigError saying what is allowed at ``where``."""
    if name not in names:
        raise ConfigError(f"{where}: must be {', '.join(names)}, got {name!r}{did_you_mean(name, names)}")
    return name


def everything_recorded(params: Params) -> None:
    """Refuse a market that does not record what figures are made of; raises ConfigError."""
    off = [name for name, wanted in params.metrics.items() if not wanted]
    if off:
        raise ConfigError(f"metrics.{off[0]}: must be true for this task, which needs every figure of the summary, "
                          f"got false in {params.name}")
    if params.output.ledger == "none":
        raise ConfigError(f"output.ledger: must be conversions or full for this task, got 'none' in {params.name}")
