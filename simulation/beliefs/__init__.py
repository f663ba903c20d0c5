"""Belief rules.  One rule per file; ``BeliefKind`` is any of them, told apart by ``kind``."""

from typing import Annotated

from pydantic import Field

from simulation.beliefs.anchored import Anchored
from simulation.beliefs.bounded import Bounded
from simulation.beliefs.evidence import Evidence
from simulation.beliefs.fixed_confidence import FixedConfidence

BELIEFS = (Evidence, FixedConfidence, Anchored, Bounded)
BeliefKind = Annotated[Evidence | FixedConfidence | Anchored | Bounded, Field(discriminator="kind")]
