"""Sets of agents that make their members on demand.

Every agent of a model has a number: people their row, all others the numbers from ``n`` on;
``unique_id`` is the number plus one.  A set is an array of numbers in order.  Verbs that name an
attribute are answered from the column; verbs that call a function make the handles they need.
(Mesa's own sets hold agents weakly.)

Agents who leave the market are out of every set at once, and loops still running skip them.
"""

from __future__ import annotations

import itertools
from importlib import import_module

import numpy as np
from mesa.agent import AgentSet

GroupBy = import_module(AgentSet.__module__).GroupBy

FIRST_CHUNK = 64
LARGEST_CHUNK = 65_536
"""Handles made at once by a loop over a set: few where it may stop soon, many where it goes on."""


class AgentsOf(AgentSet):
    """A set of agents of one model; understands all verbs of Mesa's ``AgentSet``."""

    def __init__(self, roster, numbers: np.ndarray):
        self.roster = roster
        self._numbers = numbers
        self._seen_gone = len(roster.gone)
        self._mask = None

    def __repr__(self) -> str:
        return f"<{len(self)} agents>"

    @property
    def random(self):
        """The random generator of the model (``random.Random``)."""
        return self.roster.model.random

    @property
    def numbers(self) -> np.ndarray:
        """Numbers of the agents in order, int32; those who have left the market are dropped."""
        if self._seen_gone != len(self.roster.gone):
            self._replace(self._numbers[self.roster.here[self._numbers]])
        return self._numbers

    @property
    def rows(self) -> np.ndarray:
        """Rows of the people in the set, in order: indices into the columns of ``model.state``."""
        return self.numbers[self.numbers < self.roster.n]

    def _replace(self, numbers) -> AgentsOf:
        """Hold these agents from now on."""
        self._numbers = np.asarray(numbers, np.int32)
        self._seen_gone = len(self.roster.gone)
        self._mask = None
        return self

    def _new(self, numbers, inplace: bool = False) -> AgentsOf:
        """Return a set of these agents: this one where ``inplace``, else a new one."""
        if inplace:
            return self._replace(numbers)
        return AgentsOf(self.roster, np.asarray(numbers, np.int32))

    def _update(self, agents) -> AgentsOf:
        """Hold these agents from now on; Mesa calls this."""
        return self._replace(self._from_iterable(agents).numbers)

    def _from_iterable(self, agents) -> AgentsOf:
        """Return a set of these agents, each once, in their order."""
        return self._new(list(dict.fromkeys(agent.unique_id - 1 for agent in agents)))

    def __len__(self) -> int:
        return self.numbers.size

    def __iter__(self):
        return self._visit(self.numbers.tolist())

    def _visit(self, numbers: list[int]):
        """Return an iterator over these agents; those who leave from now on are skipped."""
        return self._walk(numbers, len(self.roster.gone))

    def _walk(self, numbers: list[int], gone: int):
        """Yield these agents chunk by chunk; ``gone`` had left when the loop began."""
        roster = self.roster
        start = 0
        size = FIRST_CHUNK
        while start < len(numbers):
            chunk = numbers[start:start + size]
            roster.make(chunk)
            for number in chunk:
                if len(roster.gone) == gone or roster.here[number]:
                    yield roster.handles[number]
            start += size
            size = min(2 * size, LARGEST_CHUNK)

    def __contains__(self, agent) -> bool:
        number = self.roster.number(agent)
        if self._mask is None or self._mask.size != self.roster.here.size:
            self._mask = np.zeros(self.roster.here.size, bool)
            self._mask[self.numbers] = True
        return number >= 0 and bool(self._mask[number])

    def __getitem__(self, item: int | slice):
        if isinstance(item, slice):
            return list(self._visit(self.numbers[item].tolist()))
        return self.roster.agent(int(self.numbers[item]))

    def copy(self) -> AgentsOf:
        """Return a set of the same agents."""
        return self._new(self.numbers)

    __copy__ = copy

    def to_list(self) -> list:
        """Return the agents as a list."""
        return list(self)

    def add(self, agent) -> None:
        """Add an agent of this model; raises ValueError where it is not in the market."""
        number = self.roster.number(agent)
        if number < 0:
            raise ValueError(f"{agent!r} is not in this market: "
                             "it has left, or belongs to another model")
        if agent not in self:
            self._replace(np.append(self.numbers, number))

    def discard(self, agent) -> None:
        """Take an agent out of this set (not out of the market)."""
        if agent in self:
            self._replace(self.numbers[self.numbers != self.roster.number(agent)])

    def remove(self, agent) -> None:
        """Take an agent out of this set; raises KeyError where it is not in it."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def select(self, filter_func=None, at_most=float("inf"), inplace: bool = False,
               agent_type=None) -> AgentsOf:
        """Return those who pass ``filter_func``, at most ``at_most`` (a float up to 1: a share)."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        numbers = self.numbers if agent_type is None else self._of_type(agent_type)
        if filter_func is not None:
            agents = (agent for agent in self._visit(numbers.tolist()) if filter_func(agent))
            limit = None if at_most == float("inf") else max(at_most, 0)
            numbers = [agent.unique_id - 1 for agent in itertools.islice(agents, limit)]
        elif at_most < len(numbers):
            numbers = numbers[:max(at_most, 0)]
        return self._new(numbers, inplace)

    def _of_type(self, agent_type) -> np.ndarray:
        """Return the numbers of the agents of this class, subclasses included."""
        numbers = self.numbers
        roster = self.roster
        wanted = np.zeros(roster.here.size, bool)
        roles = [code for code, cls in enumerate(roster.classes) if issubclass(cls, agent_type)]
        wanted[:roster.n] = np.isin(roster.model.state.role, roles)
        for number in range(roster.n, roster.here.size):
            wanted[number] = isinstance(roster.handles[number], agent_type)
        return numbers[wanted[numbers]]

    def shuffle(self, inplace: bool = False) -> AgentsOf:
        """Return the agents in random order (by ``model.random``, as Mesa does)."""
        numbers = self.numbers.tolist()
        self.random.shuffle(numbers)
        return self._new(numbers, inplace)

    def sort(self, key, ascending: bool = False, inplace: bool = False) -> AgentsOf:
        """Return the agents by an attribute or ``key(agent)``, highest first unless ascending."""
        numbers = self.numbers
        keys = self._list(key) if isinstance(key, str) else self.map(key)
        order = sorted(range(numbers.size), key=keys.__getitem__, reverse=not ascending)
        return self._new(numbers[order], inplace)

    def do(self, method, *args, **kwargs) -> AgentsOf:
        """Call a method (by name) or a function on every agent."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method, *args, **kwargs) -> AgentsOf:
        """Call a method or a function on every agent, in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method, *args, **kwargs) -> list:
        """Return what a method (by name) or a function gives for every agent."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def get(self, attr_names, handle_missing: str = "error", default_value=None) -> list:
        """Return the values of an attribute, or for several attributes a list per agent."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing must be 'error' or 'default', got {handle_missing!r}")
        default = (default_value,) if handle_missing == "default" else ()
        if isinstance(attr_names, str):
            return self._list(attr_names, *default)
        columns = [self._list(name, *default) for name in attr_names]
        if not columns:
            return [[] for _ in self.numbers]
        return [list(row) for row in zip(*columns, strict=True)]

    def _list(self, name: str, *default) -> list:
        """Return the values of an attribute, people's from the column where there is one."""
        numbers = self.numbers
        roster = self.roster
        field = roster.field(name)
        if field is None:
            return [getattr(agent, name, *default) for agent in self]
        is_person = numbers < roster.n
        known = field.values(roster.model, numbers[is_person])
        if is_person.all():
            return known
        of_people = iter(known)
        return [next(of_people) if person else getattr(roster.agent(number), name, *default)
                for number, person in zip(numbers.tolist(), is_person.tolist(), strict=True)]

    def agg(self, attribute: str, func):
        """Return ``func`` of the values of an attribute, or a list for several functions.

        NumPy's functions get the column, any other function a list, as in Mesa.
        """
        if callable(func):
            return func(self._array(attribute) if is_of_numpy(func) else self._list(attribute))
        return [self.agg(attribute, function) for function in func]

    def _array(self, name: str):
        """Return the values of an attribute as an array where a column has them, else as a list."""
        field = self.roster.field(name)
        numbers = self.numbers
        if field is None or (numbers >= self.roster.n).any():
            return self._list(name)
        array = field.array(self.roster.model.state, numbers)
        return self._list(name) if array is None else array

    def set(self, attr_name: str, value) -> AgentsOf:
        """Set an attribute of every agent."""
        field = self.roster.field(attr_name)
        rest = self.numbers
        if field is not None:
            field.write(self.roster.model.state, self.rows, value)
            rest = rest[rest >= self.roster.n]
        for agent in self._visit(rest.tolist()):
            setattr(agent, attr_name, value)
        return self

    def groupby(self, by, result_type: str = "agentset") -> Groups:
        """Group by an attribute or ``by(agent)``; ``result_type`` is "agentset" or "list"."""
        numbers = self.numbers.tolist()
        agents = self.roster.agent
        keys = self._list(by) if isinstance(by, str) else [by(agents(i)) for i in numbers]
        groups = {}
        for key, number in zip(keys, numbers, strict=True):
            groups.setdefault(key, []).append(number)
        sets = {key: self._new(members) for key, members in groups.items()}
        if result_type == "list":
            return Groups({key: list(agents) for key, agents in sets.items()})
        return Groups(sets)


class Groups(GroupBy):
    """Groups of agents, with Mesa's verbs."""

    def agg(self, attr_name: str, func) -> dict:
        """Return ``func`` of the values of an attribute by group, from the column."""
        return {name: group.agg(attr_name, func) if isinstance(group, AgentsOf)
                else func([getattr(agent, attr_name) for agent in group])
                for name, group in self.groups.items()}


def is_of_numpy(function) -> bool:
    """Tell whether a function is one of NumPy's own."""
    module = str(getattr(function, "__module__", ""))
    return isinstance(function, np.ufunc) or module.startswith("numpy")
