"""The architecture is a test: layers, heavy packages, names of phases, and tests that assert."""

import ast
from pathlib import Path

import pytest

from simulation import pipeline
from simulation.randomness import Stream
from simulation.state import COLUMNS

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "simulation"
FAMILIES = {"motives", "networks", "adoption", "beliefs", "policies", "metrics"}

LAYERS = [
    {"jit", "catalogue", "names", "machine"},
    {"sparse", "active", "quantiles", "heap", "tickets"},
    {"randomness", "params", "state", "ties", "queues", "complaints"},
    {"ledger", "overrides"},
    {"credit", "memory", "settled"},
    FAMILIES | {"timeline", "reading"},
    {"schema"},
    {"plugins", "checks"},
    {"phases", "population"},
    {"statistics", "books"},
    {"pipeline", "recorder", "provenance", "tables", "summary", "attribution"},
    {"results", "checked"},
    {"archive", "agents"},
    {"compose"},
    {"model"},
]
RANK = {name: i for i, layer in enumerate(LAYERS) for name in layer}

ALLOWED = {"numba": {"jit"}, "psutil": {"machine"}, "mesa": {"model", "agents"},
           "networkx": {"networks", "statistics", "population"},
           "scipy": {"statistics", "quantiles", "networks"}, "hydra": {"compose"}, "omegaconf": {"compose"},
           "pyarrow": {"results", "archive", "networks"},
           "pandas": {"recorder", "tables", "summary", "attribution", "results", "archive", "networks"},
           "matplotlib": set(), "dask": set(), "solara": set()}


def imports(path: Path) -> set[str]:
    """Return the dotted names of everything a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def room(path: Path) -> str:
    """Return the room of the house in which a file stands."""
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def test_each_heavy_package_is_imported_in_its_own_room_only():
    for path in ENGINE.rglob("*.py"):
        for name in imports(path):
            package = name.split(".")[0]
            assert room(path) in ALLOWED.get(package, {room(path)}), f"{path.name} must not import {package}"


def test_imports_only_look_down():
    for path in ENGINE.rglob("*.py"):
        me = room(path)
        for name in imports(path):
            if not name.startswith("simulation.") or me == "__init__":
                continue
            other = name.split(".")[1]
            same_family = other == me and me in FAMILIES | {"statistics", "reading"}
            assert same_family or RANK[other] < RANK[me], f"{path.name}: {me} must not import {other}"


def test_the_engine_knows_neither_experiments_nor_plots():
    for path in ENGINE.rglob("*.py"):
        assert not any(name.split(".")[0] in {"experiments", "matplotlib"} for name in imports(path)), path


def test_phases_do_not_import_concrete_plug_ins():
    for path in (ENGINE / "phases").glob("*.py"):
        for name in imports(path):
            parts = name.split(".")
            if len(parts) > 1 and parts[0] == "simulation" and parts[1] in FAMILIES:
                assert parts[2:] == ["base"], f"{path.name} must receive {name} in params"


def test_statistics_are_functions_of_arrays_and_know_nothing_of_the_engine_but_the_codes_of_credit():
    for path in (ENGINE / "statistics").glob("*.py"):
        known = {name for name in imports(path) if name.split(".")[0] == "simulation"}
        assert all(name == "simulation.credit" or name.startswith("simulation.statistics.") for name in known), path


def test_replications_contain_only_yaml_and_a_figure():
    for path in (ROOT / "experiments").rglob("replicate/*.py"):
        assert not any(name.startswith("simulation.phases") for name in imports(path)), path


@pytest.mark.parametrize("phase", pipeline.STEP, ids=lambda p: p.__name__)
def test_a_phase_stands_in_the_file_of_its_name_and_declares_what_it_touches(phase):
    module = __import__(f"simulation.phases.{phase.__name__}", fromlist=["READS"])
    columns = {column.name for column in COLUMNS}
    assert set(module.READS) <= columns and set(module.WRITES) <= columns
    assert set(module.STREAMS) <= {stream.name for stream in Stream}
    for word in ("Reads", "Writes", "Draws", "Source"):
        assert f"\n{word} " in module.__doc__, f"{phase.__name__} does not say what it {word.lower()}"


def test_every_column_that_is_not_a_trait_has_one_phase_that_writes_it():
    owners = {column.name: column.owner for column in COLUMNS if column.owner != "population"}
    for phase in pipeline.STEP:
        module = __import__(f"simulation.phases.{phase.__name__}", fromlist=["WRITES"])
        for name in module.WRITES:
            assert owners.pop(name) == phase.__name__, name
    assert not owners, f"nobody writes {sorted(owners)}"


def test_the_plan_names_every_phase_in_order():
    names = [line.split()[0] for line in pipeline.plan().splitlines() if not line.startswith(" ")]
    assert names == [phase.__name__ for phase in pipeline.STEP] and len(names) == 11


def test_streams_are_never_renumbered():
    assert [stream.value for stream in Stream] == list(range(1, len(Stream) + 1))
    assert (Stream.TRAIT, Stream.CHOICE, Stream.FEED_READ, Stream.CHURN, Stream.DISSATISFIED) == (1, 4, 12, 17, 36)


def test_every_test_asserts_something():
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                text = ast.unparse(node)
                words = ("assert", "raises", "check_", "refuses(", "refused(")
                assert any(word in text for word in words), f"{path.name}:{node.name}"


def test_there_is_no_room_for_leftovers():
    names = {path.name for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    assert not names & {"utils.py", "helpers.py", "misc.py", "common.py"}
