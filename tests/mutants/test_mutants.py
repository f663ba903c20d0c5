"""Every wrong version of the engine is noticed by the one test named for it, and nothing else is taken for that."""

from dataclasses import replace

import pytest

from tests.mutants.mutant import ROOT
from tests.mutants.mutants import AREAS, MUTANTS
from tests.mutants.page import PAGE, page
from tests.mutants.run import BROKEN, KILLED, SURVIVED, copy_tree, run_tests, try_killers, try_mutant

ONE = MUTANTS["ties_reversed"]


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """Return a copy of the tree on which every killer passes."""
    folder = copy_tree(tmp_path_factory.mktemp("tree"))
    complaint = try_killers(folder, MUTANTS.values())
    assert not complaint, complaint
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_version_is_noticed(tree, name):
    verdict = try_mutant(tree, MUTANTS[name])
    assert verdict.word == KILLED, f"{name}: {MUTANTS[name].what}; {verdict.word}: {verdict.why}"


def test_a_change_that_changes_nothing_survives(tree):
    harmless = replace(ONE, new=f"{ONE.old}  # as before")
    assert try_mutant(tree, harmless).word == SURVIVED


@pytest.mark.parametrize("new", ["e = unknown", "e ="], ids=["error", "no Python"])
def test_a_version_that_breaks_down_is_not_taken_for_a_wrong_one_that_was_noticed(tree, new):
    assert try_mutant(tree, replace(ONE, new=new)).word == BROKEN


def test_a_version_that_cannot_be_made_is_refused(tree):
    before = (tree / ONE.file).read_bytes()
    for old in ("no such text", "source"):
        with pytest.raises(ValueError, match=r"must stand once in simulation/world/ties\.py, got \d+ times"):
            try_mutant(tree, replace(ONE, old=old))
    assert (tree / ONE.file).read_bytes() == before == (ROOT / ONE.file).read_bytes()


def test_a_run_on_other_code_than_the_copy_is_refused(tree, tmp_path):
    outcome = run_tests(tree, [str(tree / ONE.killer)], at=tmp_path)
    assert outcome.status == 4 and "not from the copy" in outcome.output


def test_names_are_unique_and_every_killer_is_a_test_that_there_is():
    assert len(MUTANTS) == sum(map(len, AREAS.values())) >= 28
    for mutant in MUTANTS.values():
        file, _, test = mutant.killer.partition("::")
        assert f"\ndef {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8"), mutant.killer


@pytest.mark.parametrize("name", MUTANTS)
def test_the_text_to_be_changed_stands_in_its_file_once(name):
    mutant = MUTANTS[name]
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert mutant.applied(text) != text


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/mutants.md is old: run python -m tests.mutants --write"
