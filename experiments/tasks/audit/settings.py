"""Parameters of ``task=audit``; they travel to workers with every world."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulation.params import Strict


class Recall(Strict):
    """What buyers remember when they are asked."""

    chance: Annotated[float, Field(ge=0, le=1)]
    half_life: Annotated[float, Field(gt=0, le=1_000_000)]


class Task(Strict):
    """Parameters of the task."""

    kind: Literal["audit"]
    brand: str
    start: Annotated[int, Field(ge=1)]
    window: Annotated[int, Field(ge=1, le=1_000_000)]
    half_life: Annotated[float, Field(gt=0, le=1_000_000)]
    recall: Recall
    holdout: Annotated[float, Field(gt=0, lt=1)]
    replicates: Annotated[int, Field(ge=2, le=1_000_000)]
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)]
