"""Events: what happens to the market from outside."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import MARKET, OWNERS

EVENT = "events.it"
DAILY = (*OWNERS, "brands.alpha.processes.delivery.when.rate=0.5", "brands.beta.processes.delivery.when.rate=0.5")


def world(text, base=DAILY):
    """Return a world with one event, called ``it``."""
    return (*base, f"+{EVENT}={{{text}}}")


SHOCK = world("kind: shock, brand: alpha, process: delivery, start: 3, stop: 6, quality: 0.2, failure: 0.4")
FAILURE = world("kind: set_failure, brand: alpha, process: delivery, start: 3, stop: 6, value: 0.9")
QUALITY = world("kind: set_quality, brand: alpha, process: delivery, start: 3, stop: 6, value: 0.1")
LAUNCH = world("kind: launch, brand: alpha, step: 12", MARKET)
VIRAL = world("kind: viral, brand: alpha, start: 3, stop: 6, factor: 5",
              (*OWNERS, "talk.base=3", "feed.reshare=0.05"))
TALK = (*OWNERS, "motives=everybody", "feed.reshare=0.1", "network.influencers=0.0",
        *(f"brands.{brand}.processes.{process}.when.rate=0.5" for brand in ("alpha", "beta")
          for process in ("delivery", "product")))
MUTE = world("kind: silence_person, brand: alpha, person: '0', start: 3, stop: 6, reshares: true", TALK)
TABOO = world("kind: silence_process, brand: alpha, process: delivery, start: 3, stop: 6", TALK)
WITHHELD = world("kind: no_advertising, brand: alpha, start: 3, stop: 12, share: 0.7", MARKET)


def muted(parameter, low, high, direction, why):
    """Return a row about the silence of the person of row 0."""
    return Row(f"{EVENT}.{parameter}", MUTE, low, high, of.posts_of_the_first_about_alpha, direction, why,
               kind="silence_person", seeds=8)


def at(kind, base, output, more):
    """Return the rows that every event at a process has; ``more`` says what more of it does to the output."""
    less = "-" if more == "+" else "+"
    return (
        Row(f"{EVENT}.brand", base, "alpha", "beta", output, less, "it hits the other brand", kind=kind),
        Row(f"{EVENT}.process", base, "delivery", "product", output, less, "it hits the other process", kind=kind),
        Row(f"{EVENT}.start", base, 3, 6, output, less, "it begins later", kind=kind),
        Row(f"{EVENT}.stop", base, 3, 8, output, more, "it ends later", kind=kind),
    )


FAILED, GOOD = of.failures_of("delivery"), of.quality_of_delivery_over_time
EVENTS = (
    *at("shock", SHOCK, FAILED, "+"),
    Row(f"{EVENT}.quality", SHOCK, 0.0, 0.8, of.satisfaction_with_alpha, "-", "quality falls by it", kind="shock"),
    Row(f"{EVENT}.failure", SHOCK, 0.0, 0.8, FAILED, "+", "failures rise by it", kind="shock"),
    *at("set_failure", FAILURE, FAILED, "+"),
    Row(f"{EVENT}.value", FAILURE, 0.1, 0.9, FAILED, "+", "so often it fails", kind="set_failure"),
    *at("set_quality", QUALITY, GOOD, "-"),
    Row(f"{EVENT}.value", QUALITY, 0.1, 0.9, of.satisfaction_with_alpha, "+", "so good it is", kind="set_quality"),
    Row(f"{EVENT}.brand", LAUNCH, "alpha", "beta", of.sales_of_alpha, "+", "the other brand is late", kind="launch"),
    Row(f"{EVENT}.step", LAUNCH, 2, 12, of.sales_of_alpha, "-", "alpha is on the market later", kind="launch"),
    Row(f"{EVENT}.brand", VIRAL, "alpha", "beta", of.reshares_of_alpha, "-", "praise of the other brand spreads",
        kind="viral"),
    Row(f"{EVENT}.start", VIRAL, 2, 6, of.reshares_of_alpha, "-", "it begins later", kind="viral"),
    Row(f"{EVENT}.stop", VIRAL, 3, 8, of.reshares_of_alpha, "+", "it ends later", kind="viral"),
    Row(f"{EVENT}.factor", VIRAL, 0.0, 6.0, of.reshares_of_alpha, "+", "praise is passed on more often",
        kind="viral"),
    Row(f"{EVENT}.brand", WITHHELD, "alpha", "beta", of.sales_of_alpha, "+", "the other brand is not advertised",
        kind="no_advertising"),
    Row(f"{EVENT}.start", WITHHELD, 1, 9, of.sales_of_alpha, "+", "it is withheld later",
        kind="no_advertising"),
    Row(f"{EVENT}.stop", WITHHELD, 4, 18, of.sales_of_alpha, "-", "it is withheld longer",
        kind="no_advertising"),
    Row(f"{EVENT}.share", WITHHELD, 0.1, 0.9, of.sales_of_alpha, "-", "it is withheld from more people",
        kind="no_advertising"),
    *at("silence_process", TABOO, of.reviews_about_delivery_of_alpha, "-"),
    muted("brand", "alpha", "beta", "+", "silent about the other brand"),
    muted("person", "0", "7", "+", "somebody else is silent"),
    muted("start", 2, 6, "+", "falls silent later"),
    muted("stop", 3, 8, "-", "stays silent longer"),
    muted("reshares", False, True, "-", "passes nothing on either"),
)
