"""The model as a Mesa model: steps, collectors, who leaves, and that nothing keeps it alive."""

import gc
import weakref
from functools import partial

import mesa
import numpy as np
import pytest
from mesa_worlds import finished, market, params

from simulation import (
    BrandTeam,
    BusinessUnit,
    Customer,
    Employee,
    Expert,
    Influencer,
    Rung,
    WordOfMouthModel,
    load_params,
)

pytestmark = pytest.mark.filterwarnings("error::PendingDeprecationWarning")


def test_run_model_runs_to_the_horizon():
    model = market()
    assert model.running
    model.run_model()
    assert model.tick == 6 and not model.running
    assert np.array_equal(model.state.belief, finished().state.belief)


def test_agent_types_are_the_six_classes():
    model = market()
    assert model.agent_types == [Customer, Influencer, Expert, Employee, BrandTeam, BusinessUnit]
    assert sum(len(agents) for agents in model.agents_by_type.values()) == len(model.agents)
    assert len(model.people) == model.state.n and model.agents is model.agents


def test_a_data_collector_collects():
    model = market()
    collector = mesa.DataCollector(
        model_reporters={"advocates": lambda m: m.people.groupby("rung").count().get(Rung.ADVOCATE, 0),
                         "tick": "tick", "activity": partial(mean_of, name="activity")},
        agenttype_reporters={BrandTeam: {"customers": "customers"},
                             Expert: {"belief": lambda a: a.belief["alpha"]}})
    for _ in range(3):
        model.step()
        collector.collect(model)
    frame = collector.get_model_vars_dataframe()
    assert frame["tick"].tolist() == [1, 2, 3] and frame["activity"].nunique() == 1
    teams = collector.get_agenttype_vars_dataframe(BrandTeam)
    assert teams["customers"].tolist()[-2:] == [int((model.state.owned == b).sum()) for b in (0, 1)]
    experts = collector.get_agenttype_vars_dataframe(Expert)
    assert len(experts) == 3 * len(model.agents_by_type[Expert])
    assert experts["belief"].tolist()[-1] == model.state.belief[model.agents_by_type[Expert].rows[-1], 0]


def mean_of(model, name: str) -> float:
    """Return the mean of an attribute over all people."""
    return float(model.people.agg(name, np.mean))


def test_agent_reporters_collect_from_everybody():
    model = market()
    collector = mesa.DataCollector(agent_reporters={"rung": "rung", "name": lambda a: repr(a)})
    model.step()
    collector.collect(model)
    assert len(collector.get_agent_vars_dataframe()) == len(model.agents)


def test_a_model_that_nobody_holds_is_freed():
    model = market()
    list(model.agents)
    model.step()
    Journalist(model)
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


class Journalist(mesa.Agent):
    """An agent of the user's own."""


def test_an_agent_of_the_users_own_joins_the_market():
    model = market()
    before = len(model.agents)
    paper = Journalist(model)
    assert paper in model.agents and len(model.agents) == before + 1 == paper.unique_id
    assert model.agents_by_type[Journalist].to_list() == [paper] and model.agent_types[-1] is Journalist
    assert len(Journalist.create_agents(model, 3)) == 3 and len(model.agents_by_type[Journalist]) == 4
    paper.remove()
    paper.remove()
    assert paper not in model.agents and len(model.agents) == before + 3


def test_who_is_removed_is_out_of_every_set_and_out_of_the_market():
    model = market()
    model.people[60].receive("alpha")
    model.step()
    owner = model.people[60]
    assert owner.brand == "alpha" and owner in model.people.select(lambda a: a.brand is not None)
    chosen = model.people.select(at_most=50)
    chosen.add(owner)
    owner.remove()
    owner.remove()
    for agents in (model.agents, model.people, model.agents_by_type[type(owner)], chosen):
        assert owner not in agents and owner not in list(agents)
    assert len(model.people) == model.state.n - 1
    assert (owner.brand, owner.activity, owner.susceptibility, owner.employer) == (None, 0, 0, None)
    with pytest.raises(ValueError, match="has left"):
        model.people.add(owner)


@pytest.mark.parametrize("adoption", ["consider", "bass", "threshold", "cascade", "cascade_negative"])
def test_who_is_removed_never_buys_speaks_or_changes_his_mind_again(adoption):
    model = WordOfMouthModel(load_params("steps=8", "population.size=200", f"adoption={adoption}"), seed=3)
    model.step()
    leaving = model.people.select(lambda a: a.row % 2 == 0)
    rows = leaving.rows
    leaving.do("remove")
    belief, posts = model.state.belief[rows].copy(), len(model.state.ledger.posts)
    while model.running:
        model.state.seeded[rows] = 0
        model.step()
    conversions, later = model.results.ledger["conversions"], model.state.ledger.posts["author"][posts:]
    ids = {model.state.ties.ids[row] for row in rows}
    assert (model.state.owned[rows] == -1).all() and not np.isin(later, rows).any()
    assert not conversions.loc[conversions["step"] > 1, "person"].isin(ids).any()
    assert np.array_equal(model.state.belief[rows], belief)
    assert np.isfinite(model.state.belief).all()


def test_a_loop_may_remove_whom_it_visits_and_whom_it_has_not_visited_yet():
    model = market()
    people, seen = list(model.people), []
    for person in model.people:
        seen.append(person.row)
        person.remove()
        people[(person.row + 1) % len(people)].remove()
    assert seen == list(range(0, model.state.n, 2)) and len(model.people) == 0
    visited = []
    other = market()
    other.agents.do(lambda a: (visited.append(a), other.people.do("remove")))
    assert len(visited) == 1 + len(other.agents) and len(other.people) == 0


def test_remove_all_agents_leaves_an_empty_market():
    model = market()
    model.remove_all_agents()
    model.step()
    assert len(model.agents) == 0 and (model.state.owned == -1).all()


def test_receiving_and_giving_up_act_in_the_next_step():
    model = market()
    person = model.people.select(lambda a: a.brand is None)[0]
    person.receive("beta")
    assert person.brand is None
    model.step()
    assert person.brand == "beta" and person.owned_since == 1
    sales = model.results.ledger["conversions"]
    assert sales.query("step == 1 and kind == 'seed'")["person"].tolist() == [person.id]
    person.give_up()
    model.step()
    assert person.brand is None and person.rung is Rung.LAPSED
    model.step()
    assert model.state.seeded[person.row] == -1


def test_the_model_takes_the_seed_of_its_parameters_or_another():
    assert np.array_equal(market(seed=5).state.activity, market(seed=5).state.activity)
    assert not np.array_equal(market(seed=5).state.activity, WordOfMouthModel(params()).state.activity)
