"""The page on validation lists every number of the baseline, as it stands now, with a status."""

import re
from pathlib import Path

from experiments.own_pages.defaults_table import MARKS, PAGE, numbers, origin, status
from experiments.own_pages.defaults_words import CALIBRATED, FIXED, PUBLISHED
from simulation.config.compose import compose

ROW = re.compile(r"^\| `([\w.]+)` \| (\S+) \| (.+?) \| .* \| (\S.*?) \|$", re.MULTILINE)


def rows():
    text = PAGE.read_text(encoding="utf-8").split(MARKS[0])[1].split(MARKS[1])[0]
    return {path: (value, why, word) for path, value, why, word in ROW.findall(text)}


def test_every_number_of_the_baseline_stands_on_the_page_with_its_value_and_origin():
    listed = rows()
    wanted = {path: (f"{value:g}", origin(path)) for path, value in numbers(compose("scenario=baseline"))}
    assert {path: row[:2] for path, row in listed.items()} == wanted, \
        "python -m experiments.own_pages.defaults_table --write measures the table anew"


def test_every_number_has_a_status():
    assert {row[2] for row in rows().values()} <= {"fixed", "validated", "calibrated", "assumed", "**unknown**"}


def test_an_assumption_that_moves_the_outcome_by_a_point_is_called_unknown():
    assert status("feed.generations", (0.2, -0.3, 0.1)) == "assumed"
    assert status("feed.generations", (-1.2, 0.0, 0.1)) == "**unknown**"
    assert status("population.reservation_mean", (-18.0, 0.0, 0.1)) == "calibrated"
    assert status("experience.loss_aversion", (-3.0, 0.0, 0.1)) == "validated"


def test_the_words_name_numbers_that_exist():
    paths = [path for path, _ in numbers(compose("scenario=baseline"))]
    for start in [*FIXED, *PUBLISHED, *CALIBRATED]:
        assert any(path == start or path.startswith(f"{start}.") for path in paths), start


def test_the_page_links_to_the_evidence():
    text = PAGE.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([\w./-]+\.md)\)", text):
        assert (Path(PAGE).parent / link).exists(), link
