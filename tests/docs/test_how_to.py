"""The how-to pages work: their files are written, their Python is run, in the order of the page."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from experiments.command.main import main
from experiments.figures import FIGURES
from experiments.own_pages.rules_page import FAMILIES, kind_of
from simulation import load_params, metrics

PAGES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("*.md"))
README = Path(__file__).parents[2] / "README.md"
RUN_PAGE = README.parent / "docs" / "how-to" / "run_a_scenario.md"
COMMAND = re.compile(r"^(?:\$ |\| `)?python run\.py (.*?)(?:  +#.*|` \|.*)?$", re.MULTILINE)
OWN_FILES = "hydra.searchpath"
BLOCK = re.compile(r"^```(python|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"# ([\w./-]+\.(?:py|yaml|csv))\n")
DATA = "../shared/data"


NEW = re.compile(r'kind: Literal\["(\w+)"\]|(?:METRICS|FIGURES) = \{"(\w+)"|UNITS = \{"(\w+)": "\w+", "(\w+)"')


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return (language, text) of every block of Python or YAML."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def in_the_engine() -> set[str]:
    """Return the names that rules, metrics, their numbers and figures of the engine have."""
    kinds = {kind_of(rule) for _, family in FAMILIES.values() for rule in family}
    return {*kinds, *metrics.METRICS, *metrics.UNITS, *FIGURES}


def under_new_names(text: str, page: Path) -> str:
    """Return code in which what the page adds has another name, where it was moved into the engine as the page says."""
    whole = "".join(text for _, text in blocks(page))
    for name in {name for names in NEW.findall(whole) for name in names} & in_the_engine():
        text = re.sub(rf"\b{name}\b", f"{name}_again", text)
    return text


def test_there_is_a_recipe_for_every_kind_of_extension():
    kinds = ("a_motive", "an_adoption_rule", "a_belief_rule", "a_policy", "a_network", "a_metric", "a_figure")
    assert {*(f"add_{kind}" for kind in kinds), "run_a_scenario", "read_the_tables"} <= {page.stem for page in PAGES}


def test_every_page_begins_with_its_title():
    assert all(page.read_text(encoding="utf-8").startswith("# ") for page in PAGES)


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem.startswith("add_")], ids=lambda page: page.stem)
def test_what_a_page_adds_may_move_into_the_engine_as_it_stands(page):
    added = [text for _, text in blocks(page) if FILE.match(text) and "FIGURES = {" not in text]
    wide = [line for text in added for line in text.splitlines() if len(line) > 100]
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.stem)
def test_the_code_of_the_page_runs(page, tmp_path, monkeypatch, request, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    namespace: dict = {"__name__": f"page_{page.stem}"}
    for language, block in blocks(page):
        text = under_new_names(block, page) if page.stem.startswith("add_") else block
        if DATA in text:
            text = text.replace(DATA, str(request.getfixturevalue("data")))
        named = FILE.match(text)
        if named:
            file = tmp_path / named[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.split("\n", 1)[1], encoding="utf-8")
        elif language == "python":
            exec(compile(text, str(page), "exec"), namespace)
    assert capsys.readouterr().err == ""


def commands_of(*pages: Path) -> list[str]:
    """Return the words of every command of the pages, but those that need files of the page."""
    found = [words for page in pages for words in COMMAND.findall(page.read_text(encoding="utf-8"))]
    return sorted({words for words in found if OWN_FILES not in words})


@pytest.mark.parametrize("command", commands_of(README, RUN_PAGE))
def test_every_command_of_the_first_pages_is_a_good_one_or_refused_as_it_says(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "friends.csv").write_text("who,whom\nann,bob\nbob,eve\n")
    words = shlex.split(command)
    if words[0] == "--help" or "task=list" in words:
        assert main(words) == 0
    elif "adoption.kind=considr" in words:
        assert main(words) == 2
        assert "'considr'" in capsys.readouterr().err
    else:
        assert load_params(*words).steps > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_says_what_its_files_are_called(page):
    for language, text in blocks(page):
        brings = any(f"{word} = " in text for word in ("RULES", "METRICS", "FIGURES"))
        if brings or (language == "yaml" and "kind:" in text):
            assert FILE.match(text), f"{page.name}: the first line of this block must name its file\n{text[:200]}"


def test_a_page_still_runs_after_what_it_adds_was_moved_into_the_engine(monkeypatch):
    page = next(page for page in PAGES if page.stem == "add_a_metric")
    for there, text in ((set(), "hesitation n_hesitant hesitations"),
                        ({"hesitation", "n_hesitant"}, "hesitation_again n_hesitant_again hesitations")):
        monkeypatch.setattr(sys.modules[__name__], "in_the_engine", there.copy)
        assert under_new_names("hesitation n_hesitant hesitations", page) == text
