"""Where the numbers of the default run come from; everything that is not named here is an assumption."""

FIXED = {
    "steps": "length of the run", "step_days": "a week", "quiet_steps": "ends quiet runs only",
    "value.discount_rate": "Goldenberg et al. (2007) discount by 10 % a year; for money only",
    "output": "bookkeeping", "population.size": "size of the market", "ladder.promoter": "definition of the score",
    "ladder.detractor": "definition of the score", "brands.alpha.price": "unit of account: price = reference",
    "brands.alpha.reference_price": "unit of account: price = reference",
    "brands.alpha.unit_margin": "unit of account", "brands.alpha.budget": "nobody acts",
    "adoption.p_decay": "1: advertising does not fade",
    "talk.lapsed_talk": "switched off", "population.taste_sd": "switched off", "adoption.taste_known": "switched off",
    "population.threshold_mean": "for the rule threshold only",
    "population.threshold_sd": "for the rule threshold only",
    "population.willingness_min": "for the price gate only", "population.willingness_max": "for the price gate only",
    "brands.alpha.promise": "switched off", "motives.incentive": "nobody pays for reviews",
}
"""Definitions, units and parts that the baseline does not use."""

PUBLISHED = {
    "experience.loss_aversion": "Tversky & Kahneman (1992), median of their subjects",
    "feed.bad_news": "direction only: bad news travels further; size assumed",
    "reading.negativity": "East, Hammond & Lomax (2008): no extra weight on average",
    "population.influencer_activity": "Hinz et al. (2011): hubs take part more; size assumed",
    "brands.alpha.listening.sentiment_error": "about the error of classifiers in SemEval-2017",
}
"""The number itself, or its sign, stands in the source."""

CALIBRATED = {
    "population.reservation_mean": "level of adoption, 44 to 58 %",
    "population.reservation_sd": "shape of the curve of adoption",
    "population.prior_mean": "level of adoption",
    "adoption.p": "half-years of new adopters; word of mouth triggers most sales",
    "adoption.q": "level of adoption", "adoption.choice_scale": "shape of the curve of adoption",
    "feed.attention": "word of mouth triggers most sales",
    "talk.base": "5.5 to 7.5 % of experiences are reviewed",
    "talk.rating_noise": "two and three stars are not empty",
    "motives.venting.slope": "one-star reviews, 14.5 to 18.5 %",
    "motives.helping_company.threshold": "least posting at a satisfaction of .7 to .8",
    "motives.helping_company.slope": "five-star reviews, 48 to 53 %",
    "motives.social_benefits.level": "posting never stops",
    "experience.satisfaction_rate": "net promoter score, 13 to 20",
    "experience.disconfirmation_weight": "two stars are not empty",
    "belief.prior_confidence": "one review never is the whole belief",
    "brands.alpha.processes": "share of one star, score, effect of repair",
    "population.activity_log_mean": "5.5 to 7.5 % of experiences are reviewed",
}
"""Chosen so that the baseline keeps the bands of docs/decisions/0007-defaults.md."""
