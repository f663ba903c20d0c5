"""Verdicts, with the arithmetic beside them."""

import numpy as np

from experiments.tasks.replicate.claims import Claim, Verdict, equals, holds, is_positive, lies_within, verdict_of

NINE = 1.0 + 0.3 * np.array([-1, -1, -1, 0, 0, 0, 1, 1, 1]) * (8 / 6) ** 0.5      # mean 1, sd .3: error .1


def claim(verdict):
    return Claim("", "", "", verdict)


def test_a_mean_agrees_within_five_standard_errors_and_the_bias():
    assert equals("", 1.49, NINE).verdict is Verdict.REPRODUCED            # 4.9 standard errors away
    assert equals("", 1.51, NINE).verdict is Verdict.NOT                   # 5.1
    assert equals("", 1.51, NINE, bias=0.02).verdict is Verdict.REPRODUCED
    assert equals("", 1.51, NINE, otherwise=Verdict.CONTESTED).verdict is Verdict.CONTESTED


def test_the_interval_is_the_mean_with_two_standard_errors():
    assert equals("", 1.0, NINE, form="{:.2f}").ours == "1.00 (0.80 to 1.20)"
    assert equals("", 1.0, [1.0], form="{:.2f}").ours == "1.00"


def test_a_difference_must_be_above_zero_by_five_standard_errors():
    assert is_positive("", "", NINE).verdict is Verdict.REPRODUCED         # 10 standard errors
    assert is_positive("", "", NINE - 0.6).verdict is Verdict.NOT          # 4


def test_bounds_hold_for_the_mean():
    assert lies_within("", 0.9, 1.1, NINE).verdict is Verdict.REPRODUCED
    assert lies_within("", 1.01, 1.1, NINE).verdict is Verdict.NOT


def test_a_replication_is_judged_by_what_its_claims_share():
    good, part, contested, bad = (claim(v) for v in (Verdict.REPRODUCED, Verdict.PART, Verdict.CONTESTED, Verdict.NOT))
    assert verdict_of([good, good]) is Verdict.REPRODUCED
    assert verdict_of([bad, bad]) is Verdict.NOT
    assert verdict_of([good, part]) is Verdict.PART
    assert verdict_of([good, contested]) is Verdict.CONTESTED
    assert verdict_of([good, bad]) is Verdict.NOT


def test_what_is_checked_elsewhere_is_taken_at_its_word():
    assert holds("", "", "", True).verdict is Verdict.REPRODUCED
    assert holds("", "", "", False, Verdict.PART).verdict is Verdict.PART
