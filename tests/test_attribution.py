"""What sales are credited to: a world of four people worked by hand, and a market counted again piece by piece."""

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest

from simulation import WordOfMouthModel, load_params
from simulation.ledger.codes import Act, Stage, words
from simulation.output.attribution import AMOUNTS, BY, attribution_table
from simulation.output.frames import Names
from simulation.phases.conversion import conversion
from tests.phases.tiny import post, tiny

GIFTS, CAMPAIGN, PAID = range(3)
ALPHA = "brands.alpha.policies"
POLICIES = (f"+policy@{ALPHA}.gifts=seed_influencers", f"+policy@{ALPHA}.campaign=advertise",
              f"+policy@{ALPHA}.paid=incentivise")
SMALL = ("scenario=baseline", "population.size=300", "network.communities=2", "adoption.p=0.02", "adoption.p_decay=0.9",
         "output.ledger=full", "brands.alpha.budget=1000", *POLICIES, f"{ALPHA}.gifts.start=3",
         f"{ALPHA}.campaign.amount=0.03", f"{ALPHA}.campaign.stop=8", f"{ALPHA}.paid.start=5")
MARKET = (*SMALL, "steps=40", "adoption.repurchase_interval=12", "output.credit_depth=2", "brands.alpha.price=52",
          f"+policy@{ALPHA}.unpaid=seed_random", f"{ALPHA}.unpaid.incentive=0",
          "+policy@brands.beta.policies.campaign=advertise", "brands.beta.budget=100",
          "+population.seeds.first={brand: beta, count: 6, by: random, people: []}")
NOBODY = ("population.size=20", "network.communities=1", "steps=1")
CONTACTS = (*SMALL, "adoption=bass", "adoption.p=0.02", "adoption.p_decay=0.8", "steps=15")


@pytest.fixture(scope="module", params=[MARKET, CONTACTS], ids=["market", "contacts"])
def results(request):
    """Return the results of a market with policies."""
    return run(request.param)


@cache
def run(overrides: tuple[str, ...]):
    """Return the results of one run."""
    return WordOfMouthModel(load_params(*overrides), seed=2).run()


def decide(state, step: int, policy: int, act: Act, amount: float, person: int = -1) -> None:
    """Append a decision of alpha that acts from the next step on."""
    columns = dict.fromkeys(state.ledger.decisions.arrays._fields, 0)
    state.ledger.decisions.append(columns | {"step": step, "policy": policy, "action": int(act), "person": person,
                                             "amount": amount, "effective": step + 1})


def read(state, reader: int, row: int, step: int, channel: int) -> None:
    """Append a reading with weight 1 by somebody who believed .65."""
    reads = state.ledger.reads
    reads.append({"reader": reader, "post": row, "step": step, "channel": channel, "weight": 1.0, "strength": 1.0,
                  "gain": state.ledger.posts["valence"][row] - 0.65, "previous": state.newest_read[reader]})
    state.newest_read[reader] = reads.n - 1


