"""Every parameter of a market with its source, as a table of a page."""

from __future__ import annotations

from typing import Any

from simulation.config.catalogue import Leaf, leaves
from simulation.config.schema import Params


def flat(values: Any, path: str = "") -> dict[str, Any]:
    """Return the leaves of nested mappings by dotted path."""
    if isinstance(values, dict) and values:
        return {key: value for name, inner in values.items()
                for key, value in flat(inner, f"{path}.{name}".lstrip(".")).items()}
    return {path: values}


def text(value: Any) -> str:
    """Return a value as a reader of YAML knows it; a dash where nothing stands."""
    if value is None or value == {}:
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)


def assumptions(params: Params) -> list[tuple[str, str, str, str]]:
    """Return every parameter of a market: path, value, unit, source."""
    known: dict[str, Leaf] = {leaf.path: leaf for leaf in leaves(type(params))}
    out = []
    for path, value in flat(params.model_dump(mode="json")).items():
        leaf = leaf_of(known, path)
        if leaf is not None:
            out.append((path, text(value), leaf.unit, leaf.source))
    return out


def leaf_of(known: dict[str, Leaf], path: str) -> Leaf | None:
    """Return the entry of the catalogue that a path belongs to; names of entries stand as ``<name>`` there."""
    steps = path.split(".")
    for pattern, leaf in known.items():
        parts = pattern.split(".")
        if len(parts) == len(steps) and all(part in ("<name>", step) for part, step in zip(parts, steps, strict=True)):
            return leaf
    return None
