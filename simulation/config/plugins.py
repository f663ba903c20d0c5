"""Plug-ins: rules from a user's own package, named on the command line and never in a file.

``python run.py plugins=[my_rules] +motive@motives.mine=...`` imports the module ``my_rules``, which defines
``RULES = [Mine, ...]``: subclasses of Motive, Adoption, Belief, Network or Policy, each with a ``kind`` that
is not taken.  Importing runs the package's code; that is why no file may ask for it.
"""

from __future__ import annotations

import difflib
import json
import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field, create_model

from simulation.adoption.base import Adoption
from simulation.beliefs.base import Belief
from simulation.config.catalogue import bare, variants
from simulation.config.schema import Brand, Params
from simulation.motives.base import Motive
from simulation.networks.base import Network
from simulation.params import ConfigError, Rule
from simulation.policies.base import Policy

FAMILIES: dict[type[Rule], tuple[type[BaseModel], str]] = {
    Motive: (Params, "motives"), Adoption: (Params, "adoption"), Belief: (Params, "belief"),
    Network: (Params, "network"), Policy: (Brand, "policies")}
"""Base class of each family, and the field of the schema that holds its rules."""


@lru_cache
def params_model(packages: tuple[str, ...]) -> type[Params]:
    """Return the schema with the rules of these packages; the plain one for none."""
    if not packages:
        return Params
    rules = [rule for package in packages for rule in load_rules(package)]
    by_family = {family: [rule for rule in rules if issubclass(rule, family)] for family in FAMILIES}
    fields = {name: _with(model, name, by_family[family]) for family, (model, name) in FAMILIES.items()}
    brand = create_model("Brand", __base__=Brand, policies=(dict[str, fields.pop("policies")], ...))
    motives = fields.pop("motives")
    model = create_model("Params", __base__=Params, motives=(dict[str, motives], ...),
                         brands=(dict[str, brand], Params.model_fields["brands"]),
                         **{name: (annotation, ...) for name, annotation in fields.items()})
    model.PACKAGES = packages
    model.__reduce__ = lambda self: (_restore, (packages, self.model_dump_json()))
    return model


def _restore(packages: tuple[str, ...], text: str) -> Params:
    """Return parameters in another process, where the schema has to be built again."""
    return params_model(packages).model_validate_json(text)


def _with(model: type[BaseModel], name: str, added: list[type[Rule]]) -> Any:
    """Return the union of a family's rules, shipped and added, told apart by kind."""
    annotation = bare(model.model_fields[name].annotation)
    if get_origin(annotation) is dict:
        annotation = bare(get_args(annotation)[1])
    known = variants(annotation)
    codes = {rule.code: rule for rule in known.values() if hasattr(rule, "code")}
    for rule in added:
        kind = get_args(rule.model_fields["kind"].annotation)[0]
        if kind in known:
            raise ConfigError(f"plugins: the kind of a rule must be new, got {kind!r} of {rule.__name__}, "
                              f"which is taken by {known[kind].__name__}")
        if codes and getattr(rule, "code", None) in {None, *codes}:
            raise ConfigError(f"plugins: a motive must have a code of its own (taken: {sorted(codes)}), got "
                              f"{getattr(rule, 'code', None)} of {rule.__name__}")
        known[kind] = rule
        codes |= {rule.code: rule} if codes else {}
    return Annotated[Union[tuple(known.values())], Field(discriminator="kind")]  # noqa: UP007


def load_rules(package: str) -> list[type[Rule]]:
    """Import a package, from the working folder too, and return its rules."""
    if str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))
    try:
        module = import_module(package)
    except ModuleNotFoundError as error:
        beside = [path.stem for path in Path.cwd().glob("*.py")] + [path.parent.name for path in
                                                                    Path.cwd().glob("*/__init__.py")]
        near = difflib.get_close_matches(package, beside, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"plugins: must be packages that can be imported, got {package!r} "
                          f"({error}){hint}") from error
    rules = getattr(module, "RULES", None)
    if not isinstance(rules, list | tuple) or not all(map(_is_rule, rules)):
        raise ConfigError(f"plugins: {package} must define RULES = [...], a list of subclasses of "
                          f"{', '.join(family.__name__ for family in FAMILIES)} with a kind: Literal[...], "
                          f"got {json.dumps(rules, default=str)}")
    return list(rules)


def _is_rule(rule: Any) -> bool:
    return (isinstance(rule, type) and issubclass(rule, tuple(FAMILIES)) and "kind" in rule.model_fields
            and get_origin(rule.model_fields["kind"].annotation) is Literal and hasattr(rule, "source"))
