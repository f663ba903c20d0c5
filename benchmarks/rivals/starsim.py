"""Independent cascades by Starsim: SIR on the ties of the file, infectious for one step.

Starsim lets people recover before others are infected: who caught it in the step before is infectious once if the
infection lasts more than one step and at most two; who has it from the start must recover after one.
"""

from __future__ import annotations

import starsim as ss

from benchmarks.clock import timed
from benchmarks.graphs import read_graph

PACKAGES = ("starsim", "numpy")
CHANCE = 0.1


class Ties(ss.Network):
    """Ties that never change."""

    def step(self) -> None:
        """Do nothing."""


def measure(settings: dict) -> dict:
    """Run ``settings['runs']`` cascades from the seeds of the graph; seconds per cascade."""
    graph, found, reached = read_graph(settings["graph"]), {}, []
    for run in range(-1, settings["runs"]):      # the first compiles the kernels and does not count
        numbers: dict = {} if run < 0 else found
        with timed(numbers, "build"):
            sim, disease = model_of(graph, seed=run + 2)
        with timed(numbers, "seconds"):
            while disease.infected.any():
                sim.run_one_step()
        if run >= 0:
            reached.append(graph.n - int(disease.susceptible.sum()))
    for name in ("build", "build_cpu", "seconds", "seconds_cpu"):
        found[name] /= settings["runs"]
    return found | {"reached": reached}


def model_of(graph, seed: int):
    """Return a simulation at its start, and its disease."""
    pairs = graph.edges()
    network = Ties(p1=pairs[:, 0], p2=pairs[:, 1], beta=[1.0] * len(pairs))
    disease = ss.SIR(name="news", beta=ss.probperday(CHANCE), dur_inf=ss.constant(ss.days(1.5)), init_prev=0, p_death=0)
    sim = ss.Sim(n_agents=graph.n, networks=network, diseases=disease, start=0, stop=1000, dt=ss.days(1), verbose=0,
                 rand_seed=seed)
    sim.init()
    disease = sim.diseases[0]
    seeds = ss.uids(graph.seeds)
    disease.set_prognoses(seeds)
    disease.susceptible[seeds] = False
    disease.ti_recovered[seeds] = 1
    return sim, disease
