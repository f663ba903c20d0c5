"""Mutants of what is measured."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

SUMMARY, TESTS = "simulation/output/summary.py", "tests/contracts/test_metrics.py"

MUTANTS = (
    Mutant(
        "passives_promote", "the net promoter score counts passives as promoters", "simulation/metrics/nps.py",
        "count[p.promoter:]",
        "count[p.detractor + 1:]",
        f"{TESTS}::test_the_net_promoter_score_is_promoters_less_detractors_among_owners"),
    Mutant(
        "adoption_among_owners", "adoption is divided by the owners instead of everybody", SUMMARY,
        '"adoption": float(last["cum_customers"] / state.n)',
        '"adoption": float(last["cum_customers"] / last["n_owners"])',
        f"{TESTS}::test_adoption_is_a_share_of_everybody_and_not_of_owners"),
    Mutant(
        "discounted_a_step_late", "profits are discounted by one step too many", SUMMARY,
        "years = wide.index.to_numpy() * params.step_days / 365.25",
        "years = (wide.index.to_numpy() + 1) * params.step_days / 365.25",
        f"{TESTS}::test_a_profit_is_discounted_by_the_years_since_step_zero"),
    Mutant(
        "virality_per_person", "structural virality is divided by people instead of pairs",
        "simulation/statistics/cascades.py",
        "pairs = size * (size - 1) / 2.0",
        "pairs = size * 1.0",
        f"{TESTS}::test_the_mean_distance_in_a_tree_is_taken_over_all_pairs"),
)
