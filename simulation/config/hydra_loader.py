"""Composition by Hydra, at a cost that is linear in what is composed, and once for the same files.

Hydra decides everything: which files a defaults list means, in which order they are merged and what
an override does.  Three things are saved around it:

- it merges each file into the whole config, and looks through all of it afterwards.  Here a file is
  merged at its package, which is the same (``merge_at_its_place``) and costs what the file costs;
- it makes a map of all choices for each file, in case that a defaults list refers to one.  Here the
  map is made where one does;
- what files and choices of groups come to is kept, together with the stamps of all files in the
  folders.  Hydra applies overrides of values to a copy; only a plain value in place of a plain
  value is set without it.
"""

from __future__ import annotations

import copy
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from hydra import initialize_config_dir
from hydra._internal import defaults_list
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import ConfigCompositionException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf, flag_override, open_dict
from omegaconf.errors import OmegaConfBaseException

KEPT = 16
"""Compositions that are kept; one with a hundred brands takes about 30 MB."""

MOST_FOLDERS = 1000
"""Folders that are looked through to see whether a file has changed."""

OF_HYDRA = ("hydra.conf", "")
"""Where Hydra's own config comes from; it does not change while a process runs."""

Stamp = tuple[str, int, int]
"""A file: its path, when it was changed (ns) and its size (bytes)."""


@dataclass(frozen=True)
class Base:
    """What files alone come to.

    config    for Hydra, unresolved
    plain     the same as pickled plain data; None where it holds references or missing values
    hydra     Hydra's own part, unresolved
    is_fixed  whether nothing but files decided: no defaults list refers to something else
    """

    config: DictConfig
    plain: bytes | None
    hydra: dict
    is_fixed: bool


def composed(words: list[str], name: str, folder: Path) -> tuple[dict, dict]:
    """Return the composed config, and Hydra's own part of it (unresolved)."""
    home = str(folder.resolve())
    with _apart_from_others(), initialize_config_dir(version_base="1.3", config_dir=home):
        loader = Loader(GlobalHydra.instance().config_loader().get_search_path())
        chosen, values, sources = loader.sort_out(name, words)
        key = (home, name, tuple(chosen), os.getcwd())
        stamps = _stamps(sources)
        base = _base(*key, stamps) if stamps else None
        if base is None or not base.is_fixed:
            base = _base.__wrapped__(*key, ())
    data = pickle.loads(base.plain) if base.plain else None
    if data is not None and all(_replace(data, override) for override in values):
        return data, base.hydra
    config = copy.deepcopy(base.config)
    ConfigLoaderImpl._apply_overrides_to_config(values, config)
    return OmegaConf.to_container(config, resolve=True, throw_on_missing=True), base.hydra


def _replace(data: dict, override) -> bool:
    """Put a plain value in place of one that stands there; False, and nothing,
    in any other case.
    """
    *parents, last = override.key_or_group.split(".")
    here, value = data, override.value()
    for step in parents:
        here = here.get(step) if isinstance(here, dict) else None
    is_change = not (override.is_add() or override.is_force_add() or override.is_delete())
    stands_there = isinstance(here, dict) and last in here and _is_plain_value(here[last])
    if not (is_change and stands_there and _is_plain_value(value) and override.package is None):
        return False
    here[last] = value
    return True


def _is_plain_value(value) -> bool:
    """Tell whether this is a value that OmegaConf takes as it is: no reference, no ``???``."""
    if isinstance(value, str):
        return not ("$" in value or "\\" in value or value == "???")
    return value is None or isinstance(value, bool | int | float)


@lru_cache(KEPT)
def _base(home: str, name: str, chosen: tuple[str, ...], place: str,
          stamps: tuple[Stamp, ...]) -> Base:
    """Compose what files and choices say; ``home``, ``place`` and ``stamps`` tell files apart."""
    loader = Loader(GlobalHydra.instance().config_loader().get_search_path())
    config = loader.load_configuration(name, list(chosen), RunMode.RUN, from_shell=False)
    hydra = OmegaConf.to_container(config.hydra, resolve=False)
    with open_dict(config):
        del config["hydra"]
    raw = OmegaConf.to_container(config, resolve=False)
    return Base(config, pickle.dumps(raw) if _is_all_plain(raw) else None, hydra, not loader.refers)


def _is_all_plain(here) -> bool:
    """Tell whether all values in here are plain."""
    inner = here.values() if isinstance(here, dict) else here if isinstance(here, list) else None
    return _is_plain_value(here) if inner is None else all(map(_is_all_plain, inner))


