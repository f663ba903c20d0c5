"""Memory: the estimate beside what real runs took, what is refused, and what is said then."""

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.command import main as command
from simulation import WordOfMouthModel, load_params
from simulation.params import ConfigError
from simulation.population import network_of
from simulation.resources.estimate import estimate, needed, people_and_ties, refuse_if_too_large
from simulation.resources.machine import rooms_of_groups
from simulation.world.state import COLUMNS
from tests.worlds import params_of

ROOT = Path(__file__).parents[2]
NETWORKS = sorted(path.stem for path in (ROOT / "configs" / "network").glob("*.yaml") if path.stem != "file")
GIGABYTE = 10**9
PEAK = """
import sys, tempfile
from pathlib import Path
from simulation import WordOfMouthModel, load_params
from simulation.output.archive import archived
from simulation.resources.machine import peak_memory
params = load_params(*sys.argv[1:])
with tempfile.TemporaryDirectory() as folder:
    model = WordOfMouthModel(params)
    with archived(model.state, params, Path(folder)):
        model.run().write(Path(folder))
print(peak_memory())
"""


@pytest.mark.parametrize("words", [
    ("population.size=50000", "steps=4", "output.ledger=none"),
    ("population.size=200000", "steps=1", "output.ledger=none"),
    ("population.size=15000", "output.ledger=full"),
], ids=" ".join)
def test_a_run_takes_what_was_estimated(words):
    """Within a factor: the rates of talk are those of the default market, and allocators keep what they please."""
    words = (*words, "output.figures=false")
    done = subprocess.run([sys.executable, "-c", PEAK, *words], capture_output=True, text=True, cwd=ROOT, check=True)
    assert 0.7 < estimate(params_of(*words)).peak / float(done.stdout) < 1.5


def test_another_person_costs_the_columns_and_the_ties_of_one():
    one, two = (estimate(params_of(f"population.size={n}", "network=well_mixed")) for n in (1000, 2000))
    columns = sum({"i1": 1, "u1": 1, "i2": 2, "i4": 4, "u4": 4, "f4": 4, "i8": 8, "f8": 8}[c.dtype]
                  * {"n": 1, "nb": 2, "nm": 6}[c.axes] for c in COLUMNS if c.axes[0] == "n")
    assert one.ties == two.ties == 0
    assert columns < (two.people - one.people) / 1000 < columns + 300


@pytest.mark.parametrize("network", NETWORKS)
def test_the_expected_ties_are_those_that_are_built(network):
    """Within a tenth; and a column of strength, visibility or kind is held where the network says that ties differ."""
    params = params_of(f"network={network}", "population.size=2500")
    n, ties = people_and_ties(params)
    built = network_of(params)
    assert n == built.n and ties == pytest.approx(len(built), rel=0.1)
    assert params.network.ties_differ() == (not built.by_kind or built.kind.strides[0] > 0)


def test_a_one_sided_ring_has_half_the_ties_of_a_two_sided_one():
    params = params_of("network=ring", "network.sides=one_sided", "population.size=100")
    assert len(network_of(params)) == 100 == people_and_ties(params)[1]


def test_a_file_is_counted_by_its_bytes_alone(tmp_path):
    """100 lines of 14 bytes: 200 ties if they are mutual, and a person for every five lines (here there are 101)."""
    path = tmp_path / "edges.csv"
    path.write_text("".join(f"{i:06d},{i + 1:06d}\n" for i in range(100)))
    params = params_of("network=file", f"network.path={path}")
    assert people_and_ties(params) == (20.0, 200.0) and not params.network.ties_differ()
    with pytest.raises(ConfigError, match=rf"^network\.path: the people and ties in {path} need .* would fit$"):
        refuse_if_too_large(params, available=10**8)


WHEELS = """
from typing import ClassVar, Literal
import numpy as np
from simulation.networks.base import Network
from simulation.world.ties import build_ties

class Wheel(Network):
    \"\"\"Everybody follows row 0.\"\"\"
    kind: Literal["wheel"]
    source: ClassVar[str] = "assumption"

    def build(self, n, seed):
        return build_ties(n, np.zeros(n - 1, int), np.arange(1, n), np.linspace(0.5, 1.0, n - 1))

RULES = [Wheel]
"""


def test_a_network_of_the_users_own_that_does_not_know_its_size_counts_as_twelve_ties_each_and_runs(tmp_path,
                                                                                                      monkeypatch):
    name = f"wheels_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(WHEELS)
    (tmp_path / "conf" / "network").mkdir(parents=True)
    (tmp_path / "conf" / "network" / "wheel.yaml").write_text("{kind: wheel, seed: run, meetings: {kind: none}}")
    monkeypatch.syspath_prepend(str(tmp_path))
    params = load_params(f"plugins=[{name}]", f"hydra.searchpath=[file://{tmp_path / 'conf'}]", "network=wheel",
                         "population.size=200", "steps=3")
    assert people_and_ties(params) == (200.0, 12.0 * 200)
    refuse_if_too_large(params)
    model = WordOfMouthModel(params)
    model.run()
    assert len(model.state.ties) == 199 and model.state.step == 3


