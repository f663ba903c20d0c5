"""A model and its results in Python: one object that follows the model, figures as objects, texts at a glance."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from experiments.figures import FIGURES
from simulation import ConfigError, WordOfMouthModel, load_params
from simulation.output.results import Results

ROOT = Path(__file__).parents[2]
SMALL = ("population.size=300", "steps=12", "output.figures=false")


def model_of(*words, **values):
    """Return a small model."""
    return WordOfMouthModel(load_params(*SMALL, *words, **values), seed=1)


@pytest.fixture(scope="module")
def finished():
    """A small model that has run."""
    model = model_of("output.ledger=full")
    model.run()
    return model


class Text(HTMLParser):
    """Collects the text, and everything that would be loaded from elsewhere."""

    def __init__(self, html):
        super().__init__()
        self.text, self.loads, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.loads += [tag] if tag in ("script", "link", "img", "iframe") else []
        self.loads += [value for key, value in attrs if key in ("src", "href") or "url" in (value or "")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


# -- one object ------------------------------------------------------------------------------------

def test_results_are_one_object_whose_summary_is_worked_out_once(finished, monkeypatch):
    made = []
    monkeypatch.setattr("simulation.output.results.summarise", lambda *of: made.append(of) or {"made": len(made)})
    finished.results.forget()
    assert finished.results is finished.results
    assert finished.results.summary is finished.results.summary and len(made) == 1
    assert finished.run() is finished.results
    finished.results.forget()
    assert finished.results.summary == {"made": 2}
    finished.results.forget()


def test_results_follow_the_model():
    model = model_of()
    results = model.results
    assert results.summary["steps"] == 0 and len(results.timeseries["step"].unique()) == 1
    model.step()
    before = results.timeseries
    assert results is model.results and results.summary["steps"] == 1 and before["step"].max() == 1
    model.run()
    assert results.summary["steps"] == 12 and results.timeseries["step"].max() == 12
    assert before["step"].max() == 1
    fresh = Results(model.state, model.params, model.recorder)
    assert fresh.timeseries.equals(results.timeseries) and fresh.people.equals(results.people)


def test_who_changes_people_by_hand_asks_for_new_tables():
    model = model_of()
    owners = model.results.people.shape
    model.state.activity[:] = 7.0
    model.results.forget()
    assert model.results.people.shape == owners and (model.results.people["activity"] == 7.0).all()


def test_results_are_about_the_parameters_that_the_model_has():
    model = model_of()
    before = model.results
    model.params = model.params.changed({"name": "later"})
    assert model.results is not before and model.results.summary["name"] == "later"


# -- files -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("of", [str, Path])
def test_results_are_written_into_a_folder_that_need_not_be_there(finished, tmp_path, of):
    finished.results.write(of(tmp_path / "not" / "yet"))
    found = {path.name for path in (tmp_path / "not" / "yet").iterdir()}
    assert found == {f"{name}.parquet" for name in finished.results.tables()} | {"summary.json"}


@pytest.mark.parametrize("ledger", ["none", "conversions", "full"])
def test_the_names_of_the_tables_are_known_before_they_are_made(ledger):
    results = model_of(f"output.ledger={ledger}").results
    assert results.table_names() == list(results.tables())


# -- figures ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_an_object_that_a_notebook_shows(finished, name):
    fig = finished.results.figure(name)
    assert isinstance(fig, Figure) and fig.get_suptitle()
    picture = fig._repr_png_()
    assert picture.startswith(b"\x89PNG") and len(picture) < 250_000


def test_a_wrong_name_of_a_figure_is_answered_with_those_there_are(finished):
    with pytest.raises(ConfigError, match=r"must be adoption, ladder, .*, got 'adopton'; did you mean 'adoption'\?"):
        finished.results.figure("adopton")
    with pytest.raises(ConfigError, match=r"figure: must be adoption.*, got 3"):
        finished.results.figure(3)


def test_the_engine_draws_nothing_until_a_figure_is_asked_for():
    code = ("import sys; from simulation import WordOfMouthModel, load_params; "
            "m = WordOfMouthModel(load_params('population.size=200', 'steps=1')); m.results.summary; repr(m.results); "
            "assert 'matplotlib' not in sys.modules; m.results.figure('adoption'); assert 'matplotlib' in sys.modules")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr


# -- texts -----------------------------------------------------------------------------------------

def test_the_text_of_a_model_says_people_ties_step_and_seed():
    model = model_of()
    ties = len(model.state.ties)
    assert repr(model) == f"<WordOfMouthModel listening_brand: 300 people, {ties:,} ties, step 0 of 12, seed 1>"
    model.step()
    assert "step 1 of 12" in repr(model) and repr(model) == str(model)


def test_the_text_of_results_names_their_tables(finished):
    text = repr(finished.results)
    assert text.startswith("<Results of listening_brand: 300 people, 12 steps, seed 1; tables timeseries, people")
    assert "\n" not in text


def test_a_notebook_shows_a_model_as_a_table(finished):
    html = finished._repr_html_()
    page = Text(html)
    assert page.loads == [] and page.open == []
    summary = finished.results.summary
    for text in ("300 people", "step 12 of 12", "seed 1", "alpha", "beta", "owners", "sales", "net promoter score",
                 f"{summary['alpha']['sales']:,.0f}", f"{summary['beta']['customers']:,.0f}"):
        assert text in " ".join(page.text), text


def test_a_notebook_shows_results_with_their_tables_and_figures(finished):
    page = Text(finished.results._repr_html_())
    text = " ".join(page.text)
    assert page.loads == [] and "Tables: timeseries, people" in text and "Figures: adoption, ladder" in text
    assert "net present value" in text and "mean stars" in text


def test_html_is_escaped_and_undefined_figures_are_dashes():
    model = model_of(name="<script>alert('x & y')</script>")
    html = model._repr_html_() + model.results._repr_html_()
    assert "<script" not in html and "&lt;script&gt;alert(&#x27;x &amp; y&#x27;)&lt;/script&gt;" in html
    assert re.search(r"<td>–</td>", html) and "nan" not in html


def test_many_brands_are_counted():
    model = model_of(**{f"+firm@brands.b{i:02}": "retail" for i in range(30)})
    page = Text(model._repr_html_())
    assert "and 12 more brands" in page.text and page.text.count("b17") == 1 and "b18" not in page.text
