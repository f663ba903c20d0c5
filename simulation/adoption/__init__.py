"""Adoption rules.  One rule per file; ``AdoptionKind`` is any of them, told apart by ``kind``."""

from simulation.adoption.bass import Bass
from simulation.adoption.cascade import Cascade
from simulation.adoption.cascade_negative import CascadeNegative
from simulation.adoption.consider import Consider
from simulation.adoption.threshold import Threshold
from simulation.params import any_of

ADOPTIONS = (Consider, Bass, Cascade, CascadeNegative, Threshold)
AdoptionKind = any_of(ADOPTIONS)
