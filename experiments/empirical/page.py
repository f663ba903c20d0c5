"""The page: tables of what was found, in Markdown, written between the marks of docs/empirical-check.md."""

from __future__ import annotations

from pathlib import Path

from experiments.empirical.findings import Finding
from experiments.own_pages.page_sections import write_between

PAGE = Path(__file__).resolve().parents[2] / "docs" / "empirical-check.md"
MARKS = ("<!-- found: written by python -m experiments.empirical --write -->", "<!-- end of what was found -->")
SHORT = {True: "yes", False: "no", None: "-"}
MAIN = ("default", "calibrated")
"""The worlds of the first table."""


def figures_table(figures: dict[str, dict[str, tuple[float, ...]]]) -> str:
    """Return the figures of the data, one row per pattern and set."""
    rows = ["| pattern | set | figure |", "|---|---|---|"]
    rows += [f"| {pattern} | {name} | {numbers(values)} |"
             for pattern, sets in figures.items() for name, values in sets.items()]
    return "\n".join(rows)


def numbers(values: tuple[float, ...]) -> str:
    """Return numbers as text, large ones without decimals."""
    return " / ".join(f"{value:.0f}" if abs(value) >= 100 else f"{value:.4f}" for value in values)


def verdicts_table(findings: list[Finding]) -> str:
    """Return one row per pattern and set: the verdict with default parameters, and with calibrated ones."""
    rows = ["| pattern | set | default parameters | calibrated on one part, judged on another |", "|---|---|---|---|"]
    found = {(f.pattern, f.data, f.world): f.verdict for f in findings}
    for pattern, name in dict.fromkeys((f.pattern, f.data) for f in findings):
        verdicts = (found.get((pattern, name, world), "") for world in MAIN)
        rows.append(f"| {pattern} | {name} | {' | '.join(verdicts)} |")
    return "\n".join(rows)


def details(findings: list[Finding]) -> str:
    """Return one table per pattern: every check in every world."""
    out = []
    for pattern in dict.fromkeys(finding.pattern for finding in findings):
        out += [f"### {pattern[0].upper()}{pattern[1:]}", "",
                "| set, world and what was set | compared | data | engine | agrees |", "|---|---|---|---|---|"]
        for finding in (f for f in findings if f.pattern == pattern):
            name = f"{finding.data}, {finding.world}: **{finding.verdict}** ({finding.how})"
            for check in finding.checks:
                out.append(f"| {name} | {check.text} | {check.data} | {check.engine} | {SHORT[check.holds]} |")
                name = ""
        out.append("")
    return "\n".join(out).rstrip()


def text_of(figures: dict, findings: list[Finding]) -> str:
    """Return everything that stands between the marks."""
    return "\n\n".join(["## Verdicts", verdicts_table(findings), "## Figures of the data", figures_table(figures),
                        "## Every comparison", details(findings)])


def write(text: str, page: Path = PAGE) -> None:
    """Put the text between the marks of the page."""
    write_between(page, MARKS, f"\n{text}\n")
