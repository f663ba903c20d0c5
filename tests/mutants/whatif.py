"""Mutants of what-if questions: silences, accounts of customers, paired worlds."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

REVIEW, PASSING_ON = "simulation/phases/review/phase.py", "simulation/phases/review/passing_on.py"
BOOKS = "simulation/output/customer_value.py"
PAIRED = "simulation/statistics/paired.py"
T_REVIEW, T_WORLD = "tests/phases/test_review.py", "tests/experiments/test_same_world.py"

MUTANTS = (
    Mutant(
        "silence_unheeded", "who is silent writes all the same", REVIEW,
        "(silence == Silence.NONE)",
        "(silence >= Silence.NONE)",
        f"{T_REVIEW}::test_who_is_silent_writes_nothing_and_nobody_else_changes"),
    Mutant(
        "silence_is_complete", "who writes nothing passes nothing on either", PASSING_ON,
        "may_share = silence != Silence.POSTS_AND_RESHARES",
        "may_share = silence == Silence.NONE",
        f"{T_REVIEW}::test_who_is_silent_passes_on_what_others_wrote_unless_told_not_to"),
    Mutant(
        "services_are_free", "what a brand delivers is not taken from what its customers are worth", BOOKS,
        "value[i, b] -= worth * cost",
        "value[i, b] -= 0.0 * worth * cost",
        "tests/test_books.py::test_a_customer_is_worth_the_margins_less_the_services_discounted_by_year"),
    Mutant(
        "a_network_of_its_own", "every scenario gets a network of its own", "experiments/study/paired_worlds.py",
        "if recipe not in networks:",
        "if True:",
        f"{T_WORLD}::test_variants_share_a_network_only_where_they_ask_for_the_same"),
    Mutant(
        "delayed_is_lost", "who buys later counts as lost", "experiments/tasks/compare/measure.py",
        "[0, 1, 3, 4], 2)",
        "[0, 1, 4, 4], 2)",
        f"{T_WORLD}::test_a_person_is_in_the_class_of_the_first_purchase"),
    Mutant(
        "pairs_torn_apart", "the interval is that of worlds with luck of their own", PAIRED,
        "error = float(d.mean()), float(d.std(ddof=1) / np.sqrt(n))",
        "error = float(d.mean()), float(np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / n))",
        "tests/statistics/test_paired.py::test_an_effect_is_the_mean_difference_with_a_t_interval"),
)
