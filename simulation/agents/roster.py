"""The roster: who is in the market of one model, and the handles made so far.

A handle is made when the agent is asked for, and kept: a row is always the same object.
"""

from __future__ import annotations

import gc
from functools import cached_property

import numpy as np
from mesa.agent import Agent

from simulation.world.state import NONE

from .fields import Field
from .sets import AgentsOf


class Roster:
    """Numbers and handles of all agents of ``model``; ``classes`` are those of people, by role."""

    def __init__(self, model, classes: tuple[type, ...]):
        self.model = model
        self.classes = classes
        self.n = model.state.n
        self.brands = {name: b for b, name in enumerate(model.params.brands)}
        self.brand_names = (*self.brands, None)
        self.handles: dict[int, Agent] = {}
        self.here = np.ones(self.n, bool)   # by number: is in the market
        self.gone: list[int] = []           # numbers of agents who left
        self.given: list[tuple[int, int]] = []      # (row, tick) of products given by hand
        self.others: dict[type, list[Agent]] = {}   # agents other than people, by class
        self.making = NONE                  # row of the handle that is being made

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Rows of people by their own ids."""
        return {name: row for row, name in enumerate(self.model.state.ties.ids)}

    @cached_property
    def people(self) -> AgentsOf:
        """All people, in order of rows."""
        return AgentsOf(self, np.flatnonzero(self.here[:self.n]).astype(np.int32))

    @cached_property
    def everybody(self) -> AgentsOf:
        """All agents: people in order of rows, then brand teams, units and later entrants."""
        return AgentsOf(self, np.flatnonzero(self.here).astype(np.int32))

    @cached_property
    def by_type(self) -> dict[type, AgentsOf]:
        """All agents by class."""
        role = self.model.state.role
        here = self.here[:self.n]
        people = {cls: AgentsOf(self, np.flatnonzero((role == code) & here).astype(np.int32))
                  for code, cls in enumerate(self.classes)}
        others = {}
        for cls, agents in self.others.items():
            numbers = np.array([agent.unique_id - 1 for agent in agents], np.int32)
            others[cls] = AgentsOf(self, numbers[self.here[numbers]])
        return people | others

    def agent(self, number: int) -> Agent:
        """Return the agent with this number, made if nobody asked before."""
        if number not in self.handles:
            self.make([number])
        return self.handles[number]

    def make(self, numbers: list[int]) -> None:
        """Make the missing handles, with the garbage collector off: it takes most of the time."""
        missing = [number for number in numbers if number not in self.handles]
        if not missing:
            return
        collecting = gc.isenabled()
        gc.disable()
        try:
            for row, role in zip(missing, self.model.state.role[missing].tolist(), strict=True):
                self.making = row
                self.handles[row] = self.classes[role](self.model, row)
        finally:
            self.making = NONE
            if collecting:
                gc.enable()

    def number(self, agent) -> int:
        """Return the number of an agent, -1 of anything that is not in this market."""
        if not isinstance(agent, Agent) or agent.model is not self.model:
            return NONE
        number = agent.unique_id - 1
        return number if self.here[number] else NONE

    def enter(self, agent: Agent) -> None:
        """Give an agent other than a person its number, and put it into the sets that exist."""
        number = self.here.size
        agent.unique_id = number + 1
        self.handles[number] = agent
        self.here = np.append(self.here, True)
        self.others.setdefault(type(agent), []).append(agent)
        if "everybody" in vars(self):
            self.everybody.add(agent)
        if "by_type" in vars(self):
            self.by_type.setdefault(type(agent), AgentsOf(self, np.empty(0, np.int64))).add(agent)

    def leave(self, agent: Agent) -> None:
        """Take an agent out of all sets; raises KeyError where it is not in the market."""
        number = self.number(agent)
        if number == NONE:
            raise KeyError(agent)
        self.here[number] = False
        self.gone.append(number)

    def field(self, name: str) -> Field | None:
        """Return the column behind an attribute, None where a class overrides it."""
        field = getattr(self.classes[0], name, None)
        if not isinstance(field, Field):
            return None
        is_shared = all(getattr(cls, name, None) is field for cls in self.classes)
        return field if is_shared else None
