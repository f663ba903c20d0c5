"""The market as Mesa sees it: a ``mesa.Model`` whose agents are made on demand."""

from __future__ import annotations

import mesa

from simulation.world.state import NONE

from .firms import BrandTeam, BusinessUnit
from .people import Customer, Employee, Expert, Influencer, Person, keep_out
from .roster import Roster
from .sets import AgentsOf

PEOPLE = (Customer, Influencer, Expert, Employee)
"""Classes of people, by the code of their role."""


class Market(mesa.Model):
    """A Mesa model with a roster: ``agents`` and its relatives, answered from the columns."""

    roster: Roster

    @property
    def agents(self) -> AgentsOf:
        """All agents: people, brand teams, business units, and agents that the user made."""
        return self.roster.everybody

    @property
    def people(self) -> AgentsOf:
        """All people: customers, influencers, experts and employees."""
        return self.roster.people

    @property
    def agents_by_type(self) -> dict[type, AgentsOf]:
        """All agents by class."""
        return self.roster.by_type

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        return list(self.roster.by_type)

    def person(self, name: str) -> Person:
        """Return a person by the user's own id; raises KeyError where nobody is called so."""
        if name not in self.roster.row_of:
            example = self.state.ties.ids[0]
            raise KeyError(f"no person is called {name!r} (ids look like {example!r})")
        return self.roster.agent(self.roster.row_of[name])

    def register_agent(self, agent) -> None:
        """Take an ordinary agent into the market; Mesa calls this when one is made."""
        super().register_agent(agent)
        self.roster.enter(agent)
        # Mesa 3.3 counts ids in a class-level dict that would keep the model alive for ever
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def deregister_agent(self, agent) -> None:
        """Take an agent out of the market; Mesa calls this when it is removed."""
        self.roster.leave(agent)
        if not isinstance(agent, Person):
            super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Remove everybody; the rows stay, and nothing more will happen."""
        self.agents.do("remove")


def make_agents(model, agent_classes: tuple[type, ...] = ()) -> None:
    """Give the model its agents: firms at once, people on demand.

    agent_classes  subclasses of the six classes, to be used in their place
    """
    stands_for = {base: base for base in (*PEOPLE, BrandTeam, BusinessUnit)}
    for cls in agent_classes:
        bases = [base for base in stands_for if isinstance(cls, type) and issubclass(cls, base)]
        if len(bases) != 1 or stands_for[bases[0]] is not bases[0]:
            names = ", ".join(base.__name__ for base in stands_for)
            raise TypeError(f"agent_classes: {cls!r} must be a subclass of exactly one of {names}, "
                            "and the only one of it")
        stands_for[bases[0]] = cls
    model.roster = Roster(model, tuple(stands_for[base] for base in PEOPLE))
    for index in range(model.state.b):
        stands_for[BrandTeam](model, index)
    for index, brand in enumerate(model.params.brands.values()):
        for name in brand.organisation.units:
            stands_for[BusinessUnit](model, index, name)


def python_steps(model) -> None:
    """Call the steps that a user wrote in Python; before them, keep out who left the market."""
    roster = model.roster
    clear_gifts(model)
    keep_out(model.state, [number for number in roster.gone if number < roster.n])
    for cls, agents in list(roster.by_type.items()):
        if cls.step is not mesa.Agent.step:
            agents.do("step")


def clear_gifts(model) -> None:
    """Clear what ``Person.receive`` wrote for the last step, gifts of brands aside."""
    state = model.state
    given = model.roster.given
    model.roster.given = [(row, tick) for row, tick in given if tick == model.tick]
    for row, tick in given:
        if tick < model.tick and not any(row in observed.gifted for observed in state.observed):
            state.seeded[row] = NONE
