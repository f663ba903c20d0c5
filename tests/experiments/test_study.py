"""A study runs many worlds that differ only where its cells say so."""

import pytest

from experiments.study.cells import Cell, changed, run_cells
from experiments.study.workers import pool, workers_of
from simulation.params import ConfigError

WORDS = ("experiment=replicate/bass", "population.size=200", "steps=6")


def who_bought(model):
    """Return the steps of all first purchases, and the parameters that the cells vary."""
    return model.params.adoption.p, model.params.seed, model.state.adopted_at[:, 0].tolist()


def test_a_cell_changes_what_it_names_and_nothing_else():
    config = {"adoption": {"p": 0.1, "q": 0.2}, "steps": 3}
    assert changed(config, {"adoption.p": 0.5}) == {"adoption": {"p": 0.5, "q": 0.2}, "steps": 3}
    assert config["adoption"]["p"] == 0.1


@pytest.mark.parametrize("path", ["adoption.r", "adaption.p", "steps.p"])
def test_a_path_that_does_not_exist_is_refused(path):
    with pytest.raises(ConfigError, match=path):
        changed({"adoption": {"p": 0.1}, "steps": 3}, {path: 0.5})


def test_a_value_out_of_range_names_the_cell():
    with pool(1) as mapped, pytest.raises(ConfigError, match=r"too much: adoption\.p: must be a number in \[0, 1\]"):
        run_cells([Cell("too much", WORDS, {"adoption.p": 2.0})], who_bought, mapped)


def test_results_come_by_cell_in_the_order_of_its_seeds():
    cells = [Cell("few", WORDS, {"adoption.p": 0.1}, range(30)), Cell("many", WORDS, {"adoption.p": 0.4}, (7, 3))]
    counted = []
    with pool(1) as mapped:
        found = run_cells(cells, who_bought, mapped, counted.append)
    assert [(p, seed) for p, seed, _ in found["many"]] == [(0.4, 7), (0.4, 3)]
    assert [seed for _, seed, _ in found["few"]] == list(range(30)) and sum(counted) == 32


def test_two_processes_find_the_same_as_one():
    cells = [Cell(f"{p}", WORDS, {"adoption.p": p}, range(5)) for p in (0.1, 0.4)]
    with pool(1) as mapped:
        alone = run_cells(cells, who_bought, mapped)
    with pool(2) as mapped:
        together = run_cells(cells, who_bought, mapped)
    assert together == alone


def test_workers_are_one_per_core_or_as_many_as_asked():
    assert workers_of("auto") >= 1 and workers_of(3) == 3
