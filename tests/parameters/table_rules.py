"""Rules of adoption and of belief, and motives to post."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import CONTACTS, MARKET, OWNERS, policy

REPEAT = ("scenario=baseline", "population.size=300", "steps=12", "adoption.p=0.5", "adoption.choice_scale=0.2",
          "adoption.repurchase_interval=4")
THRESHOLD = (*CONTACTS, "adoption=threshold", "population.threshold_mean=0.3", "adoption.p=0.05", "steps=4")
ONCE = (*CONTACTS, "adoption=cascade", "adoption.attempts=once", "adoption.q=0.3")


def rule(kind, name, low, high, output, direction, why, world=None, **more):
    """Return a row about a rule of contact."""
    return Row(f"adoption.{name}", world or (*CONTACTS, f"adoption={kind}", "adoption.p=0.02", "adoption.q=0.2"),
               low, high, output, direction, why, kind=kind, **more)


def contact(kind, world):
    """Return the rows that every rule of contact has."""
    return (
        rule(kind, "p", 0.0, 0.2, of.adopters, "+", "advertising alone makes people buy", world),
        rule(kind, "p_decay", 0.2, 1.0, of.adopters, "+", "advertising that fades reaches fewer",
             (*world, "adoption.p=0.1")),
        rule(kind, "q", 0.02, 0.5, of.adopters, "+", "owners convince more", world),
        rule(kind, "price_gate", False, True, of.adopters, "-", "who finds it too dear does not buy", world),
    )


def activation(kind, world, direction="+", why="who comes later in a step follows those before"):
    """Return the row about who sees whom within a step."""
    return rule(kind, "activation", "synchronous", "sequential", of.adopters, direction, why, world, seeds=2)


BASS = (*CONTACTS, "adoption=bass", "adoption.p=0.05", "adoption.q=0.5")
CASCADE = (*CONTACTS, "adoption=cascade", "adoption.p=0.03", "adoption.q=0.2")
NEGATIVE = (*CONTACTS, "adoption=cascade_negative", "adoption.p=0.05", "adoption.q=0.2", "adoption.dissatisfied=0.05")

ADOPTION = (
    *(Row(f"adoption.{name}", world, low, high, output, direction, why, kind="consider")
      for name, world, low, high, output, direction, why in (
        ("p", MARKET, 0.0, 0.2, of.sales, "+", "advertising starts considerations"),
        ("p_decay", MARKET, 0.5, 1.0, of.sales, "+", "advertising that fades reaches fewer"),
        ("q", (*MARKET, "population.reservation_mean=0.5", "adoption.p=0.02"), 0.0, 1.0, of.sales, "+",
         "good reviews remind people to consider"),
        ("choice_scale", (*MARKET, "population.reservation_mean=1"), 0.01, 0.5, of.sales, "+",
         "where belief is too low, only the shock of taste lets people buy"),
        ("price_weight", (*MARKET, "brands.alpha.price=100"), 0.0, 1.0, of.sales_of_alpha, "-",
         "a price above the reference deters"),
        ("loyalty", REPEAT, 0.0, 1.0, of.repeat_purchases, "+", "owners stay with their brand"),
        ("taste_known", (*MARKET, "population.taste_sd=0.2"), 0.0, 2.0, of.taste_of_owners, "+",
         "who knows the own taste buys what fits"),
        ("taste_draw", (*MARKET, "adoption.p=0.5"), "persistent", "each_decision", of.sales, "+",
         "who refused once may buy when the taste is drawn anew"),
        ("repurchase_interval", REPEAT, 3, 10, of.repeat_purchases, "-", "owners decide again more rarely"),
    )),
    *contact("bass", BASS),
    activation("bass", BASS),
    rule("bass", "combine", "independent", "sum", of.adopters, "+", "p + q s exceeds 1 - (1 - p)(1 - q s)",
         (*BASS, "adoption.p=0.3", "adoption.q=0.9", "steps=3"), seeds=4),
    *contact("cascade", CASCADE),
    activation("cascade", CASCADE),
    rule("cascade", "attempts", "once", "every_step", of.adopters, "+", "who may try again convinces more", CASCADE),
    rule("cascade", "tie_draw", "directed", "undirected", of.who_adopted, "changes",
         "u -> v and v -> u share one draw", ONCE),
    *contact("cascade_negative", NEGATIVE),
    activation("cascade_negative", NEGATIVE, "-", "warnings travel within the step (configs/adoption)"),
    rule("cascade_negative", "m", 0.0, 10.0, of.adopters, "-", "warnings are heard more often",
         (*NEGATIVE, "adoption.dissatisfied=0.5")),
    rule("cascade_negative", "dissatisfied", 0.0, 0.9, of.adopters, "-", "disappointed buyers warn others", NEGATIVE),
    *contact("threshold", THRESHOLD),
    activation("threshold", THRESHOLD),
)

READERS = (*OWNERS, "talk.base=3")


def believers(kind):
    """Return owners who read a lot, under one rule of belief."""
    return (*READERS, f"belief={kind}")


def belief(kind, name, low, high, output, direction, why, *more):
    """Return a row about a rule of belief."""
    return Row(f"belief.{name}", (*believers(kind), *more), low, high, output, direction, why, kind=kind)


BELIEF = (
    belief("evidence", "prior_confidence", 0.5, 15.0, of.movement_of_beliefs, "-", "the sure are hard to move"),
    belief("evidence", "memory", 0.3, 1.0, of.movement_of_beliefs, "-", "who forgets is moved by what comes"),
    belief("evidence", "confidence_max", 2.0, 100.0, of.mean_confidence, "+", "nobody is surer than this"),
    belief("fixed_confidence", "prior_confidence", 0.5, 15.0, of.movement_of_beliefs, "-",
           "the sure are hard to move"),
    Row("belief.prior_confidence", (*MARKET, "belief=anchored", "population.prior_mean=0.8"), 0.1, 50.0,
        of.credit_to("carried_belief"), "+",
        "it weighs the belief held against the reviews read when a sale is credited", kind="anchored"),
    belief("anchored", "openness", 0.0, 1.0, of.movement_of_beliefs, "+", "the open follow others"),
    belief("bounded", "prior_confidence", 0.5, 15.0, of.movement_of_beliefs, "-", "the sure are hard to move"),
    belief("bounded", "epsilon", 0.02, 1.0, of.movement_of_beliefs, "+", "more reviews are listened to"),
)

OFFER = (*OWNERS, *policy("incentivise", start=1, strength=0.5))


def motive(name, world, *rows):
    """Return the rows of one motive: those that all have, and its own."""
    path = f"motives.{name}"
    return (
        Row(f"{path}.weight", world, 0.1, 1.0, of.reviews_out_of(name), "+", "the motive fires more often", kind=name),
        Row(f"{path}.bias", world, -0.4, 0.4, of.stars_out_of(name), "+", "it shifts the rating", kind=name),
        Row(f"{path}.discount", world, 0.0, 1.0, of.weight_of(name), "-", "readers who notice believe less",
            kind=name),
        *(Row(f"{path}.{key}", world, low, high, output, direction, why, kind=name)
          for key, low, high, output, direction, why in rows),
    )


MOTIVES = (
    *motive("venting", READERS, ("slope", 0.1, 5.0, of.reviews_out_of("venting"), "+", "a shortfall makes more vent")),
    *motive("concern", READERS, ("slope", 0.1, 5.0, of.reviews_out_of("concern"), "+", "a surprise makes more warn")),
    *motive("self_enhancement", READERS,
            ("slope", 0.1, 5.0, of.reviews_out_of("self_enhancement"), "+", "a surplus makes more show it"),
            ("followers_reference", 2, 1e6, of.reviews_out_of("self_enhancement"), "-",
             "where a large audience is usual, a small one does not tempt")),
    *motive("helping_company", READERS,
            ("slope", 0.1, 5.0, of.reviews_out_of("helping_company"), "+", "a good firm makes more help"),
            ("threshold", 0.5, 0.95, of.reviews_out_of("helping_company"), "-", "only a very good firm is helped")),
    *motive("social_benefits", READERS,
            ("level", 0.01, 0.5, of.reviews_out_of("social_benefits"), "+", "more talk for its own sake")),
    *motive("incentive", OFFER),
    *motive("polarity", (*OWNERS, "motives=polarity"),
            ("floor", 0.0, 0.5, of.reviews, "+", "middling experiences are reported too"),
            ("positive", 0.0, 0.9, of.good_reviews, "+", "good extremes are reported"),
            ("negative", 0.0, 0.9, of.bad_reviews, "+", "bad extremes are reported")),
    *motive("everybody", (*OWNERS, "motives=everybody")),
    *motive("opinion", (*OWNERS, "steps=4", "motives=opinion")),
    *motive("on_adoption", (*OWNERS, "motives=on_adoption")),
)
