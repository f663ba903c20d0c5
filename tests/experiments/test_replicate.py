"""The replication gallery: every entry is complete, and the rows of every commit come out as published."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from experiments.replications import NAMES
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Page
from experiments.tasks.replicate.gallery import references
from simulation.config.overrides import config_folder

ROOT = Path(__file__).parents[2]
MODULES = {name: import_module(f"experiments.replications.{name}") for name in NAMES}
PRESETS = config_folder() / "experiment" / "replicate"


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_has_its_page_its_preset_and_known_sources(name):
    page, first = MODULES[name].PAGE, (PRESETS / f"{name}.yaml").read_text().splitlines()[:3]
    assert isinstance(page, Page) and all(vars(page).values())
    assert f"python run.py experiment=replicate/{name}" in " ".join(first)
    assert set(page.sources) <= set(references()), f"not in docs/references.md: {page.sources}"


def test_no_module_and_no_preset_is_left_out_of_the_gallery():
    modules = {file.stem for file in (ROOT / "experiments" / "replications").glob("*.py")} - {"__init__"}
    presets = {file.stem for file in PRESETS.glob("*.yaml")} - {"contact"}
    assert modules == set(NAMES) <= presets
    assert all(any(preset.startswith(name) for name in NAMES) for preset in presets)


@pytest.mark.parametrize("name", NAMES)
def test_the_full_tier_runs_at_least_what_the_fast_tier_runs(name):
    runs = {full: sum(len(list(cell.seeds)) for cell in MODULES[name].cells(full)) for full in (False, True)}
    assert all(isinstance(cell, Cell) for cell in MODULES[name].cells(True))
    assert 1 <= runs[False] <= runs[True]


@pytest.fixture(scope="session")
def fast_tier(tmp_path_factory):
    """Run the fast tier as a user does and return (its folder, exit status)."""
    folder = tmp_path_factory.mktemp("replicate") / "run"
    done = subprocess.run([sys.executable, "run.py", "task=replicate", "task.tier=fast", f"hydra.run.dir={folder}"],
                          cwd=ROOT, capture_output=True, text=True)
    (folder.parent / "said.json").write_text(json.dumps([done.stdout, done.stderr]))
    return folder, done.returncode, done.stdout + done.stderr


def test_every_claim_of_the_fast_tier_is_reproduced(fast_tier):
    folder, status, said = fast_tier
    assert status == 0, said
    claims = pd.read_csv(folder / "claims.csv")
    assert set(claims["replication"]) == {name for name, module in MODULES.items() if module.FAST}
    missed = claims[claims["verdict"] != "reproduced"]
    assert missed.empty, missed.to_string()


def test_the_gallery_is_one_file_that_needs_no_network(fast_tier):
    page = (fast_tier[0] / "gallery.html").read_text()
    shown = re.findall(r'<section id="(\w+)">', page)
    assert shown == [name for name in NAMES if MODULES[name].FAST]
    assert page.count('src="data:image/png;base64,') == len(shown)
    assert not re.search(r'(src|href)="(https?:|/|file:)', page) and "<script" not in page and "@import" not in page
    for heading in ("Question", "Prediction", "Design", "How to run", "Result", "What would change our mind",
                    "Limits", "Sources"):
        assert page.count(f"<h3>{heading}</h3>") == len(shown)
    assert not (fast_tier[0] / "INCOMPLETE").exists()
