"""Brands: their offer, processes, listening and organisation."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import MARKET, OWNERS, TALKERS, policy

ALPHA = "brands.alpha"
DELIVERY = f"{ALPHA}.processes.delivery"
PRODUCT = f"{ALPHA}.processes.product"
BREAKS = (*OWNERS, f"{PRODUCT}.failure_rate=0.5", f"{PRODUCT}.when.rate=0.5")
CROWDED = (*OWNERS, f"{PRODUCT}.when.rate=1", f"{PRODUCT}.capacity=5", f"{PRODUCT}.congestion=0.8")
ADVERTISED = (*MARKET, *policy("advertise", start=1, amount=0.2))
INVESTED = (*OWNERS, *policy("fix_named", start=1, process="delivery", spend=2000, lead_time=0))
IDEAS = (*OWNERS, "talk.base=5", "talk.idea_share=1", f"{ALPHA}.organisation.handled_share=1",
         f"{ALPHA}.organisation.idea_effect=0.5", f"{ALPHA}.organisation.lead_time=0")

BRANDS = (
    Row(f"{ALPHA}.price", MARKET, 20, 150, of.sales_of_alpha, "-", "a high price deters"),
    Row(f"{ALPHA}.reference_price", MARKET, 20, 150, of.sales_of_alpha, "+", "the same price seems lower"),
    Row(f"{ALPHA}.unit_margin", MARKET, -5, 30, of.profit, "+", "every sale earns more"),
    Row(f"{ALPHA}.promise", (*OWNERS, "population.prior_mean=0.6"), 0.0, 1.0, of.satisfaction_with_alpha, "-",
        "a promise makes people expect what they do not get"),
    Row(f"{ALPHA}.budget", ADVERTISED, 0, 1000, of.spent_on("advertise"), "+", "policies need money"),
    Row(f"{ALPHA}.initial_budget", (*ADVERTISED, f"{ALPHA}.budget=0"), 0, 1000, of.spent_on("advertise"), "+",
        "money at hand is spent as well"),

    Row(f"{PRODUCT}.quality", TALKERS, 0.3, 0.95, of.satisfaction_with_alpha, "+", "good products please"),
    Row(f"{PRODUCT}.spread", TALKERS, 0.0, 0.5, of.spread_of_met_quality, "+", "products differ"),
    Row(f"{PRODUCT}.failure_rate", TALKERS, 0.0, 0.8, of.satisfaction_with_alpha, "-", "failures disappoint"),
    Row(f"{PRODUCT}.failure_quality", BREAKS, 0.0, 0.8, of.satisfaction_with_alpha, "+", "failures hurt less"),
    Row(f"{PRODUCT}.failure_spread", BREAKS, 0.0, 0.5, of.spread_of_failed_quality, "+", "failures differ"),
    Row(f"{PRODUCT}.when.on_purchase", OWNERS, False, True, of.met("product"), "+", "buyers meet it"),
    Row(f"{PRODUCT}.when.rate", OWNERS, 0.0, 0.8, of.met("product"), "+", "owners meet it now and then"),
    Row(f"{ALPHA}.processes.support.when.after_failure", BREAKS, 0.02, 0.9, of.met("support"), "+",
        "after a failure people call"),
    Row(f"{ALPHA}.processes.billing.when.every", OWNERS, 5, 1, of.met("billing"), "+", "bills come more often"),
    Row(f"{ALPHA}.processes.billing.when.every", OWNERS, 0, 5, of.met("billing"), "+", "0 is never"),
    Row(f"{PRODUCT}.salience", OWNERS, 0.1, 5.0, of.reviews_about("product"), "+", "it is what people talk about"),
    Row(f"{PRODUCT}.capacity", CROWDED, 5, "unlimited", of.satisfaction_with_alpha, "+", "nobody has to wait"),
    Row(f"{PRODUCT}.congestion", CROWDED, 0.0, 1.0, of.satisfaction_with_alpha, "-", "crowds spoil it"),
    Row(f"{PRODUCT}.unit_cost", OWNERS, 0.0, 10.0, of.cost, "+", "every delivery costs"),
    Row(f"{DELIVERY}.failure_floor", INVESTED, 0.0, 0.1, of.failures_avoided, "-", "money cannot remove the rest"),
    Row(f"{DELIVERY}.quality_ceiling", IDEAS, 0.8, 1.0, of.quality_gained, "+", "ideas have room"),
    Row(f"{DELIVERY}.spend_scale", INVESTED, 1000, 100000, of.failures_avoided, "-", "repairs are dearer"),
)

LISTEN = f"{ALPHA}.listening"
HEARS = (*OWNERS, f"{LISTEN}.memory=1")
BACK_OFFICE = f"{ALPHA}.organisation"
AT_WORK = (*OWNERS, "talk.base=3", f"{BACK_OFFICE}.handled_share=1", f"{BACK_OFFICE}.lead_time=0",
           f"{BACK_OFFICE}.fix_effect=5", "brands.alpha.listening.sentiment_error=0",
           "brands.alpha.listening.topic_error=0", f"{BACK_OFFICE}.routing_accuracy=1")
ASTRAY = (*AT_WORK, f"{BACK_OFFICE}.routing_accuracy=0")
LOGISTICS = f"{BACK_OFFICE}.units.logistics"
BUSY = (*AT_WORK, f"{LOGISTICS}.servers=1", f"{LOGISTICS}.service_time=0.3")

LISTENING = (
    Row(f"{LISTEN}.coverage", (*HEARS, f"{LISTEN}.site_access=false"), 0.1, 0.9, of.reviews_seen, "+",
        "more reviews are found"),
    Row(f"{LISTEN}.site_access", (*HEARS, f"{LISTEN}.coverage=0.1"), False, True, of.reviews_seen, "+",
        "the whole site is read"),
    Row(f"{LISTEN}.sentiment_error", HEARS, 0.0, 0.45, of.estimated_score, "-",
        "where most reviews are good, errors make the score look worse"),
    Row(f"{LISTEN}.topic_error", AT_WORK, 0.0, 0.9, of.tickets_by("wrong"), "+", "complaints go to the wrong unit"),
    Row(f"{LISTEN}.author_resolution", HEARS, 0.1, 0.9, of.people_known, "+", "more authors are recognised"),
    Row(f"{LISTEN}.memory", OWNERS, 0.0, 1.0, of.reviews_seen, "+", "what was seen is kept"),
    Row(f"{LISTEN}.corrected", (*HEARS, f"{LISTEN}.sentiment_error=0.3"), False, True, of.estimated_score, "+",
        "where most reviews are good, the correction restores the score"),
)

ORGANISATION = (
    Row(f"{BACK_OFFICE}.handled_share", AT_WORK, 0.1, 1.0, of.tickets, "+", "triage takes more up"),
    Row(f"{BACK_OFFICE}.routing_accuracy", AT_WORK, 0.1, 1.0, of.tickets_by("wrong"), "-",
        "feedback finds its unit"),
    Row(f"{BACK_OFFICE}.bounce_delay", ASTRAY, 0.5, 4.0, of.tickets_finished, "-", "the wrong unit keeps it long"),
    Row(f"{BACK_OFFICE}.lead_time", AT_WORK, 0, 4, of.failures_avoided, "-", "repairs come later"),
    Row(f"{BACK_OFFICE}.fix_effect", AT_WORK, 0.1, 10.0, of.failures_avoided, "+", "each complaint mends more"),
    Row(f"{BACK_OFFICE}.idea_effect", IDEAS, 0.01, 0.9, of.quality_gained, "+", "each idea helps more"),
    Row(f"{BACK_OFFICE}.relay", (*OWNERS, "population.employee_share=0.5"), 0.1, 1.0, of.tickets_by("relay"), "+",
        "employees carry what they read"),
    Row(f"{BACK_OFFICE}.ticket_cost", AT_WORK, 1.0, 20.0, of.spent_on("ticket"), "+", "work costs"),
    Row(f"{LOGISTICS}.processes", AT_WORK, ["delivery"], ["delivery", "product"], of.tickets_of_unit("logistics"),
        "+", "the unit answers for one process more", also={f"{BACK_OFFICE}.units.goods.processes": []}),
    Row(f"{LOGISTICS}.servers", BUSY, 1, 20, of.waiting_time, "-", "more hands, shorter queues"),
    Row(f"{LOGISTICS}.service_time", BUSY, 0.05, 0.5, of.time_to_finish, "+", "each ticket takes longer"),
    Row(f"{LOGISTICS}.service", BUSY, "fixed", "exponential", of.spread_of_work, "+", "some tickets take long"),
    Row(f"{LOGISTICS}.order", (*BUSY, f"{LOGISTICS}.service_time=0.6", "network=barabasi_albert"),
        "first_come", "reach", of.reach_of_finished_tickets, "+", "the widest reach is served first"),
    Row(f"{LOGISTICS}.inflow", BUSY, 0.0, 10.0, of.tickets_finished, "-", "outside tickets keep the unit busy"),
)
