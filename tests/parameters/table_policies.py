"""Policies of the brand teams."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import MARKET, OWNERS, policy

PLAN = "brands.alpha.policies.plan"
POSTING = (*OWNERS, "talk.base=3", "brands.alpha.listening.author_resolution=1")


def rows(kind, world, *table):
    """Return the rows of one policy: (key, low, high, output, direction, why)."""
    return tuple(Row(f"{PLAN}.{key}", world, low, high, output, direction, why, kind=kind)
                 for key, low, high, output, direction, why in table)


def timing(item):
    """Return when a policy begins and ends, seen in what it costs."""
    return (("start", 2, 6, of.spent_on(item), "-", "it begins later"),
            ("stop", 3, 7, of.spent_on(item), "+", "it ends later"))


POLICIES = (
    *rows("fix_worst", (*POSTING, *policy("fix_worst", start=1, spend=500, lead_time=0, min_volume=1,
                                          review_every=1)),
          *timing("invest"),
          ("spend", 100, 2000, of.failures_avoided, "+", "money removes failures"),
          ("lead_time", 0, 4, of.failures_avoided, "-", "money acts later"),
          ("min_volume", 1, 60, of.spent_on("invest"), "-", "the team waits until it has seen more")),
    *rows("fix_worst", (*POSTING, "brands.alpha.listening.memory=0", "talk.base=1",
                        *policy("fix_worst", start=1, spend=500, min_volume=0, review_every=1)),
          ("review_every", 1, 50, of.moves_between_processes, "-", "the team stays with its process")),
    *rows("fix_named", (*OWNERS, *policy("fix_named", start=1, process="delivery", spend=1000, lead_time=0)),
          *timing("invest"),
          ("process", "delivery", "product", of.failures_avoided_in("product"), "+", "the money goes there"),
          ("spend", 100, 2000, of.failures_avoided, "+", "money removes failures"),
          ("lead_time", 0, 4, of.failures_avoided, "-", "money acts later"),
          ("limit", 2000, "unlimited", of.spent_on("invest"), "+", "there is no end to the money")),
    *rows("recover", (*POSTING, *policy("recover", start=1)),
          *timing("answer"),
          ("cost_per_answer", 1, 10, of.spent_on("answer"), "+", "answers cost"),
          ("per_step", 1, 100, of.spent_on("answer"), "+", "more complaints are answered"),
          ("lift", 0.0, 1.0, of.satisfaction_with_alpha, "+", "who is answered feels better")),
    *rows("recover", (*POSTING, "talk.base=1", "brands.alpha.processes.product.when.rate=1",
                      "brands.alpha.processes.product.failure_rate=0.3", *policy("recover", start=1)),
          ("negative_posting", 0.2, 3.0, of.reviews_below_the_middle, "+", "it multiplies posting below the middle"),
          ("positive_posting", 0.2, 3.0, of.reviews_above_the_middle, "+", "it multiplies posting above")),
    *rows("seed", (*MARKET, "steps=10", "adoption.p=0", *policy("seed_random", start=1)),
          ("start", 1, 6, of.step_of_seeding, "+", "people get the product later"),
          ("by", "random", "influencers", of.followers_of_the_seeded, "+", "people with followers get it"),
          ("count", 5, 50, of.seeded_people, "+", "more people get it"),
          ("incentive", 0.0, 5.0, of.reviews_out_of("incentive"), "+", "they talk for what they got"),
          ("cost_per_seed", 1, 50, of.spent_on("seed"), "+", "contacts cost")),
    *rows("seed", (*OWNERS, "steps=12", "adoption.p=0.1", "population.reservation_mean=0.6", "site.helpful_votes=1",
                   "talk.base=3", *policy("seed_random", start=6)),
          ("by", "random", "experts", of.votes_won_by_the_engaged, "+", "people whose reviews helped get it")),
    *rows("advertise", (*MARKET, "steps=10", *policy("advertise", start=1, amount=0.1)),
          *timing("advertise"),
          ("amount", 0.01, 0.5, of.sales_of_alpha, "+", "more people are reached"),
          ("cost_per_person_reached", 0.1, 2.0, of.spent_on("advertise"), "+", "contacts cost")),
    *rows("incentivise", (*OWNERS, *policy("incentivise", start=1)),
          *timing("offer"),
          ("strength", 0.0, 2.0, of.reviews_out_of("incentive"), "+", "more review for the offer"),
          ("cost_per_customer", 0.1, 2.0, of.spent_on("offer"), "+", "offers cost")),
    *rows("community", (*POSTING, *policy("community", start=1)),
          *timing("introduce"),
          ("pairs", 1, 20, of.ties_added, "+", "more people are introduced"),
          ("cost_per_introduction", 1, 10, of.spent_on("introduce"), "+", "introductions cost")),
    *rows("community", (*POSTING, "network=path", *policy("community", start=1, pairs=100)),
          ("strength", 0.05, 1.0, of.weight_of_reading, "+", "what comes along the new ties weighs more")),
)
