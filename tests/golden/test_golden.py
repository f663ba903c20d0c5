"""The default run gives the numbers it gave; they change only with a written reason.

    python -m tests.golden.test_golden --because "conversions now ..."     writes them anew, with the reason
"""

import json
import sys
from pathlib import Path

import pytest

from tests.worlds import run

FILE = Path(__file__).parent / "numbers.json"
FIGURES = ("adoption", "customers", "sales", "nps", "nps_estimated", "mean_satisfaction", "reviews", "mean_stars",
           "reads", "word_of_mouth_share", "detractors", "advocates", "profit", "lost_sales")


def measure() -> dict[str, float]:
    """Return the golden numbers of the default scenario: 3,000 people, 40 weeks, seed 20261122."""
    summary = run("population.size=3000", "steps=40", seed=20261122).results.summary
    return {f"{brand}.{figure}": summary[brand][figure] for brand in ("alpha", "beta") for figure in FIGURES}


def test_the_default_run_gives_the_numbers_it_gave():
    golden = json.loads(FILE.read_text())
    assert measure() == pytest.approx(golden["numbers"], rel=1e-6), "write them anew only with a reason (see above)"


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "--because" or not sys.argv[2].strip():
        sys.exit("give a reason: python -m tests.golden.test_golden --because \"...\"")
    FILE.write_text(json.dumps({"because": sys.argv[2], "numbers": measure()}, indent=2) + "\n")
