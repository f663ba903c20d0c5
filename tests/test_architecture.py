"""The architecture is a test: layers, heavy packages, names of phases, and tests that assert."""

import ast
import sys
from pathlib import Path

import pytest

from simulation import pipeline
from simulation.numerics.randomness import Stream
from simulation.world.state import COLUMNS
from tests.house.rooms import PACKAGES, arrows_of, circles_between_files, circles_of

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "simulation"
FAMILIES = {"motives", "networks", "adoption", "beliefs", "policies", "metrics"}

LAYERS = [
    {"numerics"},
    {"params", "world"},
    {"ledger"},
    FAMILIES,
    {"phases", "statistics", "resources"},
    {"pipeline", "population", "config"},
    {"agents", "output", "contracts"},
    {"model"},
]
TASK_LAYERS = [{"study", "figures"}, {"command", "page", "own_pages"}, {"tasks"}, {"replications", "empirical"}]

ALLOWED = {"numba": {"numerics/jit"}, "psutil": {"resources/machine"}, "mesa": {"model", "agents"},
           "networkx": {"networks", "statistics", "population"},
           "scipy": {"statistics", "numerics/quantiles", "networks"},
           "hydra": {"config/compose", "config/hydra_loader"},
           "omegaconf": {"config/compose", "config/hydra_loader"},
           "pyarrow": {"output", "networks"}, "pandas": {"output", "networks"},
           "matplotlib": set(), "dask": set(), "solara": set()}
"""Rooms, or single files of a room, that may import a heavy package."""


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
        here = {room(path), path.relative_to(ENGINE).with_suffix("").as_posix()}
        for name in imports(path):
            package = name.split(".")[0]
            assert here & ALLOWED.get(package, here), f"{path} must not import {package}"


@pytest.mark.parametrize(("package", "layers"), [("simulation", LAYERS), ("experiments", TASK_LAYERS)])
def test_imports_between_rooms_only_look_down(package, layers):
    rank = {name: i for i, layer in enumerate(layers) for name in layer}
    arrows = arrows_of(package)
    assert {room for arrow in arrows for room in arrow} == set(rank)
    for (me, other), files in arrows.items():
        assert rank[other] < rank[me], f"{me} must not import {other}: {sorted(files)}"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_two_rooms_and_no_two_files_import_each_other(package):
    assert circles_of(arrows_of(package)) == []
    assert circles_between_files(package) == []


def test_every_room_says_in_one_sentence_what_belongs_there():
    for package in PACKAGES:
        for path in (ROOT / package).rglob("__init__.py"):
            assert ast.get_docstring(ast.parse(path.read_text())), f"{path} says nothing"


def test_the_engine_knows_neither_experiments_nor_plots():
    for path in ENGINE.rglob("*.py"):
        assert not any(name.split(".")[0] in {"experiments", "matplotlib"} for name in imports(path)), path


def test_phases_do_not_import_concrete_plug_ins():
    for path in (ENGINE / "phases").rglob("*.py"):
        for name in imports(path):
            parts = name.split(".")
            if len(parts) > 1 and parts[0] == "simulation" and parts[1] in FAMILIES:
                assert parts[2:] == ["base"], f"{path.name} must receive {name} in params"


def test_statistics_are_functions_of_arrays_and_know_nothing_of_the_engine_but_the_codes_of_credit():
    for path in (ENGINE / "statistics").glob("*.py"):
        known = {name for name in imports(path) if name.split(".")[0] == "simulation"}
        assert all(name.startswith(("simulation.ledger.credit", "simulation.statistics.")) for name in known), path


def test_replications_contain_only_yaml_and_a_figure():
    for path in (ROOT / "experiments" / "replications").glob("*.py"):
        assert not any(name.startswith("simulation.phases") for name in imports(path)), path


@pytest.mark.parametrize("phase", pipeline.STEP, ids=lambda p: p.__name__)
def test_a_phase_stands_in_the_file_of_its_name_and_declares_what_it_touches(phase):
    module = sys.modules[phase.__module__]
    assert phase.__module__.removesuffix(".phase") == f"simulation.phases.{phase.__name__}"
    columns = {column.name for column in COLUMNS}
    assert set(module.READS) <= columns and set(module.WRITES) <= columns
    assert set(module.STREAMS) <= {stream.name for stream in Stream}
    for word in ("Reads", "Writes", "Draws", "Source"):
        assert f"\n{word} " in module.__doc__, f"{phase.__name__} does not say what it {word.lower()}"


def test_every_column_that_is_not_a_trait_has_one_phase_that_writes_it():
    owners = {column.name: column.owner for column in COLUMNS if column.owner != "population"}
    for phase in pipeline.STEP:
        for name in sys.modules[phase.__module__].WRITES:
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
