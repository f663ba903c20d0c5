"""Figures: they can be drawn for every kind of run, and what they show is what stands in the tables."""

import copy
from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle, StepPatch

from experiments.figures import FIGURES, write_figures
from experiments.figures.decisions import applies
from experiments.figures.flows import NODES, OUTSIDE, columns, merged, moves_of
from experiments.figures.frames import (
    RUNGS,
    decisions_by_step,
    flow_matrices,
    moves_between,
    moving_mean,
    owned_at,
    series,
    time_points,
)
from experiments.figures.layout import people_drawn, positions, ties_among
from experiments.figures.pain import pain_shares
from experiments.figures.style import SOURCE, TEXT, balanced, spread
from experiments.figures.words import listed, percent, pretty
from simulation import WordOfMouthModel, load_params
from simulation.config.compose import check_params, compose
from simulation.world.state import Rung

SMALL = ("population.size=600", "network.communities=10", "steps=26", "brands.alpha.budget=0", "brands.beta.budget=0")
NAMES = ("the_scandinavian_long_haul_airways_of_the_north", "b", "oceanic_international_lines")
CASES = {
    "usual": SMALL,
    "one brand": ("population.size=600", "network.communities=10", "steps=26", "brands.alpha.budget=0", "~brands.beta"),
    "no reviews": (*SMALL, "talk.base=0"),
    "34 people": ("network=karate", "steps=26"),
    "no ledger": (*SMALL, "output.ledger=none"),
    "one step": (*SMALL[:2], "steps=1"),
    "nobody buys": (*SMALL, "adoption.p=0"),
    "no ties": ("population.size=600", "network=well_mixed", "adoption=bass", "steps=26"),
    "decisions": (
        *SMALL[:3], "brands.alpha.budget=900", "+policy@brands.alpha.policies.mend=fix_worst",
        "brands.alpha.policies.mend.start=2", "brands.alpha.policies.mend.min_volume=1",
        "+policy@brands.alpha.policies.reply=recover", "brands.alpha.policies.reply.start=2",
        "+policy@brands.alpha.policies.gifts=seed_random", "brands.alpha.policies.gifts.count=3"),
}
done = {}


def run(case):
    """Return the results of a case, simulated once."""
    if case not in done:
        params = three_airlines() if case == "three brands" else load_params(*CASES[case])
        done[case] = WordOfMouthModel(params, seed=1).run()
    return done[case]


def three_airlines():
    """Return three brands with long names and ten processes each."""
    config = compose(*SMALL)
    config.pop("task", None)
    config.pop("hydra", None)
    alpha = config["brands"]["alpha"]
    kinds = list(alpha["processes"].values())
    alpha["processes"] = {f"process_number_{i}_of_them": copy.deepcopy(kinds[i % len(kinds)]) for i in range(10)}
    alpha["policies"] = {}
    for u, unit in enumerate(alpha["organisation"]["units"].values()):
        unit["processes"] = [f"process_number_{i}_of_them" for i in range(10) if i % 4 == u]
    config["brands"] = {name: copy.deepcopy(alpha) for name in NAMES}
    return check_params(config)


def draw(name, case):
    """Return a figure of a case."""
    return import_module(FIGURES[name]).draw(run(case))


def words_of(fig):
    """Return all texts of a figure but the labels of ticks."""
    return [t for t in [*fig.texts, *(t for ax in fig.axes for t in [*ax.texts, ax.title])] if t.get_text()]


