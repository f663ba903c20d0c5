"""Rooms and arrows: which part of a package imports which other part, read from the source without running it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("simulation", "experiments")

Arrows = dict[tuple[str, str], set[str]]
"""From room and to room, with the files in which such an import stands."""


def files_of(package: str) -> list[Path]:
    """Return the source files of a package, sorted."""
    return sorted((ROOT / package).rglob("*.py"))


def room_of(path: Path, package: str) -> str:
    """Return the room of a file: the folder it stands in below the package, or its own name where it stands loose."""
    return path.relative_to(ROOT / package).parts[0].removesuffix(".py")


def loose_modules(package: str) -> list[str]:
    """Return the modules that stand in no room of their package (``__init__`` aside)."""
    return sorted(path.stem for path in (ROOT / package).glob("*.py") if path.stem != "__init__")


def imported_names(path: Path) -> set[str]:
    """Return the dotted name of everything a file imports, relative imports spelled out."""
    here, names = path.relative_to(ROOT).with_suffix("").parts, set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: -node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def arrows_of(package: str) -> Arrows:
    """Return every import of one room of the package by another; what is imported inside functions counts too."""
    arrows: Arrows = defaultdict(set)
    rooms = {room_of(path, package) for path in files_of(package)}
    for path in files_of(package):
        me = room_of(path, package)
        for name in imported_names(path):
            parts = name.split(".")
            if me != "__init__" and parts[0] == package and len(parts) > 1 and parts[1] in rooms - {me}:
                arrows[me, parts[1]].add(str(path.relative_to(ROOT)))
    return dict(arrows)


def circles_of(arrows: Arrows) -> list[list[str]]:
    """Return the groups of rooms that import each other, directly or through others."""
    import networkx as nx

    return sorted(sorted(group) for group in nx.strongly_connected_components(nx.DiGraph(list(arrows)))
                  if len(group) > 1)


def circles_between_files(package: str) -> list[list[str]]:
    """Return the groups of files that import each other, directly or through others."""
    import networkx as nx

    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files_of(package)}
    graph = nx.DiGraph()
    for me, path in names.items():
        for name in imported_names(path):
            other = name if name in names else name.rpartition(".")[0]
            if other in names and other != me:
                graph.add_edge(me, other)
    return sorted(sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1)
