"""Mutants of the luck, the timeline and the ties."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

RANDOMNESS, TIES = "simulation/numerics/randomness.py", "simulation/world/ties.py"
FILE = "simulation/networks/files/load.py"

MUTANTS = (
    Mutant(
        "draw_without_the_person", "a draw is the same for everybody", RANDOMNESS,
        "np.uint64(row) & mask,\n                  np.uint64(which) & mask,",
        "np.uint64(0),\n                  np.uint64(which) & mask,",
        "tests/test_randomness.py::test_a_uniform_is_53_bits_of_two_words_centred"),
    Mutant(
        "draw_by_number_of_people", "a draw depends on how many people are asked", RANDOMNESS,
        "out[j] = inlined_uniform(seed, stream, step, rows[j], which[j])",
        "out[j] = inlined_uniform(seed, stream, step, rows[j] + rows.size, which[j])",
        "tests/test_randomness.py::test_adding_a_person_changes_nobody_elses_draws"),
    Mutant(
        "draw_by_place_in_the_table", "a draw about a review depends on its place among the others", RANDOMNESS,
        "out[j] = inlined_uniform_pair(seed, stream, rows[j], keys[j])",
        "out[j] = inlined_uniform_pair(seed, stream, j, keys[j])",
        "tests/brand/test_organisation.py::test_the_order_of_rows_in_the_table_does_not_matter"),
    Mutant(
        "normal_of_the_wrong_tail", "a normal is drawn from the other tail", RANDOMNESS,
        "return -z if q < 0.0 else z",
        "return z if q < 0.0 else -z",
        "tests/test_randomness.py::test_normal_quantiles_are_those_of_the_normal_distribution"),
    Mutant(
        "shock_ends_early", "an event ends one step before its last", "simulation/phases/events.py",
        "return event.start <= step <= event.stop",
        "return event.start <= step < event.stop",
        "tests/phases/test_events.py::test_a_shock_lasts_from_its_first_to_its_last_step_and_several_add_up"),
    Mutant(
        "ties_reversed", "ties are built in the reversed direction", TIES,
        "source, target = _ends(n, source), _ends(n, target)",
        "source, target = _ends(n, target), _ends(n, source)",
        "tests/networks/test_ties.py::test_the_target_of_a_tie_sees_its_source"),
    Mutant(
        "duplicate_ties_summed", "the strengths of a tie that is named twice are added up", TIES,
        "strength, visibility = _by_tie(strength, order, e), ",
        "strength = np.array([strength[(source == source[k]) & (target == target[k])].sum() for k in order[:e]])\n"
        "        visibility = ",
        "tests/networks/test_ties.py::test_of_several_ties_of_a_pair_the_strongest_is_kept_as_it_is"),
    Mutant(
        "direction_flag_ignored", "a file of who trusts whom is read as who influences whom", FILE,
        "        source, target = target, source\n",
        "        pass\n",
        "tests/networks/test_network_file.py::test_a_directed_line_is_one_tie_in_the_direction_of_influence"
        "[True-target_influences_source-expected2]"),
)
