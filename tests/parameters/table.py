"""All rows, and the parameters that have none, with the reason."""

from tests.parameters.table_brands import BRANDS, LISTENING, ORGANISATION
from tests.parameters.table_events import EVENTS
from tests.parameters.table_networks import NETWORKS
from tests.parameters.table_policies import POLICIES
from tests.parameters.table_reviews import LOYALTY, REVIEWS
from tests.parameters.table_rules import ADOPTION, BELIEF, MOTIVES
from tests.parameters.table_run import POPULATION, RUN

ROWS = (*RUN, *POPULATION, *NETWORKS, *ADOPTION, *BELIEF, *MOTIVES, *REVIEWS, *LOYALTY, *BRANDS, *LISTENING,
        *ORGANISATION, *POLICIES, *EVENTS)

LABELS = {
    "value.currency": "a word on figures",
    "output.figures": "whether pictures are written",
    "checked": "whether promises are watched; never changes a number",
}
"""Parameters that change no number; each has a test of its own."""

ONE_VALUE = {f"adoption.repurchase_interval[{kind}]": "under a rule of contact nobody buys twice: never is all there is"
             for kind in ("bass", "cascade", "cascade_negative", "threshold")}
"""Parameters that can have one value only; a test says so."""

NO_LUCK = {f"network.seed[{kind}]": "the ties follow from the kind alone"
           for kind in ("complete", "file", "karate", "path", "ring", "star", "two_node", "well_mixed")}
"""Networks whose builder draws nothing; a test says so."""

NO_EFFECT = {
    "brands.alpha.policies.plan.start[none]": "a policy that does nothing may begin whenever it likes",
    "brands.alpha.policies.plan.stop[none]": "a policy that does nothing may end whenever it likes",
    "brands.alpha.policies.plan.stop[seed]": "seeding is done once, in the step start (configs/policy/seed_*.yaml)",
}
"""Parameters of all policies that mean nothing to one of them; a test says so."""

EXEMPT = LABELS | ONE_VALUE | NO_LUCK | NO_EFFECT
