"""A subclass with a step in Python has it called before the phases of every step."""

import json

import mesa
import pytest
from mesa_worlds import finished, market

from simulation import BrandTeam, Customer, Expert
from simulation.agents import Person


class Chatty(Customer):
    """A customer who talks a lot."""

    def step(self):
        """Talk."""
        self.activity = 2.0


class Watchful(Expert):
    """An expert with a memory of its own."""

    def __init__(self, model, row):
        super().__init__(model, row)
        self.ticks, self.rungs = [], []

    def step(self):
        """Remember when it was asked, and what the phases have done by then."""
        self.ticks.append(self.model.tick)
        self.rungs.append(self.rung)


class Loud(BrandTeam):
    """A team that advertises to everybody."""

    def step(self):
        """Reach everybody."""
        self.campaign = 1.0


def test_a_step_in_python_is_called_for_every_agent_of_the_class_and_nobody_else():
    model = market(agent_classes=(Chatty,))
    before = model.state.activity.copy()
    model.step()
    rows = model.agents_by_type[Chatty].rows
    assert rows.size > 100 and (model.state.activity[rows] == 2.0).all()
    assert Customer not in model.agents_by_type
    others = model.people.select(lambda a: not isinstance(a, Chatty)).rows
    assert (model.state.activity[others] == before[others]).all()


def test_a_step_in_python_comes_before_the_phases_and_acts_on_them():
    model = market(agent_classes=(Watchful, Loud))
    model.step()
    assert {tuple(a.ticks) for a in model.agents_by_type[Watchful]} == {(0,)}
    assert (model.state.ad_hit == 1).all() and (model.state.aware == 1).all()
    assert market().state.ad_hit.sum() == 0
    model.step()
    assert {tuple(a.ticks) for a in model.agents_by_type[Watchful]} == {(0, 1)}


def test_an_agent_of_the_users_own_is_called_too():
    class Counter(mesa.Agent):
        def step(self):
            self.count = getattr(self, "count", 0) + 1

    model = market()
    counter = Counter(model)
    model.run()
    assert counter.count == 6


def test_who_left_is_not_called():
    model = market(agent_classes=(Watchful,))
    gone = model.agents_by_type[Watchful][0]
    gone.remove()
    model.step()
    assert gone.ticks == [] and len(model.agents_by_type[Watchful]) > 0


def test_classes_without_a_step_change_nothing_and_make_no_people():
    class Quiet(Customer):
        """A customer with a name of its own and no step."""

    model = market(agent_classes=(Quiet,))
    model.run()
    assert json.dumps(model.results.summary) == json.dumps(finished().results.summary)
    assert all(not isinstance(agent, Person) for agent in model.roster.handles.values())


def test_an_attribute_that_a_class_defines_itself_is_asked_of_the_agents():
    class Double(Customer):
        @property
        def activity(self):
            return 2.0 * float(self.model.state.activity[self.row])

    agents = market(agent_classes=(Double,)).agents_by_type[Double]
    assert agents.agg("activity", max) == max(agent.activity for agent in agents)
    assert agents.get("activity") == [agent.activity for agent in agents]


@pytest.mark.parametrize("classes", [(Person,), (mesa.Agent,), (Chatty, type("Other", (Customer,), {})), (3,),
                                     (type("Both", (Customer, Expert), {}),)])
def test_a_class_that_stands_for_none_or_for_several_is_refused(classes):
    with pytest.raises(TypeError, match="exactly one of Customer, Influencer, Expert, Employee, BrandTeam"):
        market(agent_classes=classes)
