"""From words to parameters: Hydra composes the YAML groups, pydantic checks every value at once.

``load_params("scenario=fix_delivery", "steps=52")`` is all a notebook needs.  Hydra is imported
only when something is composed; ``check_params`` works on any mapping without it.  Whatever is
wrong is raised as one ``ConfigError`` that names every problem.  Nothing is converted silently,
with one exception: a whole float where a whole number is wanted (``steps=1e4``) is that number.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from simulation.config.consistency import check_consistency
from simulation.config.messages import got, validate
from simulation.config.overrides import World, config_folder, groups_of, split_plugins, word_of
from simulation.config.plugins import params_model
from simulation.config.schema import Params
from simulation.params import ConfigError

__all__ = ["ConfigError", "check_params", "compose", "config_folder", "configs_of", "load_params"]

HYDRAS_OWN = re.compile(r"hydra\._internal\.core_plugins\.\w+\.Basic(Launcher|Sweeper)"
                        r"|colorlog\.ColoredFormatter|logging\.(Stream|File|Null)Handler"
                        r"|hydra_plugins\.\w+\.\w+\.[A-Z]\w*")
"""Classes that Hydra may make from its own part of the config;
any other could be a stranger's code.
"""

ABSENT = re.compile(r"Could not override '([^']+)'\."
                    r"(.*defaults list| Did you mean to override (.*)\?)")
HINTS = re.compile(r"https?://|HYDRA_FULL_ERROR|^To append|^Set the env|full_key|object_type"
                   r"|^\s*\^")


def load_params(*overrides: str, plugins: Sequence[str] | str = (), **values: Any) -> Params:
    """Return the parameters of a run.

        load_params(scenario="baseline", steps=52)
        load_params("feed.attention=0.5", "~motives.venting", scenario="baseline")

    overrides  in Hydra's language, as on the command line
    plugins    the user's own packages whose rules may be used
    values     the same with a value from Python (number, bool, text, list or mapping); text arrives
               as it is, whatever stands in it

    Raises ConfigError with every problem.
    """
    wrong = [f"overrides: must be text such as 'steps=52', got {got(word)}" for word in overrides
             if not isinstance(word, str)]
    if wrong:
        raise ConfigError(wrong)
    words, packages = split_plugins(overrides)
    more = [plugins] if isinstance(plugins, str) else list(plugins)
    packages = (*packages, *split_plugins([f"plugins=[{','.join(map(str, more))}]"])[1])
    words += [word_of(key, value) for key, value in values.items()]
    return check_params(compose(*words, f"plugins=[{','.join(packages)}]"), packages)


def compose(*overrides: str, name: str = "config", folder: Path | None = None) -> dict:
    """Return the composed configuration as plain data; ``plugins=[...]`` is not part of it."""
    return compose_with_mode(*overrides, name=name, folder=folder)[0]


def compose_with_mode(*overrides: str, name: str = "config",
                      folder: Path | None = None) -> tuple[dict, str | None]:
    """Return the configuration, and whether a file or an override sets
    Hydra's mode (RUN or MULTIRUN).
    """
    words, plugins = split_plugins(overrides)
    folder = folder or config_folder()
    try:
        config, hydra = _hydra(words, name, folder)
    except _composition_errors() as error:
        raise ConfigError(_diagnose(words, plugins, name, folder, error)) from None
    problems = [*_foreign_code(config), *_foreign_code(hydra, "hydra")]
    if "plugins" in config:
        problems.append(_no_plugins_here(config))
    if problems:
        raise ConfigError(problems)
    return config, hydra.get("mode")


def check_params(config: dict, plugins: tuple[str, ...] = ()) -> Params:
    """Return typed parameters from plain data; ``plugins`` are the
    packages whose rules may be used.
    """
    if not isinstance(config, dict):
        raise ConfigError(f"config: must be a mapping, got {got(config)}")
    problems = list(_foreign_code(config))
    if "plugins" in config:
        problems.append(_no_plugins_here(config))
    data = {key: value for key, value in config.items() if key not in ("task", "plugins")}
    params, found = validate(params_model(tuple(plugins)), data)
    problems += [line for line in found if "_target_" not in line.split(":")[0]]
    if params is not None:
        problems += check_consistency(params)
    if problems:
        raise ConfigError(problems)
    return params


def configs_of(overrides: list[str], multirun: bool, name: str = "config",
               folder: Path | None = None) -> Iterator[tuple[dict, str | None]]:
    """Yield the configs to check before anything starts, and their modes: one,
    or those of a multirun.

    Of a multirun all first values together, then every other value alone; not the whole product.
    """
    words, packages = split_plugins(overrides)
    plugins = [f"plugins=[{','.join(packages)}]"] if packages else []
    folder = folder or config_folder()
    parsed, problems = _parse(words)
    groups = groups_of(_folders(parsed, folder))
    values = [_values(override, groups) for override in parsed]
    first = [options[0] for options in values]
    if problems or not (multirun or (first != words and _is_multirun(first, name, folder))):
        yield compose_with_mode(*words, *plugins, name=name, folder=folder)
        return
    config, mode = compose_with_mode(*first, *plugins, name=name, folder=folder)
    yield config, mode
    for at, (override, options) in enumerate(zip(parsed, values, strict=True)):
        for option in options[1:]:
            if override.key_or_group in groups or override.is_hydra_override():
                yield compose_with_mode(*first[:at], option, *first[at + 1:], *plugins, name=name,
                                        folder=folder)
            else:
                world = World(copy.deepcopy(config), groups, params_model(packages))
                world.apply(override, override.key_or_group.split("."),
                            _parse([option])[0][0].value())
                yield world.config, mode


def _no_plugins_here(config: dict) -> str:
    came = got(config["plugins"])
    return f"plugins: allowed on the command line only, never in a file, got {came}"


def _is_multirun(words: list[str], name: str, folder: Path) -> bool:
    """Tell whether a file or an override asks for a multirun, as ``hydra.mode: MULTIRUN`` does."""
    try:
        return str(_hydra(words, name, folder)[1].get("mode")).endswith("MULTIRUN")
    except _composition_errors():
        return False


def _values(override, groups: dict[str, list[str]]) -> list[str]:
    """Return an override as one override per value it takes in a sweep."""
    key = override.get_key_element()
    if not override.is_sweep_override():
        return [override.input_line]
    if override.is_interval_sweep():
        return [f"{key}={override.value().start}", f"{key}={override.value().end}"]
    if hasattr(override.value(), "filter"):
        there = groups.get(override.key_or_group, [])
        return [f"{key}={choice}" for choice in override.value().filter(there)]
    return [f"{key}={text}" for text in override.sweep_string_iterator()]


def _hydra(words: list[str], name: str, folder: Path) -> tuple[dict, dict]:
    """Return the composed config, and Hydra's own part of it (unresolved)."""
    from simulation.config.hydra_loader import composed

    return composed(words, name, folder)


