"""The small worlds that several tables share."""

MARKET = ("scenario=baseline", "population.size=400", "steps=20", "adoption.p=0.05")
"""Four hundred people, two brands, many advertisements: people buy, talk and read within twenty steps."""

OWNERS = ("scenario=baseline", "population.size=300", "steps=8", "adoption.p=1", "population.reservation_mean=0")
"""Everybody owns a product from step 2 on: many experiences, reviews and readings, and no luck of the market."""

TALKERS = (*OWNERS, "motives=everybody")
"""Everybody owns a product and posts on every experience."""

CONTACTS = ("scenario=baseline", "population.size=400", "steps=6", "adoption.p=0.02", "network=erdos_renyi",
            "network.mean_degree=6", "~brands.beta",
            "without=[experience,review,exposure,belief,ladder,listening,decision,organisation]")
"""Six steps of a rule of contact on a random network; only advertising and contacts matter."""

TIES = ("scenario=baseline", "population.size=200", "steps=1",
        "without=[events,advertising,conversion,experience,review,exposure,belief,ladder,listening,decision,"
        "organisation]")
"""Two hundred people and their ties; nothing happens."""


def policy(kind, **values):
    """Return the overrides that give alpha one policy, called ``plan``, and plenty of money."""
    more = tuple(f"brands.alpha.policies.plan.{name}={value}" for name, value in values.items())
    return (f"+policy@brands.alpha.policies.plan={kind}", "brands.alpha.budget=1000000", *more)
