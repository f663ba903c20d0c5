"""Sets: every verb says what plain Mesa says of the same agents, without making them where it need not."""

import operator

import numpy as np
import pytest
from mesa.agent import AgentSet
from mesa_worlds import finished, market, plain

from simulation import BrandTeam, BusinessUnit, Customer, Expert, Influencer
from simulation.agents import Person

pytestmark = pytest.mark.filterwarnings("error::PendingDeprecationWarning")
NUMBERS = ("activity", "expertise", "susceptibility", "reservation", "response_style", "owned_since",
           "likelihood_to_recommend", "followers", "follows", "community", "rung", "role")
SETS = {"everybody": lambda m: m.agents, "people": lambda m: m.people,
        "customers": lambda m: m.agents_by_type[Customer], "nobody": lambda m: m.people.select(at_most=0),
        "few": lambda m: m.people.select(lambda a: a.row % 7 == 3)}


@pytest.mark.parametrize("name", [*NUMBERS, "brand", "employer", "row", "id"])
@pytest.mark.parametrize("of", ["people", "customers", "few"])
def test_get_gives_what_plain_mesa_gives(of, name):
    agents = SETS[of](finished())
    assert agents.get(name) == plain(agents).get(name)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("function", [np.mean, np.max, np.sum, np.std, min, max, sum, len, sorted,
                                      lambda values: values[:3]])
def test_agg_gives_what_plain_mesa_gives_to_the_bit(name, function):
    people = finished().people
    ours, mesas = people.agg(name, function), plain(people).agg(name, function)
    assert ours == mesas


def test_agg_takes_several_functions_and_columns_by_brand():
    people = finished().people
    assert people.agg("activity", [min, np.mean]) == plain(people).agg("activity", [min, np.mean])
    assert people.agg("belief", np.mean) == plain(people).agg("belief", np.mean)
    assert people.agg("brand", set) == plain(people).agg("brand", set)


@pytest.mark.parametrize("of", SETS)
def test_get_of_several_attributes_and_of_missing_ones(of):
    agents = SETS[of](finished())
    expected = [[agent.rung, getattr(agent, "activity", -1)] for agent in agents]
    assert agents.get(["rung", "activity"], handle_missing="default", default_value=-1) == expected
    assert agents.get("nonsense", handle_missing="default") == [None] * len(agents)
    with pytest.raises(ValueError, match="handle_missing"):
        agents.get("rung", handle_missing="ignore")


def test_a_missing_attribute_is_an_error_as_in_mesa():
    with pytest.raises(AttributeError, match="BrandTeam"):
        finished().agents.get("activity")
    with pytest.raises(AttributeError, match="nonsense"):
        finished().people.get("nonsense")


@pytest.mark.parametrize("arguments", [
    {}, {"filter_func": lambda a: a.activity > 1}, {"at_most": 5}, {"at_most": 0.25}, {"at_most": 1.0},
    {"at_most": 0}, {"at_most": 1},
    {"filter_func": lambda a: a.activity > 1, "at_most": 3}, {"filter_func": lambda a: True, "at_most": 0.1},
    {"agent_type": Customer}, {"agent_type": Person}, {"agent_type": Expert, "at_most": 2},
    {"agent_type": Influencer, "filter_func": lambda a: a.followers > 3}])
@pytest.mark.parametrize("inplace", [False, True])
def test_select_chooses_whom_plain_mesa_chooses(arguments, inplace):
    people = finished().people.copy()
    expected = list(plain(people).select(**arguments))
    chosen = people.select(**arguments, inplace=inplace)
    assert list(chosen) == expected and (chosen is people) == inplace
    assert len(people) == (len(expected) if inplace else finished().state.n)


def test_select_by_type_reaches_firms():
    agents = finished().agents
    assert list(agents.select(agent_type=BrandTeam)) == list(finished().agents_by_type[BrandTeam])


@pytest.mark.parametrize("key", ["activity", "rung", "row", lambda a: -a.followers,
                                 lambda a: a.belief["beta"]])
@pytest.mark.parametrize("ascending", [False, True])
def test_sort_orders_as_plain_mesa_does_ties_included(key, ascending):
    people = finished().people
    assert list(people.sort(key, ascending)) == list(plain(people).sort(key, ascending))


