"""Motives: why people post.  One motive per file; ``MotiveKind`` is any of them,
told apart by ``kind``.
"""

from simulation.motives.concern import Concern
from simulation.motives.everybody import Everybody
from simulation.motives.helping_company import HelpingCompany
from simulation.motives.incentive import Incentive
from simulation.motives.on_adoption import OnAdoption
from simulation.motives.opinion import Opinion
from simulation.motives.polarity import Polarity
from simulation.motives.self_enhancement import SelfEnhancement
from simulation.motives.social_benefits import SocialBenefits
from simulation.motives.venting import Venting
from simulation.params import any_of

MOTIVES = (Venting, Concern, SelfEnhancement, HelpingCompany, SocialBenefits, Incentive, Polarity,
           Everybody, Opinion, OnAdoption)
MotiveKind = any_of(MOTIVES)
