"""What is measured: functions of a finished model.  Counts are over both brands unless the name says alpha."""

from __future__ import annotations

import tempfile
from pathlib import Path

import networkx as nx
import numpy as np

from simulation.ledger.codes import FEED, SITE, CostItem, Route, Source
from simulation.output.provenance import network_hash
from simulation.population import initial_state
from simulation.world.state import Purchase, Role, Rung

ALPHA, BETA = 0, 1


def named(name, function):
    """Return a function that is called ``name`` in failures."""
    function.__name__ = name
    return function


# ---- the run

def steps_done(model):
    return model.state.step


def scenario_in_the_tables(model):
    return model.results.summary["name"], model.results.timeseries["scenario"].iloc[0]


def history(model):
    """Return all figures of alpha as text, in which what is not defined equals itself."""
    return str(model.results.summary["alpha"])


def rows_of_the_series(model):
    return len(model.results.timeseries)


def files_written(model):
    with tempfile.TemporaryDirectory() as folder:
        model.results.write(Path(folder))
        return sorted(path.name for path in Path(folder).iterdir())


def tables_kept(model):
    return len(model.results.tables())


# ---- who owns what

def sales(model):
    return int((model.state.ledger.conversions["kind"] != Purchase.SEED).sum())


def sales_of_alpha(model):
    sold = model.state.ledger.conversions
    return int(((sold["kind"] != Purchase.SEED) & (sold["brand"] == ALPHA)).sum())


def repeat_purchases(model):
    return int((model.state.ledger.conversions["kind"] == Purchase.REPEAT).sum())


def adopters(model):
    return int((model.state.adopted_at >= 0).any(axis=1).sum())


def who_adopted(model):
    return np.flatnonzero((model.state.adopted_at >= 0).any(axis=1)).tolist()


def owners_of_alpha(model):
    return int((model.state.owned == ALPHA).sum())


def first_owners(model):
    """Return who owned something at step 0."""
    return np.flatnonzero((model.state.adopted_at == 0).any(axis=1)).tolist()


def followers_of_first_owners(model):
    return float(model.state.ties.out_degree()[first_owners(model)].mean())


def taste_of_owners(model):
    owners = np.flatnonzero(model.state.owned >= 0)
    return float(model.state.taste[owners, model.state.owned[owners]].mean())


def _seeded(model):
    sold = model.state.ledger.conversions
    rows = (sold["kind"] == Purchase.SEED) & (sold["step"] > 0)
    return sold["person"][rows], sold["step"][rows]


def seeded_people(model):
    return _seeded(model)[0].size


def step_of_seeding(model):
    return float(_seeded(model)[1].mean())


def followers_of_the_seeded(model):
    return float(model.state.ties.out_degree()[_seeded(model)[0]].mean())


def votes_won_by_the_engaged(model):
    """Return the mean helpful votes won by the people whom alpha engaged."""
    posts = posts_of(model)
    won = np.bincount(posts["author"], weights=posts["helpful"], minlength=model.state.n)
    return float(won[model.state.engaged[:, ALPHA] > 0].mean())


# ---- reviews

def posts_of(model, generation=0):
    """Return the original reviews as a mapping of columns."""
    posts = model.state.ledger.posts
    rows = posts["generation"] == generation
    return {name: posts[name][rows] for name in ("author", "brand", "process", "stars", "valence", "motive", "idea",
                                                 "quality", "gap", "evaluation", "helpful", "step")}


def reviews(model):
    return posts_of(model)["stars"].size


def good_reviews(model):
    return int((posts_of(model)["stars"] >= 4).sum())


def bad_reviews(model):
    return int((posts_of(model)["stars"] <= 2).sum())


def reviews_below_the_middle(model):
    return int((posts_of(model)["evaluation"] < 0.5).sum())


def reviews_above_the_middle(model):
    return int((posts_of(model)["evaluation"] >= 0.5).sum())


def mean_stars(model):
    return float(posts_of(model)["stars"].mean())


def reviews_by_influencers(model):
    return int((model.state.role[posts_of(model)["author"]] == Role.INFLUENCER).sum())


def readers_of_influencers(model):
    posts = model.state.ledger.posts
    return int(posts["readers"][model.state.role[posts["author"]] == Role.INFLUENCER].sum())


def reviews_out_of(motive):
    """Return the count of reviews written out of one motive."""
    return named(f"reviews_out_of_{motive}",
                 lambda model: int((posts_of(model)["motive"] == model.params.motives[motive].code).sum()))


def stars_out_of(motive):
    """Return the mean stars of reviews written out of one motive."""
    return named(f"stars_out_of_{motive}", lambda model: float(
        posts_of(model)["stars"][posts_of(model)["motive"] == model.params.motives[motive].code].mean()))


def reviews_about(process):
    """Return the count of reviews of alpha that one of its processes caused."""
    return named(f"reviews_about_{process}", lambda model: int(
        (posts_of(model)["process"] == list(model.params.brands["alpha"].processes).index(process)).sum()))


