"""Talking, reading, feeling, and the ladder of loyalty."""

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import MARKET, OWNERS, TALKERS

UNHAPPY = (*OWNERS, "ladder.churn_middle=1", "ladder.churn=0.5", "adoption.q=0", "adoption.p_decay=0.01",
           "motives=everybody")
IDEAS = (*OWNERS, "talk.base=5", "talk.idea_share=0.5", "brands.alpha.organisation.handled_share=1",
         "brands.alpha.organisation.idea_effect=0.5", "brands.alpha.organisation.lead_time=0")
VIRAL = (*OWNERS, "feed.attention=0.3", "feed.reshare=0.2", "feed.novelty=1", "feed.bad_news=1",
         "population.activity_log_mean=0")
SHOP = (*MARKET, "motives=everybody")
NOTICED = (*OWNERS, "motives=everybody", "motives.everybody.discount=0.9")
MODEST = (*OWNERS, "population.prior_mean=0.3", "population.reservation_mean=-1")
LADDER = (*OWNERS, "steps=12", "ladder.rate=0.3")

REVIEWS = (
    Row("talk.base", OWNERS, 0.2, 3.0, of.reviews, "+", "every motive fires more often"),
    Row("talk.rating_noise", TALKERS, 0.0, 0.5, of.distance_of_rating_and_feeling, "+",
        "ratings say less exactly what was felt"),
    Row("talk.lapsed_talk", UNHAPPY, 0, 10, of.reviews, "+", "people who left still talk"),
    Row("talk.expression", TALKERS, "stars", "belief", of.distance_of_words_and_stars, "+",
        "the text says the belief, not the stars"),
    Row("talk.idea_share", OWNERS, 0.0, 1.0, of.ideas, "+", "more posts carry an idea"),
    Row("talk.idea_a", IDEAS, 0.5, 20.0, of.quality_gained, "+", "ideas are stronger"),
    Row("talk.idea_b", IDEAS, 0.5, 20.0, of.quality_gained, "-", "ideas are weaker"),

    Row("feed.attention", OWNERS, 0.1, 0.9, of.feed_reads, "+", "followers read more of what they see"),
    Row("feed.reshare", (*OWNERS, "talk.base=3"), 0.0, 0.1, of.reshares, "+", "readers pass more on"),
    Row("feed.novelty", VIRAL, 0.1, 1.0, of.late_reshares, "+", "old news is passed on like new"),
    Row("feed.bad_news", (*OWNERS, "talk.base=3", "feed.reshare=0.05"), 0.0, 5.0,
        of.reshares_of_bad_news, "+", "bad news travels"),
    Row("feed.generations", VIRAL, 1, 8, of.most_generations, "+", "a review travels farther"),

    Row("site.reads", SHOP, 1, 10, of.site_reads, "+", "who considers reads more"),
    Row("site.memory", SHOP, 1, 100, of.different_reviews_read_on_the_site, "+", "more reviews stand there"),
    Row("site.choice", SHOP, "recent", "helpful", of.expertise_read_on_the_site, "+", "experts come first"),
    Row("site.choice", (*SHOP, "site.memory=2"), "recent", "random", of.different_reviews_read_on_the_site, "+",
        "old reviews are read too"),
    Row("site.strength", SHOP, 0.1, 1.0, of.weight_on_the_site, "+", "reviews of strangers weigh more"),
    Row("site.helpful_votes", SHOP, 0.0, 1.0, of.helpful_votes, "+", "readers vote"),

    Row("reading.evidence", OWNERS, 0.1, 3.0, of.movement_of_beliefs, "+", "reviews count for more"),
    Row("reading.negativity", OWNERS, 0.0, 5.0, of.mean_belief, "-", "reviews below the belief weigh more"),
    Row("reading.credibility_floor", OWNERS, 0.0, 0.6, of.weight_of_reading, "+", "everybody is believed more"),
    Row("reading.credibility_expertise", OWNERS, 0.0, 0.4, of.weight_of_reading, "+", "experts are believed more"),
    Row("reading.detect", NOTICED, 0.0, 1.0, of.weight_of_reading, "-", "readers notice why somebody posts"),
)

LOYALTY = (
    Row("experience.disconfirmation_weight", TALKERS, 0.0, 1.0, of.distance_of_feeling_and_quality, "+",
        "disconfirmation moves what is felt away from what was met"),
    Row("experience.loss_aversion", OWNERS, 0.0, 5.0, of.satisfaction, "-", "shortfalls weigh more"),
    Row("experience.satisfaction_rate", MODEST, 0.0, 1.0, of.satisfaction, "+",
        "who expected little is won over faster"),
    Row("experience.expectation_rate", MODEST, 0.0, 1.0, of.shortfall_and_surplus, "-",
        "expectation follows what was met"),
    Row("experience.own_weight", MODEST, 0.0, 10.0, of.mean_belief, "+", "own good experience moves belief"),

    Row("ladder.rate", LADDER, 0.0, 0.5, of.on_rung("advocate"), "+", "advocacy follows the mood"),
    Row("ladder.rise", LADDER, 0.3, 0.9, of.on_rung("advocate"), "-", "advocates need more advocacy"),
    Row("ladder.fall", LADDER, -0.9, -0.1, of.on_rung("detractor"), "+", "detractors need less"),
    Row("ladder.band", LADDER, 0.0, 0.9, of.on_rung("advocate"), "+", "who is an advocate remains one longer"),
    Row("ladder.reject_below", (*MARKET, "population.prior_sd=0.3"), 0.1, 0.9, of.on_rung("rejecter"), "+",
        "more of those who know the brand reject it"),
    Row("ladder.promoter", LADDER, 8, 10, of.net_promoter_score, "-", "fewer count as promoters"),
    Row("ladder.detractor", LADDER, 4, 8, of.net_promoter_score, "-", "more count as detractors"),
    Row("ladder.churn", (*LADDER, "ladder.churn_middle=0.8"), 0.0, 0.5, of.on_rung("lapsed"), "+",
        "the dissatisfied leave"),
    Row("ladder.churn_middle", LADDER, 0.2, 0.95, of.on_rung("lapsed"), "+", "less dissatisfied people leave too"),
    Row("ladder.churn_scale", (*LADDER, "ladder.churn=0.5"), 0.01, 1.0, of.on_rung("lapsed"), "+",
        "above the middle a soft border lets more leave"),
)
