"""Mutants of what reaches people, what they buy, feel and become."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

ADOPTION, PHASES = "simulation/adoption", "simulation/phases"
CONSIDER, CONTACTS = f"{ADOPTION}/consider.py", f"{ADOPTION}/contacts.py"
CONVERSION, LADDER = f"{PHASES}/conversion.py", f"{PHASES}/ladder.py"
MEETING, FEELING = f"{PHASES}/experience/meeting.py", f"{PHASES}/experience/feeling.py"
LUCK, BLOCKS = "tests/phases/test_luck_of_its_own.py", "tests/phases/test_blocks.py"
IN_SEQUENCE = "tests/adoption/test_threshold.py::test_in_sequence_a_step_can_run_through_everybody"

MUTANTS = (
    Mutant(
        "advertising_fades_early", "advertising fades one step early", f"{PHASES}/advertising.py",
        "p * decay ** (step - 1)",
        "p * decay ** step",
        "tests/phases/test_advertising.py::test_advertising_fades_from_the_second_step_on"),
    Mutant(
        "advertising_by_place_in_the_block", "people at the same place of two blocks have the same luck",
        "simulation/numerics/randomness.py",
        "out[j] = inlined_uniform(seed, stream, step, start + j, which)",
        "out[j] = inlined_uniform(seed, stream, step, j, which)",
        f"{BLOCKS}::test_advertising_reaches_people_of_all_blocks_by_their_own_luck"),
    Mutant(
        "trigger_reuses_advertising", "reminders use the luck of advertising", CONSIDER,
        "TRIGGER = int(Stream.TRIGGER)",
        "TRIGGER = int(Stream.ADVERTISING)",
        f"{LUCK}::test_a_good_review_reminds_exactly_those_whose_luck_lies_below_its_chance"),
    Mutant(
        "taste_drawn_anew", "persistent taste is drawn anew for every decision", CONSIDER,
        'return 0 if self.taste_draw == "persistent" else step',
        "return step",
        f"{LUCK}::test_the_taste_of_the_brand_and_of_doing_without_decide[persistent-0]"),
    Mutant(
        "repurchase_early", "owners decide again one step before their interval is over", CONSIDER,
        "step + 1 - owned_since == repurchase_interval",
        "step + 2 - owned_since == repurchase_interval",
        "tests/phases/test_conversion.py::test_owners_decide_again_after_half_a_year_and_may_lapse_or_switch"),
    Mutant(
        "first_purchase_dated_early", "the time of adoption is one step early", CONVERSION,
        "adopted_at[i, b] = step if adopted_at[i, b] < 0 else adopted_at[i, b]",
        "adopted_at[i, b] = step - 1 if adopted_at[i, b] < 0 else adopted_at[i, b]",
        "tests/phases/test_conversion.py::test_a_believer_buys_and_a_sceptic_does_not"),
    Mutant(
        "gift_is_paid_for", "a gift brings its price", CONVERSION,
        '"price": np.where(given, 0.0, price)',
        '"price": price',
        "tests/phases/test_conversion.py::"
        "test_a_gift_is_booked_at_no_price_and_costs_what_the_price_would_have_brought"),
    Mutant(
        "hazard_not_clipped", "the hazard p + q s is not clipped at 1", f"{ADOPTION}/bass.py",
        "    return min(1.0, p + c)\n",
        "    return p + c\n",
        "tests/adoption/test_bass.py::"
        "test_in_sum_mode_what_is_more_than_certain_weighs_no_more_than_certain_against_another_brand"),
    Mutant(
        "threshold_without_tolerance", "a share misses the threshold that it equals but for rounding",
        f"{ADOPTION}/threshold.py",
        "share >= threshold - TOLERANCE",
        "share >= threshold",
        "tests/adoption/test_threshold.py::"
        "test_a_threshold_above_the_share_by_rounding_alone_is_reached"),
    Mutant(
        "price_gate_strict", "who is willing to pay exactly the price does not buy", CONTACTS,
        "min_willingness <= willingness\n",
        "min_willingness < willingness\n",
        "tests/adoption/test_contacts.py::"
        "test_the_price_gate_lets_in_who_is_willing_to_pay_the_price[synchronous-bass]"),
    Mutant(
        "neighbours_of_this_step", "under synchronous activation adoptions of the same step are seen", CONTACTS,
        "    if market.is_sequential:\n",
        "    if True:\n",
        IN_SEQUENCE),
    Mutant(
        "neighbours_never_updated", "under sequential activation adoptions of the same step are not seen", CONTACTS,
        "    if market.is_sequential:\n",
        "    if False:\n",
        IN_SEQUENCE),
    Mutant(
        "contacts_are_followers", "contacts are the people who see somebody, not those they see", CONTACTS,
        "return InTies(ties.in_offsets, ties.in_sources, ties.in_strength)",
        "return InTies(ties.offsets, ties.targets, ties.strength)",
        "tests/adoption/test_threshold.py::"
        "test_the_share_is_weighted_by_the_strength_of_the_ties"),
    Mutant(
        "warnings_recommend", "negative word of mouth counts as positive", f"{ADOPTION}/cascade_negative.py",
        "signals[WARNINGS, b] += ",
        "signals[RECOMMENDATIONS, b] += ",
        "tests/adoption/test_cascade_negative.py::"
        "test_a_disappointed_buyer_is_an_owner_who_warns_and_the_warned_warn_on"),
    Mutant(
        "gains_loom_as_losses", "loss aversion is applied to gains as well", FEELING,
        "impression = d if d >= 0.0 else loss_aversion * d",
        "impression = loss_aversion * d",
        "tests/phases/test_experience.py::test_a_surplus_is_felt_a_little_better_than_it_was"),
    Mutant(
        "failure_reuses_quality", "failure and quality share one draw", FEELING,
        "draws.fails, draws.step, i, k, u_fails)",
        "draws.quality, draws.step, i, k, u_fails)",
        f"{LUCK}::test_whether_a_process_fails_and_how_good_it_is_have_luck_of_their_own"),
    Mutant(
        "quality_not_clipped", "the quality met leaves the scale from 0 to 1", FEELING,
        "    return min(max(x, 0.0), 1.0)\n",
        "    return x\n",
        f"{LUCK}::test_whether_a_process_fails_and_how_good_it_is_have_luck_of_their_own"),
    Mutant(
        "met_by_place_in_the_block", "people at the same place of two blocks meet the same processes", MEETING,
        "fill_uniforms(seed, stream, step, mine, k, u)",
        "fill_uniforms(seed, stream, step, mine % BATCH, k, u)",
        f"{BLOCKS}::test_owners_in_all_blocks_meet_and_feel_by_their_own_luck"),
    Mutant(
        "passives_gain_advocacy", "who gives 7 or 8 points moves up like a promoter", LADDER,
        "np.float64(points >= promoter)",
        "np.float64(points > detractor)",
        "tests/phases/test_ladder.py::test_promoters_gain_advocacy_and_detractors_lose_it[0.84-8-0.0]"),
    Mutant(
        "ladder_skips_a_rung", "the first purchase already makes a client", LADDER,
        "CLIENT if times_bought > 1 else CUSTOMER",
        "CLIENT if times_bought > 0 else CUSTOMER",
        "tests/phases/test_ladder.py::test_an_advocate_is_made_at_a_half_and_lost_below_three_tenths"),
    Mutant(
        "detractor_jumps_to_advocate", "a detractor whose advocacy is rise and fall + band becomes an advocate",
        LADDER,
        "return before if stays else rung",
        "return before if stays & (rung != ADVOCATE) else rung",
        "tests/phases/test_ladder.py::test_where_the_two_bands_meet_everybody_stays_what_they_were"
        "[detractor stays]"),
    Mutant(
        "the_happy_leave", "the hazard of leaving rises with satisfaction", LADDER,
        "return churn / (1.0 + math.exp((satisfaction - middle) / scale))",
        "return churn / (1.0 + math.exp((middle - satisfaction) / scale))",
        f"{LUCK}::test_the_unhappy_leave_exactly_where_their_luck_lies_below_the_hazard"),
)
