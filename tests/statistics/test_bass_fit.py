"""Bass fit: published fits, exact curves, and how seldom its standard errors cover the truth."""

import numpy as np
import pandas as pd
import pytest

from simulation.statistics import bass_curve, fit_bass, time_to

PUBLISHED = {"room_air_conditioners": (0.0094, 0.375, 18_713), "color_televisions": (0.0185, 0.616, 39_659),
             "clothes_dryers": (0.0136, 0.327, 16_497)}
P, Q, PEOPLE, STEPS, CURVES = 0.01, 0.4, 1000, 30, 100
STATED = {("continuous", "increments"): (0.52, 0.78, 1.00, 0.45), ("steps", "increments"): (0.05, 0.83, 1.00, 0.04),
          ("continuous", "cumulative"): (0.15, 0.34, 0.84, 0.06), ("steps", "cumulative"): (0.01, 0.46, 0.24, 0.00)}
"""Coverage of p, q, m and of all three, as in the docstring of bass_fit."""


def annual(data, product):
    """Adoptions per year of one durable, in thousands."""
    series = pd.read_csv(data / "bass_classic" / "adoption_series.csv")
    return series.loc[series["product"] == product, "adoptions"].to_numpy()


@pytest.mark.parametrize("product", PUBLISHED)
def test_on_increments_three_durables_have_their_published_coefficients(data, product):
    fit = fit_bass(annual(data, product).cumsum(), on="increments")
    p, q, m = PUBLISHED[product]
    assert abs(fit.p - p) < 0.00006 and abs(fit.q - q) < 0.0006 and abs(fit.m - m) < 0.6
    assert 0.91 < fit.r2 < 0.98


@pytest.mark.parametrize("product", PUBLISHED)
def test_on_the_cumulative_curve_the_same_durables_have_a_lower_p_and_a_higher_q(data, product):
    fit = fit_bass(annual(data, product).cumsum())
    p, q, m = PUBLISHED[product]
    assert 0.78 * p < fit.p < 0.9 * p and 1.05 * q < fit.q < 1.15 * q and fit.m < m and fit.r2 > 0.998


@pytest.mark.parametrize("on", ["cumulative", "increments"])
@pytest.mark.parametrize(("p", "q", "m", "steps"), [(0.01, 0.4, 1000, 20), (0.03, 0.38, 1, 15), (0.001, 0.5, 5e4, 30),
                                                    (0.02, 0.0, 100, 50), (0.1, 0.1, 5e6, 30)])
def test_an_exact_bass_curve_returns_its_own_coefficients(on, p, q, m, steps):
    fit = fit_bass(bass_curve(np.arange(1.0, steps + 1), p, q, m), on)
    np.testing.assert_allclose([fit.p, fit.q, fit.m], [p, q, m], rtol=1e-6, atol=1e-6 * p)
    assert abs(fit.r2 - 1.0) < 1e-12 and fit.se_q < 1e-6


def test_the_errors_of_independent_noise_are_those_over_repetitions():
    # where the model of least squares does hold, the errors are right: coverage within 5 standard errors of 95 %
    rng, t = np.random.default_rng(3), np.arange(1.0, 21)
    curve = np.diff(bass_curve(t, 0.02, 0.4, 1000), prepend=0.0)
    held = []
    for _ in range(100):
        fit = fit_bass((curve + rng.normal(0, 3, t.size)).cumsum(), "increments")
        held.append(np.abs([fit.p - 0.02, fit.q - 0.4, fit.m - 1000]) < 2.11 * np.array([fit.se_p, fit.se_q, fit.se_m]))
    assert (np.abs(np.mean(held, axis=0) - 0.95) < 5 * np.sqrt(0.95 * 0.05 / 100)).all()    # 2.11: t of 17 degrees


def drawn(rng, time):
    """One cumulative curve of the model: every buyer's own moment, or a binomial number in every step."""
    if time == "continuous":
        k = np.arange(PEOPLE)
        moments = rng.exponential(1.0 / ((PEOPLE - k) * (P + Q * k / PEOPLE))).cumsum()
        return np.searchsorted(moments, np.arange(1, STEPS + 1), side="right")
    total = [0]
    for _ in range(STEPS):
        total.append(total[-1] + rng.binomial(PEOPLE - total[-1], P + Q * total[-1] / PEOPLE))
    return np.array(total[1:])


@pytest.mark.parametrize(("time", "on"), STATED)
def test_for_curves_of_the_model_itself_the_errors_cover_as_seldom_as_the_page_says(time, on):
    rng, held = np.random.default_rng(7), []
    for _ in range(CURVES):
        fit = fit_bass(drawn(rng, time), on)
        held.append(np.abs([fit.p - P, fit.q - Q, fit.m - PEOPLE]) < 1.96 * np.array([fit.se_p, fit.se_q, fit.se_m]))
    measured = np.append(np.mean(held, axis=0), np.all(held, axis=1).mean())
    stated = np.array(STATED[time, on])
    assert (np.abs(measured - stated) <= 5 * np.sqrt(np.clip(stated * (1 - stated), 0.01, 1) / CURVES)).all()
    assert measured[3] < 0.95 - 5 * np.sqrt(0.95 * 0.05 / CURVES)


def test_a_fit_carries_its_caveat_and_a_flat_or_short_curve_has_none():
    assert "less often than 95 %" in fit_bass(bass_curve(np.arange(1.0, 9), 0.1, 0.3, 50)).caveat
    for curve in ([0.0] * 9, [4.0] * 9, [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, np.nan, 4.0, 5.0, 6.0]):
        assert np.isnan([fit_bass(np.array(curve)).p, fit_bass(np.array(curve), "increments").m]).all()
    with pytest.raises(ValueError, match="increments"):
        fit_bass(np.arange(9.0), on="hazard")


def test_the_time_to_half_is_the_first_step_that_reaches_it():
    assert time_to(np.array([1, 4, 5, 10]), 0.5) == 3.0 and time_to(np.array([1, 4, 5, 10]), 0.1) == 1.0
    assert np.isnan(time_to(np.zeros(4), 0.5)) and np.isnan(time_to(np.zeros(0), 0.5))
