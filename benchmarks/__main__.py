"""``python -m benchmarks``: run the races, write ``results.json``, ``table.md`` and ``cost.svg`` / ``cost.png``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import write_figure
from benchmarks.found import Found
from benchmarks.machine import machine
from benchmarks.measure import Session, run_race
from benchmarks.races import FULL, QUICK, races_of
from benchmarks.table import page

NAMES = list(dict.fromkeys(race.name for race in races_of(QUICK, huge=True)))


def arguments(words: list[str]) -> argparse.Namespace:
    """Return the choices on the command line."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once each: shows that everything runs")
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=f"some races: {', '.join(NAMES)}")
    parser.add_argument("--huge", action="store_true", help="ten million people as well")
    parser.add_argument("--out", type=Path, help="folder for the results (default outputs/benchmarks/<time>)")
    parser.add_argument("--rivals", default=sys.executable, metavar="PYTHON",
                        help="the Python in which rivals are installed (default: this one)")
    parser.add_argument("--repetitions", type=int, help="measurements of each contestant (default 5; quick 1)")
    parser.add_argument("--patience", type=float, default=1800, help="seconds after which a measurement is given up")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Run what was asked for; results are written after every race, so that nothing is lost."""
    choice = arguments(words)
    sizes = QUICK if choice.quick else FULL
    out = choice.out or Path("outputs/benchmarks") / time.strftime("%Y-%m-%d_%H-%M-%S")
    out.mkdir(parents=True, exist_ok=True)
    races = [race for race in races_of(sizes, choice.huge) if not choice.only or race.name in choice.only]
    here, measurements = machine(), []
    with tempfile.TemporaryDirectory(prefix="grapevine-graphs-") as folder:
        session = Session(tuple(dict.fromkeys((choice.rivals, sys.executable))),
                          choice.repetitions or (1 if choice.quick else 5), choice.patience, Path(folder))
        for race in races:
            for one in run_race(race, session):
                measurements.append(one)
                print(told(one), file=sys.stderr, flush=True)
            write(out, here, measurements, sizes, not choice.quick)
    write_figure(out, Found(measurements), here)
    print(f"{out}/table.md")
    return 0


def told(one: dict) -> str:
    """Return a measurement in one line."""
    found = one["found"]
    what = f"{found['seconds']:.4g} s" if "seconds" in found else ", ".join(f"{k}: {v}" for k, v in found.items())
    return f"{one['race']:10} {one['people']:>11,} {one['contestant']:16} {what}"


def write(out: Path, here: dict, measurements: list[dict], sizes, judged: bool) -> None:
    """Write everything that is known so far."""
    found = Found(measurements)
    (out / "results.json").write_text(json.dumps({"machine": here, "measurements": measurements}, indent=1))
    (out / "table.md").write_text(page(found, sizes, here, judged), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
