"""Grapevine: an agent-based simulation engine of word of mouth.

    from simulation import Rung, WordOfMouthModel, load_params

    model = WordOfMouthModel(load_params("scenario=fix_delivery", "steps=52"), seed=1)
    model.run()
    model.results.timeseries
    model.agents.select(lambda a: a.rung == Rung.ADVOCATE)

Names are imported when first used, so that ``import simulation`` costs nothing.
"""

from importlib import import_module

WHERE = {"WordOfMouthModel": "model", "load_params": "config.compose", "ConfigError": "config.compose",
         "Rung": "world.state", "Role": "world.state", "Customer": "agents", "Influencer": "agents", "Expert": "agents",
         "Employee": "agents", "BrandTeam": "agents", "BusinessUnit": "agents"}

__all__ = sorted(WHERE)


def __getattr__(name: str):
    if name not in WHERE:
        raise AttributeError(f"module 'simulation' has no attribute {name!r}")
    return getattr(import_module(f"simulation.{WHERE[name]}"), name)
