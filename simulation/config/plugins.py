"""Plug-ins: rules, metrics and figures from a user's own module.

``python run.py plugins=[my_rules] +motive@motives.mine=...`` imports the module ``my_rules``, which
says what it brings in ``RULES``, ``METRICS`` or ``FIGURES`` (``plugin_module``), each under a name
that is not taken.  Importing runs the module's code; that is why it is named on the command line,
and no file may ask for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, create_model

from simulation.adoption.base import Adoption
from simulation.beliefs.base import Belief
from simulation.config.catalogue import bare, variants
from simulation.config.plugin_module import PlugIn, load
from simulation.config.schema import Brand, Params
from simulation.metrics import units_of
from simulation.motives.base import Motive
from simulation.networks.base import Network
from simulation.params import ConfigError, Rule, any_of
from simulation.policies.base import Policy

FAMILIES: dict[type[Rule], tuple[type[BaseModel], str]] = {
    Motive: (Params, "motives"), Adoption: (Params, "adoption"), Belief: (Params, "belief"),
    Network: (Params, "network"), Policy: (Brand, "policies")}
"""Base class of each family, and the field of the schema that holds its rules."""
FREE = set(range(128))
"""Codes that a motive may have."""


@lru_cache
def params_model(packages: tuple[str, ...]) -> type[Params]:
    """Return the schema with what these modules bring; the plain one for none."""
    if not packages:
        return Params
    plugins = [load(package) for package in dict.fromkeys(packages)]
    model = with_rules([rule for plugin in plugins for rule in plugin.rules])
    model.PACKAGES = packages
    model.METRICS = with_metrics(plugins)
    model.FIGURES = with_figures(plugins)
    model.__reduce__ = lambda self: (_restore, (packages, self.model_dump_json()))
    return model


def _restore(packages: tuple[str, ...], text: str) -> Params:
    """Return parameters in another process, where the schema has to be built again."""
    return params_model(packages).model_validate_json(text)


def with_rules(rules: list[type[Rule]]) -> type[Params]:
    """Return the schema with these rules in their families."""
    fields = {name: _with(model, name, [rule for rule in rules if issubclass(rule, family)])
              for family, (model, name) in FAMILIES.items()}
    policies = fields.pop("policies")
    brand = create_model("Brand", __base__=Brand, policies=(dict[str, policies], ...))
    motives = fields.pop("motives")
    return create_model("Params", __base__=Params, motives=(dict[str, motives], ...),
                        brands=(dict[str, brand], Params.model_fields["brands"]),
                        **{name: (annotation, ...) for name, annotation in fields.items()})


def with_metrics(plugins: list[PlugIn]) -> dict[str, Any]:
    """Return all metrics by name; the names of their numbers must be new, too."""
    metrics = dict(Params.METRICS)
    for plugin in plugins:
        for name, metric in plugin.metrics.items():
            _refuse_taken(plugin, "METRICS", "metric", name, metrics)
            taken = units_of(metrics.values())
            for number in metric.UNITS:
                _refuse_taken(plugin, f"METRICS[{name!r}].UNITS", "number", number, taken)
            metrics[name] = metric
    return metrics


def with_figures(plugins: list[PlugIn]) -> dict[str, Any]:
    """Return the figures of these modules by name."""
    figures: dict[str, Any] = {}
    for plugin in plugins:
        for name, draw in plugin.figures.items():
            _refuse_taken(plugin, "FIGURES", "figure", name, figures)
            figures[name] = draw
    return figures


def _refuse_taken(plugin: PlugIn, where: str, what: str, name: str, taken: dict[str, Any]) -> None:
    if name in taken:
        raise ConfigError(f"plugins: the name of a {what} must be new, got {name!r} in "
                          f"{plugin.package}.{where}, which is taken; taken are {', '.join(taken)}")


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
            raise ConfigError(f"plugins: the kind of a rule must be new, got {kind!r} of "
                              f"{rule.__name__}, which is taken by {known[kind].__name__}")
        if codes and getattr(rule, "code", None) not in FREE - set(codes):
            code = getattr(rule, "code", None)
            raise ConfigError(f"plugins: a motive must have a code of its own from 0 to 127 "
                              f"(taken: {sorted(codes)}), got {code} of {rule.__name__}")
        known[kind] = rule
        codes |= {rule.code: rule} if codes else {}
    return any_of(tuple(known.values()))
