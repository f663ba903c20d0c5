"""The reference page of all rules: one line and a source each, from the text at the top of each file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import get_args

from experiments.figures import FIGURES
from simulation.adoption import ADOPTIONS
from simulation.beliefs import BELIEFS
from simulation.metrics import METRICS
from simulation.motives import MOTIVES
from simulation.networks import NETWORKS
from simulation.params import Rule
from simulation.policies import POLICIES

RULES_HEAD = """\
What there is to choose from. `kind` is the name by which a config asks for a rule; its parameters stand in
[parameters.md](parameters.md), what a metric's numbers are in [metrics.md](metrics.md). A source is a key of
[the references](../references.md); `assumption` says plainly that there is none.
"""
FAMILIES: dict[str, tuple[str, tuple[type[Rule], ...]]] = {
    "Motives": ("Why people post: `+motive@motives.<name>=...`; to [add one](../how-to/add_a_motive.md).", MOTIVES),
    "Adoption rules": ("What makes people buy: `adoption=...`; to [add one](../how-to/add_an_adoption_rule.md).",
                       ADOPTIONS),
    "Belief rules": ("What reviews and experience do to beliefs: `belief=...`; to "
                     "[add one](../how-to/add_a_belief_rule.md).", BELIEFS),
    "Policies": ("What brand teams do: `+policy@brands.<name>.policies.<name>=...`; to "
                 "[add one](../how-to/add_a_policy.md).", POLICIES),
    "Networks": ("Who sees whom: `network=...`; to [add one](../how-to/add_a_network.md).", NETWORKS),
}


def rules(written: str) -> str:
    """Return the page; ``written`` says by what."""
    parts = [f"# Rules\n\n{written}\n{RULES_HEAD}"]
    for title, (what, family) in FAMILIES.items():
        rows = [(kind_of(rule), first_sentence(sys.modules[rule.__module__].__doc__), linked(rule.source))
                for rule in family]
        parts.append(section(title, what, ("kind", "what it is", "source"), rows))
    rows = [(name, first_sentence(metric.__doc__), linked(metric.SOURCE)) for name, metric in METRICS.items()]
    parts.append(section("Metrics", "What is recorded in every step: `metrics.<name>=true`; to "
                         "[add one](../how-to/add_a_metric.md).", ("name", "what it is", "source"), rows))
    rows = [(name, first_sentence(import_module(module).__doc__)) for name, module in FIGURES.items()]
    parts.append(section("Figures", "What is drawn of a run: `output.figures=true`; to "
                         "[add one](../how-to/add_a_figure.md).", ("name", "what it shows"), rows))
    return "\n".join(parts)


def section(title: str, what: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return one family as a table."""
    return "\n".join([f"## {title}", "", what, "", *lines_of(head, rows), ""])


def lines_of(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a Markdown table whose first column is code."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for name, *cells in rows:
        yield f"| `{name}` | {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def kind_of(rule: type[Rule]) -> str:
    """Return the name by which a config asks for a rule."""
    return get_args(rule.model_fields["kind"].annotation)[0]


def first_sentence(doc: str) -> str:
    """Return the first sentence of a description."""
    paragraph = " ".join(doc.strip().split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", paragraph)[0]


def linked(source: str) -> str:
    """Return a reference key with a link to the reference."""
    return source if source == "assumption" else f"[{source}](../references.md#{source})"
