"""The engine of Grapevine.  Its front door is the module ``grapevine`` beside this package:

    import grapevine as gv

    model = gv.WordOfMouthModel(gv.load_params(scenario="fix_delivery", steps=52), seed=1)
    model.run()
    model.results.timeseries

The door finds this package also where a file or folder of the user's own is called ``simulation``.
Names are imported when first used, so that ``import simulation`` costs nothing.
"""

from importlib import import_module

WHERE = {"WordOfMouthModel": "model", "load_params": "config.compose",
         "ConfigError": "config.compose", "Rung": "world.state", "Role": "world.state",
         "Customer": "agents", "Influencer": "agents", "Expert": "agents", "Employee": "agents",
         "BrandTeam": "agents", "BusinessUnit": "agents"}

__all__ = sorted(WHERE)


def __getattr__(name: str):
    if name not in WHERE:
        raise AttributeError(f"module 'simulation' has no attribute {name!r}")
    return getattr(import_module(f"simulation.{WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
