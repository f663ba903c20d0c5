"""The notebooks of the docs run, and show what they found when they were written."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
LINK = re.compile(r"\]\(([^)#]+)\)")


def said(notebook):
    """Return what every cell of code printed or returned, as text."""
    return [[output.get("text", output.get("data", {}).get("text/plain")) for output in cell.outputs]
            for cell in notebook.cells if cell.cell_type == "code"]


def test_there_is_a_notebook():
    assert "first_steps.ipynb" in [path.name for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_stands_in_it(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    again = nbformat.read(path, as_version=4)
    NotebookClient(again, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert said(again) == said(kept)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_shows_pictures_and_names_no_machine(path):
    notebook, text = nbformat.read(path, as_version=4), path.read_text(encoding="utf-8")
    shown = [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
             if output.output_type == "execute_result"]
    assert sum("image/png" in data for data in shown) >= 2 and sum("text/html" in data for data in shown) >= 4
    assert len(text) < 300_000
    assert not re.search(r"site-packages|/home/|/root/|/tmp/|C:\\\\|Warning|Traceback", text)
    assert [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"] == list(
        range(1, 1 + sum(cell.cell_type == "code" for cell in notebook.cells)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_links_of_a_notebook_lead_somewhere_and_the_docs_lead_to_it(path):
    notebook = nbformat.read(path, as_version=4)
    links = [link for cell in notebook.cells if cell.cell_type == "markdown" for link in LINK.findall(cell.source)]
    assert links and all((path.parent / link).exists() for link in links)
    assert f"notebooks/{path.name}" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
