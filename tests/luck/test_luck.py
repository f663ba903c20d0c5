"""Luck is where it should be: worlds differ only downstream of their difference."""

import numpy as np
import pytest

from simulation import WordOfMouthModel, load_params
from tests.worlds import run, same_people

SMALL = ("scenario=baseline", "population.size=400", "steps=30", "adoption.p=0.02")
APART = ("scenario=baseline", "network=cliques_fixed", "network.weak=0", "network.clique_size=20",
         "population.size=200", "steps=25", "site.reads=0", "adoption.p=0.02", "population.influencer_share=0")


def test_two_runs_of_a_seed_are_equal_bit_for_bit():
    assert same_people(run(*SMALL).state, run(*SMALL).state, 400).all()


def test_two_seeds_differ():
    assert not same_people(run(*SMALL).state, run(*SMALL, seed=2).state, 400).all()


@pytest.mark.parametrize("extra", [
    ("metrics.beliefs=false", "metrics.money=false"), ("output.ledger=full",), ("output.ledger=none",),
    ("+policy@brands.alpha.policies.watch=none",), ("listening@brands.alpha.listening=deaf",),
    ("organisation@brands.beta.organisation=idle",), ("brands.alpha.budget=1000",)], ids=str)
def test_watching_changes_nothing(extra):
    assert same_people(run(*SMALL).state, run(*SMALL, *extra).state, 400).all()


def test_another_motive_that_never_fires_changes_nothing():
    assert same_people(run(*SMALL).state, run(*SMALL, "+motive@motives.again=polarity",
                                              "motives.again.weight=0").state, 400).all()


def test_an_extra_person_without_ties_changes_nobody(tmp_path):
    edges = "".join(f"{i},{(i + d) % 300}\n" for i in range(300) for d in (1, 2, 7))
    (tmp_path / "edges.csv").write_text(edges)
    for people in (300, 301):
        (tmp_path / f"nodes{people}.csv").write_text("id\n" + "".join(f"{i}\n" for i in range(people)))
    worlds = [run(*SMALL, "network=file", f"network.path={tmp_path}/edges.csv",
                  f"network.nodes_path={tmp_path}/nodes{people}.csv", "network.id_columns=[id]", "site.reads=0")
              for people in (300, 301)]
    assert [world.state.n for world in worlds] == [300, 301]
    assert same_people(worlds[0].state, worlds[1].state, 300).all()


def test_a_seed_in_another_component_changes_nobody_in_120_of_120_pairs():
    gift = "+population.seeds.gift={brand: alpha, count: 1, by: list, people: ['0']}"
    without, with_gift = load_params(*APART), load_params(*APART, gift)
    others = np.arange(200) >= 20
    changed, inside = 0, 0
    for seed in range(120):
        a, b = WordOfMouthModel(without, seed=seed), WordOfMouthModel(with_gift, seed=seed)
        a.run()
        b.run()
        same = same_people(a.state, b.state, 200)
        changed += not same[others].all()
        inside += not same[1:20].all()
    assert changed == 0
    assert inside > 30     # the gift does matter where it can: this would be 0 if nothing were compared


def half_a_year_with(params, person):
    """Return the market of ``params`` after 52 weeks; in week 27 one person is given the product (None: nobody)."""
    model = WordOfMouthModel(params, seed=1)
    while model.tick < 26:
        model.step()
    if person is not None:
        model.state.seeded[person] = 0
    model.run()
    return model.state


def test_one_extra_customer_with_one_review_leaves_most_others_bit_equal():
    """Who reads the review, who reads them, and whoever buys because of it may change; nobody else.

    Measured over customers who wrote one review: mean .974, least .923 (what differs is what they caused).  With
    reviews ordered on the site by author instead of by key, or luck drawn in order, nearly everybody would differ.
    """
    params = load_params("scenario=baseline", "population.size=5000", "steps=52")
    without, shares = half_a_year_with(params, None), []
    for person in range(11, 5000, 199):
        if without.adopted_at[person].max() < 0:
            state = half_a_year_with(params, person)
            if (state.ledger.posts["author"] == person).sum() == 1:
                shares.append(np.delete(same_people(without, state, 5000), person).mean())
    assert len(shares) >= 5
    assert np.mean(shares) >= 0.95 and min(shares) >= 0.90, shares


def test_a_repair_changes_nothing_before_its_first_week():
    repair = run("scenario=fix_delivery", "population.size=2000", "steps=16")
    baseline = run("scenario=baseline", "population.size=2000", "steps=16")
    assert len(repair.state.ledger.decisions) > 0
    assert same_people(repair.state, baseline.state, 2000).all()
    later = [run(f"scenario={name}", "population.size=2000", "steps=45") for name in ("fix_delivery", "baseline")]
    assert not same_people(later[0].state, later[1].state, 2000).all()