def distance_of_rating_and_feeling(model):
    posts = posts_of(model)
    return float(np.abs(posts["valence"] - posts["evaluation"]).mean())


def distance_of_words_and_stars(model):
    posts = posts_of(model)
    return float(np.abs(posts["valence"] - (posts["stars"] - 1) / 4).mean())


def distance_of_feeling_and_quality(model):
    posts = posts_of(model)
    return float(np.abs(posts["evaluation"] - posts["quality"]).mean())


def ideas(model):
    return int((posts_of(model)["idea"] > 0).sum())


def helpful_votes(model):
    return int(posts_of(model)["helpful"].sum())


def reshares(model):
    return int((model.state.ledger.posts["generation"] > 0).sum())


def reshares_of_bad_news(model):
    posts = model.state.ledger.posts
    return int(((posts["generation"] > 0) & (posts["valence"] < 0.5)).sum())


def late_reshares(model):
    return int((model.state.ledger.posts["generation"] > 1).sum())


def most_generations(model):
    return int(model.state.ledger.posts["generation"].max())


def reviews_about_delivery_of_alpha(model):
    """Count reviews about the second process of alpha."""
    return int((posts_of(model)["process"] == 1).sum())


def posts_of_the_first_about_alpha(model):
    """Count reviews and re-shares about alpha by the person of row 0."""
    posts = model.state.ledger.posts
    return int(((posts["sharer"] == 0) & (posts["brand"] == ALPHA)).sum())


def reshares_of_alpha(model):
    posts = model.state.ledger.posts
    return int(((posts["generation"] > 0) & (posts["brand"] == ALPHA) & (posts["stars"] >= 4)).sum())


# ---- reading and believing

def feed_reads(model):
    return int((model.state.ledger.reads["channel"] == FEED).sum())


def site_reads(model):
    return int((model.state.ledger.reads["channel"] == SITE).sum())


def different_reviews_read_on_the_site(model):
    reads = model.state.ledger.reads
    return np.unique(reads["post"][reads["channel"] == SITE]).size


def expertise_read_on_the_site(model):
    posts, reads = model.state.ledger.posts, model.state.ledger.reads
    return float(model.state.expertise[posts["author"][reads["post"][reads["channel"] == SITE]]].mean())


def weight_of_reading(model):
    return float(model.state.ledger.reads["weight"].mean())


def spread_of_weights(model):
    return float(model.state.ledger.reads["weight"].std())


def weight_on_the_site(model):
    reads = model.state.ledger.reads
    return float(reads["weight"][reads["channel"] == SITE].mean())


def weight_of(motive):
    """Return the mean weight of readings of reviews written out of one motive."""
    def mean(model):
        posts, reads = model.state.ledger.posts, model.state.ledger.reads
        mine = posts["motive"][reads["post"]] == model.params.motives[motive].code
        return float(reads["weight"][mine].mean())
    return named(f"weight_of_{motive}", mean)


def mean_belief(model):
    return float(model.state.belief.mean())


def spread_of_beliefs(model):
    return float(model.state.belief.std())


def movement_of_beliefs(model):
    """Return how far beliefs have come from where they began."""
    return float(np.abs(model.state.belief - initial_state(model.params, model.draws).belief).mean())


def mean_confidence(model):
    return float(model.state.confidence.mean())


# ---- experience and loyalty

def _owners(model):
    rows = np.flatnonzero(model.state.owned >= 0)
    return rows, model.state.owned[rows]


def satisfaction(model):
    return float(model.state.satisfaction[_owners(model)].mean())


def spread_of_satisfaction(model):
    return float(model.state.satisfaction[_owners(model)].std())


def satisfaction_with_alpha(model):
    return float(model.state.satisfaction[model.state.owned == ALPHA, ALPHA].mean())


def shortfall_and_surplus(model):
    """Return the mean distance of the last experience from what was expected."""
    return float(np.abs(model.state.last_gap[_owners(model)]).mean())


def spread_of_met_quality(model):
    return float(model.state.last_quality[model.state.owned == ALPHA, ALPHA].std())


def spread_of_failed_quality(model):
    failed = (model.state.owned == ALPHA) & (model.state.last_failed[:, ALPHA] > 0)
    return float(model.state.last_quality[failed, ALPHA].std())


def spread_of_recommendation(model):
    return float(model.state.likelihood_to_recommend[model.state.owned >= 0].std())


def on_rung(rung):
    """Return the count of people and brands on one rung."""
    return named(f"people_on_{rung}", lambda model: int((model.state.rung == Rung[rung.upper()]).sum()))


def net_promoter_score(model):
    return model.results.summary["alpha"]["nps"]


def met(process, brand="alpha"):
    """Return how often owners met a process."""
    return _of_process(f"experiences_of_{process}", "n_met", process, brand)


def failures_of(process, brand="alpha"):
    """Return how often a process failed."""
    return _of_process(f"failures_of_{process}", "n_failed", process, brand)


