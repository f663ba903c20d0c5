"""The empirical check: figures of the data are those of the page, and two of its verdicts hold in small."""

import numpy as np
import pytest

from experiments.empirical import contagion, page, topology
from experiments.empirical.__main__ import PATTERNS, figures_of, main
from experiments.empirical.data import data_folder, is_odd, table
from experiments.empirical.findings import CANNOT_TELL, COMES_OUT, DOES_NOT, IN_PART, Check, Finding, in_band, signed
from experiments.empirical.surveys import measure, survey
from experiments.study.cells import run_cells

PUBLISHED = {
    ("star histogram", "womens_clothing"): (0.036, 0.067, 0.122, 0.216, 0.559),
    ("star histogram", "ciaodvd"): (0.036, 0.064, 0.139, 0.310, 0.450),
    ("author activity", "ciaodvd"): (0.566, 0.663),
    ("author activity", "airline_tweets"): (0.610, 0.366),
    ("opinion leaders adopt early", "kfamily"): (-0.24,),
    ("opinion leaders adopt early", "medinnovations"): (-0.17,),
    ("order effect", "movielens"): (3.72, 3.65, None, 3.58, 3.53, 3.56, 3.76),
    ("process blamed", "airline_tweets"): (0.317, 0.181, 0.130, 0.092, 0.079, 0.063, 0.058, 0.052, 0.019, 0.008),
    ("Bass curves of durables", "bass_classic, room air conditioners"): (0.0094, 0.375, 18713),
    ("Bass curves of durables", "bass_classic, colour televisions"): (0.0185, 0.616, 39659),
    ("Bass curves of durables", "bass_classic, clothes dryers"): (0.0136, 0.327, 16497),
    ("topology", "ego_facebook"): (0.606, 0.54, 0.064),
    ("topology", "lastfm_asia"): (0.219, 0.58, 0.017),
    ("contagion across ties, and its chance", "kfamily"): (0.172, 0.041, None),
    ("contagion across ties, and its chance", "medinnovations"): (0.025, -0.016, None),
}
"""The figures that are published beside the data; None: not published, or the spread of few random orders."""
VERDICTS = {COMES_OUT, IN_PART, DOES_NOT, CANNOT_TELL}


@pytest.fixture(scope="module")
def figures(data):
    return figures_of(data)


def one_by_one(function, jobs):
    """Run jobs in this process."""
    return ((i, function(job)) for i, job in enumerate(jobs))


def half_a_digit(value: float) -> float:
    """Return half of the last digit of a published number, and a hair for a number that lies between two."""
    text = repr(value)
    return 0.51 * 10.0 ** -len(text.split(".")[1]) if "." in text else 0.51


def test_the_figures_of_the_data_are_those_published_beside_them(figures):
    assert set(PUBLISHED) == {(pattern, name) for pattern, sets in figures.items() for name in sets}
    for (pattern, name), published in PUBLISHED.items():
        for ours, theirs in zip(figures[pattern][name], published, strict=True):
            # chance has an error of its own: 499 orders here, few there (sd .017 and .06)
            allowed = 0.004 if pattern.startswith("contagion") else half_a_digit(theirs) if theirs else 0.0
            assert theirs is None or abs(ours - theirs) <= allowed, (pattern, name, ours, theirs)


def test_the_page_holds_the_figures_of_the_data_to_the_letter(figures):
    assert page.figures_table(figures) in page.PAGE.read_text(encoding="utf-8")


def test_the_page_gives_a_verdict_on_every_pattern(figures):
    text = page.PAGE.read_text(encoding="utf-8").split("## Verdicts")[1].split("## Figures")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")][1:]
    names = {getattr(module, "PATTERN", None) for module in PATTERNS.values()} - {None}
    assert {row[0] for row in rows} == names | set(contagion.PATTERNS.values())
    assert len(rows) == len(PUBLISHED)
    assert all(verdict in VERDICTS for row in rows for verdict in row[2:])


def test_on_the_real_villages_contagion_comes_with_the_estimated_q_and_goes_without_it(data):
    world = survey(data, "kfamily")
    cells = {cell.name: cell for cell in contagion.cells(data, "kfamily", world)}
    above = {}
    for name in ("calibrated", "without contagion"):
        runs = run_cells([cells[name]], measure, one_by_one)[name]
        tests = [contagion.autocorrelation(world, run, world.steps, np.ones(run.size, bool), dealt=19) for run in runs]
        above[name] = np.array([test.value - test.mean for test in tests])
    error = {name: values.std(ddof=1) / values.size**0.5 for name, values in above.items()}
    assert above["calibrated"].mean() > 5 * error["calibrated"]
    # without influence any order of the times within a village is as likely as any other
    assert abs(above["without contagion"].mean()) < 5 * error["without contagion"]


def test_our_default_network_has_the_clustering_of_lastfm_and_not_its_unequal_degrees(data):
    theirs = topology.described(*topology.ends(data, "lastfm_asia"))
    cell = topology.cell("communities", 7624, "communities")
    ours = run_cells([cell], topology.measure, one_by_one)["communities"][0]
    assert abs(ours[0] - theirs[0]) < 0.05 and theirs[1] - ours[1] > 0.3


def test_clustering_and_assortativity_are_those_of_a_network_that_can_be_counted():
    # a triangle with a tail: local clustering 1, 1, 1/3, 0; across ties the degrees 2, 2, 3, 1 correlate by -5/7
    found = topology.described(4, np.array([0, 1, 2, 2, 3]), np.array([1, 2, 0, 3, 2]))
    np.testing.assert_allclose(found, [7 / 12, 3 / 16, -5 / 7, 2.0], atol=1e-12)


def test_villages_are_halved_by_their_number(data):
    world = survey(data, "kfamily")
    assert set(world.community[world.odd]) == set(range(1, 26, 2))
    assert is_odd(np.array([1, 2, 3])).tolist() == [True, False, True]


def test_the_verdict_counts_the_checks_that_are_judged():
    def verdict(*holds):
        return Finding("p", "d", "w", "h", tuple(Check("t", "", "", hold) for hold in holds)).verdict

    assert [verdict(True, True, None), verdict(True, False), verdict(False, None), verdict(None)] == [
        COMES_OUT, IN_PART, DOES_NOT, CANNOT_TELL]


def test_a_single_draw_is_held_against_the_spread_of_runs_and_a_sign_against_the_error_of_their_mean():
    runs = np.array([1.0, 2.0, 3.0])                    # mean 2, sd 1, error of the mean .58
    assert in_band("", 3.9, runs).holds and not in_band("", 4.1, runs).holds
    assert in_band("", 9.0, runs, is_known=False).holds is None
    assert not signed("", 0.0, runs, +1).holds and signed("", 0.0, runs + 1, +1).holds


def test_where_the_data_are_absent_it_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("WOM_DATA_DIR", str(tmp_path / "nowhere"))
    assert main(["--only", "stars", "--workers", "1"]) == 2
    assert "WOM_DATA_DIR" in capsys.readouterr().err
    monkeypatch.setenv("WOM_DATA_DIR", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"ciaodvd/ratings\.csv"):
        table(data_folder(), "ciaodvd/ratings")


def test_writing_leaves_the_text_around_the_tables_alone(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(f"before\n{page.MARKS[0]}\nold\n{page.MARKS[1]}\nafter\n")
    page.write("new", path)
    assert path.read_text() == f"before\n{page.MARKS[0]}\n\nnew\n\n{page.MARKS[1]}\nafter\n"
