"""The architecture is a test: layers, heavy packages, names of phases, and tests that assert."""

import ast
import re
import sys
from pathlib import Path

import pytest

from simulation import pipeline
from simulation.ledger.codes import Act, CostItem
from simulation.ledger.tables import Ledger, Table
from simulation.numerics.randomness import Stream
from simulation.world.state import COLUMNS, PARTS, State
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
        assert all(name.startswith(("simulation.ledger.codes", "simulation.statistics.")) for name in known), path


def test_replications_contain_only_yaml_and_a_figure():
    for path in (ROOT / "experiments" / "replications").glob("*.py"):
        assert not any(name.startswith("simulation.phases") for name in imports(path)), path


@pytest.mark.parametrize("phase", pipeline.STEP, ids=lambda p: p.__name__)
def test_a_phase_stands_in_the_file_of_its_name_and_declares_what_it_touches(phase):
    module = sys.modules[phase.__module__]
    assert phase.__module__.removesuffix(".phase") == f"simulation.phases.{phase.__name__}"
    there = {one.name for one in (*COLUMNS, *PARTS)}
    assert set(module.READS) <= there and set(module.WRITES) <= there
    assert module.WRITES and not set(module.READS) & set(module.WRITES)
    assert set(module.STREAMS) <= {stream.name for stream in Stream}
    for word in ("Reads", "Writes", "Draws", "Source"):
        assert f"\n{word} " in module.__doc__, f"{phase.__name__} does not say what it {word.lower()}"


@pytest.mark.parametrize("phase", pipeline.STEP, ids=lambda p: p.__name__)
def test_the_parts_that_a_phase_declares_are_those_that_its_description_names(phase):
    module = sys.modules[phase.__module__]
    said = re.search(r"\nReads (.*)\nWrites (.*?)\nDraws", module.__doc__, re.DOTALL).groups()
    parts = {part.name for part in PARTS}
    for text, declared in zip(said, (module.READS, module.WRITES), strict=True):
        named = set(re.findall(r"\w+", re.sub(r"\(.*?\)", "", text, flags=re.DOTALL)))
        assert named & parts == set(declared) & parts, f"{phase.__name__}: {text}"


def writers() -> dict[str, set[str]]:
    """Return the phases that write each column or part, by name."""
    found = {one.name: set() for one in (*COLUMNS, *PARTS)}
    for phase in pipeline.STEP:
        for name in sys.modules[phase.__module__].WRITES:
            found[name].add(phase.__name__)
    return found


def test_every_column_that_is_not_a_trait_has_one_phase_that_writes_it():
    found = writers()
    for column in COLUMNS:
        assert found[column.name] == {column.owner} - {"population"}, column.name


def test_every_part_of_the_state_is_written_by_its_owners():
    found = writers()
    for part in PARTS:
        assert found[part.name] == set(part.owners) - {"population"}, part.name
        assert bool(found[part.name]) == (part.role != "trait"), part.name


def test_the_state_holds_nothing_without_an_owner():
    held = set(vars(State(n=2, b=1, k=1, m=1))) - {"n", "b", "k", "m", "step", "ledger"}
    owned = {one.name for one in (*COLUMNS, *(part for part in PARTS if not part.in_ledger))}
    assert held == owned
    tables = {name for name, value in vars(Ledger("full")).items() if isinstance(value, Table)}
    assert tables == {part.name for part in PARTS if part.in_ledger}
    names = [one.name for one in (*COLUMNS, *PARTS)]
    assert len(set(names)) == len(names)


def test_every_act_of_a_brand_team_is_paid_under_its_own_name():
    assert [CostItem[act.name] for act in Act] == list(Act) and set(CostItem) - set(Act) == {CostItem.TICKET}


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
