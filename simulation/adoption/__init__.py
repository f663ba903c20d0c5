"""Adoption rules.  One rule per file; ``AdoptionKind`` is any of them, told apart by ``kind``."""

from typing import Annotated

from pydantic import Field

from simulation.adoption.bass import Bass
from simulation.adoption.cascade import Cascade
from simulation.adoption.cascade_negative import CascadeNegative
from simulation.adoption.consider import Consider
from simulation.adoption.threshold import Threshold

ADOPTIONS = (Consider, Bass, Cascade, CascadeNegative, Threshold)
AdoptionKind = Annotated[Consider | Bass | Cascade | CascadeNegative | Threshold, Field(discriminator="kind")]
