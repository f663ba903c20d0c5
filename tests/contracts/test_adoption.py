"""Every adoption rule found in the configuration: what all of them promise, and rules in plain NumPy by hand."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar, Literal

import numpy as np
import pytest
from pydantic import BaseModel

from simulation.adoption import ADOPTIONS
from simulation.adoption.influence import Influence, one_of, owners_around, share_of_advertising
from simulation.config.compose import check_params, compose
from simulation.numerics.randomness import Draws
from simulation.phases.advertising import advertising
from simulation.phases.conversion import conversion
from simulation.phases.events import events
from simulation.population import initial_state
from simulation.world.state import NONE
from simulation.world.ties import build_ties

NAMES = sorted(path.stem for path in (Path(__file__).parents[2] / "configs" / "adoption").glob("*.yaml"))
PEOPLE, STEPS = 300, 8
SMALL = ("population.size=300", "network=path", "adoption.p=0.05", "adoption.q=0.3", "output.ledger=conversions")


@cache
def params_of(name, *words):
    """Return a small market under one rule."""
    return check_params(compose(*SMALL, f"adoption={name}", *words))


def market(params, n=PEOPLE, rule=None):
    """Return (state, params, draws) of ``n`` people, the first 300 of whom have the same random ties."""
    params = params if rule is None else BaseModel.model_copy(params, update={"adoption": rule})    # unregistered
    draws, rng = Draws(1), np.random.default_rng(3)
    state = initial_state(BaseModel.model_copy(params, update={"population": params.population.model_copy(
        update={"size": n})}), draws)
    state.ties = build_ties(n, rng.integers(0, PEOPLE, 1800), rng.integers(0, PEOPLE, 1800))
    return state, params, draws


def walk(state, params, draws, steps=STEPS):
    """Run the phases that sell."""
    for step in range(1, steps + 1):
        state.step = step
        for phase in (events, advertising, conversion):
            phase(state, params, draws, step)
    return state


def test_every_kind_has_a_config_file_and_every_rule_a_source():
    assert {type(params_of(name).adoption) for name in NAMES} == set(ADOPTIONS)
    assert all(rule.source for rule in ADOPTIONS)


@pytest.mark.parametrize("name", NAMES)
def test_somebody_buys_and_the_trigger_of_every_sale_adds_up_to_one(name):
    state = walk(*market(params_of(name)))
    sales, credits = len(state.ledger.conversions), state.ledger.credits
    trigger = credits["stage"] == 0
    total = np.bincount(credits["conversion"][trigger], weights=credits["share"][trigger], minlength=sales)
    assert sales > 20 and total == pytest.approx(np.ones(sales))
    assert (state.owned >= 0).sum() == sales       # nobody leaves here, and each of them bought once


@pytest.mark.parametrize("name", NAMES)
def test_nobody_buys_before_the_launch(name):
    launch = "+events.late={kind: launch, brand: alpha, step: 100}"
    state = walk(*market(params_of(name, launch, "adoption.p=0.5", "steps=200")))
    assert not (state.owned == 0).any() and (state.owned == 1).any()


@pytest.mark.parametrize("name", NAMES)
def test_one_more_person_without_ties_changes_nobodys_purchases(name):
    few, many = (walk(*market(params_of(name), people)) for people in (PEOPLE, PEOPLE + 1))
    assert np.array_equal(few.owned, many.owned[:PEOPLE]) and np.array_equal(few.adopted_at, many.adopted_at[:PEOPLE])


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_decides_by_what_it_is_given_and_changes_none_of_it(name):
    # people who could buy, and have decided nothing: whoever is asked again gives the same answer
    state, params, draws = market(params_of(name))
    walk(state, params, draws, 4)
    answers = []
    for _ in range(2):
        owned, belief, choice = state.owned.copy(), state.belief.copy(), np.full(state.n, -2, np.int8)
        stance = state.stance.copy()
        params.adoption.decide(state, params, draws, 5, choice, np.full(state.n, np.nan))
        assert np.array_equal(state.owned, owned) and np.array_equal(state.belief, belief)
        state.stance[:] = stance
        answers.append(choice)
    assert np.array_equal(*answers) and set(np.unique(answers)) <= {-2, -1, 0, 1}


class PlainBass(Influence):
    """Imitation written in plain NumPy."""

    kind: Literal["plain_bass"]
    source: ClassVar[str] = "bass1969"

    def influence(self, state, params, rows):
        return self.q * owners_around(state, rows)


def plain_bass(**values):
    return PlainBass(**{"kind": "plain_bass", "p": 0.05, "p_decay": 1.0, "q": 0.3, "activation": "synchronous",
                        "price_gate": False, "repurchase_interval": "never"} | values)


@pytest.mark.parametrize("gate", [False, True])
def test_imitation_in_plain_numpy_is_the_rule_bass_to_the_last_bit(gate):
    params = params_of("bass", f"adoption.price_gate={str(gate).lower()}", "population.willingness_max=80")
    kernels, plain = walk(*market(params)), walk(*market(params, rule=plain_bass(price_gate=gate)))
    assert len(kernels.ledger.conversions) > 20 and np.array_equal(kernels.owned, plain.owned)
    assert np.array_equal(kernels.adopted_at, plain.adopted_at)
    assert kernels.ledger.credits["share"] == pytest.approx(plain.ledger.credits["share"], rel=1e-12)


def test_in_a_well_mixed_market_everybody_is_around():
    params = params_of("bass", "network=well_mixed", "adoption.q=0.9")
    states = []
    for rule in (params.adoption, plain_bass(q=0.9)):
        draws = Draws(1)
        changed = BaseModel.model_copy(params, update={"adoption": rule})
        states.append(walk(initial_state(params, draws), changed, draws))
    assert np.array_equal(states[0].owned, states[1].owned) and (states[0].owned != NONE).sum() > 100


def test_the_share_of_owners_around_counts_ties_that_a_brand_introduced_too():
    # person 4 sees 0, 1, 2, 3; 0 and 1 own alpha, 2 owns beta; person 3 has met only 0
    state = SimpleNamespace(n=5, b=2, owned=np.array([0, 0, 1, -1, -1]), added=build_ties(5, [0], [3]),
                            ties=build_ties(5, [0, 1, 2, 3], [4, 4, 4, 4]))
    assert owners_around(state, np.array([0, 3, 4])).tolist() == [[0, 0], [1, 0], [0.5, 0.25]]


def test_one_of_several_brands_is_bought_in_proportion_to_their_chances():
    # chances .2, .4, .2 of which the first two succeed: the first third of the draws is the first brand's
    success, chance = np.array([[True, True, False]] * 4), np.array([[0.2, 0.4, 0.2]] * 4)
    assert one_of(success, chance, np.array([0.0, 0.33, 0.34, 0.999])).tolist() == [0, 0, 1, 1]


def test_advertising_and_contacts_share_a_sale_by_their_hazards():
    # 1 - .75 and 1 - .5 are hazards of ln 4 and ln 2: two thirds and one third
    p, c = np.array([0.75, 0.0, 0.3]), np.array([0.5, 0.4, 0.0])
    assert share_of_advertising(p, c) == pytest.approx([2 / 3, 0.0, 1.0])


@pytest.mark.parametrize(("bad", "message"), [
    (lambda rows: np.zeros(rows.size), r"one chance per person and brand, \(300, 2\), got \(300,\)"),
    (lambda rows: np.full((rows.size, 2), 1.5), r"chances in \[0, 1\], got 1.5 to 1.5"),
    (lambda rows: np.full((rows.size, 2), np.nan), r"chances in \[0, 1\], got nan to nan"),
])
def test_influence_that_is_no_chance_is_refused_by_name(monkeypatch, bad, message):
    monkeypatch.setattr(PlainBass, "influence", lambda self, state, params, rows: bad(rows))
    with pytest.raises(ValueError, match=f"adoption.kind=plain_bass: influence.. must return {message}"):
        walk(*market(params_of("bass"), rule=plain_bass()), steps=1)
