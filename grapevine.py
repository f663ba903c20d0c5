"""Grapevine: an agent-based simulation engine of word of mouth.

    import grapevine as gv

    base = gv.load_params(scenario="baseline", steps=52)        # what the files say, and two changes
    model = gv.WordOfMouthModel(base, seed=1)                   # a Mesa model of 10,000 people
    model.run()
    model.results.timeseries                                    # data frames: timeseries, people, flows ...
    model.results.figure("adoption")                            # a matplotlib figure
    model.agents.select(lambda a: a.rung == gv.Rung.ADVOCATE)   # people as Mesa agents
    dear = base.changed({"brands.alpha.price": 70})             # checked like a file
    gv.compare({"base": base, "dear": dear}, seeds=range(1, 31))    # paired effects, the same luck

``dir(gv)`` shows what there is; names are imported when first used.  The packages of the engine are
called ``simulation`` and ``experiments``; they are found beside this file, whatever else is called
so on the path.
"""

import sys
import warnings
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

__version__ = "0.1.0"

WHERE = {
    "load_params": "simulation.config.compose", "Params": "simulation.config.schema",
    "ConfigError": "simulation.params", "WordOfMouthModel": "simulation.model",
    "Results": "simulation.output.results", "Rung": "simulation.world.state",
    "Role": "simulation.world.state", "Customer": "simulation.agents",
    "Influencer": "simulation.agents", "Expert": "simulation.agents",
    "Employee": "simulation.agents", "BrandTeam": "simulation.agents",
    "BusinessUnit": "simulation.agents", "statistics": "simulation.statistics",
    "compare": "experiments.tasks.compare.in_python"}
"""Each name, and the module in which it stands (or which it is)."""

HOME = Path(__file__).resolve().parent
PACKAGES = ("simulation", "experiments")

__all__ = sorted(WHERE)


def __getattr__(name: str):
    if name not in WHERE:
        raise AttributeError(f"module 'grapevine' has no attribute {name!r}; it has {', '.join(__all__)}")
    with warnings.catch_warnings():
        # In a notebook without ipywidgets Mesa's own progress bar complains; nothing here shows one.
        warnings.filterwarnings("ignore", "IProgress not found")
        module = import_module(WHERE[name])
    found = module if WHERE[name].endswith(f".{name}") else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _take_house() -> None:
    """Import our packages from beside this file, and say what is hidden by that.

    Raises ImportError where another module of such a name has been imported already.
    """
    for name in PACKAGES:
        there = sys.modules.get(name)
        if there is not None and not _is_ours(there, name):
            raise ImportError(
                f"grapevine needs its own package {name!r}, but another one ({_place_of(there)}) is imported "
                f"already: import grapevine before it, or give yours another name")
    missing = [name for name in PACKAGES if name not in sys.modules]
    hidden = [str(path) for name in missing for path in [_hidden(name)] if path]
    for name in missing:
        _import(name)
    if hidden:
        names = " and ".join(f"`import {Path(path).stem}`" for path in hidden)
        warnings.warn(f"Grapevine's own packages hide {' and '.join(hidden)}: in this process {names} "
                      f"gives Grapevine's", UserWarning, stacklevel=3)


def _is_ours(module, name: str) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve().parent == HOME / name


def _place_of(module) -> str:
    file = getattr(module, "__file__", None)
    return file or ", ".join(map(str, getattr(module, "__path__", ["no file"])))


def _hidden(name: str) -> Path | None:
    """Return the user's own module of this name, where it stands before ours on the path."""
    for entry in sys.path:
        folder = Path(entry or ".").resolve()
        if folder == HOME:
            return None
        file, package = folder / f"{name}.py", folder / name
        main = getattr(sys.modules.get("__main__"), "__file__", None)
        if file.is_file() and not (main and Path(main).resolve() == file):
            return file
        if package.is_dir() and any(package.glob("*.py")):
            return package
    return None


def _import(name: str) -> None:
    folder = HOME / name
    spec = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise


_take_house()