def test_shuffle_draws_the_same_order_as_plain_mesa():
    ours, mesas = market(), market()
    mesas_set = plain(mesas.people)
    assert [a.row for a in ours.people.shuffle()] == [a.row for a in mesas_set.shuffle()]
    ours.people.shuffle(inplace=True)
    assert [a.row for a in ours.people] == [a.row for a in mesas_set.shuffle(inplace=True)]
    ours_seen, mesas_seen = [], []
    assert ours.people.shuffle_do(lambda a: ours_seen.append(a.row)) is ours.people
    mesas_set.shuffle_do(lambda a: mesas_seen.append(a.row))
    assert ours_seen == mesas_seen and sorted(ours_seen) == list(range(ours.state.n))


def test_do_and_map_call_methods_by_name_and_functions():
    people = finished().people
    assert people.map("rung_with", "alpha") == plain(people).map("rung_with", "alpha")
    assert people.map(lambda a, more: a.row + more, more=1) == [row + 1 for row in people.rows]
    seen = []
    assert people.do(lambda a: seen.append(a.row)) is people and seen == list(range(len(people)))


@pytest.mark.parametrize("by", ["rung", "brand", "community", lambda a: a.activity > 1])
def test_groupby_makes_the_groups_of_plain_mesa(by):
    people = finished().people
    ours, mesas = people.groupby(by), plain(people).groupby(by)
    assert ours.count() == mesas.count() and list(ours.groups) == list(mesas.groups)
    assert ours.agg("activity", np.mean) == mesas.agg("activity", np.mean)
    assert ours.map(len) == mesas.map(len) and len(ours) == len(mesas)
    assert {k: list(g) for k, g in ours} == {k: list(g) for k, g in mesas}
    assert ours.do(lambda group: None) is ours
    assert people.groupby(by, "list").groups == plain(people).groupby(by, "list").groups
    assert people.groupby(by, "list").agg("activity", max) == mesas.agg("activity", max)


def test_set_writes_the_column_of_exactly_these_people():
    model = market()
    before = model.state.activity.copy()
    chosen = model.people.select(lambda a: a.row % 2 == 0)
    assert chosen.set("activity", 0.5) is chosen
    assert (model.state.activity[::2] == 0.5).all() and (model.state.activity[1::2] == before[1::2]).all()
    chosen.set("belief", 0.25)
    assert (model.state.belief[::2] == 0.25).all() and (model.state.belief[1::2] != 0.25).any()
    model.agents.set("label", "x")
    assert set(model.agents.get("label")) == {"x"}
    with pytest.raises(ValueError, match="activity must be"):
        chosen.set("activity", -1)


def test_verbs_that_name_an_attribute_make_no_handles():
    model = market()
    firms = len(model.agents.select(agent_type=BrandTeam)) + len(model.agents.select(agent_type=BusinessUnit))
    people = model.people
    people.agg("activity", [np.mean, max])
    people.sort("activity").select(at_most=10).set("activity", 1.0)
    people.groupby("rung").agg("followers", np.max)
    model.agents.get("rung")
    model.agents_by_type[Customer].shuffle().get("brand")
    assert len(model.roster.handles) == firms
    next(iter(people))
    assert len(model.roster.handles) < model.state.n


def test_a_set_is_a_sequence_and_a_mutable_set_as_in_mesa():
    model = market()
    some = model.people.select(at_most=10)
    first, last = some[0], some[-1]
    assert isinstance(some, AgentSet) and some[1:3] == list(some)[1:3] == some.to_list()[1:3]
    assert len(some) == 10 and first in some and model.people[50] not in some and "alpha" not in some
    some.discard(first)
    some.discard(first)
    some.remove(last)
    assert len(some) == 8 and first not in some and first in model.agents
    with pytest.raises(KeyError):
        some.remove(first)
    some.add(first)
    some.add(first)
    assert some[-1] is first and len(some) == 9
    assert list(some.copy()) == list(some) and some.copy() == some and some.copy() is not some


@pytest.mark.parametrize("sign", [operator.and_, operator.or_, operator.sub, operator.xor])
def test_sets_combine_as_sets(sign):
    people = finished().people
    left, right = people.select(lambda a: a.row < 20), people.select(lambda a: a.row % 3 == 0)
    rows = sign(set(left.rows.tolist()), set(right.rows.tolist()))
    assert {agent.row for agent in sign(left, right)} == rows


def test_an_agent_of_another_model_is_refused():
    with pytest.raises(ValueError, match="not in this market"):
        market().people.add(market().people[0])


def test_rows_index_the_columns():
    model = finished()
    experts = model.agents_by_type[Expert]
    assert model.state.expertise[experts.rows].tolist() == experts.get("expertise")
