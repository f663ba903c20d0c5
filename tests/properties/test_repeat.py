"""A run is a function of its parameters: repeated, looked at, checked or longer, it is the same run."""

from hypothesis import given
from hypothesis import strategies as st

from .worlds import MANY, contact_markets, differing, markets, model_of


@MANY
@given(st.one_of(markets(), contact_markets()), st.integers(1, 3))
def test_a_run_that_is_looked_at_checked_or_longer_has_the_same_columns(changes, pause):
    plain, watched, checked, longer = (model_of(changes | more) for more in ({}, {}, {"checked": True}, {"steps": 9}))
    plain.run()
    for _ in range(pause):
        watched.step()
    assert watched.results.ledger and not watched.results.people.empty
    watched.run()
    checked.run()                                      # raises where a phase breaks its promise
    while longer.tick < plain.tick:
        longer.step()
    for other in (watched, checked, longer):
        assert differing(plain.state, other.state) == []
        assert plain.recorder.timeseries().equals(other.recorder.timeseries())


@MANY
@given(contact_markets(), st.integers(0, 2**31))
def test_another_seed_is_another_run(changes, seed):
    one, other = model_of(changes), model_of(changes | {"seed": changes["seed"] + 1 + seed})
    assert "reservation" in differing(one.state, other.state)
