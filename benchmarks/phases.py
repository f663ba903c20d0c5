"""``python -m benchmarks.phases 10000 1000000``: time and memory traffic of each phase, per size, as a table."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.measure import in_fresh_process
from benchmarks.table import cell, markdown

MODULE = "benchmarks.engine.profile"


def main(words: list[str]) -> int:
    """Measure each size in a process of its own; write ``phases.json`` and ``phases.md``, print the latter."""
    parser = argparse.ArgumentParser("python -m benchmarks.phases", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--steps", type=int, default=100, help="length of the campaign; its middle is watched")
    parser.add_argument("--watch", type=int, default=10, help="steps that are timed; medians are reported")
    parser.add_argument("--out", type=Path, default=Path("outputs/benchmarks"))
    choice = parser.parse_args(words)
    choice.out.mkdir(parents=True, exist_ok=True)
    found = [in_fresh_process(sys.executable, MODULE, {"people": n, "steps": choice.steps, "watch": choice.watch}, 7200)
             for n in choice.people]
    here = machine()
    (choice.out / "phases.json").write_text(json.dumps({"machine": here, "measurements": found}, indent=1))
    text = page(found, here)
    (choice.out / "phases.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def page(found: list[dict], here: dict) -> str:
    """Return one section per size."""
    head = f"# Where a step's time goes\n\n{here['date']}, commit {here['commit'][:12]}, {here['cpu']}, one core."
    return "\n\n".join([head, *(section(one) for one in found)]) + "\n"


def section(one: dict) -> str:
    """Return the table of one size, or why there is none."""
    if "failed" in one:
        return f"Failed: {one['failed']}"
    work = ", ".join(f"{count:,.0f} {name}" for name, count in one["work"].items())
    lines = [("phase", "ms per step", "best", "share", "ns per person", "MB to touch", "times the memory limit"),
             *(line(row, one) for row in one["phases"]), line(total(one), one)]
    return (f"## {one['people']:,} people, {one['ties']:,} ties, about step {one['step']}\n\n"
            f"Per step: {work}. Copy bandwidth {one['bandwidth'] / 1e9:.1f} GB/s.\n\n{markdown(lines)}{per_work(one)}")


def line(row: dict, one: dict) -> tuple[str, ...]:
    """Return a phase as a line of the table."""
    limit = row["bytes"] / one["bandwidth"]
    return (row["phase"], cell(1e3 * row["seconds"]), cell(1e3 * row["best"]),
            f"{100 * row['seconds'] / one['seconds']:.1f} %", cell(1e9 * row["seconds"] / one["people"]),
            cell(row["bytes"] / 1e6), cell(row["seconds"] / limit if limit else None))


def total(one: dict) -> dict:
    """Return the whole step as a row."""
    return {"phase": "step"} | {name: sum(row[name] for row in one["phases"]) for name in ("seconds", "best", "bytes")}


def per_work(one: dict) -> str:
    """Return the cost of exposure per message and per reading."""
    seconds = next(row["seconds"] for row in one["phases"] if row["phase"] == "exposure")
    parts = [f"{1e9 * seconds / one['work'][name]:,.0f} ns per {name[:-1]}" for name in ("messages", "reads")
             if one["work"][name]]
    return f"\n\nExposure: {', '.join(parts)}." if parts else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
