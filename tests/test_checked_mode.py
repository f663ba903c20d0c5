"""Every phase keeps its promises, in every kind of world; and the check notices when one does not."""

import numpy as np
import pytest

from simulation import WordOfMouthModel, load_params, pipeline
from simulation.contracts import PromiseBroken, fingerprint, run_step_checked
from simulation.world.back_office import Order
from simulation.world.state import PARTS

BUSY = ("checked=true", "population.size=300", "steps=24", "adoption.p=0.03", "population.employee_share=0.05")
WORLDS = [
    ("scenario=listening_brand",), ("scenario=answer_detractors",), ("scenario=paid_reviews",),
    ("scenario=seed_influencers",), ("scenario=collaborative", "talk.lapsed_talk=3"),
    ("scenario=delivery_crisis", "steps=44"),
    ("scenario=competitor_launch", "steps=44"), ("scenario=viral_praise", "steps=30"),
    ("output.ledger=none",), ("output.ledger=full",),
    ("scenario=baseline", "+policy@brands.alpha.policies.c=community", "brands.alpha.budget=100",
     "brands.alpha.policies.c.start=5", "+policy@brands.alpha.policies.d=advertise"),
    ("scenario=baseline", "motives=opinion", "talk.expression=belief", "meetings@network.meetings=matching",
     "belief=bounded"),
    ("scenario=baseline", "adoption=bass"), ("scenario=baseline", "adoption=cascade"),
    ("scenario=baseline", "adoption=threshold"), ("scenario=baseline", "adoption=cascade_negative"),
    ("market=airline",), ("market=charity", "scenario=baseline"), ("market=software_service", "scenario=baseline"),
]


@pytest.mark.parametrize("world", WORLDS, ids=str)
def test_every_phase_reads_and_writes_only_what_it_declares(world):
    model = WordOfMouthModel(load_params(*BUSY, *world))
    model.run()
    assert model.tick == model.params.steps and len(model.state.ledger.posts) > 0


def breach(phase, change):
    """Return a phase that also does something it has not declared, in the module of the real one."""
    def guilty(state, params, draws, step):
        phase(state, params, draws, step)
        change(state)
    guilty.__module__, guilty.__name__ = phase.__module__, phase.__name__
    return guilty


def run_guilty(monkeypatch, name, change, steps=0):
    """Run a step in which a phase also does what ``change`` does, ``steps`` steps into a market."""
    model = WordOfMouthModel(load_params(*BUSY, "scenario=listening_brand"))
    for step in range(1, steps + 1):
        pipeline.run_step(model.state, model.params, model.draws, step)
    phases = [breach(phase, change) if phase.__name__ == name else phase for phase in pipeline.STEP]
    monkeypatch.setattr(pipeline, "STEP", tuple(phases))
    run_step_checked(model.state, model.params, model.draws, steps + 1)
    return model.state


@pytest.mark.parametrize(("change", "word"), [
    (lambda state: state.belief.__setitem__((0, 0), 0.123), "asks for"),
    (lambda state: setattr(state, "rung", state.rung.copy()), "never rebound"),
    (lambda state: state.inner.belief.__setitem__((0, 0), 0.123), "belongs to another phase"),
], ids=["asking", "rebinding", "changing"])
def test_a_phase_that_breaks_its_promise_is_caught(monkeypatch, change, word):
    with pytest.raises(PromiseBroken, match=word):
        run_guilty(monkeypatch, "advertising", change)


def ask_for(state, part):
    """Ask a state for a part."""
    return getattr(state.ledger if part.in_ledger else state, part.name)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_phase_that_asks_for_a_part_without_declaring_it_is_caught(monkeypatch, part):
    with pytest.raises(PromiseBroken, match=rf"experience asks for \['{part.name}'\]"):
        run_guilty(monkeypatch, "experience", lambda state: ask_for(state, part))


def count_on(name):
    """Return a change of a table: a value in its first row, or a first row."""
    def change(state):
        table = getattr(state.ledger, name)
        if len(table) == 0:
            table.append(dict.fromkeys(table.arrays._fields, 0))
        else:
            table.arrays[-1][0] += 1
    return change


CHANGES = {
    "ties": lambda state: setattr(state, "ties", state.added),
    "meetings": lambda state: setattr(state, "meetings", None),
    "added": lambda state: setattr(state, "added", state.ties),
    "site": lambda state: state.site[0].__setitem__(-1, -9),
    "first_post": lambda state: setattr(state, "first_post", state.first_post + 1),
    "passed_on": lambda state: state.passed_on.add((-1, -1)),
    "shares": lambda state: setattr(state, "shares", (np.zeros(1, np.int64), np.zeros(1, np.int64))),
    "first_read": lambda state: setattr(state, "first_read", state.first_read + 1),
    "advertising_share": lambda state: setattr(state, "advertising_share", np.ones(3)),
    "observed": lambda state: state.observed[0].pain.__setitem__(0, 7.0),
    "orders": lambda state: state.orders.append(Order(0, 0, 1.0, 99)),
    "organisations": lambda state: setattr(state.organisations[0].queues[0], "now", -1.0),
} | {part.name: count_on(part.name) for part in PARTS if part.in_ledger}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_phase_that_changes_a_part_behind_its_back_is_caught(monkeypatch, part):
    with pytest.raises(PromiseBroken, match=rf"experience changes \['{part.name}'\]"):
        run_guilty(monkeypatch, "experience", lambda state: CHANGES[part.name](state.inner), steps=4)


@pytest.mark.parametrize(("phase", "change", "word"), [
    ("listening", lambda state: state.ledger.posts["stars"].__setitem__(0, 1), r"listening changes \['posts'\]"),
    ("exposure", lambda state: setattr(state, "first_post", state.first_post), r"exposure changes \['first_post'\]"),
    ("review", lambda state: setattr(state.ledger, "posts", state.ledger.posts), "never rebound"),
    ("review", lambda state: setattr(state, "diary", []), "diary: is neither a column nor a part"),
], ids=["a table it may read", "a part it may read", "a table anew", "a part of nobody"])
def test_to_read_is_not_to_write_and_nothing_is_without_an_owner(monkeypatch, phase, change, word):
    with pytest.raises(PromiseBroken, match=word):
        run_guilty(monkeypatch, phase, change, steps=4)


def test_what_ties_work_out_when_they_are_asked_is_no_change(monkeypatch):
    before = fingerprint(WordOfMouthModel(load_params(*BUSY, "scenario=listening_brand")).state.ties)
    state = run_guilty(monkeypatch, "events", lambda state: state.ties.in_sources.sum() + state.ties.strength.sum())
    assert {"in_sources", "strength"} <= set(vars(state.ties)) and fingerprint(state.ties) == before


def test_flows_that_lose_somebody_are_caught(monkeypatch):
    model = WordOfMouthModel(load_params(*BUSY))
    ladder = pipeline.STEP[7]
    lossy = breach(ladder, lambda state: state.flows.__setitem__((0, 0, 0), 0))
    monkeypatch.setattr(pipeline, "STEP", (*pipeline.STEP[:7], lossy, *pipeline.STEP[8:]))
    with pytest.raises(PromiseBroken, match="census"):
        run_step_checked(model.state, model.params, model.draws, 1)
