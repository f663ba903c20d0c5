"""A model or its results at a glance: one line of text, or a small HTML table for a notebook.

The HTML is plain: every text is escaped, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

MOST_BRANDS = 20
"""Brands that a table shows; more are counted."""

SHOWN = (("owners", "customers", "{:,.0f}"), ("sales", "sales", "{:,.0f}"),
         ("net promoter score", "nps", "{:+.1f}"))
"""Columns for a model: heading, figure of the summary, format."""

SHOWN_OF_RESULTS = (*SHOWN, ("reviews", "reviews", "{:,.0f}"),
                    ("mean stars", "mean_stars", "{:.2f}"), ("profit", "profit", "{:,.0f}"),
                    ("net present value", "npv", "{:,.0f}"))
"""Columns for results."""


def model_line(model) -> str:
    """Return what a model is: its market, people, ties, step, brands and seed."""
    params, state = model.params, model.state
    return (f"<{type(model).__name__} {params.name}: {state.n:,} people, {len(state.ties):,} ties, "
            f"step {state.step:,} of {params.steps:,}, seed {params.seed}>")


def results_line(results) -> str:
    """Return what results are about, and the names of their tables."""
    params, state = results.params, results.state
    return (f"<Results of {params.name}: {state.n:,} people, {state.step:,} steps, seed "
            f"{params.seed}; tables {', '.join(results.table_names())}>")


def model_html(model) -> str:
    """Return a model as a small table: the facts in its caption, one row per brand."""
    state, params = model.state, model.params
    facts = (f"{state.n:,} people, {len(state.ties):,} ties, step {state.step:,} of "
             f"{params.steps:,}, seed {params.seed}")
    return brand_table(params.name, facts, model.results.summary, list(params.brands), SHOWN)


def results_html(results, figures: Sequence[str]) -> str:
    """Return results as a small table, with the names of their tables and figures under it."""
    params, state = results.params, results.state
    facts = f"{state.n:,} people, {state.step:,} steps, seed {params.seed}"
    table = brand_table(params.name, facts, results.summary, list(params.brands), SHOWN_OF_RESULTS)
    return (f"{table}{line('Tables', results.table_names())}"
            f"{line('Figures', figures) if figures else ''}")


def brand_table(name: str, facts: str, summary: dict, brands: list[str],
                shown: Sequence[tuple]) -> str:
    """Return the table of a market: a row per brand, a column per figure of ``shown``."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading, *_ in (("brand",), *shown))
    rows = "".join(row(brand, summary[brand], shown) for brand in brands[:MOST_BRANDS])
    if len(brands) > MOST_BRANDS:
        more = f"and {len(brands) - MOST_BRANDS} more brands"
        rows += f'<tr><td colspan="{len(shown) + 1}">{more}</td></tr>'
    return (f'<table><caption style="text-align:left"><b>{escape(name)}</b>: '
            f'{escape(facts)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


def row(brand: str, figures: dict, shown: Sequence[tuple]) -> str:
    """Return the row of one brand."""
    cells = "".join(f"<td>{as_text(figures[figure], form)}</td>" for _, figure, form in shown)
    return f"<tr><th>{escape(brand)}</th>{cells}</tr>"


def as_text(value: float, form: str) -> str:
    """Return a figure in its format; a dash where it is not defined."""
    return "–" if value != value else form.format(value)


def line(what: str, names: Iterable[str]) -> str:
    """Return a line of names."""
    return f"<p>{what}: {escape(', '.join(names))}</p>"