def _of_process(name, column, process, brand):
    def total(model):
        frame = model.results.processes
        return float(frame[column][(frame["process"] == process) & (frame["brand"] == brand)].sum())
    return named(f"{name}_of_{brand}", total)


def quality_of_delivery_over_time(model):
    frame = model.results.processes
    return float(frame["quality"][(frame["process"] == "delivery") & (frame["brand"] == "alpha")].sum())


# ---- what alpha knows, and its units

def _seen(model):
    return model.state.observed[ALPHA]


def reviews_seen(model):
    return float(_seen(model).voice)


def complaints_seen(model):
    return float(_seen(model).negative)


def estimated_score(model):
    return float(_seen(model).nps_estimated)


def people_known(model):
    return int((_seen(model).sentiment != 0).sum())


def _tickets(model, column):
    tickets = model.state.ledger.tickets
    return tickets[column][tickets["brand"] == ALPHA]


def tickets(model):
    return _tickets(model, "unit").size


def tickets_by(route):
    """Return the count of tickets that came by one route."""
    return named(f"tickets_by_{route}", lambda model: int((_tickets(model, "route") == Route[route.upper()]).sum()))


def tickets_of_unit(unit):
    """Return the count of tickets of one unit of alpha."""
    def count(model):
        units = list(model.params.brands["alpha"].organisation.units)
        return int((_tickets(model, "unit") == units.index(unit)).sum())
    return named(f"tickets_of_{unit}", count)


def tickets_finished(model):
    return int(np.isfinite(_tickets(model, "finish")).sum())


def time_to_finish(model):
    return float(np.nanmean(_tickets(model, "finish") - _tickets(model, "arrival")))


def waiting_time(model):
    return float(np.nanmean(_tickets(model, "start") - _tickets(model, "arrival")))


def spread_of_work(model):
    return float(np.nanstd(_tickets(model, "finish") - _tickets(model, "start")))


def time_to_effect(model):
    done = np.isfinite(_tickets(model, "finish"))
    return float((_tickets(model, "effective") - _tickets(model, "finish"))[done].mean())


def reach_of_finished_tickets(model):
    author = model.state.ledger.posts["author"][_tickets(model, "post")]
    return float(model.state.ties.out_degree()[author][np.isfinite(_tickets(model, "finish"))].mean())


def failures_avoided(model):
    return float(model.state.improved_failure.sum())


def quality_gained(model):
    return float(model.state.improved_quality.sum())


def failures_avoided_in(process):
    """Return by how much the failure rate of one process of alpha has fallen."""
    return named(f"failures_avoided_in_{process}", lambda model: float(
        model.state.improved_failure[list(model.params.brands["alpha"].processes).index(process)]))


# ---- policies and money

def spent_on(item):
    """Return what alpha spent on one item."""
    def total(model):
        costs = model.state.ledger.costs
        mine = (costs["brand"] == ALPHA) & (costs["item"] == CostItem[item.upper()])
        return float(costs["amount"][mine].sum())
    return named(f"spent_on_{item}", total)


def decisions(model):
    return len(model.state.ledger.decisions)


def steps_with_decisions(model):
    return np.unique(model.state.ledger.decisions["step"]).size


def processes_invested_in(model):
    return np.unique(model.state.ledger.decisions["process"]).size


def moves_between_processes(model):
    return int(np.count_nonzero(np.diff(model.state.ledger.decisions["process"])))


def ties_added(model):
    return len(model.state.added)


def strength_of_added_ties(model):
    return float(model.state.added.strength.mean())


def profit(model):
    return model.results.summary["alpha"]["profit"]


def cost(model):
    return model.results.summary["alpha"]["cost"]


def present_value(model):
    return model.results.summary["alpha"]["npv"]


def credit_to(source):
    """Return the share of all credit that goes to one source."""
    def total(model):
        credits = model.state.ledger.credits
        return float(credits["share"][credits["source"] == Source[source.upper()]].sum() / credits["share"].sum())
    return named(f"credit_to_{source}", total)


# ---- the network

def ties(model):
    return len(model.state.ties)


def people(model):
    return model.state.n


def network(model):
    return network_hash(model.state.ties), tuple(model.state.ties.ids)


def most_followers(model):
    return int(model.state.ties.out_degree().max())


def communities(model):
    return np.unique(model.state.ties.community).size


def ties_inside_communities(model):
    found = model.state.ties
    return float((found.community[found.sources()] == found.community[found.targets]).mean())


def mutual_ties(model):
    """Return the share of ties that are answered."""
    pairs = set(zip(model.state.ties.sources().tolist(), model.state.ties.targets.tolist(), strict=True))
    return sum((v, u) in pairs for u, v in pairs) / len(pairs)


def clustering(model):
    graph = nx.Graph(zip(model.state.ties.sources().tolist(), model.state.ties.targets.tolist(), strict=True))
    return nx.average_clustering(graph)


def strength_of_ties(model):
    return float(model.state.ties.strength.mean())


def visibility_of_ties(model):
    return float(model.state.ties.visibility.mean())


def kinds_of_ties(model):
    return np.unique(model.state.ties.kind).size
