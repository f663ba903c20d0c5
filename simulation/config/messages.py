"""Messages: what pydantic found, in words a user can act on.

Each line says where (the path as typed on the command line), what is allowed (type, range, unit,
choices), what came, and the near miss where there is one.
"""

from __future__ import annotations

import difflib
import json
import math
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from simulation.config.catalogue import allowed, bare, is_choice, is_model, members, variants


def validate(model: type[BaseModel], data: dict,
             at: str = "") -> tuple[BaseModel | None, list[str]]:
    """Return the typed model, or None and every problem of ``data``; paths start with ``at``.

    A whole float where a whole number is wanted (1e4) is taken for that number; nothing else is
    converted.
    """
    while True:
        try:
            return model.model_validate_json(json.dumps(data, default=str)), []
        except ValidationError as error:
            problems = error.errors(include_url=False)
        data, changed = _whole_floats(model, data, problems)
        if not changed:
            return None, explain(model, problems, data, at)


def _whole_floats(model: type[BaseModel], data: dict, problems: list[dict]) -> tuple[dict, bool]:
    """Return the data with whole floats as whole numbers where the schema wants those."""
    data, changed = json.loads(json.dumps(data, default=str)), False
    for problem in problems:
        value = problem["input"]
        is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
        if problem["type"] == "int_type" and is_whole:
            *path, last = locate(model, problem["loc"])[0]
            inner = data
            for step in path:
                inner = inner[step]
            inner[last], changed = int(value), True
    return data, changed


def locate(model: type[BaseModel], loc: tuple) -> tuple[list, Any, Any]:
    """Return (path, type, field) of a place that pydantic names;
    tags of unions are not part of a path.
    """
    path, here, field = [], model, None
    for step in loc:
        rules, origin = variants(here), get_origin(bare(here))
        if is_model(here) and not (len(rules) == 1 and step in rules):
            path.append(step)
            field = here.model_fields.get(step)
            here = field.annotation if field else None
        elif step in rules:
            here = rules[step]
        elif origin in (dict, tuple, list):
            path.append(step)
            here, field = bare(get_args(bare(here))[-1 if origin is dict else 0]), None
    return path, here, field


def explain(model: type[BaseModel], problems: list[dict], data: dict, at: str = "") -> list[str]:
    """Return one line per place with a problem."""
    lines, problems = _incomplete(model, problems, data, at)
    for problem in problems:
        path, here, field = locate(model, problem["loc"])
        where = dotted([at, *path] if at else path)
        what, value = problem["type"], problem["input"]
        if what == "extra_forbidden":
            line = _unknown_key(where, path[-1], locate(model, problem["loc"][:-1])[1], value)
        elif what in ("union_tag_invalid", "union_tag_not_found"):
            where = f"{where}.kind"
            line = _unknown_kind(where, list(variants(here)), value)
        elif what == "value_error":
            line = _own_words(where, str(problem["ctx"]["error"]))
        elif what == "missing":
            line = f"{where}: missing; must be {allowed(here, field)}, got nothing"
        else:
            line = f"{where}: must be {allowed(here, field)}, got {got(value)}"
            line += did_you_mean(value, choices(here))
        lines.setdefault(where, line)
    return list(lines.values())


def _incomplete(model: type[BaseModel], problems: list[dict], data: dict,
                at: str) -> tuple[dict[str, str], list[dict]]:
    """Return one line per group in which three keys or more are missing, and the other problems."""
    absent: dict[tuple, list[dict]] = {}
    for problem in problems:
        if problem["type"] == "missing":
            absent.setdefault(problem["loc"][:-1], []).append(problem)
    lines, done = {}, []
    for loc, found in absent.items():
        if len(found) > 2:
            path, done = locate(model, loc)[0], done + found
            where = dotted([at, *path] if at else path) or "config"
            keys = ", ".join(str(problem["loc"][-1]) for problem in found)
            beside = data
            for step in path[:-1]:
                beside = beside[step]
            hint = did_you_mean(path[-1], [str(key) for key in beside], near=0.65) if path else ""
            came = got(found[0]["input"])
            lines[where] = f"{where}: incomplete, got {came}; missing are {keys}{hint}"
    return lines, [problem for problem in problems if problem not in done]


def choices(annotation: Any) -> list[str]:
    """Return the words that may stand at a place."""
    if is_choice(annotation):
        return [str(word) for word in get_args(bare(annotation))]
    return [word for member in members(annotation) if is_choice(member) for word in choices(member)]


def _unknown_key(where: str, key: str, parent: Any, value: Any) -> str:
    keys = list(parent.model_fields) if is_model(parent) else []
    place = where.removesuffix(key)
    near = nearest(key, keys, near=0.65)
    hint = f"; did you mean {place + near[0]!r}?" if near else ""
    hint = hint or f"; allowed here: {', '.join(keys)}"
    return f"{where}: unknown key, got {got(value)}{hint}"


def _unknown_kind(where: str, kinds: list[str], value: Any) -> str:
    kind = value.get("kind", None) if isinstance(value, dict) else value
    came = got(kind) if not isinstance(value, dict) or "kind" in value else "nothing"
    return f"{where}: must be {', '.join(kinds)}, got {came}{did_you_mean(kind, kinds)}"


def _own_words(where: str, text: str) -> str:
    """Return the words of a rule's own check; most of them name the place themselves."""
    return text if text.split(".")[0].split(" ")[0] == where.split(".")[0] else f"{where}: {text}"


def did_you_mean(word: Any, words: list[str], near: float = 0.5, most: int = 1) -> str:
    """Return ``; did you mean 'x'?`` for the nearest of ``words``, or nothing."""
    found = nearest(word, words, near, most)
    return f"; did you mean {' or '.join(repr(one) for one in found)}?" if found else ""


def nearest(word: Any, words: list[str], near: float = 0.5, most: int = 1) -> list[str]:
    """Return the words most like ``word``, without itself."""
    by_lower = {other.lower(): other for other in words if other != word}
    close = difflib.get_close_matches(str(word).lower(), by_lower, most, near)
    return [by_lower[one] for one in close]


def dotted(path: list) -> str:
    """Return a path as it is typed; places in lists are counted from 0."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}"
                   for step in path).lstrip(".")


def got(value: Any) -> str:
    """Return a value as it stands in YAML, shortened."""
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    text = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= 80 else f"{text[:76]} ..."
