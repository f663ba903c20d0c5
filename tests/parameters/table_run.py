"""The run, the population at its start, and what is written."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import CONTACTS, MARKET, OWNERS

SEEDS = (*CONTACTS, "adoption=cascade", "adoption.p=0", "adoption.q=0.1")
CASCADE_THAT_DIES = (*SEEDS, "adoption.q=0.01", "steps=30", "quiet_steps=2",
                     "+population.seeds.first={brand: alpha, count: 5, by: random, people: []}")
TWO_BRANDS = tuple(word for word in SEEDS if word != "~brands.beta")
FIRST = "population.seeds.first"
RANDOM = f"+{FIRST}={{brand: alpha, count: 5, by: random, people: []}}"
LISTED = f"+{FIRST}={{brand: alpha, count: 0, by: list, people: ['3']}}"
BALL = f"+{FIRST}={{brand: alpha, count: 9, by: ball, people: ['3']}}"
LIVELY_HUBS = (*OWNERS, "population.activity_max=100", "population.influencer_activity=10", "talk.base=0.5")
EXPERTS = (*OWNERS, "population.reservation_mean=0.6", "site.helpful_votes=1", "reading.credibility_floor=0",
           "population.expert_share=0.5")
THRESHOLD = (*CONTACTS, "adoption=threshold", "adoption.p=0.1", "population.threshold_mean=0.4")
GATE = (*CONTACTS, "adoption=bass", "adoption.price_gate=true")

RUN = (
    Row("name", (*OWNERS, "population.size=200", "steps=2"), "one", "two", of.scenario_in_the_tables, "changes",
        "the name of the scenario labels the summary and every row of the time series"),
    Row("seed", OWNERS, 1, 2, of.history, "changes", "all luck follows from the seed"),
    Row("steps", MARKET, 5, 20, of.sales, "+", "a longer run has more sales"),
    Row("step_days", MARKET, 7, 365, of.present_value, "-", "the longer a step, the later and the more discounted"),
    Row("until", CASCADE_THAT_DIES, "steps", "quiet", of.steps_done, "-", "a quiet market ends the run early"),
    Row("quiet_steps", (*CASCADE_THAT_DIES, "until=quiet"), 2, 10, of.steps_done, "+", "it waits longer for news"),
    Row("without", OWNERS, [], ["exposure"], of.feed_reads, "-", "without the phase exposure nobody reads"),
    Row("value.discount_rate", MARKET, 0.0, 2.0, of.present_value, "-", "future profit is worth less"),
    Row("metrics.adoption", (*OWNERS, "steps=4"), False, True, of.rows_of_the_series, "+",
        "a metric that is recorded stands in the time series"),
    Row("output.ledger", OWNERS, "conversions", "full", of.tables_kept, "+", "only full keeps the readings"),
    Row("output.ledger", OWNERS, "none", "conversions", of.tables_kept, "+", "none keeps no credits"),
    Row("output.credit_depth", (*MARKET, "site.reads=8"), 1, 50, of.credit_to("older"), "-",
        "with more reads kept per sale less is left to the rest"),
    Row("output.tables", (*OWNERS, "population.size=200", "steps=2"), "parquet", "csv", of.files_written, "changes",
        "the files are of the other format"),
)

POPULATION = (
    Row("population.size", MARKET, 200, 400, of.sales, "+", "more people buy more"),
    Row(f"{FIRST}.brand", (*TWO_BRANDS, RANDOM), "alpha", "beta", of.owners_of_alpha, "-",
        "who starts with beta recommends beta"),
    Row(f"{FIRST}.count", (*SEEDS, RANDOM), 2, 20, of.adopters, "+", "more seeds, more adopters"),
    Row(f"{FIRST}.by", (*SEEDS, RANDOM), "random", "degree", of.followers_of_first_owners, "+",
        "by degree the people with most followers start"),
    Row(f"{FIRST}.people", (*SEEDS, LISTED), ["3"], ["3", "4", "5", "6"], of.adopters, "+", "more people listed"),
    Row(f"{FIRST}.people", (*SEEDS, BALL), ["3"], ["4"], of.first_owners, "changes", "the centre of the ball moves"),
    Row("population.influencer_share", LIVELY_HUBS, 0.0, 0.3, of.reviews, "+", "influencers take part more"),
    Row("population.influencer_by", (*LIVELY_HUBS, "population.influencer_share=0.05"), "random", "followers",
        of.readers_of_influencers, "+", "people with many followers have more readers"),
    Row("population.influencer_list", (*LIVELY_HUBS, "population.influencer_by=list",
                                       "population.influencer_list=['1']"),
        ["1"], [str(i) for i in range(60)], of.reviews, "+", "those on the list take part more"),
    Row("population.influencer_activity", (*LIVELY_HUBS, "population.influencer_share=0.2"), 0.0, 10.0,
        of.reviews_by_influencers, "+", "it multiplies their activity"),
    Row("population.expert_share", (*EXPERTS, "population.expert_share=0"), 0.0, 0.9, of.helpful_votes, "+",
        "reviews of experts are found helpful"),
    Row("population.expert_expertise", EXPERTS, 0.0, 1.0, of.helpful_votes, "+",
        "the more expertise, the more helpful"),
    Row("population.employee_share", (*OWNERS, "brands.alpha.organisation.relay=1"), 0.0, 0.5,
        of.tickets_by("relay"), "+", "employees carry what they read"),
    Row("population.activity_log_mean", OWNERS, -3.0, 0.5, of.reviews, "+", "more active people post more"),
    Row("population.activity_log_sd", (*OWNERS, "population.activity_log_mean=-3", "population.activity_max=100"),
        0.0, 2.0, of.reviews, "+", "the mean of a lognormal grows with its spread"),
    Row("population.activity_max", OWNERS, 0.1, 2.0, of.reviews, "+", "a higher cap lets the active post more"),
    Row("population.expertise_a", EXPERTS, 0.5, 20.0, of.helpful_votes, "+", "the mean of a Beta grows with a"),
    Row("population.expertise_b", EXPERTS, 0.5, 20.0, of.helpful_votes, "-", "the mean of a Beta falls with b"),
    Row("population.susceptibility_mean", OWNERS, 0.4, 1.8, of.weight_of_reading, "+", "reviews weigh more"),
    Row("population.susceptibility_sd", OWNERS, 0.0, 1.0, of.spread_of_weights, "+", "they weigh differently"),
    Row("population.susceptibility_min", OWNERS, 0.0, 1.9, of.weight_of_reading, "+", "nobody is below"),
    Row("population.susceptibility_max", OWNERS, 0.3, 2.0, of.weight_of_reading, "+", "nobody is above"),
    Row("population.reservation_mean", MARKET, 0.5, 0.9, of.sales, "-", "demanding people buy less"),
    Row("population.reservation_sd", (*MARKET, "population.reservation_mean=0.95"), 0.0, 0.4, of.sales, "+",
        "where the mean is too demanding, differences let some buy"),
    Row("population.prior_mean", MARKET, 0.4, 0.9, of.sales, "+", "people who think well of a brand buy"),
    Row("population.prior_sd", MARKET, 0.0, 0.3, of.spread_of_beliefs, "+", "people differ from the start"),
    Row("population.motive_a", OWNERS, 0.3, 10.0, of.reviews, "+", "the mean weight of motives grows with a"),
    Row("population.motive_b", OWNERS, 0.3, 10.0, of.reviews, "-", "the mean weight of motives falls with b"),
    Row("population.response_style_sd", OWNERS, 0.0, 3.0, of.spread_of_recommendation, "+",
        "the same mood, other points"),
    Row("population.taste_sd", OWNERS, 0.0, 0.3, of.spread_of_satisfaction, "+", "it fits some and not others"),
    Row("population.threshold_mean", THRESHOLD, 0.1, 0.9, of.adopters, "-", "high thresholds are rarely reached"),
    Row("population.threshold_sd", (*THRESHOLD, "population.threshold_mean=1"), 0.0, 0.8, of.adopters, "+",
        "where the mean is too high, differences let some follow"),
    Row("population.willingness_min", GATE, 0.0, 90.0, of.adopters, "+", "fewer find the price too high"),
    Row("population.willingness_max", GATE, 30.0, 200.0, of.adopters, "+", "fewer find the price too high"),
)
