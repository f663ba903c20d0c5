"""Two surveys of who adopted when and who names whom, and the engine run on their networks.

Women of Korean villages and the years in which they took up family planning (Rogers & Kincaid; step = year), and
doctors of four cities and the month of their first prescription of a new drug (Coleman, Katz & Menzel; step = month).
Who is named influences who names; all relations count, several nominations of one pair are one tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from experiments.empirical.data import is_odd, table
from simulation.config.compose import load_params
from simulation.statistics import exposure, fit_bass_people, person_steps

NEVER = {"kfamily": 11, "medinnovations": 18}
"""Code of those who never adopted; it is one step after the last."""
CONTACT = ("experiment=replicate/contact",)
MARKET = ("scenario=baseline",)


@dataclass(frozen=True)
class Survey:
    """Steps of adoption (n,), -1 = never, ties (e,), communities (n,), and the number of steps."""

    adopted_at: np.ndarray
    source: np.ndarray
    target: np.ndarray
    community: np.ndarray
    steps: int

    @property
    def odd(self) -> np.ndarray:
        """Return who lives in a community with an odd number, (n,)."""
        return is_odd(self.community)

    def at_risk(self, share: bool, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return exposure and adoption (r,) in the person-steps of ``who`` (n,); seeing nobody is exposure 0."""
        seen = np.nan_to_num(exposure(self.adopted_at, self.source, self.target, self.steps, share=share))
        rows = person_steps(self.adopted_at, seen)
        return rows.exposure[who[rows.person]], rows.adopted[who[rows.person]]


def network_words(data: Path, name: str, mutual: bool = False) -> tuple[str, ...]:
    """Return the overrides that read a survey's network; ``mutual``: who names also influences who is named."""
    folder = data / f"netdiffuser_{name}"
    path = next(iter(sorted(folder.glob("nominations.csv*"))))
    return ("network=file", f"network.path='{path}'", f"network.nodes_path='{folder / 'nodes.csv'}'",
            "network.id_columns=[community,id]", "network.source_id_columns=[community,ego]",
            "network.target_id_columns=[community,alter]", "network.community_column=community",
            f"network.directed={'false' if mutual else 'true'}", "network.direction=target_influences_source",
            "network.unknown_ids=drop")


def survey(data: Path, name: str, mutual: bool = False) -> Survey:
    """Return a survey; its ties are those that the engine runs on."""
    nodes = table(data, f"netdiffuser_{name}/nodes")
    network = load_params(*network_words(data, name, mutual)).network
    ties = network.build(network.size(0), seed=1)
    times = nodes["toa"].to_numpy(int)
    return Survey(np.where(times < NEVER[name], times, -1), ties.sources(), ties.targets,
                  nodes["community"].to_numpy(int), NEVER[name] - 1)


def measure(model) -> np.ndarray:
    """Return the step of everybody's first purchase of any brand, -1 = never, (n,)."""
    first = np.where(model.state.adopted_at >= 0, model.state.adopted_at, np.iinfo(np.int32).max).min(axis=1)
    return np.where(first <= model.tick, first, -1)


def bass_values(world: Survey) -> dict[str, float]:
    """Return p and q of the rule bass as the communities with an odd number tell them."""
    fit = fit_bass_people(*world.at_risk(share=True, who=world.odd), form="independent")
    return {"steps": world.steps, "adoption.p": fit.p, "adoption.q": fit.q}


def alone_values(world: Survey) -> dict[str, float]:
    """Return the constant hazard of the same communities, without any influence."""
    return {"steps": world.steps, "adoption.p": float(world.at_risk(True, world.odd)[1].mean()), "adoption.q": 0.0}


def cascade_values(world: Survey) -> dict[str, float]:
    """Return p and q of the rule cascade, h(k) = 1 - (1 - p)(1 - q)^k, by maximum likelihood, likewise."""
    number, adopted = world.at_risk(share=False, who=world.odd)

    def loss(x: np.ndarray) -> float:
        chance = 1.0 - (1.0 - x[0]) * (1.0 - x[1]) ** number
        return -float(np.log(np.where(adopted, chance, 1.0 - chance)).sum())

    best = minimize(loss, (adopted.mean(), 0.01), bounds=((1e-6, 0.9), (0.0, 0.9)), method="Nelder-Mead")
    return {"steps": world.steps, "adoption.p": float(best.x[0]), "adoption.q": float(best.x[1])}


def told(values: dict[str, float], rule: str) -> str:
    """Return the values as text."""
    return f"adoption={rule}, p {values['adoption.p']:.4f}, q {values['adoption.q']:.4f}"
