"""Other parameters out of given ones, from Python, held to everything that a file is held to.

``changed`` takes dotted paths; ``with_fields`` takes whole fields, as ``model_copy`` does.  Both
return parameters of the same schema, plug-ins included, which share all parts that did not change,
or raise one ConfigError with every problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from simulation.config.consistency import check_consistency
from simulation.config.messages import validate
from simulation.config.overrides import World, plain
from simulation.params import ConfigError


def changed(params: Any, changes: Mapping[str, Any]) -> Any:
    """Return the parameters with other values at dotted paths, as ``{"feed.attention": 0.5}``.

    A mapping changes the entries that it names, and takes the place of all where it names another
    ``kind``.  A new name is added where names are free (brands, motives, policies, events, ...);
    ``{"~motives.venting": None}`` removes an entry.
    """
    if not isinstance(changes, Mapping):
        raise ConfigError(f"changes: must be a mapping such as {{'brands.alpha.price': 70}}, "
                          f"got {changes!r}")
    world = World(params.model_dump(mode="json"), {}, type(params))
    problems = [world.change(path, plain(value)) for path, value in changes.items()]
    touched = {str(path).lstrip("~").split(".")[0] for path in changes}
    return _checked(params, world.config, touched, [line for line in problems if line])


def with_fields(params: Any, update: Mapping[str, Any]) -> Any:
    """Return the parameters with other whole fields; a part may be a
    mapping or a group of parameters.
    """
    data = params.model_dump(mode="json") | {name: plain(value) for name, value in update.items()}
    return _checked(params, data, update, [])


def _checked(params: Any, data: dict, touched: Iterable[str], problems: list[str]) -> Any:
    """Return ``params`` with the touched fields as in ``data``;
    raises ConfigError with all problems.
    """
    valid, found = validate(type(params), data)
    problems += found
    if valid is not None:
        new = {name: getattr(valid, name) for name in touched if name in type(params).model_fields}
        params = BaseModel.model_copy(params, update=new)
        problems += check_consistency(params)
    if problems:
        raise ConfigError(problems)
    return params
