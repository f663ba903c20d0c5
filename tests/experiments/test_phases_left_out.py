"""A world may go without any of its phases: the run still ends in tables, a summary and figures."""

import pytest

from experiments.figures import write_figures
from simulation import WordOfMouthModel, load_params
from simulation.pipeline import STEP

NAMES = [phase.__name__ for phase in STEP]
SMALL = ("population.size=200", "steps=6")


@pytest.mark.parametrize("phase", NAMES)
def test_a_world_without_one_phase_ends_in_tables_and_figures(phase, tmp_path):
    model = WordOfMouthModel(load_params(*SMALL, f"without=[{phase}]"), seed=2)
    results = model.run()
    results.write(tmp_path)
    assert write_figures(results, tmp_path) and phase not in model.manifest()["phases"]
    assert (tmp_path / "summary.json").exists() and len(results.people) == 200


def test_a_world_in_which_only_advertising_and_purchases_happen_has_no_reviews(tmp_path):
    rest = [name for name in NAMES if name not in ("advertising", "conversion")]
    results = WordOfMouthModel(load_params(*SMALL, f"without=[{','.join(rest)}]"), seed=2).run()
    assert write_figures(results, tmp_path)
    assert len(results.ledger["reviews"]) == 0
