"""Belief rules.  One rule per file; ``BeliefKind`` is any of them, told apart by ``kind``."""

from simulation.beliefs.anchored import Anchored
from simulation.beliefs.bounded import Bounded
from simulation.beliefs.evidence import Evidence
from simulation.beliefs.fixed_confidence import FixedConfidence
from simulation.params import any_of

BELIEFS = (Evidence, FixedConfidence, Anchored, Bounded)
BeliefKind = any_of(BELIEFS)
