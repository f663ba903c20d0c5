"""Luck has an address: known answers, independence of rows, uniformity."""

import numpy as np
import pytest
from scipy import special, stats

from simulation.numerics.quantiles import beta_quantiles, table
from simulation.numerics.randomness import (
    Draws,
    Stream,
    fill_pairs,
    fill_uniforms,
    fill_uniforms_between,
    fill_uniforms_by,
    fill_uniforms_of_reader,
    normal_quantile,
    philox,
    review_keys,
    uniform,
    uniform_pair,
)

ROWS = np.arange(40_000)


@pytest.mark.parametrize(("key", "counter", "words"), [
    ((0, 0), (0, 0, 0, 0), (0x6627E8D5, 0xE169C58D)),
    ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF,) * 4, (0x408F276D, 0x41C83B0E)),
    ((0xA4093822, 0x299F31D0), (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xD16CFE09, 0x94FDCCEB)),
])
def test_philox_gives_the_known_answers_of_random123(key, counter, words):
    assert philox(*(np.uint64(x) for x in key + counter)) == words


def test_a_uniform_is_53_bits_of_two_words_centred():
    first, second = philox(*(np.uint64(x) for x in (7, 0, 5, 0, 3, int(Stream.CHURN))))
    expected = (((int(first) << 21) | (int(second) >> 11)) + 0.5) / 2**53
    assert Draws(7).uniforms(Stream.CHURN, 3, np.array([5]))[0] == expected


def test_adding_a_person_changes_nobody_elses_draws():
    ten = Draws(7).uniforms(Stream.CHURN, 3, np.arange(10))
    eleven = Draws(7).uniforms(Stream.CHURN, 3, np.arange(11))
    assert np.array_equal(ten, eleven[:10])


def test_order_of_rows_does_not_matter():
    forward = Draws(7).uniforms(Stream.CHURN, 3, ROWS)
    assert np.array_equal(Draws(7).uniforms(Stream.CHURN, 3, ROWS[::-1]), forward[::-1])


@pytest.mark.parametrize("n", [0, 1, 2, 3, 7, 8, 9, 64, 511, 512])
def test_draws_made_at_once_are_those_made_one_by_one(n):
    rng = np.random.default_rng(n)
    rows, which = rng.integers(0, 2**31, n), rng.integers(0, 2**31, n)
    keys, seed, out = rng.integers(0, 2**64, n, np.uint64), np.uint64(2**40 + 9), np.empty((5, n))
    fill_uniforms(seed, 17, 3, rows, 4, out[0])
    fill_uniforms_between(seed, 17, 3, 5, 5 + n, 4, out[1])
    fill_uniforms_by(seed, 17, 3, rows, which, out[2])
    fill_uniforms_of_reader(seed, 17, 12, keys, out[3])
    fill_pairs(seed, 17, rows, keys, out[4])
    assert out.T.tolist() == [[uniform(seed, 17, 3, rows[j], 4), uniform(seed, 17, 3, 5 + j, 4),
                               uniform(seed, 17, 3, rows[j], which[j]), uniform_pair(seed, 17, 12, keys[j]),
                               uniform_pair(seed, 17, rows[j], keys[j])] for j in range(n)]


def test_every_part_of_an_address_matters():
    base = Draws(7).uniforms(Stream.CHURN, 3, ROWS[:100])
    for other in (Draws(8).uniforms(Stream.CHURN, 3, ROWS[:100]), Draws(7).uniforms(Stream.CHOICE, 3, ROWS[:100]),
                  Draws(7).uniforms(Stream.CHURN, 4, ROWS[:100]), Draws(7).uniforms(Stream.CHURN, 3, ROWS[:100], 1),
                  Draws(7 + 2**32).uniforms(Stream.CHURN, 3, ROWS[:100])):
        assert not np.isin(other, base).any()


def test_uniforms_are_uniform_along_rows_steps_streams_and_seeds():
    samples = [Draws(11).uniforms(Stream.CHURN, 0, ROWS),
               np.array([Draws(11).uniforms(Stream.CHURN, step, ROWS[:1])[0] for step in range(4000)]),
               np.array([Draws(seed).uniforms(Stream.CHURN, 0, ROWS[:1])[0] for seed in range(4000)])]
    for sample in samples:
        assert stats.kstest(sample, "uniform").pvalue > 1e-6


def test_a_share_of_p_lies_below_p():
    p, n = 0.3, ROWS.size
    hits = (Draws(11).uniforms(Stream.CHOICE, 0, ROWS) < p).mean()
    assert abs(hits - p) < 5 * (p * (1 - p) / n) ** 0.5


def test_neighbouring_addresses_are_not_correlated():
    a, b = (Draws(11).uniforms(Stream.CHURN, step, ROWS) for step in (1, 2))
    for x, y in ((a, b), (a[:-1], a[1:])):
        assert abs(np.corrcoef(x, y)[0, 1]) < 5 / np.sqrt(x.size)    # 5 standard errors of a zero correlation


def test_normal_quantiles_are_those_of_the_normal_distribution():
    for u in (1e-300, 1e-20, 1e-9, 0.02, 0.074, 0.3, 0.5, 0.7, 0.926, 0.99, 1 - 1e-9):
        assert normal_quantile(u) == pytest.approx(special.ndtri(u), rel=1e-12, abs=1e-15)


def test_betas_have_the_mean_and_variance_of_the_beta_distribution():
    a, b = 2.0, 5.0
    x = Draws(3).betas(Stream.TRAIT, 0, ROWS, a, b)
    variance = a * b / ((a + b) ** 2 * (a + b + 1))
    assert abs(x.mean() - a / (a + b)) < 5 * np.sqrt(variance / x.size)


@pytest.mark.parametrize(("a", "b"), [(1.5, 3.0), (2.0, 5.0), (0.5, 0.5), (1.0, 1.0), (50.0, 70.0), (300.0, 2.0),
                                      (0.05, 0.3)])
def test_quantiles_between_the_nodes_are_those_of_the_beta_distribution(a, b):
    u = np.concatenate([Draws(5).uniforms(Stream.TRAIT, 0, ROWS), np.ldexp(1.1, -np.arange(2, 54)),
                        1.0 - np.ldexp(1.1, -np.arange(2, 52)), [0.5, 2.0**-54, 1.0 - 2.0**-53]])
    exact = special.betaincinv(a, b, u)
    assert beta_quantiles(u, a, b) == pytest.approx(exact, rel=0, abs=2e-14)
    straight = np.interp(u, *table(a, b)[:, :2].T)              # straight lines between the same nodes
    assert a == b == 1.0 or np.abs(straight - exact)[u < 0.5].max() > 2e-14


def test_review_keys_are_identities_of_author_brand_and_step():
    people = np.repeat(np.arange(300), 4)
    brands = np.tile([0, 1, 2, 3], 300)
    keys = np.concatenate([review_keys(people, brands, step) for step in range(50)])
    assert np.unique(keys).size == keys.size
    assert review_keys(people[5:6], brands[5:6], 7) == review_keys(people, brands, 7)[5]
