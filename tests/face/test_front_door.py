"""``import grapevine as gv`` beside a user's own ``simulation.py`` and ``experiments``, from a checkout and a wheel."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import grapevine as gv
import simulation
from simulation.statistics import gini

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "pandas", "mesa", "numba", "pydantic", "hydra", "matplotlib", "distributed", "yaml")
SMALL = "scenario='baseline', steps=4, **{'population.size': 300, 'output.figures': False}"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The files as a wheel lays them out: packages side by side, the configs inside."""
    site = tmp_path_factory.mktemp("wheel") / "site-packages"
    leave = shutil.ignore_patterns("__pycache__")
    for name in gv.PACKAGES:
        shutil.copytree(ROOT / name, site / name, ignore=leave)
    shutil.copytree(ROOT / "configs", site / "simulation" / "_configs")
    shutil.copy(ROOT / "grapevine.py", site)
    return site


@pytest.fixture(params=["checkout", "wheel"])
def home(request):
    """The folder in which grapevine.py stands."""
    return ROOT if request.param == "checkout" else request.getfixturevalue("wheel")


@pytest.fixture
def mine(tmp_path):
    """A user's folder with a module and a package that are called like ours."""
    (tmp_path / "simulation.py").write_text("raise RuntimeError('my own module was run')\n")
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "__init__.py").write_text("MINE = True\n")
    return tmp_path


def run(code, folder, home, name="script.py"):
    """Run code as a script of a folder, with grapevine found at ``home`` behind it; return (stdout, stderr)."""
    (folder / name).write_text(code)
    done = subprocess.run([sys.executable, folder / name], capture_output=True, text=True, cwd=folder, timeout=300,
                          env=os.environ | {"PYTHONPATH": str(home), "PYTHONWARNINGS": "default"})
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


# -- whose packages ----------------------------------------------------------------------------------

def test_our_packages_are_found_beside_a_users_own(mine, home):
    out, err = run(f"import grapevine as gv\nprint(gv.load_params({SMALL}).steps)\n"
                   "import simulation, experiments.study.scenarios\n"
                   "print(simulation.__file__, experiments.__file__)\n", mine, home)
    assert out.split() == ["4", str(home / "simulation" / "__init__.py"), str(home / "experiments" / "__init__.py")]
    warned = [line for line in err.splitlines() if "Warning" in line]
    assert len(warned) == 1 and "script.py:1: UserWarning: Grapevine's own packages hide " in warned[0]
    assert f"{mine / 'simulation.py'} and {mine / 'experiments'}: in this process" in warned[0]


def test_a_notebook_looks_in_its_working_folder_first(mine, home):
    """There the path begins with '', the working folder."""
    out, err = run("import sys; sys.path[0] = ''\nimport grapevine as gv\nprint(gv.Rung.ADVOCATE.name)", mine, home)
    assert out.split() == ["ADVOCATE"] and err.count("Warning") == 1


def test_nothing_is_said_where_nothing_is_hidden(tmp_path, home):
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "first.ipynb").write_text("{}")          # a folder of notebooks is no module
    code = "import grapevine as gv\nprint(gv.ConfigError.__name__)"
    assert run(code, tmp_path, home) == ("ConfigError\n", "")
    assert run(code, tmp_path, home, name="simulation.py") == ("ConfigError\n", "")


@pytest.mark.parametrize("name", ["simulation", "experiments"])
def test_what_is_wrong_is_said_in_one_sentence_when_theirs_is_imported_already(tmp_path, home, name):
    (tmp_path / f"{name}.py").write_text("VALUE = 3\n")
    out, _ = run(f"import {name}\ntry:\n    import grapevine\nexcept ImportError as error:\n    print(error)\n"
                 f"assert {name}.VALUE == 3", tmp_path, home)
    assert out == (f"grapevine needs its own package '{name}', but another one ({tmp_path / name}.py) is imported "
                   f"already: import grapevine before it, or give yours another name\n")


def test_the_engine_may_be_imported_before_its_door(tmp_path, home):
    code = "import simulation, grapevine as gv\nprint(gv.ConfigError is simulation.ConfigError)"
    assert run(code, tmp_path, home) == ("True\n", "")


def test_workers_find_the_same_engine_and_say_nothing_more(mine, home):
    out, err = run("""
import grapevine as gv

def engine(job):
    import experiments, simulation.world.ties
    return simulation.world.ties.__file__, experiments.__file__

if __name__ == "__main__":
    from experiments.study.workers import pool
    with pool(2) as mapped:
        for _, files in mapped(engine, [1, 2]):
            print(*files)
""", mine, home)
    ours = f"{home / 'simulation' / 'world' / 'ties.py'} {home / 'experiments' / '__init__.py'}"
    assert out.splitlines() == [ours] * 2
    assert err.count("UserWarning: Grapevine") == 1 and "my own module was run" not in err


def test_a_comparison_and_a_figure_are_made_beside_a_users_own(mine):
    out, err = run(f"""
import grapevine as gv

if __name__ == "__main__":
    base = gv.load_params({SMALL})
    model = gv.WordOfMouthModel(base, seed=1)
    print(type(model.run().figure("adoption")).__name__)
    print(len(gv.compare({{"base": base, "again": base}}, seeds=[1, 2], workers=2)) > 20)
""", mine, ROOT)
    assert out.split() == ["Figure", "True"] and err.count("UserWarning: Grapevine") == 1


# -- what the door shows -----------------------------------------------------------------------------

def test_the_door_costs_nothing_and_shows_what_there_is(tmp_path, home):
    out, _ = run(f"import sys, grapevine as gv\nprint([name for name in {HEAVY} if name in sys.modules])\n"
                 "print(*dir(gv))", tmp_path, home)
    assert out.splitlines()[0] == "[]"
    assert set(out.splitlines()[1].split()) == {
        "load_params", "Params", "ConfigError", "WordOfMouthModel", "Results", "compare", "statistics", "Rung", "Role",
        "Customer", "Influencer", "Expert", "Employee", "BrandTeam", "BusinessUnit", "__version__"}


def test_every_name_is_what_it_says():
    for name in gv.__all__:
        assert getattr(gv, name).__name__.split(".")[-1] == name
    assert gv.statistics.gini is gini and gv.load_params is simulation.load_params
    assert "load_params" in dir(simulation) and "WordOfMouthModel" in dir(simulation)


def test_a_name_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AttributeError, match="module 'grapevine' has no attribute 'load_parms'; it has BrandTeam, "):
        gv.load_parms  # noqa: B018


def test_the_version_stands_in_one_place_and_the_citation_agrees():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["dynamic"] == ["version"] and "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "grapevine.py"
    assert re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)[1] == gv.__version__


def test_the_wheel_takes_the_door_and_both_houses():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["only-include"] == ["grapevine.py", *gv.PACKAGES]
    assert wheel["force-include"] == {"configs": "simulation/_configs"}


def test_the_door_needs_nothing_but_python():
    tree = ast.parse((ROOT / "grapevine.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_tutorial_of_the_door_runs():
    lines = [line.strip() for line in gv.__doc__.splitlines() if line.startswith("    ")]
    code = "\n".join(lines).replace("steps=52", "steps=3").replace("range(1, 31)", "[1, 2]")
    names: dict = {}
    exec(compile(code, "grapevine", "exec"), names)
    assert len(lines) <= 10 and names["dear"].brands["alpha"].price == 70 and names["model"].tick == 3
