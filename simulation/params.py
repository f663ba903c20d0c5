"""What every parameter must say of itself, and the base of every rule.

A parameter is a field of a strict, frozen pydantic model.  It has no default value here: all values
stand in the YAML files under ``configs``.  It states its unit, its range and its source, so that
the reference table, the validation messages and the reader all see the same thing.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Union

from pydantic import BaseModel, ConfigDict, Field


class ConfigError(ValueError):
    """Bad input: one line per problem, each saying what, where, what is allowed and what came."""

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


class Strict(BaseModel):
    """A group of parameters: no unknown keys, no silent conversion, no NaN,
    nothing changes afterwards.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Rule(Strict):
    """A plug-in: a group of parameters chosen by ``kind``, with one verb defined by its family.

    ``source`` names the publication the rule follows, as a key of ``docs/references.md`` or
    ``assumption``.
    """

    source: ClassVar[str]


def any_of(rules: tuple[type[Rule], ...]) -> Any:
    """Return the type of a field that takes any of these rules, told apart by ``kind``."""
    return Annotated[Union[rules], Field(discriminator="kind")]  # noqa: UP007


def parameter(unit: str, source: str, ge: float | None = None, le: float | None = None,
              gt: float | None = None, lt: float | None = None, doc: str = "") -> Any:
    """Return a field with its unit, range and source (a reference key, or ``assumption``)."""
    return Field(ge=ge, le=le, gt=gt, lt=lt, description=doc or None,
                 json_schema_extra={"unit": unit, "source": source})


def share(source: str, doc: str = "") -> Any:
    """Return a field for a probability or a share: unit 1, range [0, 1]."""
    return parameter("1", source, ge=0.0, le=1.0, doc=doc)


def money(source: str, doc: str = "") -> Any:
    """Return a field for an amount of money that is not negative, in the run's currency."""
    return parameter("currency", source, ge=0.0, doc=doc)