@pytest.mark.parametrize("case", [*CASES, "three brands"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_can_be_drawn_for_every_kind_of_run_and_no_word_leaves_it(name, case):
    fig = draw(name, case)
    fig.set_dpi(80)                                # half as fine, four times as fast
    fig.canvas.draw()
    width, height = fig.canvas.get_width_height()
    assert fig.get_suptitle()
    for text in words_of(fig):
        box = text.get_window_extent()
        assert box.x0 > -1 and box.x1 < width + 1 and box.y0 > -1 and box.y1 < height + 1, text.get_text()
        assert text.get_fontsize() >= TEXT or text.get_fontsize() == SOURCE, text.get_text()


@pytest.mark.parametrize("case", ["usual", "34 people", "three brands"])
def test_adoption_shows_the_customers_of_the_table(case):
    results, upper = run(case), draw("adoption", case).axes[0]
    lines = {line.get_label(): line for line in upper.lines}
    customers = series(results, "cum_customers")
    for brand in results.params.brands:
        assert np.array_equal(lines[brand].get_xdata(), customers.index)
        assert np.array_equal(lines[brand].get_ydata(), customers[brand] / results.state.n)


def test_the_stack_of_triggers_ends_at_the_new_customers_of_the_table():
    results, fig = run("usual"), draw("adoption", "usual")
    for ax, brand in zip(fig.axes[1:], results.params.brands, strict=True):
        stacks = [patch for patch in ax.patches if isinstance(patch, StepPatch)]
        shown = {patch.get_label(): patch.get_data().values - patch.get_data().baseline for patch in stacks}
        assert np.allclose(shown["word of mouth"], series(results, "new_by_reviews")[brand][1:])
        assert np.allclose(shown["advertising"], series(results, "new_by_advertising")[brand][1:])
        assert np.allclose(sum(shown.values()), series(results, "new_customers")[brand][1:])


def test_without_a_ledger_adoption_says_so_and_still_shows_the_new_customers():
    results, fig = run("no ledger"), draw("adoption", "no ledger")
    for ax, brand in zip(fig.axes[1:], results.params.brands, strict=True):
        assert np.array_equal(ax.patches[0].get_data().values, series(results, "new_customers")[brand][1:])
    assert draw("reproduction", "no ledger").axes[0].texts[0].get_text() == "not recorded: output.ledger=none"


def test_stars_shows_the_reviews_of_the_table():
    results, fig = run("usual"), draw("stars", "usual")
    reviews = results.ledger["reviews"]
    reviews = reviews[reviews["generation"] == 0]
    for ax, brand in zip(fig.axes, results.params.brands, strict=True):
        mine = reviews[reviews["brand"] == brand]["stars"]
        shown = [bar.get_height() for bar in ax.patches if isinstance(bar, Rectangle)]
        assert shown == pytest.approx([(mine == s).mean() for s in range(1, 6)])
        assert ax.lines[0].get_xdata()[0] == pytest.approx(mine.mean())


@pytest.mark.parametrize("case", ["usual", "34 people", "three brands", "decisions"])
def test_the_columns_of_flows_are_the_people_of_the_table(case):
    results, fig = run(case), draw("flows", case)
    for ax, brand in zip(fig.axes, results.params.brands, strict=True):
        shown = {patch.get_gid(): patch.get_height() for patch in ax.patches if isinstance(patch, Rectangle)}
        for step in time_points(results.state.step, 4 if results.state.b < 3 else 2):
            for rung in NODES:
                if rung != OUTSIDE:
                    people = series(results, f"n_{rung}").loc[step, brand]
                    assert shown.get(f"{rung}@{step}", 0.0) == pytest.approx(people), (brand, rung, step)


def test_what_leaves_a_column_of_flows_arrives_at_the_next():
    results, points = run("usual"), time_points(26, 4)
    for ax, brand in zip(draw("flows", "usual").axes, results.params.brands, strict=True):
        moves = moves_of(flow_matrices(results, brand), points)
        for before, after in pairwise(moves):
            inside = np.array([node != OUTSIDE for node in NODES])
            assert before.sum(axis=0)[inside] == pytest.approx(after.sum(axis=1)[inside])
        ribbons = [patch.get_path().vertices for patch in ax.patches if isinstance(patch, PathPatch)]
        assert sum(v[4, 1] - v[3, 1] for v in ribbons) == pytest.approx(sum(m.sum() for m in moves))
        assert all(v[4, 1] - v[3, 1] == pytest.approx(v[7, 1] - v[0, 1]) for v in ribbons)
        nodes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
        assert sum(node.get_height() for node in nodes) == pytest.approx(sum(s.sum() for s in columns(moves)))


def test_moves_are_joined_over_steps():
    assert tuple(rung.name.lower() for rung in Rung) == RUNGS
    one = np.zeros((2, 8, 8))
    one[0, 0, 1], one[0, 0, 0] = 30, 10            # 40 unaware: 30 become prospects
    one[1, 1, 2], one[1, 1, 1], one[1, 0, 0] = 15, 15, 10
    joined = moves_between(one, 0, 2)
    assert joined[0, :3] == pytest.approx([10, 15, 15])
    assert joined.sum() == pytest.approx(40)
    assert merged(joined).sum() == pytest.approx(15), "who stays outside is not drawn"


def test_ladder_stacks_the_people_of_the_table():
    results, fig = run("usual"), draw("ladder", "usual")
    for ax, brand in zip(fig.axes, results.params.brands, strict=True):
        tops = [line.get_ydata() for line in ax.lines[:6]]
        up = sum(series(results, f"n_{rung}")[brand] for rung in ("customer", "client", "advocate"))
        down = sum(series(results, f"n_{rung}")[brand] for rung in ("detractor", "rejecter", "lapsed"))
        assert np.array_equal(tops[2], up) and np.array_equal(tops[5], -down)


def test_pain_shares_add_up_to_one():
    for case in ("usual", "three brands"):
        for brand in run(case).params.brands:
            shares = pain_shares(run(case).processes, brand)
            assert shares["pain"].sum() == pytest.approx(1.0) and len(shares) <= 5


def test_a_brand_has_one_colour_in_all_figures():
    for brand in run("usual").params.brands:
        colours = set()
        for name in ("adoption", "nps", "reproduction"):
            lines = [line for ax in draw(name, "usual").axes for line in ax.lines]
            colours |= {to_hex(line.get_color()) for line in lines if line.get_label() == brand}
        assert len(colours) == 1


def test_the_network_shows_the_latest_purchase():
    results = run("usual")
    owned = owned_at(results, results.state.step)
    assert np.array_equal(owned >= 0, (results.state.times_bought > 0).any(axis=1))
    still = results.state.owned >= 0
    assert np.array_equal(owned[still], results.state.owned[still])
    assert (owned_at(results, 0) == -1).all()


def test_the_network_is_laid_out_the_same_way_every_time():
    ties = run("usual").state.ties
    pairs = ties_among(ties, people := people_drawn(ties)[0])
    at = positions(pairs, ties.community[people])
    assert people.size <= 500 and np.unique(people).size == people.size
    assert np.isfinite(at).all() and np.abs(at).max() <= 1.0
    assert np.array_equal(at, positions(pairs, ties.community[people]))


def test_decisions_shows_the_money_of_the_ledger():
    results, fig, table = run("decisions"), draw("decisions", "decisions"), run("decisions").ledger["decisions"]
    assert applies(results) and not applies(run("usual"))
    assert decisions_by_step(results)["cost"].sum() == pytest.approx(table["cost"].sum())
    lanes = [patch for ax in fig.axes for patch in ax.patches if isinstance(patch, StepPatch)]
    assert sum(patch.get_data().values.sum() for patch in lanes) == pytest.approx(table["cost"].sum())


def test_figures_are_written_the_same_to_the_byte(tmp_path):
    first = write_figures(run("usual"), tmp_path / "a")
    second = write_figures(run("usual"), tmp_path / "b")
    assert [path.stem for path in first] == [name for name in FIGURES if name != "decisions"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_labels_are_moved_apart_and_keep_their_order():
    at = spread([0.5, 0.52, 0.1], [0.1, 0.1, 0.1], 0.0, 1.0)
    assert at[2] == pytest.approx(0.1) and at[1] - at[0] == pytest.approx(0.1)
    crowded = spread([0.98, 0.99, 1.0], [0.1, 0.1, 0.1], 0.0, 1.0)
    assert crowded == pytest.approx([0.75, 0.85, 0.95])


def test_the_moving_mean_weighs_by_buyers():
    assert moving_mean(np.array([2.0, 0.0, 4.0]), np.array([1.0, 0.0, 3.0]), 1) == pytest.approx([2.0, 1.5, 4 / 3])
    assert np.isnan(moving_mean(np.zeros(3), np.zeros(3), 1)).all()


def test_words():
    assert [percent(x) for x in (0.0, 0.034, 0.5)] == ["0\u00a0%", "3.4\u00a0%", "50\u00a0%"]
    assert listed(["a"]) == "a" and listed(["a", "b", "c"]) == "a, b and c"
    assert pretty("a_long_name", 6) == "a lon…"
    assert max(len(line) for line in balanced("word " * 30, 66)) <= 66