def four_people():
    """Return (state, params): bob is given alpha and praises it, cat is paid and tears it; ann buys, dan does not.
    ann read bob on the feed two steps before her sale of step 5, and dan read cat on the site.
    """
    state, params, draws = tiny(4, "adoption.choice_scale=1e-6", *POLICIES, "brands.alpha.price=50",
                                "brands.alpha.unit_margin=15")
    ann, bob, cat, dan = range(4)
    state.ties.ids = ["ann", "bob", "cat", "dan"]
    for step, policy, act, amount, person in (
            (0, PAID, Act.SEED, 0.0, bob), (1, GIFTS, Act.SEED, 0.1, bob), (1, PAID, Act.OFFER, 0.1, -1),
            (2, CAMPAIGN, Act.OFFER, 0.05, -1), (2, PAID, Act.OFFER, 0.1, -1), (4, GIFTS, Act.SEED, 0.1, cat),
            (3, CAMPAIGN, Act.ADVERTISE, 0.006, -1), (4, CAMPAIGN, Act.ADVERTISE, 0.9, -1)):
        decide(state, step, policy, act, amount, person)
    state.seeded[bob] = 0
    conversion(state, params, draws, 2)
    state.seeded[bob] = -1
    praise, complaint = post(state, bob, 1.0, 2, motive=2), post(state, cat, 0.0, 3, motive=0)
    posts = state.ledger.posts
    posts["process"][complaint], posts["incentivised"][:] = 1, 1
    read(state, ann, praise, step=3, channel=0)
    read(state, dan, complaint, step=4, channel=1)
    state.belief[ann, 0], state.belief_without_bad_news[ann, 0], state.belief_start[ann, 0] = 0.9, 0.9, 0.72
    state.own_gain[ann, 0] = 0.01
    state.belief[dan, 0], state.belief_without_bad_news[dan, 0] = 0.60, 0.70
    state.considering[[ann, dan], 0] = 1
    state.ad_rate_before[:] = 0.003 + 0.006
    conversion(state, params, draws, 5)
    state.step = 5
    return state, params


AD = math.log(1 - 0.009) / (math.log(1 - 0.009) + math.log(1 - 0.75))
REVIEW = 1 - AD


def part(share: float, gift: float = 0.0, lost: float = 0.0) -> tuple[float, ...]:
    """Return the amounts of a share of ann's purchase (price 50, margin 15), of bob's gift, and of lost purchases."""
    return share + gift, 50.0 * share, 15.0 * share - 35.0 * gift, lost, 50.0 * lost


# pulls on ann's belief: .35 of bob, .04 carried (2 x .02), .01 of experience; dan's odds: even without the complaint
WORKED = {
    ("source", "trigger"): {"seed": part(0, 1), "review": part(REVIEW), "advertising": part(AD)},
    ("source", "persuasion"): {"chance": part(0, 1), "review": part(0.875, lost=0.5), "carried_belief": part(0.1),
                               "experience": part(0.025)},
    ("channel", "trigger"): {"seeding": part(0, 1), "feed": part(REVIEW), "advertising": part(AD)},
    ("channel", "persuasion"): {"chance": part(0, 1), "feed": part(0.875), "carried belief": part(0.1),
                                "own experience": part(0.025), "site": part(0, lost=0.5)},
    ("process", "trigger"): {"no review": part(AD, 1), "product": part(REVIEW)},
    ("process", "persuasion"): {"no review": part(0.125, 1), "product": part(0.875), "delivery": part(0, lost=0.5)},
    ("motive", "trigger"): {"no review": part(AD, 1), "self_enhancement": part(REVIEW)},
    ("motive", "persuasion"): {"no review": part(0.125, 1), "self_enhancement": part(0.875),
                              "venting": part(0, lost=0.5)},
    ("author", "trigger"): {"no review": part(AD, 1), "bob": part(REVIEW)},
    ("author", "persuasion"): {"no review": part(0.125, 1), "bob": part(0.875), "cat": part(0, lost=0.5)},
    # kills: the campaign of the sale's step (.9), a gift that never came (bob) or too late (cat), a weaker offer
    ("policy", "trigger"): {"gifts": part(REVIEW, 1), "campaign": part(AD * 2 / 3),
                               "base advertising": part(AD / 3)},
    ("policy", "persuasion"): {"no policy": part(0.125, 1), "gifts": part(0.875), "paid": part(0, lost=0.5)},
}


def test_four_people_make_the_table_that_was_worked_by_hand():
    state, params = four_people()
    table = attribution_table(state, params, Names(state, params))
    expected = [(by, name, stage, *amounts) for (by, stage), rows in WORKED.items() for name, amounts in rows.items()]
    assert list(table.columns) == ["brand", "by", "name", "stage", *AMOUNTS, "knockout"]
    assert (table["brand"] == "alpha").all() and table["knockout"].isna().all()
    assert table[["by", "name", "stage"]].to_numpy().tolist() == [[by, name, stage] for by, name, stage, *_ in expected]
    assert table[list(AMOUNTS)].to_numpy() == pytest.approx(np.array([row[3:] for row in expected]), abs=1e-6)


