"""Attribution in worlds so simple that the answer is known, and by hand."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from experiments.command.main import main
from experiments.study.paired_worlds import World, run_world
from experiments.tasks.audit.channels import (
    ADVERTISING,
    AS_IT_IS,
    CHANNELS,
    FEED,
    GIFTS,
    HOLDOUT,
    NAMES,
    NOTHING,
    SITE,
    UNKNOWN,
    variants_of,
)
from experiments.tasks.audit.measure import ALL, KNOCKOUT, LEDGER, TEST, TOUCHING, Watcher, condense, measure, watch
from experiments.tasks.audit.settings import Recall, Task
from experiments.tasks.audit.tables import audit_table, channels_used, in_shares
from experiments.tasks.audit.task import run_worlds
from experiments.tasks.audit.touches import by_channel, by_touch, named, paths_of
from experiments.tasks.audit.words import claim, headline, sentences
from simulation import WordOfMouthModel
from tests.worlds import params_of

MARKET = ("scenario=baseline", "population.size=400", "steps=20", "adoption.p=0.05", "network.communities=4")
QUIET = ("feed.attention=0", "site.reads=0")
ONCE = ("adoption.repurchase_interval=1000",)
TASK = Task(kind="audit", brand="alpha", start=1, window=13, half_life=1.0, recall=Recall(chance=1.0, half_life=2.0),
            holdout=0.5, replicates=2, workers=1)


def audit(folder, *words, replicates=2, **changes) -> pd.DataFrame:
    """Return the sales of some worlds by seed (rows), method and channel (columns)."""
    task = TASK.model_copy(update={"replicates": replicates} | changes)
    return run_worlds(task, params_of(*words), folder).pivot(index="seed", columns=["method", "channel"],
                                                             values="sales")


def paths(touches, sales, window=13):
    """Return the paths of sales (person, step) from touches (person, step, channel)."""
    return paths_of(tuple(np.array(touches).T.reshape(3, -1)), *np.array(sales).T, window)


def given(found, rule, half_life=1.0):
    """Return what a rule gives to advertising, feed, site and gifts, and to nobody."""
    return by_channel(found, by_touch(found, half_life)[rule], 0)[[ADVERTISING, FEED, SITE, GIFTS, NOTHING]].tolist()


# ---- touches, by hand

PATH = paths([(0, 2, ADVERTISING), (0, 4, FEED), (0, 5, FEED), (0, 6, SITE)], [(0, 7)])    # ages 5, 3, 2, 1


@pytest.mark.parametrize(("rule", "expected"), [
    ("last touch", [0, 0, 1, 0, 0]),
    ("first touch", [1, 0, 0, 0, 0]),
    ("linear", [1 / 4, 2 / 4, 1 / 4, 0, 0]),
    ("time decay", [1 / 29, (4 + 8) / 29, 16 / 29, 0, 0]),      # 1/32, 1/8, 1/4, 1/2
])
def test_each_rule_divides_a_path_of_four_touches(rule, expected):
    assert given(PATH, rule) == pytest.approx(expected)


def test_a_longer_half_life_comes_near_to_equal_parts_and_a_shorter_one_to_the_last_touch():
    assert given(PATH, "time decay", 1e6) == pytest.approx(given(PATH, "linear"), abs=1e-5)
    assert given(PATH, "time decay", 1e-4) == given(PATH, "last touch")


def test_only_touches_before_the_sale_and_within_the_window_count():
    touches = [(0, 6, ADVERTISING), (0, 7, FEED), (0, 20, SITE), (1, 19, SITE)]
    assert given(paths(touches, [(0, 20)]), "first touch") == [0, 1, 0, 0, 0]           # 13 steps before, not 14
    assert given(paths(touches, [(0, 20)], window=14), "first touch") == [1, 0, 0, 0, 0]
    assert given(paths(touches, [(0, 20)], window=5), "last touch") == [0, 0, 0, 0, 1]  # not what others saw


def test_within_a_step_the_order_is_that_of_the_phases():
    at_once = [(0, 3, SITE), (0, 3, FEED), (0, 3, GIFTS), (0, 3, ADVERTISING)]
    assert given(paths(at_once, [(0, 4)]), "first touch") == [1, 0, 0, 0, 0]
    assert given(paths(at_once, [(0, 4)]), "last touch") == [0, 0, 1, 0, 0]
    assert given(paths(at_once[1:3], [(0, 4)]), "first touch") == [0, 0, 0, 1, 0]


def test_an_earlier_sale_does_not_end_the_path():
    found = paths([(0, 1, GIFTS), (0, 4, FEED)], [(0, 3), (0, 6)])
    assert given(found, "first touch") == [0, 0, 0, 2, 0] and given(found, "last touch") == [0, 1, 0, 1, 0]


def test_sales_without_touches_go_to_nobody_and_gifts_to_gifts():
    found = paths(np.empty((0, 3), int), [(0, 3), (5, 6)])
    total = by_channel(found, by_touch(found, 1.0)["linear"], gifts=4)
    assert dict(zip(NAMES, total, strict=True)) == dict.fromkeys(NAMES, 0) | {"none": 2, "gifts": 4}


# ---- the survey

def asked(people, chance, half_life=1.0, seed=7):
    """Return what the survey gives when so many people walked the path of four touches."""
    touches = [(i, *touch) for i in range(people) for touch in ((2, ADVERTISING), (4, FEED), (5, FEED), (6, SITE))]
    person = np.arange(people)
    found = paths(touches, np.stack([person, np.full(people, 7)], axis=1))
    share = named(found, person, people, seed, chance, half_life)
    assert np.bincount(found.sale, share, people).max() <= 1.0      # one name each
    return by_channel(found, share, 0), share.reshape(people, 4)


def test_the_survey_names_touches_by_recency_and_misses_those_who_do_not_remember():
    n = 4000
    total, _ = asked(n, 0.7)
    for name, p in ((UNKNOWN, 0.3), (ADVERTISING, 0.7 / 29), (FEED, 0.7 * 12 / 29), (SITE, 0.7 * 16 / 29)):
        assert abs(total[name] - n * p) < 5 * np.sqrt(n * p * (1 - p)), NAMES[name]
    assert total.sum() == n


def test_the_survey_of_people_without_memory_knows_nothing_and_of_the_shortest_memory_the_last_touch():
    assert asked(50, 0.0)[0][UNKNOWN] == 50 and asked(50, 1.0, half_life=1e-3)[0][SITE] == 50


def test_what_a_person_remembers_does_not_depend_on_the_others_but_on_the_world():
    few, many, elsewhere = asked(40, 0.7)[1], asked(60, 0.7)[1], asked(40, 0.7, seed=8)[1]
    assert np.array_equal(few, many[:40]) and not np.array_equal(few, elsewhere)


# ---- worlds whose answer is known

def test_without_talk_and_repeats_every_method_gives_all_sales_to_advertising(tmp_path):
    found = audit(tmp_path, *MARKET, *QUIET, *ONCE)
    sales = found[ALL, "all"]
    assert (sales > 50).all()
    for method in (*TOUCHING, LEDGER[0], KNOCKOUT):
        assert (found[method, "advertising"] == sales).all(), method
    assert (found[KNOCKOUT][["feed", "site", "gifts", "experience"]] == 0).all(axis=None)


def test_every_method_hands_out_all_sales(tmp_path):
    seeding = ("+policy@brands.alpha.policies.seed=seed_random", "brands.alpha.budget=1000",
               "+population.seeds.first={brand: alpha, count: 5, by: random, people: []}")
    found = audit(tmp_path, *MARKET, *seeding, "adoption.repurchase_interval=6")
    for method in (*TOUCHING, *LEDGER, TEST):
        assert found[method].sum(axis=1).to_numpy() == pytest.approx(found[ALL, "all"].to_numpy()), method
    assert (found["last touch", "site"] > 0).all() and (found["survey", "feed"] > 0).all()
    gifts = found[LEDGER[0], "gifts"]                        # 5 first owners, and 20 people who may own one already
    assert ((gifts > 20) & (gifts <= 25)).all() and (found["first touch", "gifts"] >= gifts).all()
    assert (found[LEDGER[0], "experience"] > 0).all()


def test_where_nobody_advertises_all_sales_are_gifts(tmp_path):
    first = "+population.seeds.first={brand: alpha, count: 7, by: random, people: []}"
    found = audit(tmp_path, *MARKET, *QUIET, *ONCE, "adoption.p=0", first)
    for method in (*TOUCHING, LEDGER[0], KNOCKOUT):
        assert (found[method, "gifts"] == 7).all(), method
    assert (found[KNOCKOUT].sum(axis=1) == 7).all()


def test_a_channel_that_nobody_uses_is_worth_exactly_nothing(tmp_path):
    strangers = (*MARKET[:-1], "network=well_mixed")                  # nobody follows anybody
    found = audit(tmp_path, *strangers)
    assert "feed" in variants_of(params_of(*strangers), "alpha", 0.5, 1)[0]
    assert (found[KNOCKOUT, "feed"] == 0).all() and (found[KNOCKOUT, "site"] != 0).any()


def test_a_knock_out_that_begins_later_leaves_the_past_alone():
    params = params_of(*MARKET)
    markets, later = variants_of(params, "alpha", 0.5, 10)
    models = {name: WordOfMouthModel(markets[name]) for name in ("as it is", "feed", "advertising")}
    for name, model in models.items():
        model.run(Watcher(name, model, "alpha", 10, later))
    sold = {name: model.state.ledger.conversions for name, model in models.items()}
    before = {name: sales["person"][sales["step"] < 10].tolist() for name, sales in sold.items()}
    assert before["feed"] == before["advertising"] == before["as it is"] and len(before["feed"]) > 50
    assert len(sold["feed"]) < len(sold["as it is"])
    hits = (models["advertising"].state.ledger.conversions["step"] > 10).sum()
    assert hits < (sold["as it is"]["step"] > 10).sum()


# ---- the holdout test

def said_and_true(*words, worlds=16):
    """Return what the holdout test says and what is gone without advertising, over some worlds (w,) each."""
    markets, later = variants_of(params_of(*words), "alpha", TASK.holdout, 1)
    markets = {name: markets[name] for name in (AS_IT_IS, HOLDOUT, "advertising")}
    found = [run_world(World(seed, markets, partial(measure, task=TASK), condense,
                             partial(watch, task=TASK, later=later))) for seed in range(1, worlds + 1)]
    sales = [frame.set_index(["method", "channel"])["sales"] for frame in found]
    return tuple(np.array([one[method, "advertising"] for one in sales]) for method in (TEST, KNOCKOUT))


def standard_error(values):
    """Return the standard error of the mean."""
    return values.std(ddof=1) / np.sqrt(values.size)


def test_a_holdout_test_is_right_where_nobody_talks():
    found, truth = said_and_true(*MARKET, *QUIET)
    assert abs((found - truth).mean()) < 5 * standard_error(found - truth)
    scaled_to_those_reached = found * (1 - TASK.holdout)        # a wrong version
    assert abs((scaled_to_those_reached - truth).mean()) > 5 * standard_error(scaled_to_those_reached - truth)


def test_a_holdout_test_says_too_little_where_word_of_mouth_reaches_those_held_out():
    found, truth = said_and_true(*MARKET, *ONCE, "adoption.p=0.02", "site.reads=0", "steps=30")
    assert (found - truth).mean() < -5 * standard_error(found - truth)


# ---- tables and words

HAND = {("last touch", "advertising"): (30, 50), ("last touch", "site"): (70, 50),
        (KNOCKOUT, "advertising"): (71, 71), (KNOCKOUT, "site"): (-3, -1), (ALL, "all"): (100, 100)}


def table_by_hand():
    """Return the table of two worlds with 100 sales each; methods not in ``HAND`` say nothing."""
    methods = {method: CHANNELS for method in (*TOUCHING, *LEDGER, KNOCKOUT)} | {
        TEST: ("advertising", "none"), ALL: ("all",)}
    rows = [(seed, method, channel, float(HAND.get((method, channel), (0, 0))[seed]))
            for seed in (0, 1) for method, names in methods.items() for channel in names]
    rows += [(seed, TOUCHING[0], name, 0.0) for seed in (0, 1) for name in ("none", "unknown")]
    return audit_table(pd.DataFrame(rows, columns=["seed", "method", "channel", "sales"]))


def test_errors_are_paired_differences_to_the_knock_out():
    table = table_by_hand().set_index(["method", "channel"])
    one, other = table.loc[("last touch", "advertising")], table.loc[("last touch", "site")]
    half = 12.706 * 10                                    # t(.975, 1 df) times sd / sqrt(2) of 30 and 50
    assert (one["sales"], one["share"]) == (40, 0.4) and (one["error"], one["error_share"]) == (-31, -0.31)
    assert (one["low"], one["high"]) == pytest.approx((40 - half, 40 + half), rel=1e-4)
    assert other["error"] == 62 and other["error_low"] == pytest.approx(62 - 12.706 * 11, rel=1e-4)
    assert table.loc[(KNOCKOUT, "all"), "sales"] == 69 and np.isnan(table.loc[(KNOCKOUT, "site"), "error"])


def test_a_channel_behind_every_sale_has_all_sales_for_sure_however_much_is_sold():
    rows = [(seed, method, channel, sales) for seed, sales in ((0, 50.0), (1, 150.0))
            for method, channel in ((KNOCKOUT, "advertising"), ("last touch", "advertising"), (TEST, "advertising"),
                                    (ALL, "all"))]
    rows += [(seed, method, "advertising", half) for seed, half in ((0, 25.0), (1, 50.0))
             for method in (*TOUCHING[1:], *LEDGER)]
    table = audit_table(pd.DataFrame(rows, columns=["seed", "method", "channel", "sales"]))
    shares = in_shares(table).xs("advertising", level="channel")
    assert shares.loc[KNOCKOUT, ["sales", "low", "high"]].tolist() == [1, 1, 1]
    assert shares.loc["last touch", ["error", "error_low", "error_high"]].tolist() == [0, 0, 0]
    half = 12.706 * 6.25 / 100          # 75 of 200; residuals 25 - .375 50 = 6.25 and -6.25, sd / sqrt(2) = 6.25
    found = shares.loc["linear", ["sales", "low", "high"]].tolist()
    assert found == pytest.approx([0.375, 0.375 - half, 0.375 + half], rel=1e-4)


def test_the_words_say_what_last_touch_gives_and_what_would_be_gone():
    table = table_by_hand()
    shares = in_shares(table)
    assert channels_used(table) == ["advertising", "site"]
    assert claim(shares, "advertising") == "advertising 40\u00a0% of sales; without it 71\u00a0% would be gone"
    assert claim(shares, "site").endswith("without it perhaps none would be gone")
    assert claim(shares, "gifts").endswith("without them nothing would change")
    assert headline(shares, ["advertising", "site"], "alpha").startswith("Last touch gives the review site 60\u00a0%")
    assert sentences(shares, ["advertising"])[0].endswith("(95 %: 71 to 71\u00a0%). No other comes nearer.")


# ---- the command

SMALL = ["task=audit", "scenario=baseline", "population.size=200", "steps=8", "adoption.p=0.1",
         "network.communities=2", "task.replicates=2", "task.workers=1"]


def test_the_command_writes_tables_figure_and_page_and_goes_on_where_it_was(tmp_path, capsys, monkeypatch):
    words = [*SMALL, f"hydra.run.dir={tmp_path}"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "Last touch gives advertising" in said and "The knock-outs add up to" in said
    table, runs = (pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("audit", "runs"))
    assert {"method", "channel", "sales", "low", "high", "share", "error"} <= set(table.columns)
    assert set(runs["seed"]) == {1, 2} and set(runs["method"]) == {*TOUCHING, *LEDGER, TEST, KNOCKOUT, ALL}
    assert (tmp_path / "figures" / "audit.png").stat().st_size > 10_000
    page = (tmp_path / "report.html").read_text()
    assert "data:image/png;base64," in page and "holdout test" in page and "adoption.p" in page
    monkeypatch.setattr(WordOfMouthModel, "run", lambda *_: pytest.fail("a finished world is run again"))
    assert main(words) == 0 and "Last touch gives" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "contains"), [
    (["task.brand=alfa"], ["task.brand", "'alfa'", "'alpha'"]),
    (["task.start=9"], ["task.start", "(8)", "got 9"]),
    (["task.holdout=0", "task.window=0", "task.recall.chance=2", "task.replicates=1"],
     ["4 problems", "task.holdout", "task.window", "task.recall.chance", "task.replicates"]),
    (["adoption=bass", "without=[events]"], ["adoption.kind", "'bass'", "without", "events"]),
    (["+events.mine={kind: no_advertising, brand: beta, start: 1, stop: 2, share: 0.5}"], ["events.mine.kind"]),
    (["adoption.p=0"], ["task.brand", "no sale"]),
])
def test_a_wrong_setting_gets_a_message_and_status_two(words, contains, tmp_path, capsys):
    assert main([*SMALL, *words, f"hydra.run.dir={tmp_path / 'out'}"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("grapevine: ") and all(text in err for text in contains)
