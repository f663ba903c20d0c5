"""Mutants of what brands hear, decide, pay for and repair."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

LISTENING, DECISION = "simulation/phases/listening.py", "simulation/phases/decision.py"
WORKING, QUEUES = "simulation/phases/organisation/working.py", "simulation/world/back_office.py"
T_DECISION, T_ORGANISATION = "tests/brand/test_decision.py", "tests/brand/test_organisation.py"

MUTANTS = (
    Mutant(
        "coverage_ignored", "a brand sees every review, whatever its coverage", LISTENING,
        "return new[u < probability]",
        "return new",
        "tests/brand/test_listening.py::test_nothing_seen_is_no_estimate"),
    Mutant(
        "the_truth_is_heard", "a brand knows the true sentiment of what it sees", LISTENING,
        "return misread_as if u < error else truth",
        "return truth",
        f"{T_ORGANISATION}::test_a_complaint_read_into_praise_mends_nothing"),
    Mutant(
        "praise_hurts", "praise counts as pain of the process it names", LISTENING,
        "complaint = named & (sentiment < 0)",
        "complaint = named",
        "tests/brand/test_listening.py::test_reach_pain_volume_and_sentiment_of_three_reviews_fade_by_half"),
    Mutant(
        "policies_cost_nothing", "what a policy costs is not taken from the money", DECISION,
        "return max(0.0, money - cost)",
        "return max(0.0, money)",
        f"{T_DECISION}::test_policies_share_the_budget_in_config_order_and_unspent_money_is_kept"),
    Mutant(
        "campaigns_never_end", "a campaign goes on when nobody renews it", DECISION,
        "    state.campaign[:] = 0.0\n",
        "",
        f"{T_DECISION}::test_campaigns_and_offers_end_when_nobody_renews_them"),
    Mutant(
        "money_acts_at_once", "money for a process acts without its lead time", DECISION,
        "due = effective_step(step, action.lead)",
        "due = effective_step(step, 0)",
        f"{T_DECISION}::test_an_investment_is_an_order_for_the_step_after_the_lead_time"),
    Mutant(
        "spends_beyond_the_budget", "a policy spends money that the brand does not have",
        "simulation/policies/fix_named.py",
        "cost = min(self.spend, budget, left)",
        "cost = min(self.spend, left)",
        "tests/brand/test_policies.py::"
        "test_no_policy_spends_more_than_it_has_or_changes_what_it_reads[17.0-fix_named]"),
    Mutant(
        "last_in_first_out", "a unit takes the newest ticket first", QUEUES,
        'return -tickets["reach"] if self.by_reach else 0.0',
        'return -tickets["reach"] if self.by_reach else -tickets["arrival"]',
        "tests/brand/test_queues.py::test_one_server_takes_tickets_in_the_order_of_arrival"),
    Mutant(
        "backlog_lost", "tickets that wait at the end of a step are lost", QUEUES,
        "        _pass(counts, sums, end)\n",
        "        _pass(counts, sums, end)\n        counts[_WAITING] = 0\n",
        "tests/brand/test_queues.py::test_one_server_takes_tickets_in_the_order_of_arrival"),
    Mutant(
        "repairs_at_once", "a finished ticket mends without its lead time", WORKING,
        "return np.floor(finish) + 1 + lead_time",
        "return np.floor(finish) + 1",
        f"{T_ORGANISATION}::test_a_worked_complaint_mends_after_the_lead_time"),
)
