"""Building each kind of network with the project's own builders, mean degree about ten."""

from __future__ import annotations

from benchmarks.clock import timed
from simulation import load_params

PACKAGES = ("networkx", "numpy", "numba")
KINDS = {"communities": (), "barabasi_albert": ("network.ties_each=5",), "watts_strogatz": ("network.neighbours=10",),
         "erdos_renyi": ("network.mean_degree=10",)}


def measure(settings: dict) -> dict:
    """Build the network of kind ``settings['kind']`` once; a tiny one of the kind is built before."""
    found: dict = {}
    network = load_params(f"network={settings['kind']}", *KINDS[settings["kind"]]).network
    network.build(200, seed=1)
    with timed(found, "seconds"):
        ties = network.build(settings["people"], seed=1)
    return found | {"ties": len(ties)}
