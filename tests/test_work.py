"""Work is proportional to what happens: draws are counted, and so are bytes; no clock is looked at."""

import tracemalloc
from collections import Counter
from importlib import import_module

import numpy as np
import pytest

from simulation import WordOfMouthModel
from simulation.numerics.jit import Kernel
from tests.worlds import CONTACTS, params_of

MARKET = ("market=monopoly", "scenario=baseline", "network=watts_strogatz", "output.ledger=none")
CASCADE = (*CONTACTS, "network=watts_strogatz", "network.neighbours=8", "adoption=cascade", "adoption.attempts=once",
           "adoption.p=0", "adoption.q=0.2", "population.size=600",
           "+population.seeds.first={brand: alpha, count: 5, by: random, people: []}")


DRAWN = {"phases.experience.meeting": "fill_uniforms", "phases.exposure.feed_push": "fill_pairs",
         "adoption.cascade": "fill_uniforms_by"}
"""By module, the kernel that draws the numbers counted here, block by block, into its last argument."""


@pytest.fixture
def drawn(monkeypatch):
    """Count the numbers drawn in blocks, by module: kernels run as plain Python, which calls what is put in here."""
    counts = Counter()

    def counting(name, kernel):
        def fill(*arguments):
            counts[name] += max(len(a) for a in arguments[:-1] if isinstance(a, np.ndarray) and a.ndim == 1)
            kernel(*arguments)
        return fill

    for name, fills in DRAWN.items():
        module = import_module(f"simulation.{name}")
        for word, value in list(vars(module).items()):
            if word == fills:
                monkeypatch.setattr(module, word, counting(name, value))
            elif isinstance(value, Kernel) and value.__module__ == module.__name__:
                monkeypatch.setattr(module, word, value.function)
    return counts


def test_a_message_costs_one_draw_and_nobody_else_is_looked_at(drawn):
    model = WordOfMouthModel(params_of(*MARKET, "population.size=300", "steps=12", "adoption.p=0.05"))
    offered = 0
    while not model.is_over():
        model.step()
        state = model.state
        offered += int(state.ties.out_degree()[state.ledger.posts["sharer"][state.first_post:]].sum())
    assert drawn["phases.exposure.feed_push"] == offered > 0


def test_an_owner_costs_one_draw_per_process_that_may_be_met_by_chance(drawn):
    model = WordOfMouthModel(params_of(*MARKET, "population.size=300", "steps=12", "adoption.p=0.05"))
    owned = 0
    while not model.is_over():
        model.step()
        owned += int((model.state.owned >= 0).sum())
    by_chance = 2           # product and support; delivery comes with a purchase, billing every four weeks
    assert drawn["phases.experience.meeting"] == by_chance * owned > 0


def test_a_new_owner_tries_his_ties_to_those_who_own_nothing_once(drawn):
    model = WordOfMouthModel(params_of(*CASCADE, "steps=200", "until=quiet", "quiet_steps=2"))
    model.run()
    ties, when = model.state.ties, model.state.adopted_at[:, 0]
    seen, own = when[ties.sources()], when[ties.targets]
    still_open = (own < 0) | (own > seen)        # when the source has bought and tries in the step after
    assert 0 < drawn["adoption.cascade"] == ((seen >= 0) & still_open).sum() < len(ties)
    assert not {"in_offsets", "in_sources"} & vars(ties).keys()       # one silent brand: nobody looks back


def test_a_step_allocates_no_more_per_person_in_a_larger_market():
    few, many = (bytes_of_a_step(people) for people in (20_000, 80_000))
    assert many < 1.1 * few and few < 80     # the columns themselves take some 250


def bytes_of_a_step(people):
    """Return the most that a step takes from memory at once beside the columns, in bytes per person."""
    model = WordOfMouthModel(params_of(*MARKET, f"population.size={people}", "steps=16"))
    for _ in range(14):
        model.step()
    tracemalloc.start()
    model.step()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    model.step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - before) / people
