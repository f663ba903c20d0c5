"""Overrides as they were typed: which of them cannot mean anything, and what was probably meant.

Hydra's own hint for an unknown key is to add it with ``+key``; here that would be wrong, because
every key of the schema has a value already.  Only entries of named groups (events, motives,
policies, ...) can be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from simulation.config.catalogue import either, takes_names
from simulation.config.messages import did_you_mean, got, nearest
from simulation.params import ConfigError

PLUGINS = re.compile(r"\+{0,2}plugins=(.*)", re.DOTALL)
PACKAGES = re.compile(r"\[?\s*([\w.]+(\s*,\s*[\w.]+)*)?\s*\]?")
WORD = re.compile(r"[A-Za-z_][\w/-]*", re.ASCII)
"""Text that Hydra reads as it is, unless it is one of ``NO_TEXT``."""
NO_TEXT = {"null", "true", "false", "nan", "inf"}


def config_folder() -> Path:
    """Return the folder of the YAML groups: beside the package in a checkout,
    inside it when installed.
    """
    here = Path(__file__).parents[1]
    return here / "_configs" if (here / "_configs").is_dir() else here.parent / "configs"


def split_plugins(words: list[str] | tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """Return the overrides without ``plugins=[...]``, and the packages it names."""
    rest, packages = [], []
    for word in words:
        match = PLUGINS.fullmatch(word)
        if not match:
            rest.append(word)
        elif not PACKAGES.fullmatch(match[1]):
            raise ConfigError(f"plugins: must be a list of packages such as [my_rules], got "
                              f"{match[1]!r}")
        else:
            packages += re.findall(r"[\w.]+", match[1])
    return rest, tuple(packages)


def plain(value: Any) -> Any:
    """Return a value as it would stand in a file: groups of parameters as mappings."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", warnings=False)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:      # a number of NumPy
        return value.item()
    return value


def word_of(key: str, value: Any) -> str:
    """Return the override that gives ``key`` a value from Python; text arrives as it is."""
    text = as_text(plain(value))
    if text is None:
        raise ConfigError(f"{key}: must be a number, true or false, text, a list or a mapping of "
                          f"such (with names of letters, digits and underscores), got "
                          f"{got(value)}")
    return f"{key}={text}"


