"""The reference pages say what the code says: written anew, they are the same to the letter."""

import re

import pytest

from experiments.figures import FIGURES
from experiments.own_pages import reference_words as words
from experiments.own_pages.reference_pages import FOLDER, PAGES, write
from experiments.own_pages.rules_page import FAMILIES, first_sentence, kind_of
from simulation import metrics
from simulation.config.catalogue import leaves
from simulation.config.schema import Params
from simulation.numerics.randomness import Stream
from simulation.output import summary
from simulation.pipeline import STEP
from simulation.world.state import COLUMNS


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name):
    committed = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert committed == PAGES[name](), f"{name}.md is old: run python -m experiments.own_pages.reference_pages"


def test_the_pages_name_everything_that_there_is():
    text = {name: (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
    assert all(f"`{column.name}`" in text["columns"] for column in COLUMNS)
    assert all(f"\n## {phase.__name__}\n" in text["phases"] for phase in STEP)
    assert all(f"`{stream.name}`" in text["streams"] for stream in Stream)
    assert all(f"`{metric}`" in text["metrics"] for metric in metrics.UNITS)
    rules = [*(kind_of(rule) for _, family in FAMILIES.values() for rule in family), *metrics.METRICS, *FIGURES]
    assert all(f"\n| `{name}` | " in text["rules"] for name in rules)
    assert all(f"`{leaf.path}`" in text["parameters"] for leaf in leaves(Params))


def test_every_rule_has_one_sentence_and_a_source_that_is_in_the_references():
    page = (FOLDER / "rules.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^## (\w+)$", (FOLDER.parent / "references.md").read_text(encoding="utf-8"), re.MULTILINE))
    keys = re.findall(r"\[(\w+)\]\(\.\./references\.md#\1\)", page)
    assert set(keys) <= known and len(keys) >= 20
    rows = re.findall(r"^\| `\w+` \| (.*?) \| (.*) \|$", page, re.MULTILINE)
    assert all(sentence.endswith(".") for sentence, _ in rows)
    assert all(source == "assumption" or source.startswith("[") for _, source in rows)
    assert first_sentence("Path: a row.  More.\n\nAnd more.") == "Path: a row."


def test_there_is_a_meaning_for_everything_and_for_nothing_else():
    assert set(words.COLUMNS) == {column.name for column in COLUMNS}
    assert all(set(metric.MEANING) == set(metric.UNITS) for metric in metrics.METRICS.values())
    assert set(words.SUMMARY) == set(summary.UNITS)


def test_writing_goes_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.own_pages.reference_pages.PAGES", {"streams": PAGES["streams"]})
    write(tmp_path / "new")
    assert (tmp_path / "new" / "streams.md").read_text(encoding="utf-8").startswith("# Streams\n")
