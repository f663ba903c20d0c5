"""Building each kind of network with the project's own builders, mean degree about ten."""

from __future__ import annotations

from benchmarks.clock import timed
from simulation import load_params
from simulation.population import network_of

PACKAGES = ("networkx", "numpy", "numba")
KINDS = {"communities": (), "barabasi_albert": ("network.ties_each=5",), "watts_strogatz": ("network.neighbours=10",),
         "erdos_renyi": ("network.mean_degree=10",)}


def measure(settings: dict) -> dict:
    """Build the network of kind ``settings['kind']`` once; a tiny one of the kind is built before."""
    found: dict = {}
    network_of(params_of(settings["kind"], 200))
    params = params_of(settings["kind"], settings["people"])
    with timed(found, "seconds"):
        ties = network_of(params)
    return found | {"ties": len(ties)}


def params_of(kind: str, people: int):
    """Return the parameters of a network of some kind."""
    return load_params(f"network={kind}", *KINDS[kind], f"population.size={people}")
