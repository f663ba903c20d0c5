"""The figures of the house as one table of text: rooms and arrows, then how the code of each room reads."""

from __future__ import annotations

from pathlib import Path

from tests.house.reading import comment_lines, line_count, signatures, tuple_assignments, wide_lines
from tests.house.rooms import (
    PACKAGES,
    ROOT,
    arrows_of,
    circles_between_files,
    circles_of,
    files_of,
    loose_modules,
    room_of,
)

HEAD = (f"{'room':16} {'modules':>7} {'lines':>6} {'longest file':>12} {'longest function':>16} "
        f"{'most arguments':>14} {'tuple assign. /100':>18} {'wide lines':>10} {'comments /100':>13}")


def report() -> str:
    """Return all figures, package by package."""
    return "\n\n".join(package_report(package) for package in PACKAGES)


def package_report(package: str) -> str:
    """Return the figures of one package."""
    files, arrows = files_of(package), arrows_of(package)
    by_room: dict[str, list[Path]] = {}
    for path in files:
        by_room.setdefault(room_of(path, package), []).append(path)
    most = max(((s.arguments, s.name, path) for path in files for s in signatures(path)), key=lambda row: row[0])
    kernels = [(s.arguments, s.name, path) for path in files for s in signatures(path) if s.is_kernel]
    lines = [f"{package}: {len(files)} modules in {len(by_room)} rooms, {len(loose_modules(package))} of them loose; "
             f"{len(arrows)} arrows between rooms, {len(circles_of(arrows))} circles between rooms, "
             f"{len(circles_between_files(package))} between files",
             f"longest signature: {most[1]} with {most[0]} arguments ({most[2].relative_to(ROOT)})"]
    if kernels:
        widest = max(kernels, key=lambda row: row[0])
        lines.append(f"longest signature of a kernel: {widest[1]} with {widest[0]} arguments "
                     f"({widest[2].relative_to(ROOT)})")
    lines += ["", HEAD, *(row_of(room, paths) for room, paths in sorted(by_room.items())), row_of("all", files)]
    return "\n".join(lines)


def row_of(room: str, paths: list[Path]) -> str:
    """Return one line of the table: a room, or all of them."""
    lines = sum(map(line_count, paths))
    functions = [signature for path in paths for signature in signatures(path)]
    per_hundred = 100.0 / max(lines, 1)
    return (f"{room:16} {len(paths):7} {lines:6} {max(map(line_count, paths)):12} "
            f"{max((f.lines for f in functions), default=0):16} {max((f.arguments for f in functions), default=0):14} "
            f"{per_hundred * sum(len(tuple_assignments(path)) for path in paths):18.1f} "
            f"{sum(len(wide_lines(path)) for path in paths):10} "
            f"{per_hundred * sum(map(comment_lines, paths)):13.1f}")