def test_a_review_read_on_both_channels_costs_on_each_by_its_weight():
    state, params, draws = tiny(2, "adoption.choice_scale=1e-6", "brands.alpha.price=50")
    complaint, reads = post(state, 1, 0.0, 3), state.ledger.reads
    for step, channel in ((3, 1), (4, 0)):
        read(state, 0, complaint, step, channel)
    reads["gain"][1] *= 3                               # on the feed three times as heavy
    state.belief[0, 0], state.belief_without_bad_news[0, 0], state.considering[0, 0] = 0.60, 0.70, 1
    conversion(state, params, draws, 5)
    state.step = 5
    table = attribution_table(state, params, Names(state, params)).set_index(["by", "name"])["lost_sales"]
    assert table["channel", "feed"] == pytest.approx(0.375) and table["channel", "site"] == pytest.approx(0.125)


class Book:
    """Looks things up in the tables of one run, one row at a time."""

    def __init__(self, results):
        self.brands, self.rule = results.params.brands, results.params.adoption
        self.rows = {name: table.to_dict("records") for name, table in results.ledger.items()}
        self.channels = {}
        for row in self.rows["reads"]:
            if row["gain"] < 0:
                root = self.rows["reviews"][row["review"]]["root"]
                self.channels.setdefault((row["reader"], root), set()).add(row["channel"])

    def decided(self, **values) -> list[dict]:
        """Return the decisions with these values."""
        return [row for row in self.rows["decisions"] if all(row[name] == value for name, value in values.items())]

    def review(self, review: int, older: bool) -> dict[str, str]:
        """Return the names of process, motive, author and policy."""
        if review < 0:
            word = "older reviews" if older else "no review"
            return dict.fromkeys(("process", "motive", "author"), word) | {"policy": "no policy"}
        row = self.rows["reviews"][review]
        seeds = [d for d in self.decided(action="seed", person=row["author"], brand=row["brand"])
                 if d["amount"] > 0 and d["effective"] <= row["step"]]
        offers = self.decided(action="offer", effective=row["step"], brand=row["brand"])
        paid = next((d["policy"] for d in seeds + offers), "no policy")
        assert row["incentivised"] == (paid != "no policy")
        return {name: row[name] for name in ("process", "motive", "author")} | {"policy": paid}

    def policies(self, source: str, sale: dict, usual: str) -> dict[str, float]:
        """Return the part of each policy in one credit."""
        brand, step = sale["brand"], sale["step"]
        if source == "seed":
            gifts = self.decided(action="seed", person=sale["person"], brand=brand, effective=step)
            return {gifts[0]["policy"] if gifts else "first owners": 1.0}
        if source != "advertising":
            return {usual: 1.0}
        step -= self.rule.kind == "consider"
        rates = {"base advertising": self.rule.p * self.rule.p_decay ** (step - 1)}
        rates |= {d["policy"]: d["amount"] for d in self.decided(action="advertise", brand=brand, effective=step)}
        return {name: rate / sum(rates.values()) for name, rate in rates.items()}


CHANNEL = {"seed": "seeding", "experience": "own experience", "carried_belief": "carried belief",
           "older": "feed or site"}