def _stamps(folders: list[str]) -> tuple[Stamp, ...]:
    """Return the stamps of all YAML files in these folders.

    Nothing where it cannot be known that these are all: folders that lie elsewhere (links), or more
    than can be looked at each time.
    """
    found: list[Stamp] = []
    for folder in folders:
        for seen, (at, inner, names) in enumerate(os.walk(folder)):
            if seen > MOST_FOLDERS or any(os.path.islink(os.path.join(at, name)) for name in inner):
                return ()
            paths = [os.path.join(at, name) for name in names if name.endswith((".yaml", ".yml"))]
            found += [(path, facts.st_mtime_ns, facts.st_size) for path in paths
                      for facts in [os.stat(path)]]
    return tuple(sorted(found))


class Loader(ConfigLoaderImpl):
    """Hydra's loader, which merges each file at its place.

    ``refers`` tells whether a defaults list referred to something outside of itself.
    """

    refers = False

    def sort_out(self, name: str, words: list[str]) -> tuple[list[str], list, list[str]]:
        """Return the words that choose files or speak to Hydra, the other overrides, and the
        folders in which all files stand; no folders where files stand elsewhere too,
        as in packages.

        Raises the errors of Hydra for overrides that it refuses.
        """
        self.ensure_main_config_source_available()
        parsed, repo = self._parse_overrides_and_create_caching_repo(name, words)
        self.validate_sweep_overrides_legal(parsed, RunMode.RUN, from_shell=False)
        values = [override for override in defaults_list.Overrides(repo, parsed).config_overrides
                  if not override.is_hydra_override()]
        chosen = [override.input_line for override in parsed
                  if not any(override is value for value in values)]
        sources = [source for source in repo.get_sources() if source.path not in OF_HYDRA]
        is_known = all(source.scheme() == "file" for source in sources)
        return chosen, values, [source.path for source in sources] if is_known else []

    def _load_configuration_impl(self, config_name, overrides, run_mode, from_shell=True,
                                 validate_sweep_overrides=True) -> DictConfig:
        """Let Hydra make its map of choices only for defaults lists that refer to one."""
        make_map = defaults_list._create_interpolation_map

        def map_where_needed(choices, defaults, self_added):
            if not any(default.is_interpolation() for default in defaults):
                return None
            self.refers = True
            return make_map(choices, defaults, self_added)

        with patch.object(defaults_list, "_create_interpolation_map", map_where_needed):
            return super()._load_configuration_impl(config_name, overrides, run_mode, from_shell,
                                                    validate_sweep_overrides)

    def _compose_config_from_defaults_list(self, defaults: list, repo) -> DictConfig:
        config = OmegaConf.create()
        with flag_override(config, "no_deepcopy_set_nodes", True):
            for default in defaults:
                loaded = self._load_single_config(default=default, repo=repo)
                try:
                    merge_at_its_place(config, loaded.config)
                except OmegaConfBaseException as error:
                    raise ConfigCompositionException(f"In '{default.config_path}': "
                                                     f"{type(error).__name__} raised while "
                                                     f"composing config:\n{error}") from error
        _strip_defaults(config)
        return config


def merge_at_its_place(config: DictConfig, new: DictConfig) -> None:
    """Merge ``new`` into ``config``; a package is a path of single keys, along which we go down."""
    while _is_plain(config) and _is_plain(new) and len(new) == 1:
        key = next(iter(new))
        inner = new._get_node(key)
        if key == "hydra" or not _is_plain(inner):
            break
        if config._get_node(key) is None:
            config[key] = inner
            return
        if not _is_plain(config._get_node(key)):
            break
        config, new = config._get_node(key), inner
    config.merge_with(new)


def _strip_defaults(config: DictConfig) -> None:
    """Remove the defaults lists that Hydra left in typed configs, which are marked."""
    if config._is_missing() or config._is_none() or config._is_interpolation():
        return
    with flag_override(config, ["readonly", "struct"], False):
        if config._get_node_flag("HYDRA_REMOVE_TOP_LEVEL_DEFAULTS"):
            config._set_flag("HYDRA_REMOVE_TOP_LEVEL_DEFAULTS", None)
            config.pop("defaults", None)
    for _, value in config.items_ex(resolve=False):
        if isinstance(value, DictConfig):
            _strip_defaults(value)


def _is_plain(node) -> bool:
    """Tell whether a node is a mapping without a type, a reference or a missing value."""
    return (isinstance(node, DictConfig) and not node._is_typed() and not node._is_none()
            and not node._is_missing() and not node._is_interpolation())


@contextmanager
def _apart_from_others() -> Iterator[None]:
    """Compose beside a Hydra application that may be running: it is put aside and put back."""
    outer = GlobalHydra.instance()
    running, outer.hydra = outer.hydra, None
    try:
        yield
    finally:
        GlobalHydra.instance().hydra = running