def as_text(value: Any) -> str | None:
    """Return a plain value as Hydra reads it; None for what no file can say."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return value if WORD.fullmatch(value) and value.lower() not in NO_TEXT else quoted(value)
    if isinstance(value, list):
        items = [as_text(item) for item in value]
        return None if None in items else f"[{','.join(items)}]"
    if isinstance(value, dict):
        items = {key: as_text(item) for key, item in value.items()}
        can_be_said = None not in items.values() and all(map(WORD.fullmatch, items))
        inside = ",".join(f"{key}:{item}" for key, item in items.items())
        return f"{{{inside}}}" if can_be_said else None
    return None


def quoted(text: str) -> str:
    """Return text in quotes: before a quote or the end Hydra halves backslashes, and OmegaConf
    takes ``${`` for a reference unless a backslash precedes it."""
    text = re.sub(r"(\\*)\$\{", r"\1\1\\${", text)
    text = re.sub(r'(\\*)"', r'\1\1\\"', text)
    return '"' + re.sub(r"(\\+)$", r"\1\1", text) + '"'


def groups_of(folders: list[Path]) -> dict[str, list[str]]:
    """Return the choices of every config group, as Hydra finds them in these folders.

    A file in a folder below a group is a choice of both: ``experiment/replicate=bass`` and
    ``experiment=replicate/bass``.
    """
    groups: dict[str, set[str]] = {}
    for folder in folders:
        for file in folder.rglob("*.yaml"):
            choice = file.relative_to(folder).with_suffix("")
            for group in list(choice.parents)[:-1]:
                groups.setdefault(group.as_posix(), set()).add(choice.relative_to(group).as_posix())
    return {group: sorted(choices) for group, choices in sorted(groups.items())}


class World:
    """What stands where, as overrides are applied one after another;
    collects problems on the way.
    """

    def __init__(self, config: dict, groups: dict[str, list[str]], schema: type):
        self.config, self.groups, self.schema = config, groups, schema

    def is_choice(self, override) -> bool:
        """Tell whether an override chooses a file of a config group."""
        return override.key_or_group in self.groups and not isinstance(override.value(), dict)

    def problem(self, override) -> str:
        """Return what is wrong with one parsed override, or ''; a good one is applied."""
        key, value = override.key_or_group, override.value()
        if "_target_" in key.split("."):
            return (f"{key}: a key _target_ is not allowed anywhere (a config cannot run code), "
                    f"got {got(value)}")
        if override.is_hydra_override():
            return ""
        if override.is_sweep_override():
            text = override.input_line.partition("=")[2]
            return (f"{key}: must be one value, got {text}; a sweep needs -m, a list is written "
                    f"[{text}]")
        if self.is_choice(override):
            return self._group(override, value)
        if key.split("@")[0] == "plugins":
            return f"plugins: must be written plugins=[package], got {got(override.input_line)}"
        return self._key(override, key.split("."), value)

    def _group(self, override, value) -> str:
        key, choices = override.get_key_element().lstrip("+~"), self.groups[override.key_or_group]
        for choice in value if isinstance(value, list) else [value]:
            if choice is not None and str(choice) not in choices and not override.is_delete():
                hint = did_you_mean(choice, choices)
                return f"{key}: must be {either(choices)}, got {got(choice)}{hint}"
        return ""

    def _key(self, override, path: list[str], value: Any) -> str:
        where, key = self._missing(path), ".".join(path)
        is_there, adds = where == len(path), override.is_add() or override.is_force_add()
        can_add = takes_names(self.schema, path[:where])
        if is_there and override.is_add() and not isinstance(value, dict):
            return f"+{key}: stands there already, got {got(value)}; change it with {key}=..."
        if not is_there and not (adds and can_add):
            meant = self._meant(path, where)
            if can_add and not override.is_delete():
                at = ".".join(path[:where + 1])
                return (f"{key}: nothing stands there, got {got(value)}{meant}; "
                        f"a new entry is added with +{at}=...")
            came = "" if override.is_delete() else f", got {got(value)}"
            return f"{key}: unknown key{came}{meant or self._there(path[:where])}"
        self.apply(override, path, value)
        return ""

    def change(self, key: str, value: Any) -> str:
        """Return what is wrong with a change from Python, or ''; a good one is applied.

        Names may be added where they are free; ``~path`` removes what stands there.
        """
        if not isinstance(key, str):
            return f"{got(key)}: must be a path such as 'feed.attention', got {got(key)}"
        removes = key.startswith("~")
        path = key.removeprefix("~").split(".")
        where = self._missing(path)
        can_add = takes_names(self.schema, path[:where]) and not removes
        if where < len(path) and not can_add:
            came = "" if removes else f", got {got(value)}"
            meant = self._meant(path, where) or self._there(path[:where])
            return f"{key}: unknown key{came}{meant}"
        if removes and value is not None:
            return f"{key}: must be None (it removes what stands there), got {got(value)}"
        if removes:
            del self._at(path[:-1])[path[-1]]
        else:
            self._put(path, value)
        return ""

    def _put(self, path: list[str], value: Any) -> None:
        """Write a value, or merge a mapping; one that names another ``kind`` replaces all."""
        here = self.config
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = _merged(here.get(path[-1]), value)

    def _missing(self, path: list[str]) -> int:
        """Return how many steps of a path lead somewhere."""
        here: Any = self.config
        for depth, step in enumerate(path):
            if not isinstance(here, dict) or step not in here:
                return depth
            here = here[step]
        return len(path)

    def _at(self, path: list[str]) -> Any:
        here: Any = self.config
        for step in path:
            here = here[step]
        return here

    def apply(self, override, path: list[str], value: Any) -> None:
        """Write, merge or remove one value."""
        here = self.config
        for step in path[:-1]:
            here = here.setdefault(step, {})
        old = here.pop(path[-1], None) if isinstance(here, dict) else None
        if isinstance(here, dict) and not override.is_delete():
            merge = isinstance(old, dict) and isinstance(value, dict)
            here[path[-1]] = old | value if merge else value

    def _meant(self, path: list[str], where: int) -> str:
        """Return the nearest key: beside the wrong step, or of that name anywhere,
        or among the groups.
        """
        parent = self._at(path[:where])
        beside = list(map(str, parent)) if isinstance(parent, dict) else []
        whole = {key: [*path[:where], key, *path[where + 1:]] for key in beside}
        reach = {".".join(at[:max(self._missing(at), where + 1)]): key for key, at in whole.items()}
        near = set(nearest(path[where], list(reach.values()), near=0.65))
        if near:
            return f"; did you mean {either(repr(at) for at, key in reach.items() if key in near)}?"
        same = [at for at in self._paths(self.config, "") if at.split(".")[-1] == path[-1]]
        if same and where == len(path) - 1:
            return f"; did you mean {either(repr(at) for at in same[:3])}?"
        return did_you_mean(path[0], list(self.groups), near=0.75) if where == 0 else ""

    def _there(self, path: list[str]) -> str:
        parent = self._at(path)
        if not isinstance(parent, dict) or not parent:
            return ""
        return f"; allowed here: {', '.join(map(str, parent))}"

    def _paths(self, here: Any, at: str) -> Iterator[str]:
        for key, value in here.items() if isinstance(here, dict) else ():
            path = f"{at}.{key}".lstrip(".")
            yield path
            yield from self._paths(value, path)


def _merged(old: Any, new: Any) -> Any:
    """Return ``new`` merged into ``old`` where both are mappings of the same kind, else ``new``."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    if old.get("kind") != new.get("kind", old.get("kind")):
        return new
    return old | {key: _merged(old.get(key), value) for key, value in new.items()}
