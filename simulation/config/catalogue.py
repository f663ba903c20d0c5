"""The catalogue of parameters: walks the typed schema and says what each parameter may be.

Messages, the printed list and the reference page all take their words from here, so that they
agree.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

PLAIN = {float: "a number", int: "a whole number", bool: "true or false", str: "text"}


@dataclass(frozen=True)
class Leaf:
    """One parameter: its path (``<name>`` stands for any name), the kind it belongs to,
    and its field.
    """

    path: str
    kind: str
    field: FieldInfo
    owner: type[BaseModel]

    @property
    def unit(self) -> str:
        """Return the unit, or ``choice`` for words to choose from."""
        own = "choice" if is_choice(self.field.annotation) else ""
        return _extra(self.field).get("unit") or own

    @property
    def source(self) -> str:
        """Return the reference key; a bare choice of words has the source of its rule,
        or none but us.
        """
        of_rule = getattr(self.owner, "source", "assumption")
        own = of_rule if is_choice(self.field.annotation) else ""
        return _extra(self.field).get("source") or own

    @property
    def allowed(self) -> str:
        """Return what may stand here, in words."""
        return allowed(self.field.annotation, self.field)

    @property
    def doc(self) -> str:
        """Return the explanation, if there is one."""
        return self.field.description or ""


def bare(annotation: Any) -> Any:
    """Return the type without ``Annotated``."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def members(annotation: Any) -> tuple:
    """Return the members of a union, else nothing."""
    annotation = bare(annotation)
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()


def is_model(annotation: Any) -> bool:
    """Tell whether the type is a group of parameters."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def is_choice(annotation: Any) -> bool:
    """Tell whether the type is a choice among words and nothing else."""
    return get_origin(bare(annotation)) is Literal


def variants(annotation: Any) -> dict[str, type[BaseModel]]:
    """Return the models told apart by ``kind``, by kind; empty where the type is no such choice."""
    rules = [bare(rule) for rule in members(annotation) or (bare(annotation),)]
    if not all(is_model(rule) and "kind" in rule.model_fields
               and is_choice(rule.model_fields["kind"].annotation) for rule in rules):
        return {}
    return {get_args(rule.model_fields["kind"].annotation)[0]: rule for rule in rules}


def leaves(model: type[BaseModel], path: str = "", kind: str = "") -> Iterator[Leaf]:
    """Yield every parameter of a model, depth first, in the order of the schema."""
    for name, field in model.model_fields.items():
        if name != "kind":
            yield from _below(field.annotation, f"{path}.{name}".lstrip("."), kind, field, model)


def _below(annotation: Any, path: str, kind: str, field: FieldInfo, owner: type) -> Iterator[Leaf]:
    annotation = bare(annotation)
    rules = variants(annotation)
    if rules:
        yield from _variants(rules, path)
    elif is_model(annotation):
        yield from leaves(annotation, path, kind)
    elif get_origin(annotation) is dict:
        yield from _below(get_args(annotation)[1], f"{path}.<name>", kind, field, owner)
    else:
        yield Leaf(path, kind, field, owner)


def _variants(rules: dict[str, type[BaseModel]], path: str) -> Iterator[Leaf]:
    """Yield what all kinds share once (kind ``any``), then what each kind adds."""
    first, *others = rules.values()
    shared = [name for name, field in first.model_fields.items() if name != "kind"
              and all(repr(rule.model_fields.get(name)) == repr(field) for rule in others)]
    shared = shared if others else []
    for name in shared:
        field = first.model_fields[name]
        yield from _below(field.annotation, f"{path}.{name}", "any", field, first.__mro__[1])
    for kind, rule in rules.items():
        yield from (leaf for leaf in leaves(rule, path, kind)
                    if leaf.path.removeprefix(f"{path}.").split(".")[0] not in shared)


def type_at(model: type[BaseModel], path: list[str]) -> Any:
    """Return the type at a path of the schema, whatever the kinds chosen;
    None where there is nothing.
    """
    here: Any = model
    for step in path:
        fields = {name: field.annotation for rule in variants(here).values() or [here]
                  if is_model(rule) for name, field in rule.model_fields.items()}
        is_dict = get_origin(bare(here)) is dict
        here = get_args(bare(here))[1] if is_dict else fields.get(step)
    return here


def takes_names(model: type[BaseModel], path: list[str]) -> bool:
    """Tell whether entries with new names may be added at a path,
    as in ``events`` or ``motives``.
    """
    return get_origin(bare(type_at(model, path))) is dict


def allowed(annotation: Any, field: FieldInfo | None = None) -> str:
    """Return in words what may stand at a place of this type: type, range, unit or choices."""
    if get_origin(annotation) is Annotated:
        annotation, inner = get_args(annotation)
        field = field or inner
    rules, origin = variants(annotation), get_origin(annotation)
    if rules or is_model(annotation):
        return f"a group of keys with kind {either(rules)}" if rules else (
            f"a group with the keys {', '.join(annotation.model_fields)}")
    if members(annotation):
        unit = _extra(field).get("unit", "1")
        with_unit = f" ({unit})" if unit != "1" else ""
        return " or ".join(allowed(member) + (with_unit if bare(member) in (int, float) else "")
                           for member in members(annotation))
    if origin is Literal:
        return either(get_args(annotation))
    if origin in (tuple, list):
        return f"a list of {_several(get_args(annotation)[0])}"
    if origin is dict:
        return f"a group of named entries{span(field)}"
    unit = _extra(field).get("unit", "1") if annotation in (int, float) else "1"
    in_unit = f" ({unit})" if unit != "1" else ""
    return PLAIN.get(annotation, str(annotation)) + span(field) + in_unit


def _several(annotation: Any) -> str:
    annotation, inner = (get_args(annotation) if get_origin(annotation) is Annotated
                         else (annotation, None))
    words = {float: "numbers", int: "whole numbers", str: "text"}
    return words[annotation] + span(inner) if annotation in words else allowed(annotation, inner)


def span(field: FieldInfo | None) -> str:
    """Return the range of a field in words: `` in [0, 1]``, `` >= 0``,
    `` (1 to 100 of them)`` or nothing.
    """
    limit = {}
    for note in field.metadata if field else ():
        limit |= {key: getattr(note, key)
                  for key in ("ge", "gt", "le", "lt", "min_length", "max_length")
                  if getattr(note, key, None) is not None}
    if "min_length" in limit or "max_length" in limit:
        low, high = limit.get("min_length", 0), limit.get("max_length")
        return f" ({low} to {high} of them)" if high else f" (at least {low} of them)"
    low, high = limit.get("ge", limit.get("gt")), limit.get("le", limit.get("lt"))
    if low is not None and high is not None:
        left, right = "[" if "ge" in limit else "(", "]" if "le" in limit else ")"
        return f" in {left}{number(low)}, {number(high)}{right}"
    if low is not None:
        return f" {'>=' if 'ge' in limit else '>'} {number(low)}"
    return "" if high is None else f" {'<=' if 'le' in limit else '<'} {number(high)}"


def number(value: float) -> str:
    """Return a number as people write it."""
    return str(value) if isinstance(value, int) else f"{value:g}"


def either(words: Any) -> str:
    """Return ``a, b or c``."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def _extra(field: FieldInfo | None) -> dict:
    return (field.json_schema_extra or {}) if field else {}
