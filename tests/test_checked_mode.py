"""Every phase keeps its promises, in every kind of world; and the check notices when one does not."""

import pytest

from simulation import WordOfMouthModel, load_params, pipeline
from simulation.contracts import PromiseBroken, run_step_checked

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


@pytest.mark.parametrize(("change", "word"), [
    (lambda state: state.belief.__setitem__((0, 0), 0.123), "asks for"),
    (lambda state: setattr(state, "rung", state.rung.copy()), "never rebound"),
    (lambda state: state.inner.belief.__setitem__((0, 0), 0.123), "belongs to another phase"),
], ids=["asking", "rebinding", "changing"])
def test_a_phase_that_breaks_its_promise_is_caught(monkeypatch, change, word):
    model = WordOfMouthModel(load_params(*BUSY))
    guilty = breach(pipeline.advertising, change)
    monkeypatch.setattr(pipeline, "STEP", (pipeline.events, guilty, *pipeline.STEP[2:]))
    with pytest.raises(PromiseBroken, match=word):
        run_step_checked(model.state, model.params, model.draws, 1)


def test_flows_that_lose_somebody_are_caught(monkeypatch):
    model = WordOfMouthModel(load_params(*BUSY))
    ladder = pipeline.STEP[7]
    lossy = breach(ladder, lambda state: state.flows.__setitem__((0, 0, 0), 0))
    monkeypatch.setattr(pipeline, "STEP", (*pipeline.STEP[:7], lossy, *pipeline.STEP[8:]))
    with pytest.raises(PromiseBroken, match="census"):
        run_step_checked(model.state, model.params, model.draws, 1)
