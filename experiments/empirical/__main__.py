"""Compare the engine with the real data, and print or write what was found."""

from __future__ import annotations

import argparse
import sys

from experiments.empirical import authors, complaints, contagion, durables, leaders, order, page, stars, topology
from experiments.empirical.data import data_folder
from experiments.study.workers import pool, workers_of

PATTERNS = {"stars": stars, "authors": authors, "contagion": contagion, "leaders": leaders, "order": order,
            "complaints": complaints, "durables": durables, "topology": topology}


def figures_of(data, names=tuple(PATTERNS)) -> dict[str, dict[str, tuple[float, ...]]]:
    """Return the figures of the data by pattern and set."""
    return {getattr(PATTERNS[name], "PATTERN", "contagion across ties, and its chance"): PATTERNS[name].figures(data)
            for name in names}


def main(argv: list[str]) -> int:
    """Run the check; 0 where it ran, 2 where the data are absent."""
    parser = argparse.ArgumentParser(prog="python -m experiments.empirical", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/empirical-check.md")
    parser.add_argument("--workers", default="auto", help="processes; auto: one per core")
    parser.add_argument("--only", nargs="+", choices=PATTERNS, default=list(PATTERNS), help="some patterns only")
    asked = parser.parse_args(argv)
    if asked.write and len(asked.only) < len(PATTERNS):
        parser.error("--write needs all patterns")
    try:
        data = data_folder()
        with pool(workers_of(asked.workers)) as mapped:
            found = [finding for name in asked.only for finding in PATTERNS[name].findings(data, mapped)]
        text = page.text_of(figures_of(data, asked.only), found)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.write:
        page.write(text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
