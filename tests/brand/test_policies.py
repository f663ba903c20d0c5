"""Every policy by hand: what it costs, what it decides; and the promises that all of them keep."""

import ast
import copy
from pathlib import Path

import numpy as np
import pytest
from brandworld import CONFIGS, policy_of, yaml_of

import simulation.policies
from simulation.numerics.randomness import Draws
from simulation.policies.base import Act
from simulation.world.observed import Book, Observed
from simulation.world.state import Rung
from simulation.world.ties import build_ties

DRAWS = Draws(11)
NAMES = sorted(path.stem for path in (CONFIGS / "policy").glob("*.yaml"))


def observed(**known):
    """Return what a brand with processes 4 (product) and 5 (delivery) in a market of six people knows."""
    return Observed(**({
        "brand": 1, "processes": np.array([4, 5]), "names": ("product", "delivery"),
        "pain": np.array([3.0, 8.0]), "volume": np.array([20.0, 12.0]),
        "followers": np.array([5, 9, 1, 9, 0, 2]),
        "expert_score": np.array([0.0, 0.0, 3.0, 1.0, 0.0, 0.0]), "networks": (build_ties(6, [], []),),
        "rung_estimated": np.full(6, Rung.ADVOCATE, np.int8),
        "is_customer": np.array([1, 1, 0, 1, 0, 0], bool),
        "seen_sentiment": np.array([-1, -1, 1, -1, -1]), "seen_author": np.array([0, 1, 2, -1, 3]),
        "seen_reach": np.array([2.0, 7.0, 1.0, 9.0, 4.0]), "book": Book(address=77)} | known))


def decide(policy, budget, step=1, **known):
    """Return the actions of a policy."""
    return policy.decide(observed(**known), budget, DRAWS, step)


def test_none_does_nothing():
    assert decide(policy_of(kind="none"), 1e9) == []


FIX_WORST = {"kind": "fix_worst", "spend": 100.0, "lead_time": 4, "min_volume": 10.0, "review_every": 5}


def test_fix_worst_pays_for_the_process_with_the_largest_pain():
    action, = decide(policy_of(**FIX_WORST), 250.0)
    assert (action.act, action.process, action.cost, action.lead) == (Act.INVEST, 5, 100.0, 4)
    assert (action.pain, action.volume) == (8.0, 12.0)  # proof points
    action, = decide(policy_of(**FIX_WORST), 30.0)
    assert action.cost == 30.0                          # what is left
    assert decide(policy_of(**FIX_WORST), 0.0) == []


def test_fix_worst_waits_for_enough_reviews_and_ignores_what_does_not_hurt():
    action, = decide(policy_of(**FIX_WORST), 250.0, volume=np.array([20.0, 9.9]))
    assert action.process == 4
    assert decide(policy_of(**FIX_WORST), 250.0, volume=np.array([9.0, 9.0])) == []
    assert decide(policy_of(**FIX_WORST), 250.0, pain=np.zeros(2)) == []


def test_fix_worst_stays_with_its_process_until_the_next_review():
    busy = {"book": Book(address=77, process=4)}
    chosen = [decide(policy_of(**FIX_WORST), 250.0, step, **busy)[0].process for step in (2, 5, 6, 7)]
    assert chosen == [4, 4, 5, 4]  # step 6 = start + 5


def test_fix_named_stops_at_its_limit():
    fix = policy_of(kind="fix_named", process="product", spend=100.0, lead_time=2, limit=250.0)
    action, = decide(fix, 1000.0)
    assert (action.act, action.process, action.cost, action.lead) == (Act.INVEST, 4, 100.0, 2)
    assert decide(fix, 1000.0, book=Book(spent=200.0))[0].cost == 50.0
    assert decide(fix, 1000.0, book=Book(spent=250.0)) == []
    free = policy_of(kind="fix_named", process="product", spend=100.0, lead_time=2, limit="unlimited")
    assert decide(free, 60.0, book=Book(spent=1e9))[0].cost == 60.0


def test_fix_named_says_which_processes_there_are():
    fix = policy_of(kind="fix_named", process="dlivery", spend=1.0, lead_time=0, limit="unlimited")
    with pytest.raises(ValueError, match=r"one of \['product', 'delivery'\], got 'dlivery'"):
        decide(fix, 10.0)


def test_recover_answers_known_complainers_with_the_widest_reach_first():
    recover = policy_of(kind="recover", cost_per_answer=5.0, per_step=2, lift=0.3, negative_posting=0.865,
                        positive_posting=1.167)
    action, = decide(recover, 100.0)
    assert action.people.tolist() == [1, 3]          # reach 7 and 4; the reach of 9 has no known author
    assert (action.act, action.cost, action.amount, action.lead) == (Act.ANSWER, 10.0, 0.3, 0)
    # 2 of 4 seen complaints answered: half of the full effect on posting
    assert (action.negative, action.positive) == (pytest.approx(0.9325), pytest.approx(1.0835))
    assert decide(recover, 9.9)[0].people.tolist() == [1]
    assert decide(recover, 4.9) == []
    assert decide(recover, 100.0, seen_sentiment=np.ones(5)) == []


