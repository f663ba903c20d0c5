"""Bass from people: closed forms with two exposures, data drawn from the model, coverage, censoring."""

import numpy as np
import pytest
from diffusion_worlds import ring, spread

from simulation import WordOfMouthModel, load_params
from simulation.statistics import exposure, fit_bass_people, person_steps

P, Q, PEOPLE, STEPS, TIMES = 0.03, 0.4, 300, 10, 60
RULES = {"sum": lambda k, share: P + Q * share, "independent": lambda k, share: 1 - (1 - P) * (1 - Q * share)}


def two_exposures():
    """200 person-steps without adopted neighbours, 10 adopt; 50 with adopted ones only, 20 adopt."""
    share = np.repeat([0.0, 1.0], [200, 50])
    return share, np.concatenate([np.arange(200) < 10, np.arange(50) < 20])


def test_with_two_exposures_the_sum_is_two_rates_and_their_difference():
    # rates 10/200 and 20/50: p = .05, q = .35; var p = .05 * .95 / 200, var q = var p + .4 * .6 / 50
    fit = fit_bass_people(*two_exposures())
    np.testing.assert_allclose([fit.p, fit.q], [0.05, 0.35], atol=1e-7)
    np.testing.assert_allclose([fit.se_p**2, fit.se_q**2], [0.0002375, 0.0002375 + 0.0048], rtol=1e-5)
    expected = 10 * np.log(0.05) + 190 * np.log(0.95) + 20 * np.log(0.4) + 30 * np.log(0.6)
    assert abs(fit.log_likelihood - expected) < 1e-9 and (fit.person_steps, fit.adopters) == (250, 30)


def test_with_two_exposures_independent_chances_multiply():
    # 1 - .4 = (1 - .05)(1 - q)
    fit = fit_bass_people(*two_exposures(), form="independent")
    np.testing.assert_allclose([fit.p, fit.q], [0.05, 1 - 0.6 / 0.95], atol=1e-7)
    var = 0.4 * 0.6 / 50 / 0.95**2 + (0.6 / 0.95**2) ** 2 * 0.05 * 0.95 / 200       # delta method on 1 - a / b
    assert abs(fit.se_q**2 / var - 1) < 1e-5


@pytest.mark.parametrize("form", RULES)
def test_on_a_ring_estimates_are_near_the_truth_and_95_percent_intervals_cover_95_percent(form):
    rng, (source, target) = np.random.default_rng(5), ring(PEOPLE)
    z, late = [], []
    for _ in range(TIMES):
        adopted_at = spread(rng, source, target, PEOPLE, STEPS, RULES[form])
        seen = exposure(adopted_at, source, target, STEPS)
        z.append(distance(person_steps(adopted_at, seen), form))
        after = np.column_stack([seen[:, 1:], seen[:, -1]])         # wrong: exposure at the end of the step
        late.append(distance(person_steps(adopted_at, after), form))
    z, edge = np.array(z), 5 * np.sqrt(0.95 * 0.05 / TIMES)
    assert np.abs(z).max() < 5
    assert (np.abs((np.abs(z) < 1.96).mean(axis=0) - 0.95) < edge).all()
    assert (np.abs(z.mean(axis=0)) < 5 / np.sqrt(TIMES)).all()
    assert np.mean(late, axis=0)[1] < -5 / np.sqrt(TIMES)


def distance(rows, form):
    """Errors of p and q in standard errors."""
    fit = fit_bass_people(rows.exposure, rows.adopted, form)
    return (fit.p - P) / fit.se_p, (fit.q - Q) / fit.se_q


def test_the_engine_obeys_the_hazard_it_promises():
    params = load_params("scenario=baseline", "~brands.beta", "adoption=bass", "adoption.p=0.01", "adoption.q=0.3",
                         "ladder.churn=0", "network=watts_strogatz", "population.size=1500", "steps=15")
    model = WordOfMouthModel(params, seed=4)
    model.run()
    adopted_at, ties = model.state.adopted_at[:, 0], model.state.ties
    rows = person_steps(adopted_at, exposure(adopted_at, ties.sources(), ties.targets, params.steps))
    fit = fit_bass_people(rows.exposure, rows.adopted, "independent")
    assert abs(fit.p - 0.01) < 5 * fit.se_p and abs(fit.q - 0.3) < 5 * fit.se_q and fit.adopters > 200


def test_who_never_adopts_counts_in_every_step_and_dropping_him_makes_adoption_look_easy():
    rng, n = np.random.default_rng(1), 5 * PEOPLE
    source, target = ring(n)
    adopted_at = spread(rng, source, target, n, STEPS, RULES["sum"])
    seen, ever = exposure(adopted_at, source, target, STEPS), adopted_at >= 0
    rows, only = person_steps(adopted_at, seen), person_steps(adopted_at[ever], seen[ever])
    right, wrong = (fit_bass_people(r.exposure, r.adopted) for r in (rows, only))
    assert len(rows.person) - len(only.person) == STEPS * (~ever).sum() > 0
    assert abs(right.p - P) < 5 * right.se_p and wrong.p - P > 5 * wrong.se_p


def test_chances_stay_possible_at_the_edges():
    share, adopted = np.repeat([0.0, 1.0], 50), np.repeat([False, True], 50)
    fit = fit_bass_people(share, adopted)                           # nobody alone, everybody among adopters
    assert fit.p < 1e-6 and abs(fit.q - 1) < 1e-6
    assert fit_bass_people(share, ~adopted).q < 1e-6                # neighbours who deter: q stops at 0


def test_what_cannot_be_told_apart_is_nan_and_what_is_no_share_is_refused():
    assert np.isnan(fit_bass_people(np.full(9, 0.5), np.arange(9) < 3).q)
    assert np.isnan(fit_bass_people(np.linspace(0, 1, 9), np.zeros(9, bool)).p)
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        fit_bass_people(np.array([0.0, 2.0]), np.array([True, False]))
    with pytest.raises(ValueError, match="form"):
        fit_bass_people(*two_exposures(), form="product")


def test_a_person_is_at_risk_from_step_one_to_the_own_adoption():
    # 0 adopts at 0 (never at risk), 1 at 2, 2 never in 3 steps, 3 after the end
    rows = person_steps(np.array([0, 2, -1, 9]), np.tile([0.0, 0.1, 0.2, 0.3], (4, 1)))
    assert rows.person.tolist() == [1, 1, 2, 2, 2, 3, 3, 3] and rows.step.tolist() == [1, 2, 1, 2, 3, 1, 2, 3]
    assert rows.exposure.tolist() == [0.1, 0.2, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3]
    assert rows.adopted.tolist() == [False, True] + 6 * [False]
    assert person_steps(np.array([1]), np.array([[0.0, np.nan]])).person.size == 0
