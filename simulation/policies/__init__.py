"""Policies of brand teams.  One policy per file; ``PolicyKind`` is any of them,
told apart by ``kind``.
"""

from simulation.params import any_of
from simulation.policies.advertise import Advertise
from simulation.policies.community import Community
from simulation.policies.fix_named import FixNamed
from simulation.policies.fix_worst import FixWorst
from simulation.policies.incentivise import Incentivise
from simulation.policies.none import DoNothing
from simulation.policies.recover import Recover
from simulation.policies.seed import Seed

POLICIES = (DoNothing, FixWorst, FixNamed, Recover, Seed, Advertise, Incentivise, Community)
PolicyKind = any_of(POLICIES)
