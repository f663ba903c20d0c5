"""Numbers of adopters: advertising alone, small cliques in full, and how far a cascade gets."""

import numpy as np
import pytest
from scipy import stats

from simulation import WordOfMouthModel
from tests.worlds import CONTACTS, params_of

from .worlds import ALPHA, adopted, clique_law, misfit, within

P, Q = 0.1, 0.4
STEPS, SIZE, CLIQUES = 8, 4, 5000
CLIQUE = ("network=cliques_fixed", f"network.clique_size={SIZE}", "network.weak=0",
          f"population.size={SIZE * CLIQUES}", f"steps={STEPS}", f"adoption.p={P}", f"adoption.q={Q}")
HAZARDS = {
    "bass": ("adoption=bass", lambda j: 1 - (1 - P) * (1 - Q * j / 3)),
    "bass sum": ("adoption.combine=sum", lambda j: P + Q * j / 3),
    "cascade": ("adoption=cascade", lambda j: 1 - (1 - P) * (1 - Q) ** j),
    "threshold": ("adoption=threshold", lambda j: P if j < 2 else 1 - (1 - P) * (1 - Q)),
}
"""Override that makes the rule, and the chance to adopt where j of the three others own the product."""


def test_by_advertising_alone_the_share_of_adopters_is_one_less_the_chance_to_be_missed_every_time():
    # 1 - (1 - p)^t; kills an advertisement in step 0, or p t
    n, p, steps = 20_000, 0.02, 40
    seen = within(adopted(1, "network=ring", f"population.size={n}", f"steps={steps}", "adoption=bass",
                          f"adoption.p={p}", "adoption.q=0"), steps).mean(axis=1)
    expected = 1 - (1 - p) ** np.arange(steps + 1)
    assert (np.abs(seen - expected) <= 5 * (expected * (1 - expected) / n) ** 0.5).all()
    assert abs(seen[-1] - p * steps) > 0.1


def test_the_number_of_people_reached_by_advertising_is_poisson_and_independent_over_steps():
    # 2,000 people, p = .002: binomial, and for all that can be seen Poisson, with mean 4 in each of 600 steps
    model = WordOfMouthModel(params_of(*CONTACTS, "network=ring", "population.size=2000", "steps=600",
                                       "adoption=bass", "adoption.p=0.002", "adoption.q=0"), seed=2)
    counts = []
    while not model.is_over():
        model.step()
        counts.append(int(model.state.ad_hit.sum()))
    counts = np.array(counts)
    law = stats.poisson.pmf(np.arange(20), 4.0)
    assert misfit(np.bincount(counts, minlength=20)[:20], law) > ALPHA and counts.max() < 20
    assert abs(np.corrcoef(counts[1:], counts[:-1])[0, 1]) < 5 / 600**0.5


def owners_by_clique(name):
    """Return the number of owners of every clique after every step, (steps + 1, cliques)."""
    rule = HAZARDS[name][0]
    base = () if rule.startswith("adoption=") else ("adoption=bass",)
    changes = ("population.threshold_mean=0.5", "population.threshold_sd=0")   # two of three neighbours
    when = adopted(3, *base, rule, *CLIQUE, *changes)
    return within(when, STEPS).reshape(STEPS + 1, CLIQUES, SIZE).sum(axis=2)


@pytest.mark.parametrize("name", HAZARDS)
def test_owners_in_cliques_of_four_follow_the_exact_chain_at_every_step(name):
    # bass h = 1 - (1 - p)(1 - q j / 3), cascade h = 1 - (1 - p)(1 - q)^j, threshold p or 1 - (1 - p)(1 - q)
    found, law = owners_by_clique(name), clique_law(SIZE, HAZARDS[name][1], STEPS)
    for t in range(1, STEPS + 1):
        assert misfit(np.bincount(found[t], minlength=SIZE + 1), law[t]) > ALPHA / STEPS, t


@pytest.mark.parametrize(("name", "wrong"), [("bass", "bass sum"), ("cascade", "bass"), ("threshold", "cascade")])
def test_the_exact_chain_of_another_rule_is_rejected(name, wrong):
    # the closest pair, p + q s for 1 - (1 - p)(1 - q s), differs by at most p q = .04 per step
    found, law = owners_by_clique(name), clique_law(SIZE, HAZARDS[wrong][1], STEPS)
    assert min(misfit(np.bincount(found[t], minlength=SIZE + 1), law[t])
               for t in range(1, STEPS + 1)) < ALPHA / STEPS


def test_pairs_and_cliques_of_two_are_one_network_with_one_law():
    pairs = [adopted(4, network, "population.size=2000", "steps=10", "adoption=bass", *more) for network, more in
             (("network=two_node", ()), ("network=cliques_fixed", ("network.clique_size=2", "network.weak=0")))]
    assert np.array_equal(*pairs)


def test_along_a_chain_a_cascade_reaches_a_geometric_number_of_people():
    # 1,000 cascades far apart on a one-sided ring, q = .6: P(size >= k) = q^(k - 1), mean 1 / (1 - q) = 2.5
    apart, cascades, q = 50, 1000, 0.6
    first = ",".join(f"'{person}'" for person in range(0, apart * cascades, apart))
    when = adopted(5, "network=ring", "network.sides=one_sided", f"population.size={apart * cascades}",
                   "adoption=cascade", "adoption.attempts=once", "adoption.p=0", f"adoption.q={q}", "steps=49",
                   f"+population.seeds.start={{brand: alpha, count: 0, by: list, people: [{first}]}}")
    sizes = (when >= 0).reshape(cascades, apart).sum(axis=1)
    k = np.arange(1, apart + 1)
    assert misfit(np.bincount(sizes, minlength=apart + 1)[1:], q ** (k - 1) * (1 - q)) > ALPHA
    assert abs(sizes.mean() - 1 / (1 - q)) < 5 * (q / (1 - q) ** 2 / cascades) ** 0.5


def test_on_a_random_network_a_small_cascade_is_a_branching_process_of_mean_size_one_over_one_less_r():
    # Poisson offspring with mean R = q z = .1 * 5: size 1 / (1 - R) = 2, variance R / (1 - R)^3 = 4
    # 150 first owners among 20,000: 1.5 % of the people are reached, which makes the size at most 2 * 1.5 % smaller
    means = []
    for seed in range(10):
        when = adopted(seed, "network=erdos_renyi", "network.mean_degree=5", "population.size=20000", "steps=40",
                       "until=quiet", "quiet_steps=1", "adoption=cascade", "adoption.attempts=once", "adoption.p=0",
                       "adoption.q=0.1", "+population.seeds.start={brand: alpha, count: 150, by: random, people: []}")
        means.append((when >= 0).sum() / 150)
    error = (4 / 1500) ** 0.5
    assert abs(np.mean(means) - 2.0) < 5 * error + 0.03
    assert abs(np.mean(means) - 1 / (1 - 0.1 * 4)) > 5 * error          # kills offspring of z - 1 instead of z ties
