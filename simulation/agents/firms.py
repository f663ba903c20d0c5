"""Firms: brand teams and business units, ordinary Mesa agents made with the model."""

from __future__ import annotations

from itertools import chain

import mesa
import numpy as np

from .fields import Field


class Firm(mesa.Agent):
    """What brand teams and business units share: they are not people and stand on no rung."""

    rung = None

    def rung_with(self, brand: str) -> None:
        """Return None: firms stand on no rung."""

    @property
    def row(self) -> int:
        """Index of the brand: the row of columns with a brand axis."""
        return self.index


class BrandTeam(Firm):
    """The people who decide for a brand; they know what ``observed`` says."""

    campaign = Field("added probability that an advertisement reaches a person, in this step", 0, 1)
    offer = Field("strength of an incentive for reviews, in this step only", 0)

    def __init__(self, model, index: int):
        super().__init__(model)
        self.index = index
        self.name = model.roster.brand_names[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def params(self):
        """The parameters of the brand."""
        return self.model.params.brands[self.name]

    @property
    def policies(self) -> dict:
        """The policies of the brand by name."""
        return self.params.policies

    @property
    def observed(self):
        """What the team knows (``simulation.world.observed.Observed``); None before step 1."""
        observed = self.model.state.observed
        return observed[self.index] if observed else None

    @property
    def customers(self) -> int:
        """Number of people who own the brand."""
        return int(np.count_nonzero(self.model.state.owned == self.index))

    @property
    def nps(self) -> float:
        """Net promoter score of all owners, points; nan without owners who were asked."""
        state = self.model.state
        ladder = self.model.params.ladder
        likelihood = state.likelihood_to_recommend
        points = likelihood[(state.owned == self.index) & (likelihood >= 0)]
        if points.size == 0:
            return float("nan")
        promoters = points >= ladder.promoter
        detractors = points <= ladder.detractor
        return 100.0 * float(promoters.mean() - detractors.mean())

    @property
    def nps_estimated(self) -> float:
        """Net promoter score as the team reads it, points; nan as long as nothing was seen."""
        return float(self.observed.nps_estimated) if self.observed else float("nan")

    @property
    def money(self) -> float:
        """Money not spent yet (initial budget and budgets since), in currency."""
        return float(self.observed.money if self.observed else self.params.initial_budget)

    @property
    def spent(self) -> float:
        """What policies and tickets have cost so far, in currency."""
        costs = self.model.state.ledger.costs
        return float(costs["amount"][costs["brand"] == self.index].sum())

    @property
    def units(self) -> list:
        """The business units of the brand."""
        return [agent for agent in chain(*self.model.roster.others.values())
                if isinstance(agent, BusinessUnit) and agent.index == self.index]


class BusinessUnit(Firm):
    """People of a brand who work on what customers say about some of its processes."""

    def __init__(self, model, index: int, name: str):
        super().__init__(model)
        self.index = index
        self.name = name
        self.brand = model.roster.brand_names[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.brand}/{self.name}>"

    @property
    def params(self):
        """The parameters of the unit."""
        return self.model.params.brands[self.brand].organisation.units[self.name]

    @property
    def processes(self) -> tuple[str, ...]:
        """Names of the processes the unit owns."""
        return self.params.processes

    @property
    def backlog(self) -> int:
        """Number of tickets in the unit, waiting or being worked on."""
        offices = self.model.state.organisations
        units = list(self.model.params.brands[self.brand].organisation.units)
        return offices[self.index].queues[units.index(self.name)].n_present if offices else 0