def test_what_cannot_fit_is_refused_and_what_would_fit_is_said_and_fits():
    params = params_of("population.size=1000000")
    with pytest.raises(ConfigError) as refused:
        refuse_if_too_large(params, available=GIGABYTE)
    line = str(refused.value)
    need = float(f"{estimate(params).peak / GIGABYTE:.2g}")
    assert line.startswith(f"population.size: 1000000 people with network.kind communities need about {need:g} GB, "
                           f"this machine has 1 GB free; about ")
    fit = int(line.split("; about ")[1].split()[0])
    more = round(1.1 * fit)
    assert needed(params_of(f"population.size={fit}")) <= GIGABYTE < needed(params_of(f"population.size={more}"))


def test_worlds_at_once_count_together():
    params = params_of("population.size=100000")
    one = estimate(params).peak
    refuse_if_too_large(params, 1, available=one)
    with pytest.raises(ConfigError, match=r"task\.workers: 8 worlds at once.*; task\.workers=3 would fit"):
        refuse_if_too_large(params, 8, available=needed(params, 3))


def test_a_run_too_long_for_any_number_of_people_is_told_how_long_it_could_be():
    params = params_of("steps=1000000", "population.size=50", "network=well_mixed")
    with pytest.raises(ConfigError, match=r"^steps: 1000000 steps need about .*; about \d+ would fit$"):
        refuse_if_too_large(params, available=GIGABYTE)


def test_nothing_fits_into_less_than_the_engine_itself():
    with pytest.raises(ConfigError, match="nothing would fit"):
        refuse_if_too_large(params_of(), available=10**8)


def test_the_command_refuses_before_anything_is_built(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: GIGABYTE)
    monkeypatch.setattr("simulation.population.network_of", lambda params: pytest.fail("a network was built"))
    assert command.main(["population.size=2000000"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("grapevine: population.size: 2000000 people") and said.err.count("\n") == 1
    assert said.out == "" and list(tmp_path.iterdir()) == []


def test_a_model_made_by_hand_is_refused_before_anything_is_built(monkeypatch):
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: GIGABYTE)
    monkeypatch.setattr("simulation.population.network_of", lambda params: pytest.fail("a network was built"))
    with pytest.raises(ConfigError, match=r"^population\.size: 2000000 people"):
        WordOfMouthModel(params_of("population.size=2000000"), seed=3)


def test_a_model_on_ties_that_are_there_is_not_refused(monkeypatch):
    params = params_of("population.size=300")
    ties = network_of(params)
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: 0)
    assert WordOfMouthModel(params, ties=ties).state.n == 300


def test_a_comparison_counts_its_workers(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: GIGABYTE)
    assert command.main(["task=compare", "task.workers=64"]) == 2
    assert capsys.readouterr().err.startswith("grapevine: task.workers: 64 worlds at once")
    assert list(tmp_path.iterdir()) == []


def test_more_workers_than_worlds_need_nothing(monkeypatch):
    params = params_of("population.size=100000")
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: needed(params, 2))
    command.refuse_what_cannot_fit({"task": {"workers": 64, "replicates": 2}}, params, command)
    with pytest.raises(ConfigError, match=r"task\.workers=2 would fit"):
        command.refuse_what_cannot_fit({"task": {"workers": 64, "replicates": 3}}, params, command)


def test_what_is_only_printed_needs_no_memory(monkeypatch, capsys):
    monkeypatch.setattr("simulation.resources.estimate.free_memory", lambda: 0)
    assert command.main(["task=list", "task.what=ladder.rise"]) == 0
    assert "ladder.rise" in capsys.readouterr().out


def test_a_control_group_of_either_version_counts_without_its_cached_files(tmp_path):
    outer, inner, old = tmp_path / "batch", tmp_path / "batch" / "job", tmp_path / "memory" / "slice"
    for folder, limit, used in ((outer, "9000", "4000"), (inner, "max", "4000")):
        folder.mkdir(parents=True)
        (folder / "memory.max").write_text(f"{limit}\n")
        (folder / "memory.current").write_text(f"{used}\n")
        (folder / "memory.stat").write_text("anon 1\ninactive_file 500\n")
    old.mkdir(parents=True)
    (old / "memory.limit_in_bytes").write_text("3000\n")
    (old / "memory.usage_in_bytes").write_text("1000\n")
    (old / "memory.stat").write_text("total_inactive_file 100\n")
    membership = tmp_path / "cgroup"
    membership.write_text("0::/batch/job\n8:pids:/x\n4:memory,cpu:/slice\n")
    assert list(rooms_of_groups(tmp_path, membership)) == [9000 - 4000 + 500, 3000 - 1000 + 100]
    assert list(rooms_of_groups(tmp_path, tmp_path / "nowhere")) == []


def test_a_limit_on_the_address_space_counts():
    code = ("import resource; from simulation.resources.machine import free_memory; before = free_memory(); "
            "resource.setrlimit(resource.RLIMIT_AS, (3 * 10**9, resource.RLIM_INFINITY)); print(free_memory())")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert 0 < float(done.stdout) <= 3 * 10**9