@pytest.mark.parametrize("by, chosen", [("influencers", {1, 3}), ("experts", {2, 3})])
def test_seed_takes_the_highest_scores_once(by, chosen):
    seed = policy_of(kind="seed", by=by, count=2, incentive=0.2, cost_per_seed=50.0)
    action, = decide(seed, 100.0)
    assert set(action.people.tolist()) == chosen
    assert (action.act, action.cost, action.amount) == (Act.SEED, 100.0, 0.2)
    assert decide(seed, 99.0)[0].people.size == 1
    assert decide(seed, 100.0, step=2) == []


def test_random_seeds_are_uniform_and_do_not_depend_on_the_number_of_people():
    seed = policy_of(kind="seed", by="random", count=1, incentive=0.2, cost_per_seed=1.0)
    taken = np.zeros(6)
    for address in range(3000):
        taken[decide(seed, 1.0, book=Book(address=address))[0].people] += 1
    # kills: the first of the table always; each is taken with 1/6
    assert np.all(np.abs(taken / 3000 - 1 / 6) < 5 * np.sqrt(5 / 36 / 3000))
    everybody = policy_of(kind="seed", by="random", count=7, incentive=0.2, cost_per_seed=0.0)
    six, = decide(everybody, 0.0)
    seven, = decide(everybody, 0.0, followers=np.zeros(7))
    assert [i for i in seven.people.tolist() if i != 6] == six.people.tolist()


def test_advertise_buys_what_the_budget_pays_for():
    ads = policy_of(kind="advertise", amount=0.1, cost_per_person_reached=2.0)
    action, = decide(ads, 10.0)
    assert (action.act, action.cost, action.amount) == (Act.ADVERTISE, pytest.approx(1.2), 0.1)  # 2 x 6 x .1
    action, = decide(ads, 0.3)
    assert (action.cost, action.amount) == (pytest.approx(0.3), pytest.approx(0.025))
    assert decide(ads, 0.0) == []


def test_incentivise_pays_for_all_customers_or_makes_no_offer():
    offer = policy_of(kind="incentivise", strength=0.4, cost_per_customer=2.0)
    action, = decide(offer, 6.0)
    assert (action.act, action.cost, action.amount) == (Act.OFFER, 6.0, 0.4)  # three customers
    assert decide(offer, 5.9) == []
    assert decide(offer, 6.0, is_customer=np.zeros(6, bool)) == []


def test_community_introduces_advocates_who_are_strangers():
    community = policy_of(kind="community", pairs=5, strength=0.5, cost_per_introduction=10.0)
    action, = decide(community, 100.0)
    met = sorted(action.people.tolist() + action.others.tolist())
    assert met == [0, 1, 2, 3, 4, 5]
    assert (action.act, action.cost, action.amount) == (Act.INTRODUCE, 30.0, 0.5)
    assert decide(community, 19.0)[0].people.size == 1
    tied = build_ties(6, action.people[:2], action.others[:2])
    again, = decide(community, 100.0, networks=(tied,))
    assert (again.people.tolist(), again.others.tolist()) == ([action.people[2]], [action.others[2]])
    rungs = np.full(6, Rung.CLIENT, np.int8)
    rungs[4] = Rung.ADVOCATE
    assert decide(community, 100.0, rung_estimated=rungs) == []


def test_a_policy_runs_from_start_to_stop_both_included():
    policy = policy_of(kind="none", start=3, stop=5)
    assert [policy.is_active(step) for step in range(1, 8)] == [False, False, True, True, True, False, False]


def test_every_kind_of_policy_has_a_config():
    assert {yaml_of("policy", name)["kind"] for name in NAMES} == {
        policy.model_fields["kind"].annotation.__args__[0] for policy in simulation.policies.POLICIES}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("budget", [0.0, 0.3, 17.0, 1e6])
def test_no_policy_spends_more_than_it_has_or_changes_what_it_reads(name, budget):
    policy, known = policy_of(**yaml_of("policy", name)), observed()
    before = copy.deepcopy(known)
    actions = policy.decide(known, budget, DRAWS, policy.start)
    assert 0.0 <= sum(action.cost for action in actions) <= budget * (1 + 1e-12)
    for field, value in vars(before).items():
        if field != "networks":
            np.testing.assert_equal(getattr(known, field), value, field)
    assert all(len(ties) == 0 for ties in known.networks)
    again = policy.decide(known, budget, DRAWS, policy.start)
    assert [repr(action) for action in again] == [repr(action) for action in actions]


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_states_cost_effect_delay_and_source(name):
    policy = policy_of(**yaml_of("policy", name))
    told = __import__(type(policy).__module__, fromlist=["x"]).__doc__
    assert all(word in told for word in ("Cost ", "Effect ", "Delay ", "Source ")) and policy.source


@pytest.mark.parametrize("path", sorted(Path(simulation.policies.__file__).parent.glob("*.py")), ids=str)
def test_policies_know_nothing_of_the_state(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("simulation"):
            allowed = {"simulation.params", "simulation.numerics.randomness", "simulation.world.observed"}
            names = {alias.name for alias in node.names}
            assert (node.module in allowed or node.module.startswith("simulation.policies")
                    or (node.module == "simulation.ledger.codes" and names <= {"Act"})
                    or (node.module == "simulation.world.state" and names <= {"Rung"})), node.module
