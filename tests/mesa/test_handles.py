"""Handles: an attribute of an agent is a number in a column."""

import copy

import numpy as np
import pytest
from mesa_worlds import finished, market

from simulation import BrandTeam, BusinessUnit, Customer, Employee, Expert, Influencer, Role, Rung
from simulation.agents import Person

TRAITS = ("activity", "expertise", "susceptibility", "reservation", "response_style")
BELIEFS = ("belief", "confidence", "expectation", "satisfaction", "advocacy")


@pytest.mark.parametrize("name", TRAITS)
def test_a_person_reads_and_writes_the_own_row_of_a_column(name):
    model = market()
    person = model.people[5]
    before = getattr(model.state, name).copy()
    assert getattr(person, name) == pytest.approx(before[5])
    setattr(person, name, 0.75)
    after = getattr(model.state, name)
    assert after[5] == 0.75 == getattr(person, name)
    assert np.array_equal(np.delete(after, 5), np.delete(before, 5))


@pytest.mark.parametrize("name", BELIEFS)
def test_what_a_person_holds_of_a_brand_is_read_and_written_by_its_name(name):
    model = market()
    view, column = getattr(model.people[3], name), getattr(model.state, name)
    view["beta"] = 0.25
    assert column[3, 1] == 0.25 == view["beta"] and list(view) == ["alpha", "beta"]
    setattr(model.people[3], name, 0.5)
    assert dict(view) == {"alpha": 0.5, "beta": 0.5}
    setattr(model.people[3], name, {"alpha": 0.125, "beta": 1.0})
    assert np.asarray(view) == pytest.approx([0.125, 1.0]) and (column[4] != 0.125).all()


def test_two_models_of_one_class_do_not_read_each_others_rows():
    first, second = market(), market()
    first.people[0].activity, second.people[0].activity = 0.25, 0.5
    assert (first.people[0].activity, second.people[0].activity) == (0.25, 0.5)
    assert first.people[0] != second.people[0] and first.people[0] not in second.agents


@pytest.mark.parametrize("name, value, message", [
    ("belief", 1.5, r"belief must be in \[0, 1\], got 1.5"),
    ("activity", -1, r"activity must be in \[0, inf\]"),
    ("expertise", float("nan"), "got nan")])
def test_a_value_out_of_range_is_refused_with_what_is_allowed(name, value, message):
    with pytest.raises(ValueError, match=message):
        setattr(market().people[0], name, value)


@pytest.mark.parametrize("name", ["rung", "role", "brand", "owned_since", "followers", "aware", "employer"])
def test_what_the_phases_write_cannot_be_set_and_the_message_says_who_writes_it(name):
    with pytest.raises(AttributeError, match=f"{name} cannot be set: "):
        setattr(market().people[0], name, 1)


def test_an_unknown_brand_is_answered_with_the_brands_there_are():
    with pytest.raises(KeyError, match=r"no brand is called 'gamma'; there are alpha, beta"):
        market().people[0].rung_with("gamma")


def test_a_person_shows_codes_as_words():
    model = finished()
    state, brands = model.state, ["alpha", "beta", None]
    assert {type(person) for person in model.people} == {Customer, Influencer, Expert, Employee}
    for person in model.people:
        row = person.row
        assert person.role is Role(state.role[row])
        assert type(person).__name__.lower() == person.role.name.lower()
        assert person.brand == brands[state.owned[row]] and person.employer == brands[state.employer[row]]
        assert person.rung_with("beta") is Rung(state.rung[row, 1])
        assert person.id == state.ties.ids[row] and model.person(person.id) is person


def test_the_rung_is_that_of_the_brand_owned_and_else_the_highest():
    model = market()
    model.state.rung[:3] = [[4, 7], [1, 6], [2, 5]]
    model.state.owned[:3] = [0, -1, 1]
    assert [model.people[i].rung for i in range(3)] == [Rung.ADVOCATE, Rung.REJECTER, Rung.DETRACTOR]
    assert model.people.get("rung")[:3] == [Rung.ADVOCATE, Rung.REJECTER, Rung.DETRACTOR]


def test_the_examples_of_the_front_page_work():
    model = finished()
    model.state.rung[7, 0], model.state.owned[7] = Rung.ADVOCATE, 0
    advocates = model.agents.select(lambda a: a.rung == Rung.ADVOCATE)
    assert model.people[7] in advocates
    detractors = model.agents.select(lambda a: a.rung_with("alpha") == Rung.DETRACTOR)
    assert detractors.rows.tolist() == np.flatnonzero(model.state.rung[:, 0] == Rung.DETRACTOR).tolist()


def test_ties_are_counted_with_those_that_brands_introduced():
    model = finished()
    followers = model.state.ties.out_degree() + model.state.added.out_degree()
    follows = model.state.ties.in_degree() + model.state.added.in_degree()
    assert model.people.get("followers") == followers.tolist() == [p.followers for p in model.people]
    assert model.people.get("follows") == follows.tolist() == [p.follows for p in model.people]


def test_the_same_row_is_always_the_same_object():
    model = market()
    person = model.people[9]
    person.mood = "sunny"
    assert model.agents[9] is person is model.person(person.id) is list(model.agents)[9]
    assert next(iter(model.agents.select(lambda a: getattr(a, "mood", "") == "sunny"))) is person
    twin = copy.copy(person)
    assert twin == person and hash(twin) == hash(person) and twin is not person and {twin: 1}[person] == 1


def test_people_cannot_be_made_by_hand():
    with pytest.raises(ValueError, match="come with the network"):
        Customer(market(), 3)


def test_all_agents_have_numbers_of_their_own_from_one_on():
    model = market()
    assert [agent.unique_id for agent in model.agents] == list(range(1, len(model.agents) + 1))


def test_a_brand_team_knows_its_brand_and_what_was_observed():
    model = market()
    alpha, beta = model.agents_by_type[BrandTeam]
    assert (alpha.name, beta.index, alpha.observed, alpha.money) == ("alpha", 1, None, 0.0)
    model.run()
    series = model.results.timeseries.query("brand == 'beta' and step == 6").set_index("metric")["value"]
    assert beta.customers == series["n_owners"] and beta.nps == pytest.approx(series["nps"], nan_ok=True)
    assert beta.observed is model.state.observed[1] and beta.params is model.params.brands["beta"]
    assert beta.nps_estimated == pytest.approx(series["nps_estimated"], nan_ok=True)
    costs = model.results.ledger["costs"]
    assert beta.spent == pytest.approx(costs.loc[costs["brand"] == "beta", "amount"].sum())
    assert alpha.rung is None and alpha.rung_with("alpha") is None


def test_a_business_unit_knows_its_processes_and_its_backlog():
    model = finished()
    units = [len(brand.organisation.units) for brand in model.params.brands.values()]
    assert len(model.agents_by_type[BusinessUnit]) == sum(units) > 0
    for team in model.agents_by_type[BrandTeam]:
        assert [unit.name for unit in team.units] == list(team.params.organisation.units)
        for unit, queue in zip(team.units, model.state.organisations[team.index].queues, strict=True):
            assert unit.brand == team.name and unit.processes == unit.params.processes
            assert unit.backlog == len(queue.present())


def test_every_person_is_a_mesa_agent_of_its_class():
    assert issubclass(Person, __import__("mesa").Agent)
    assert all(isinstance(agent, Person) for agent in market().people)
