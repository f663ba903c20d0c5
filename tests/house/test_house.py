"""The house keeps its limits; all other figures are printed by ``python -m tests.house`` and not asserted."""

import pytest

from tests.house.reading import line_count, signatures, tuple_assignments, wide_lines
from tests.house.report import report
from tests.house.rooms import PACKAGES, ROOT, circles_of, files_of, imported_names, loose_modules

ENGINE = ROOT / "simulation"
MOST_ARGUMENTS, MOST_TUPLES_PER_HUNDRED = 10, 2.0


@pytest.mark.parametrize(("package", "most"), [("simulation", 7), ("experiments", 2)])
def test_few_modules_stand_outside_the_rooms(package, most):
    assert len(loose_modules(package)) <= most, loose_modules(package)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_function_takes_more_than_ten_arguments(package):
    many = [f"{path.relative_to(ROOT)} {s.name}: {s.arguments}" for path in files_of(package)
            for s in signatures(path) if s.arguments > MOST_ARGUMENTS]
    assert not many


@pytest.mark.parametrize("room", ["phases", "adoption"])
def test_one_statement_a_line_two_tuple_assignments_per_hundred_lines_at_most(room):
    paths = sorted((ENGINE / room).rglob("*.py"))
    found = {str(path.relative_to(ROOT)): tuple_assignments(path) for path in paths}
    share = 100.0 * sum(map(len, found.values())) / sum(map(line_count, paths))
    assert share <= MOST_TUPLES_PER_HUNDRED, {path: lines for path, lines in found.items() if lines}


def test_lines_of_the_engine_have_at_most_a_hundred_characters():
    assert not {str(path.relative_to(ROOT)): wide for path in files_of("simulation") if (wide := wide_lines(path))}


def test_the_measures_measure(tmp_path, monkeypatch):
    """By hand: two tuple assignments, one line of 101 characters, a function of three arguments, a circle of two."""
    file = tmp_path / "simulation" / "room" / "one.py"
    file.parent.mkdir(parents=True)
    file.write_text("from simulation.other import two\nfrom . import three\n\na, b = 1, 2\n(c, d) = b, a\n"
                    f"e = '{'x' * 95}'\n\ndef f(x, /, y, *, z):\n    return x\n")
    assert tuple_assignments(file) == [4, 5] and wide_lines(file) == [6]
    assert [(s.name, s.arguments, s.lines) for s in signatures(file)] == [("f", 3, 2)]
    monkeypatch.setattr("tests.house.rooms.ROOT", tmp_path)
    assert imported_names(file) == {"simulation.other.two", "simulation.room.three"}
    assert circles_of({("room", "other"): set(), ("other", "room"): set(), ("room", "third"): set()}) == [
        ["other", "room"]]


def test_the_report_names_every_room_once():
    lines = report().splitlines()
    for room in ("phases", "numerics", "pipeline", "study", "own_pages"):
        assert sum(line.split()[:1] == [room] for line in lines) == 1
