"""How the code reads: lengths of signatures, functions and lines, packed assignments, comments, measured by ``ast``."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

WIDE = 100
"""Characters that a line of engine code may have."""


@dataclass(frozen=True)
class Signature:
    """A function, where it stands, how many arguments it takes and how many lines it has."""

    where: str
    name: str
    arguments: int
    lines: int
    is_kernel: bool


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def line_count(path: Path) -> int:
    """Return the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def signatures(path: Path) -> list[Signature]:
    """Return all functions of a file; positional-only, keyword-only and starred arguments count too."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = node.args
            count = len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs)
            count += (given.vararg is not None) + (given.kwarg is not None)
            words = {ast.unparse(decorator) for decorator in node.decorator_list}
            found.append(Signature(f"{path.name}:{node.lineno}", node.name, count,
                                   node.end_lineno - node.lineno + 1, bool(words & {"kernel", "inlined"})))
    return found


def tuple_assignments(path: Path) -> list[int]:
    """Return the lines on which several names are assigned at once: ``a, b = ...``, whatever stands on the right."""
    return sorted(node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Assign)
                  and any(isinstance(target, ast.Tuple) for target in node.targets))


def wide_lines(path: Path) -> list[int]:
    """Return the lines with more than ``WIDE`` characters."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if len(line) > WIDE]


def comment_lines(path: Path) -> int:
    """Return the number of lines with a comment; docstrings are none."""
    text = path.read_text(encoding="utf-8")
    return sum(token.type == tokenize.COMMENT for token in tokenize.generate_tokens(io.StringIO(text).readline))