def counted_again(results) -> dict[tuple, np.ndarray]:
    """Return the amounts by brand, by, name and stage."""
    book, total = Book(results), {}
    for credit in book.rows["credits"]:
        sale, source, stage = book.rows["conversions"][credit["conversion"]], credit["source"], credit["stage"]
        amounts = credit["share"] * np.array([1.0, sale["price"], sale["margin"], 0.0, 0.0])
        words = book.review(credit["review"], source == "older")
        words |= {"source": source, "channel": credit["channel"] or CHANNEL.get(source, source)}
        if (source, stage) == ("older", "trigger"):
            words["channel"] = "feed"
        parts = [("policy", *x) for x in book.policies(source, sale, words.pop("policy")).items()]
        for by, name, part_of_it in parts + [(by, name, 1.0) for by, name in words.items()]:
            key = sale["brand"], by, name, stage
            total[key] = total.get(key, 0.0) + part_of_it * amounts
    for lost, channel in zip(book.rows["lost_sales"], results.state.ledger.lost["channel"], strict=True):
        words, older = book.review(lost["review"], older=True), lost["review"] < 0
        words |= {"source": "older" if older else "review", "channel": ("feed", "site", "feed or site")[channel]}
        assert (words["channel"] in book.channels.get((lost["person"], lost["review"]), ())) != older
        for by, name in words.items():
            key, price = (lost["brand"], by, name, "persuasion"), book.brands[lost["brand"]].price
            total[key] = total.get(key, 0.0) + lost["sales"] * np.array([0.0, 0.0, 0.0, 1.0, price])
    return total


def test_a_market_is_the_same_counted_piece_by_piece(results):
    expected, table = counted_again(results), results.attribution.set_index(["brand", "by", "name", "stage"])
    assert set(table.index) == set(expected) and len(table) == len(expected)
    for key, amounts in expected.items():
        assert table.loc[key, list(AMOUNTS)].to_numpy(float) == pytest.approx(amounts, abs=1e-9), key


def test_every_way_of_naming_hands_out_all_sales_and_all_money_in_each_stage(results):
    table, sales = results.attribution, results.ledger["conversions"]
    sums = table.groupby(["brand", "by", "stage"])[list(AMOUNTS)].sum()
    assert len(sums) == len(results.params.brands) * len(BY) * len(Stage)
    for (brand, _, stage), found in sums.iterrows():
        mine, summary, lost = sales[sales["brand"] == brand], results.summary[brand], stage == "persuasion"
        assert found["sales"] == pytest.approx(len(mine)) and len(mine) > 20
        assert found["revenue"] == pytest.approx(summary["revenue"])
        assert found["margin"] == pytest.approx(mine["margin"].sum())
        assert found["lost_sales"] == pytest.approx(summary["lost_sales"] if lost else 0.0)
        assert found["lost_revenue"] == pytest.approx(found["lost_sales"] * results.params.brands[brand].price)


def test_rows_are_in_the_order_that_the_table_promises(results):
    table = results.attribution
    key = list(zip(table["brand"], table["by"].map(BY.index), table["stage"].map(words(Stage).index),
                   -table["sales"].round(9), table["name"], strict=True))
    assert key == sorted(key) and len(set(key)) == len(key)
    assert ((table["sales"] > 0) | (table["lost_sales"] > 0)).all()


def test_the_market_has_all_that_the_tests_above_are_about():
    table = run(MARKET).attribution
    alpha = set(table[table["brand"] == "alpha"]["name"])
    assert {"gifts", "unpaid", "campaign", "paid", "base advertising", "no policy", "older reviews", "no review",
            "feed", "site"} <= alpha
    beta = table[table["brand"] == "beta"]
    assert {"first owners", "campaign"} <= set(beta["name"]) and not {"gifts", "paid"} & set(beta["name"])


def test_a_ledger_without_credits_has_no_attribution():
    results = run((*NOBODY, "output.ledger=none"))
    assert "attribution" not in results.tables()
    with pytest.raises(ValueError, match="keeps no credits"):
        attribution_table(results.state, results.params, None)


def test_a_run_without_sales_writes_an_empty_table(tmp_path):
    run(NOBODY).write(tmp_path)
    written = pd.read_parquet(tmp_path / "attribution.parquet")
    assert len(written) == 0 and list(written.columns) == ["brand", "by", "name", "stage", *AMOUNTS, "knockout"]
