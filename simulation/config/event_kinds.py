"""The timeline: the kinds of events that may happen to a market from outside,
with their parameters.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulation.params import Strict, parameter, share


class ProcessEvent(Strict):
    """Something that happens to one process from ``start`` to ``stop``, both included."""

    brand: str = parameter("name", "assumption")
    process: str = parameter("name", "assumption")
    start: int = parameter("step", "assumption", ge=1)
    stop: int = parameter("step", "assumption", ge=1)


class Shock(ProcessEvent):
    """Quality falls by ``quality`` and failure rises by ``failure``."""

    kind: Literal["shock"]
    quality: float = parameter("quality", "assumption", ge=-1, le=1)
    failure: float = parameter("probability", "assumption", ge=-1, le=1)


class SetFailure(ProcessEvent):
    """The failure rate is ``value``, whatever else happens."""

    kind: Literal["set_failure"]
    value: float = share("assumption")


class SetQuality(ProcessEvent):
    """The quality is ``value``, whatever else happens."""

    kind: Literal["set_quality"]
    value: float = share("assumption")


class Launch(Strict):
    """The brand enters the market at ``step``: before, nobody hears of it or can buy it."""

    kind: Literal["launch"]
    brand: str = parameter("name", "assumption")
    step: int = parameter("step", "assumption", ge=1)


class Viral(Strict):
    """From ``start`` to ``stop`` good reviews of the brand are passed
    on ``factor`` times as often.
    """

    kind: Literal["viral"]
    brand: str = parameter("name", "assumption")
    start: int = parameter("step", "assumption", ge=1)
    stop: int = parameter("step", "assumption", ge=1)
    factor: float = parameter("1", "assumption", ge=0, le=1000)


class SilencePerson(Strict):
    """From ``start`` to ``stop`` one person writes nothing about the brand."""

    kind: Literal["silence_person"]
    brand: str = parameter("name", "assumption")
    person: str = parameter("id", "assumption")
    start: int = parameter("step", "assumption", ge=1)
    stop: int = parameter("step", "assumption", ge=1)
    reshares: bool = parameter("flag", "assumption", doc="passes nothing on about it either")


class SilenceProcess(ProcessEvent):
    """From ``start`` to ``stop`` nobody writes, or passes on, anything about a process."""

    kind: Literal["silence_process"]


class NoAdvertising(Strict):
    """From ``start`` to ``stop`` a share of the people, chosen by lot,
    sees no advertising of the brand.
    """

    kind: Literal["no_advertising"]
    brand: str = parameter("name", "assumption")
    start: int = parameter("step", "assumption", ge=1)
    stop: int = parameter("step", "assumption", ge=1)
    share: float = share("assumption",
                         doc="of the people; for one brand always the same people first")


EventKind = Annotated[Shock | SetFailure | SetQuality | Launch | Viral | SilencePerson
                      | SilenceProcess | NoAdvertising, Field(discriminator="kind")]
