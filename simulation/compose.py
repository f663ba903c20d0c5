"""From words to parameters: Hydra composes the YAML groups, pydantic checks every value at once.

``load_params("scenario=fix_delivery", "steps=52")`` is all a notebook needs.  Hydra is imported only when
something is composed; ``check_params`` works on any mapping without it.  Whatever is wrong is raised as one
``ConfigError`` that names every problem.  Nothing is converted silently, with one exception: a whole float
where a whole number is wanted (``steps=1e4``) is that number.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from simulation.checks import check_consistency
from simulation.complaints import got, validate
from simulation.overrides import World, groups_of, split_plugins
from simulation.params import ConfigError
from simulation.plugins import params_model
from simulation.schema import Params

__all__ = ["ConfigError", "check_params", "compose", "config_folder", "load_params", "sweep_of"]

HERE = Path(__file__).parent
HYDRAS_OWN = re.compile(r"hydra\._internal\.core_plugins\.\w+\.Basic(Launcher|Sweeper)|logging\.(Stream|File|Null)"
                        r"Handler|colorlog\.ColoredFormatter|hydra_plugins\.\w+\.[\w.]*[A-Z]\w*")
"""Classes that Hydra may make from its own part of the config; any other could be a stranger's code."""

HINTS = re.compile(r"https?://|HYDRA_FULL_ERROR|^To append|^Set the env|full_key|object_type|^\s*\^")


def config_folder() -> Path:
    """Return the folder of the YAML groups: beside the package in a checkout, inside it when installed."""
    installed = HERE / "_configs"
    return installed if installed.is_dir() else HERE.parent / "configs"


def load_params(*overrides: str) -> Params:
    """Return the parameters of a run from overrides in Hydra's language."""
    return check_params(compose(*overrides), split_plugins(overrides)[1])


def compose(*overrides: str, name: str = "config", folder: Path | None = None) -> dict:
    """Return the composed configuration as plain data; ``plugins=[...]`` is not part of it."""
    words, plugins = split_plugins(overrides)
    folder = folder or config_folder()
    try:
        config, hydra = _hydra(words, name, folder)
    except _composition_errors() as error:
        raise ConfigError(_diagnose(words, plugins, name, folder, error)) from None
    problems = [*_foreign_code(config), *_foreign_code(hydra, "hydra")]
    if "plugins" in config:
        problems.append(f"plugins: allowed on the command line only, never in a file, got {got(config['plugins'])}")
    if problems:
        raise ConfigError(problems)
    return config


def check_params(config: dict, plugins: tuple[str, ...] = ()) -> Params:
    """Return typed parameters from plain data; ``plugins`` are the packages whose rules may be used."""
    if not isinstance(config, dict):
        raise ConfigError(f"config: must be a mapping, got {got(config)}")
    problems = list(_foreign_code(config))
    if "plugins" in config:
        problems.append(f"plugins: allowed on the command line only, never in a file, got {got(config['plugins'])}")
    data = {key: value for key, value in config.items() if key not in ("task", "plugins")}
    params, found = validate(params_model(tuple(plugins)), data)
    problems += [line for line in found if "_target_" not in line.split(":")[0]]
    if params is not None:
        problems += check_consistency(params)
    if problems:
        raise ConfigError(problems)
    return params


def sweep_of(overrides: list[str], name: str = "config", folder: Path | None = None) -> Iterator[dict]:
    """Yield the configs that a multirun should be checked with before it starts.

    All first values together, then every other value alone; not the whole product.
    """
    words, _ = split_plugins(overrides)
    folder = folder or config_folder()
    parsed, problems = _parse(words)
    if problems:
        raise ConfigError(problems)
    groups = groups_of(_folders(words, folder))
    values = [_values(override, groups) for override in parsed]
    first = [options[0] for options in values]
    config = compose(*first, name=name, folder=folder)
    yield config
    for at, (override, options) in enumerate(zip(parsed, values, strict=True)):
        for option in options[1:]:
            if override.key_or_group in groups or override.is_hydra_override():
                yield compose(*first[:at], option, *first[at + 1:], name=name, folder=folder)
            else:
                world = World(copy.deepcopy(config), groups, Params)
                world.apply(override, override.key_or_group.split("."), _parse([option])[0][0].value())
                yield world.config


def _values(override, groups: dict[str, list[str]]) -> list[str]:
    """Return an override as one override per value it takes in a sweep."""
    key = override.get_key_element()
    if not override.is_sweep_override():
        return [override.input_line]
    if override.is_interval_sweep():
        return [f"{key}={override.value().start}", f"{key}={override.value().end}"]
    if hasattr(override.value(), "filter"):
        return [f"{key}={choice}" for choice in override.value().filter(groups.get(override.key_or_group, []))]
    return [f"{key}={text}" for text in override.sweep_string_iterator()]


def _hydra(words: list[str], name: str, folder: Path) -> tuple[dict, dict]:
    """Return the composed config, and Hydra's own part of it (unresolved)."""
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from omegaconf import OmegaConf, open_dict

    with initialize_config_dir(version_base="1.3", config_dir=str(folder.resolve())):
        config = hydra_compose(name, words, return_hydra_config=True)
    hydra = OmegaConf.to_container(config.hydra, resolve=False)
    with open_dict(config):
        del config["hydra"]
    return OmegaConf.to_container(config, resolve=True, throw_on_missing=True), hydra


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
            problems.append(f"{word.split('=')[0] or word!r}: must be an override such as seed=3, got {word!r}; "
                            f"texts with special characters stand in quotes: 'name=\"a, b\"'")
    return parsed, problems


def _diagnose(words: list[str], plugins: tuple, name: str, folder: Path, error: Exception) -> list[str]:
    """Return every problem of overrides that Hydra refused."""
    parsed, problems = _parse(words)
    groups = groups_of(_folders(words, folder))
    kept = [override.input_line for override in parsed if override.is_hydra_override()]
    try:
        world = World(_hydra(kept, name, folder)[0], groups, params_model(plugins))
        good = [override for override in parsed if override.key_or_group in groups and not world.problem(override)]
        world.config = _hydra(kept + [override.input_line for override in good], name, folder)[0]
    except _composition_errors():
        world.config = {} if "world" not in locals() else world.config
    return problems


def _folders(words: list[str], folder: Path) -> list[Path]:
    return [folder]
