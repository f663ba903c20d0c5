"""The worlds in which engine and reference are compared: small, lively, and each with something special."""

from __future__ import annotations

LIVELY = (
    "scenario=baseline",
    "population.size=60", "steps=14", "adoption.p=0.1", "feed.reshare=0.08", "population.employee_share=0.05",
    "population.influencer_share=0.05", "population.expert_share=0.1", "population.reservation_mean=0.62",
    "adoption.repurchase_interval=5", "output.ledger=full", "talk.base=2.5")
COMMUNITIES = ("network.communities=4", "network.neighbours=4", "network.influencers=0.04",
               "network.influencer_base=4")
WHEN = "brands.alpha.processes.delivery"


def seed_of(name, brand, count, by, people="[]"):
    """Return the override that gives a brand to somebody at step 0."""
    return f"+population.seeds.{name}={{brand: {brand}, count: {count}, by: {by}, people: {people}}}"


WORLDS = {
    "default rules": (),
    "three brands and the taste is known": (
        "+firm@brands.gamma=retail", "population.taste_sd=0.1", "adoption.taste_known=0.7"),
    "one brand": ("~brands.beta",),
    "one brand with a shock, a set failure and a viral time": (
        "~brands.beta", "feed.reshare=0.12", "network.influencers=0.0",
        "+events.strike={kind: shock, brand: alpha, process: delivery, start: 3, stop: 8, quality: 0.4, failure: 0.3}",
        "+events.again={kind: shock, brand: alpha, process: delivery, start: 5, stop: 6, quality: 0.2, failure: 0.3}",
        "+events.broken={kind: set_failure, brand: alpha, process: product, start: 6, stop: 9, value: 0.6}",
        "+events.good={kind: set_quality, brand: alpha, process: product, start: 8, stop: 12, value: 0.97}",
        "+events.craze={kind: viral, brand: alpha, start: 4, stop: 12, factor: 4.0}"),
    "people and processes that fall silent": (
        "talk.base=10", "feed.reshare=0.1", "network.influencers=0.0",
        *(f"+events.mute_{who}={{kind: silence_person, brand: {brand}, person: '{who}', start: 2, stop: 9, "
          f"reshares: {reshares}}}" for who, brand, reshares in
          ((3, "alpha", "true"), (8, "alpha", "false"), (8, "beta", "true"), (21, "beta", "true"),
           (34, "alpha", "true"), (40, "alpha", "false"))),
        "+events.held_out={kind: no_advertising, brand: beta, share: 0.4, start: 2, stop: 7}",
        "+events.taboo={kind: silence_process, brand: alpha, process: delivery, start: 4, stop: 8}"),
    "a late launch and promises": (
        "brands.alpha.promise=0.3", "brands.beta.promise=0.1", "steps=18", "adoption.p_decay=0.97",
        "+events.late={kind: launch, brand: beta, step: 6}"),
    "many leave and still talk": (
        "ladder.churn=0.6", "ladder.churn_middle=0.75", "ladder.churn_scale=0.1", "talk.lapsed_talk=3",
        "site.memory=6", "steps=20", "adoption.repurchase_interval=9"),
    "a site that shows the most helpful reviews": (
        "site.choice=helpful", "site.memory=12", "reading.detect=0.5", "motives.venting.discount=0.4",
        "motives.concern.discount=0.2", "reading.negativity=2.0", "site.helpful_votes=0.8"),
    "a site at random, a choice drawn anew, people who post in many ways": (
        "site.choice=random", "adoption.taste_draw=each_decision", "adoption.repurchase_interval=3",
        "output.credit_depth=2", "talk.base=10", "talk.idea_share=0.6"),
    "processes with little capacity, met again after a failure": (
        "brands.alpha.processes.product.capacity=3", "brands.alpha.processes.delivery.capacity=1.5",
        "brands.beta.processes.support.capacity=0", "brands.alpha.processes.product.when.after_failure=0.9",
        "brands.alpha.processes.billing.when.every=2", "brands.beta.processes.delivery.salience=5.0",
        "population.taste_sd=0.1"),
    "fixed confidence, and everybody posts": ("belief=fixed_confidence", "motives=everybody"),
    "anchored opinions stated by everybody": (
        "belief=anchored", "motives=opinion", "talk.expression=belief", "steps=8", "population.size=40",
        "feed.reshare=0.02"),
    "bounded confidence on meetings": (
        "belief=bounded", "motives=opinion", "talk.expression=belief", "network=ring",
        "network.meetings.kind=matching",
        "+network.meetings.strength=0.7", "steps=10", "population.size=41", "feed.reshare=0.0",
        "+events.late={kind: launch, brand: beta, step: 4}"),
    "extreme experiences, seeded everywhere": (
        "motives=polarity", "adoption.p=0.02",
        seed_of("few", "alpha", 8, "random"), seed_of("hubs", "beta", 3, "degree"),
        seed_of("named", "beta", 0, "list", "['5', '17']"), seed_of("around", "alpha", 6, "ball", "['30']")),
    "brands that listen badly and fix": (
        "brands.alpha.listening.site_access=false", "brands.alpha.listening.topic_error=0.4", "steps=20",
        "brands.beta.listening.sentiment_error=0.3", "brands.beta.listening.corrected=true", "talk.base=6",
        "brands.alpha.budget=1500", "brands.beta.budget=900",
        "+policy@brands.alpha.policies.first=fix_named", "brands.alpha.policies.first.start=6",
        "brands.alpha.policies.first.stop=9", "brands.alpha.policies.first.spend=1000000",
        "+policy@brands.alpha.policies.worst=fix_worst", "brands.alpha.policies.worst.start=3",
        "brands.alpha.policies.worst.min_volume=1.5", "brands.alpha.policies.worst.review_every=9",
        "brands.alpha.policies.worst.lead_time=1", "+policy@brands.beta.policies.named=fix_named",
        "brands.beta.policies.named.start=2", "brands.beta.policies.named.limit=2500",
        "+policy@brands.alpha.policies.answer=recover", "brands.alpha.policies.answer.start=2",
        "brands.alpha.policies.answer.per_step=2", "+policy@brands.alpha.policies.pay=incentivise",
        "brands.alpha.policies.pay.start=4", "+policy@brands.beta.policies.shout=advertise"),
    "two brands seed the same people": (
        "brands.alpha.budget=500", "brands.beta.budget=350", "adoption.p=0.05",
        "+policy@brands.alpha.policies.hubs=seed_influencers", "brands.alpha.policies.hubs.count=8",
        "+policy@brands.beta.policies.hubs=seed_influencers", "brands.beta.policies.hubs.start=1",
        "+policy@brands.beta.policies.experts=seed_experts", "brands.beta.policies.experts.start=8",
        "+policy@brands.alpha.policies.lot=seed_random", "brands.alpha.policies.lot.start=4"),
    "units that work on tickets": (
        "organisation@brands.alpha.organisation=silo", "organisation@brands.beta.organisation=collaborative",
        "talk.base=10", "talk.idea_share=0.6", "steps=20", "population.employee_share=0.2",
        "brands.alpha.organisation.bounce_delay=1.3", "brands.alpha.organisation.lead_time=1",
        "brands.alpha.organisation.units.goods.inflow=3.0", "brands.alpha.organisation.units.goods.service_time=0.9",
        "brands.beta.organisation.units.logistics.order=reach", "brands.beta.organisation.units.logistics.servers=1",
        "brands.beta.organisation.units.logistics.service=fixed", "brands.beta.organisation.units.logistics.inflow=1.5",
        "brands.beta.organisation.units.logistics.service_time=0.8", "brands.beta.organisation.handled_share=0.9"),
    "everything at once": (
        "feed.reshare=0.4", "feed.attention=0.4", "feed.novelty=0.6", "talk.base=10", "talk.idea_share=0.5", "steps=20",
        "talk.lapsed_talk=2", "ladder.churn=0.3", "ladder.churn_middle=0.6", "population.taste_sd=0.1",
        "output.credit_depth=2", "brands.alpha.promise=0.2", "adoption.p=0.05",
        seed_of("few", "alpha", 4, "random"),
        "brands.beta.budget=300", "brands.beta.initial_budget=450", "+policy@brands.beta.policies.experts=seed_experts",
        "brands.beta.policies.experts.start=6", "+policy@brands.beta.policies.shout=advertise",
        "brands.beta.policies.shout.start=9",
        "+events.strike={kind: shock, brand: beta, process: delivery, start: 5, stop: 9, quality: 0.3, failure: 0.4}"),
    "everybody decides again in every other step": ("adoption.repurchase_interval=2", "steps=8", "adoption.loyalty=0.1",
                                                    seed_of("few", "beta", 10, "random")),
    "telling once, at the purchase": ("motives=on_adoption", "talk.rating_noise=0.3"),
}


def overrides_of(name):
    """Return the overrides of a world."""
    special = WORLDS[name]
    network = () if any(line.startswith("network=") for line in special) else COMMUNITIES
    return LIVELY + network + special


def seeds_of(name):
    """Return the seeds of a world: three of twenty, so that every seed comes up in two worlds or more."""
    place = list(WORLDS).index(name)
    return [1 + (3 * place + shift) % 20 for shift in range(3)]
