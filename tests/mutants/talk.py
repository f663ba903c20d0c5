"""Mutants of who posts, who reads, what is believed, and who is credited."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

OCCASIONS, WRITING, PASSING_ON = (
    f"simulation/phases/review/{name}.py" for name in ("occasions", "writing", "passing_on"))
BELIEF = "simulation/phases/belief.py"
FEED, FEED_PULL, WEIGHT, SHARE = (
    f"simulation/phases/exposure/{name}.py" for name in ("feed_push", "feed_pull", "weight", "share"))
CREDIT = "simulation/ledger/credit.py"
T_REVIEW, T_EXPOSURE, T_FEED_PULL, T_CONVERSION = (f"tests/phases/test_{name}.py"
                                                  for name in ("review", "exposure", "feed_pull", "conversion"))
LUCK, BLOCKS = "tests/phases/test_luck_of_its_own.py", "tests/phases/test_blocks.py"

MUTANTS = (
    Mutant(
        "posting_chance_not_clipped", "the chance to post is not clipped at 1", "simulation/motives/base.py",
        "return np.clip(unclipped, 0.0, 1.0, out=unclipped)",
        "return unclipped",
        "tests/contracts/test_motives.py::test_the_chance_is_the_product_of_its_parts_clipped_at_one"),
    Mutant(
        "stars_not_clipped", "ratings are not clipped to one to five stars", WRITING,
        "np.round(4 * np.clip(rating, 0.0, 1.0))",
        "np.round(4 * rating)",
        f"{T_REVIEW}::test_no_bias_makes_more_than_five_stars_or_less_than_one[0.6-stars0]"),
    Mutant(
        "lapsed_talk_on", "who gave the brand up talks one step too long", OCCASIONS,
        "(since <= params.talk.lapsed_talk)",
        "(since <= params.talk.lapsed_talk + 1)",
        f"{T_REVIEW}::test_who_gave_it_up_talks_for_as_long_as_lapsed_talk_says"),
    Mutant(
        "site_keeps_the_oldest", "the site keeps the oldest reviews", WRITING,
        "[-params.site.memory:]",
        "[:params.site.memory]",
        f"{T_REVIEW}::test_the_site_keeps_the_newest_reviews_of_each_brand"),
    Mutant(
        "reshare_gets_a_new_author", "what is passed on counts as written by who passed it on", PASSING_ON,
        'posts.append(row | {"step": step,',
        'posts.append(row | {"author": sharers, "step": step,',
        f"{T_REVIEW}::test_what_is_passed_on_stays_the_authors_and_is_one_generation_older"),
    Mutant(
        "author_reads_the_own_review", "a review that is passed on is read by its own author", FEED,
        "if targets[e] < 0 or targets[e] == author:",
        "if targets[e] < 0:",
        f"{T_EXPOSURE}::test_a_root_counts_once_a_step_with_its_heaviest_reading"),
    Mutant(
        "attention_ignored", "followers read everything that is visible, whatever their attention", FEED,
        "    return attention * visibility",
        "    return visibility",
        f"{LUCK}::test_a_follower_reads_exactly_where_his_luck_lies_below_attention_times_visibility"),
    Mutant(
        "read_with_the_luck_of_a_place", "a follower reads with the luck of his place in the block", FEED,
        "draws.choose, reader[:m], key[:m], u)",
        "draws.choose, np.arange(m), key[:m], u)",
        f"{BLOCKS}::test_followers_in_all_blocks_read_by_their_own_luck"),
    Mutant(
        "nobody_needs_a_row", "no reading leaves a row where most people post", FEED_PULL,
        "        kept += needs_row[reader[j]]",
        "        kept += False",
        f"{T_FEED_PULL}::test_rows_are_those_of_people_who_consider_and_of_employees"),
    Mutant(
        "bad_news_is_good", "where most people post, bad news counts as good", FEED_PULL,
        "is_good(y, belief)",
        "is_good(y, 0.0)",
        f"{T_FEED_PULL}::test_by_reader_adds_up_to_the_same_as_by_post[()]"),
    Mutant(
        "susceptibility_ignored", "a reading weighs the same whoever reads", WEIGHT,
        "base * credibility * susceptibility",
        "base * credibility",
        f"{T_EXPOSURE}::test_half_the_susceptibility_or_half_the_strength_of_the_tie_is_half_the_weight"),
    Mutant(
        "novelty_a_generation_late", "passing on fades one generation late", SHARE,
        "fade = novelty_power[generation[p] + 1]",
        "fade = novelty_power[generation[p]]",
        f"{LUCK}::test_a_reader_passes_on_exactly_where_his_luck_lies_below_the_chance_of_the_next_generation"),
    Mutant(
        "prior_confidence_dropped", "who reads nothing forgets also what was believed at first",
        "simulation/beliefs/evidence.py",
        "return max(confidence * memory, prior_confidence)",
        "return confidence * memory",
        "tests/contracts/test_beliefs.py::"
        "test_confidence_never_falls_below_the_prior_nor_rises_above_its_maximum"),
    Mutant(
        "belief_fades_at_rest", "who reads and lives nothing slowly stops believing", "simulation/beliefs/evidence.py",
        "        _fade(confidence, self.memory",
        "        belief *= self.memory\n        _fade(confidence, self.memory",
        "tests/contracts/test_beliefs.py::test_to_rest_is_to_be_updated_with_weights_of_zero[evidence]"),
    Mutant(
        "blocks_begin_with_the_first_person", "every block of beliefs begins with the first person", BELIEF,
        "own = messages.owned[start // brands : stop // brands]",
        "own = messages.owned[:(stop - start) // brands]",
        f"{BLOCKS}::test_beliefs_are_the_same_whatever_the_block[7]"),
    Mutant(
        "bad_news_is_heard_without_bad_news", "the belief without bad news hears the bad news too", BELIEF,
        "u.good_weight, u.good_value, u.without",
        "u.weight, u.value, u.without",
        "tests/phases/test_belief.py::test_the_belief_without_bad_news_has_not_heard_it"),
    Mutant(
        "trigger_credit_not_normalised", "the trigger credits of a sale do not sum to one", CREDIT,
        "share = share_of_trigger(kept.pulls[a], rule.log_1q, log_1t)",
        "share = share_of_trigger(kept.pulls[a], rule.log_1q, -1.0)",
        f"{T_CONVERSION}::test_credit_of_each_stage_sums_to_one"),
    Mutant(
        "credit_to_the_sharer", "a sale is credited to who passed the review on, not to its author", CREDIT,
        "    out.author[k] = reading.posts.author[p]\n    return",
        "    out.author[k] = reading.posts.sharer[p]\n    return",
        f"{T_CONVERSION}::test_what_is_passed_on_is_credited_to_its_author_and_names_who_passed_it_on"),
)