def _composition_errors() -> tuple[type[Exception], ...]:
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    return HydraException, OmegaConfBaseException, YAMLError, ValueError, OSError


def _parse(words: list[str]) -> tuple[list, list[str]]:
    """Return the parsed overrides, and one line for each that is no override at all."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    parser, parsed, problems = OverridesParser.create(), [], []
    for word in words:
        try:
            parsed += parser.parse_overrides([word])
        except HydraException:
            problems.append(f"{word.split('=')[0]}: must be an override such as seed=3, got "
                            f"{word!r}; text with special characters stands in quotes: "
                            f"'name=\"a, b\"'")
    return parsed, problems


def _diagnose(words: list[str], plugins: tuple, name: str, folder: Path,
              error: Exception) -> list[str]:
    """Return every problem of overrides that Hydra refused;
    what it accepts is checked all the same.
    """
    parsed, problems = _parse(words)
    world = World({}, groups_of(_folders(parsed, folder)), params_model(plugins))
    chosen = [override for override in parsed if override.is_hydra_override()
              or world.is_choice(override)]
    values = [override for override in parsed if override not in chosen]
    try:
        good = _sort_out(world, chosen, problems)
        world.config = _hydra(good, name, folder)[0]
        more = _sort_out(world, values, problems)
        if not problems:
            return [_in_short(error, words)]
        check_params(_hydra(good + more, name, folder)[0], plugins)
    except ConfigError as other:
        problems += other.problems
    except _composition_errors() as other:
        problems.append(_in_short(other, words))
    return problems


def _sort_out(world: World, overrides: list, problems: list[str]) -> list[str]:
    """Apply overrides to the world; note the problems and return the good ones as typed."""
    lines = [(override.input_line, world.problem(override)) for override in overrides]
    problems += [line for _, line in lines if line]
    return [word for word, line in lines if not line]


def _in_short(error: Exception, words: list[str]) -> str:
    """Return Hydra's words on one line, without hints that are wrong here."""
    text = " ".join(line.strip() for line in f"{error}\n{error.__cause__ or ''}".splitlines()
                    if line.strip() and not HINTS.search(line))
    absent = ABSENT.search(text)
    if absent:
        whole = next((word for word in words if word.startswith(f"{absent[1]}=")),
                     f"{absent[1]}=...")
        there = f"; there are {absent[3].removeprefix('one of ')}" if absent[3] else ""
        return (f"{absent[1]}: nothing stands there yet, got {whole!r}{there}; "
                f"a new entry is added with +{whole}")
    key = re.search(r"full_key: (\S+)", f"{error}\n{error.__cause__ or ''}")
    return (f"{key[1]}: " if key else "") + (text or type(error).__name__)


def _folders(parsed: list, folder: Path) -> list[Path]:
    """Return the folders in which config groups are looked for: ours, and the user's own."""
    more = [path for override in parsed if override.key_or_group == "hydra.searchpath"
            and isinstance(override.value(), list) for path in override.value()]
    return [folder, *(Path(unquote(urlparse(path).path)) for path in more if "pkg:" not in path)]


def _foreign_code(here: Any, at: str = "") -> Iterator[str]:
    """Yield a line for every key that could make Hydra or logging run
    code of somebody else's choice.
    """
    listed = enumerate(here) if isinstance(here, list) else ()
    items = here.items() if isinstance(here, dict) else listed
    for key, value in items:
        path = f"{at}.{key}".lstrip(".")
        is_ours = at.split(".")[0] == "hydra" and HYDRAS_OWN.fullmatch(str(value))
        if (key == "_target_"
            or (at.startswith("hydra") and key in ("()", "class"))) and not is_ours:
            yield (f"{path}: a key {key} is not allowed anywhere (a config cannot run code), "
                   f"got {got(value)}")
        yield from _foreign_code(value, path)
