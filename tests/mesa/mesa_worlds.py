"""Small markets for the tests of the Mesa face, and the sets that plain Mesa would make of them."""

from __future__ import annotations

import random
from functools import cache

from mesa.agent import AgentSet

from simulation import WordOfMouthModel, load_params


@cache
def params(steps: int = 6):
    """Return the parameters of a small market with two brands and all roles."""
    return load_params(f"steps={steps}", "population.size=200", "population.employee_share=0.1",
                       "population.expert_share=0.1", "population.influencer_share=0.05")


def market(seed: int = 1, agent_classes: tuple = ()) -> WordOfMouthModel:
    """Return a market before its first step."""
    return WordOfMouthModel(params(), seed=seed, agent_classes=agent_classes)


@cache
def finished() -> WordOfMouthModel:
    """Return a market after its last step; look, do not touch."""
    model = market()
    model.run()
    return model


def plain(agents, seed: int | None = None) -> AgentSet:
    """Return a plain Mesa set of the same agents (they are kept alive by the roster of their model)."""
    agents = list(agents)
    return AgentSet(agents, random=agents[0].model.random if seed is None else random.Random(seed))
